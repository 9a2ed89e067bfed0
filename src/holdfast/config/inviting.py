"""The command that prints a first sign-in link, and those that look after a pack."""

import argparse


def invite(parsed: argparse.Namespace) -> int:
    """Print the one-time link of a coordinator; the organisation is made when it is new."""
    from holdfast.config.serving import prepare_databases  # noqa: PLC0415 - needs settings

    prepare_databases()
    from holdfast.people.slips import invite as make_link  # noqa: PLC0415 - needs the app registry

    print(make_link(parsed.name, parsed.organisation, parsed.email))
    return 0


def check_pack(parsed: argparse.Namespace) -> int:
    """Check a pack; exit code 0 when all is well, 1 when not."""
    from holdfast.curriculum.checking import check_pack as check  # noqa: PLC0415 - needs the app registry

    return check(parsed.path)


def write_strings(parsed: argparse.Namespace) -> int:
    """Write or renew a translation's file; exit code 0 when all is well, 1 when not."""
    from holdfast.curriculum.checking import write_strings as write  # noqa: PLC0415 - needs the app registry

    return write(parsed.path, parsed.language)
