"""The command `holdfast`: serve, demo, invite, pack check, pack strings, rehearse, backup, restore."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

import django
from django.core.management.base import SystemCheckError

from holdfast.config.env import SettingError
from holdfast.refusals import Refused
from holdfast.web.wording import words_for

Run = Callable[[argparse.Namespace], int]
MOST_WORKERS = 32


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a wrong setting is said in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.config.settings")
    os.umask(0o077)  # databases and backups are for this account alone
    parsed = parser().parse_args(arguments)
    if hasattr(parsed, "port"):  # before the settings are read
        host = "127.0.0.1" if parsed.host == "0.0.0.0" else parsed.host  # noqa: S104 - comparing, not binding
        os.environ.setdefault("HOLDFAST_PUBLIC_URL", f"http://{host}:{parsed.port}")
    if getattr(parsed, "demo", False):
        os.environ.setdefault("HOLDFAST_DEMO", "1")
    try:
        run: Run = parsed.run
        return run(parsed)
    except Refused as refused:
        print("holdfast: " + " ".join(words_for(refused)), file=sys.stderr)
        return 1
    except SystemCheckError as error:
        print(f"holdfast: {error}", file=sys.stderr)
        return 1
    except SettingError as error:
        print(f"holdfast: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar; the reference page of the commands is read from it."""
    top = argparse.ArgumentParser(prog="holdfast", description="Runs compassion-resilience programmes.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="serve pages and rooms")
    demo = commands.add_parser("demo", help="fill a demo, print a sign-in link for each role, and serve it")
    for command in (serve, demo):
        command.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
        command.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    serve.add_argument(
        "--workers",
        type=_a_few,
        default=1,
        help="how many server processes, 1 to 32; several need PostgreSQL (default 1)",
    )
    demo.add_argument(
        "--size",
        choices=("small", "large"),
        default="small",
        help="large adds forty groups, five years of history and a thousand other organisations (default small)",
    )
    demo.add_argument("--prepare-only", action="store_true", help="fill the demo and stop")
    demo.set_defaults(demo=True)
    serve.set_defaults(run=_late("holdfast.config.serving", "serve"))
    demo.set_defaults(run=_late("holdfast.config.serving", "demo"))

    invite = commands.add_parser("invite", help="print a one-time sign-in link for a coordinator")
    invite.add_argument("name", help="the person's name")
    invite.add_argument("--organisation", required=True, help="name of the organisation; made when it is new")
    invite.add_argument("--email", help="the person's e-mail address, if they have one")
    invite.set_defaults(run=_late("holdfast.config.inviting", "invite"))

    pack = commands.add_parser("pack", help="look after toolkit packs").add_subparsers(required=True, metavar="COMMAND")
    check = pack.add_parser("check", help="check a pack and say what is wrong where")
    check.add_argument("path", type=Path, help="folder of the pack")
    check.set_defaults(run=_late("holdfast.config.inviting", "check_pack"))

    strings = pack.add_parser("strings", help="write the texts of a pack for translation, keeping what is translated")
    strings.add_argument("path", type=Path, help="folder of the pack")
    strings.add_argument("language", help="code of the language, such as es or pt-BR")
    strings.set_defaults(run=_late("holdfast.config.inviting", "write_strings"))

    rehearse = commands.add_parser("rehearse", help="fill a room with simulated phones")
    rehearse.add_argument("--code", required=True, help="the six letters on the wall")
    rehearse.add_argument("--url", default="http://127.0.0.1:8000", help="address of the installation")
    rehearse.add_argument("--phones", type=int, default=40, help="how many simulated phones, 1 to 1000 (default 40)")
    rehearse.add_argument("--notes", type=int, default=3, help="notes each of them writes, 0 to 100 (default 3)")
    rehearse.add_argument("--seconds", type=float, default=90, help="within how many seconds each writes them (90)")
    rehearse.add_argument(
        "--setting",
        choices=("schools", "health", "elsewhere"),
        default="elsewhere",
        help="whose notes they write: those of a school, of health care, or what fits anywhere (default elsewhere)",
    )
    rehearse.add_argument(
        "--temper",
        choices=("quiet", "lively", "contrary", "spammer"),
        default="lively",
        help="few write, all write, people disagree, or one phone floods the room (default lively)",
    )
    rehearse.add_argument("--leader", action="store_true", help="the first phone joins as the leader of the group")
    rehearse.add_argument("--leave", action="store_true", help="phones leave when their notes are saved")
    rehearse.add_argument("--seed", type=int, default=1, help="the same number gives the same rehearsal")
    rehearse.set_defaults(run=_late("holdfast.gatherings.rehearsal.command", "rehearse_command"))

    backup = commands.add_parser("backup", help="write one backup file while the server runs")
    backup.add_argument("file", type=Path, help="the file to write; it must not exist")
    backup.set_defaults(run=_late("holdfast.config.backup", "backup_command"))

    restore = commands.add_parser("restore", help="bring a backup back into an empty place and verify it")
    restore.add_argument("file", type=Path, help="the backup file")
    restore.set_defaults(run=_late("holdfast.config.backup", "restore_command"))
    return top


def _a_few(typed: str) -> int:
    if not typed.isdecimal() or not 1 <= int(typed) <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"a number from 1 to {MOST_WORKERS}")
    return int(typed)


def _late(module: str, name: str) -> Run:
    """Name a function without importing it: settings are read only when a command runs."""

    def run(parsed: argparse.Namespace) -> int:
        django.setup()
        function: Run = getattr(import_module(module), name)
        return function(parsed)

    return run


if __name__ == "__main__":
    sys.exit(main())
