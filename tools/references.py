"""Writes the reference pages that are made from the code: `python -m tools.references`."""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import polib

from tools.messages import LANGUAGES, READ_BY, po_path, untranslated
from tools.requirements import parts, proofs_by_id, requirements

PACKS = Path(__file__).resolve().parent.parent / "packs"
REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"
ROLES = {"everyone": "everyone", "ticket": "whoever holds a ticket of the room", "signed_in": "people who signed in"}


def cell(text: object) -> str:
    """Return text that fits into a table."""
    return str(text).replace("|", "\\|").replace("\n", " ")


def settings() -> str:
    """Return the page of all settings."""
    from holdfast.config.env import SECRETS_FROM_FILES, SETTINGS  # noqa: PLC0415 - reads the environment

    rows = [f"| `{s.name}` | {cell(s.purpose)} | {cell(s.default)} |" for s in SETTINGS]
    files = ", ".join(f"`{name}_FILE`" for name in sorted(SECRETS_FROM_FILES))
    return "\n".join(
        [
            "# Settings",
            "",
            "Holdfast is set by environment variables. An unknown name that starts with `HOLDFAST_` stops the start",
            "with a sentence, so that a typing mistake is found at once.",
            "",
            "| setting | what it is for | without it |",
            "|---|---|---|",
            *rows,
            "",
            f"Passwords can stay out of the environment: {files} names a file that holds the value.",
            "",
        ]
    )


def refusals() -> str:
    """Return the page of all refusals, by app."""
    lines = [
        "# Refusals",
        "",
        "How the product says no: a stable code, what is so, and what to do next. Words in brackets are filled in",
        "when it is shown.",
        "",
    ]
    for app in ("people", "curriculum", "programmes", "support", "voices", "gatherings", "report_back", "homes", "web"):
        if not find_spec(f"holdfast.{app}.messages"):
            continue
        messages = import_module(f"holdfast.{app}.messages").MESSAGES
        if messages:
            lines += [f"## {app.capitalize()}", "", "| code | what is so | what to do next |", "|---|---|---|"]
            lines += [
                f"| `{code}` | {cell(said.what)} | {cell(said.next)} |" for code, said in sorted(messages.items())
            ]
            lines.append("")
    return "\n".join(lines)


def routes() -> str:
    """Return the page of all addresses."""
    from holdfast.config.routes import ROUTES  # noqa: PLC0415 - needs Django

    rows = [
        f"| `/{cell(route.pattern)}` | {', '.join(route.methods)} | {ROLES[route.access]} | `{route.name}` |"
        for route in sorted(ROUTES, key=lambda route: (route.pattern, route.name))
    ]
    return "\n".join(
        [
            "# Addresses",
            "",
            "Every address of an installation. Who may see the single thing behind it is decided for each request;",
            "what is not yours answers as if it were not there.",
            "",
            "| address | methods | for | name |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def commands() -> str:
    """Return the page of the command line, read from its grammar."""
    from holdfast.config.command import parser  # noqa: PLC0415 - as above

    lines = [
        "# Commands",
        "",
        "`holdfast` is the one command of an installation; `holdfast COMMAND --help` says the same as this page.",
        "From a source folder it is `.venv/bin/holdfast`. For people who work on Holdfast there is `make help`.",
        "",
    ]
    for name, said, command in leaves(parser(), "holdfast"):
        lines += [f"## {name}", "", f"{said[:1].upper()}{said[1:]}.", ""]
        rows = [action for action in command._actions if action.dest != "help"]  # argparse has no public list
        if rows:
            lines += ["| argument | meaning |", "|---|---|"]
            lines += [f"| `{' '.join(row.option_strings) or row.dest}` | {cell(row.help)} |" for row in rows]
            lines.append("")
    return "\n".join(lines)


def leaves(parser: argparse.ArgumentParser, name: str) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """Yield every command with its words and its own parser, commands of commands included."""
    for group in parser._actions:
        if isinstance(group, argparse._SubParsersAction):
            said = {choice.dest: choice.help or "" for choice in group._choices_actions}
            for word, command in group.choices.items():
                inner = list(leaves(command, f"{name} {word}"))
                yield from inner or [(f"{name} {word}", said[word], command)]


def asked_for() -> str:
    """Return the page of everything people are asked for: where it is in the product, and which tests show it."""
    shown = proofs_by_id()
    lines = [
        "# Requirements",
        "",
        "What the guide for leaders asks of people, in our own words; where it is in the product; and the tests that",
        "show it: their names begin with its id. A row without a version is not finished.",
        "",
    ]
    for title, rows in parts().items():
        lines += [f"## {title}", "", "| id | what | where | since | tests |", "|---|---|---|---|---|"]
        for one in rows:
            where = one.where or (f"*partly:* {one.partly}" if one.partly else "*not yet*")
            count = f"[{len(shown[one.id])}](#tests-of-{slug(one.id)})" if one.id in shown else "–"
            lines.append(f"| {one.id} | {cell(one.what)} | {cell(where)} | {one.since or '–'} | {count} |")
        lines.append("")
    lines += ["## The tests", ""]
    for one in requirements():
        if one.id in shown:
            lines += [f"(tests-of-{slug(one.id)})=", f"### Tests of {one.id}", ""]
            lines += [f"- {test.sentence} (`{test.file}`)" for test in shown[one.id]]
            lines.append("")
    return "\n".join(lines)


def slug(key: str) -> str:
    """Return an id as it can stand in a link."""
    return key.lower().replace(".", "-")


def languages() -> str:
    """Return the page of all languages: what each of them still lacks."""
    from holdfast.curriculum.reading import read_pack  # noqa: PLC0415 - needs Django

    lines = [
        "# Languages",
        "",
        "What each language still lacks; what is not translated is shown in English. How to help:",
        "[Speak another language](../how-to/speak-another-language.md),",
        "[Translate a pack](../how-to/translate-a-pack.md).",
        "",
        "## The interface",
        "",
        "Written in `en`.",
        "",
    ]
    for language in LANGUAGES:
        catalogue = polib.pofile(str(po_path(language)))
        lines += of_language(
            language,
            catalogue.metadata.get(READ_BY, ""),
            [(entry.occurrences[0][0], entry.msgid) for entry in untranslated(catalogue)],
        )
    for head in sorted(PACKS.glob("*/pack.toml")):
        reading = read_pack(head.parent)
        assert reading.pack is not None
        lines += [f"## The pack “{reading.pack.title}”", "", f"Written in `{reading.pack.language}`.", ""]
        for language, found in sorted(reading.translations.items()):
            missing = [(one.places[0], one.text) for text, one in reading.sentences.items() if text not in found.texts]
            lines += of_language(language, found.read_by, missing)
        if not reading.translations:
            lines += ["No translation yet.", ""]
    return "\n".join(lines)


def of_language(language: str, read_by: str, missing: Sequence[tuple[str, str]]) -> list[str]:
    """Return what is said about one language: who has read it, and what it lacks, as place and text."""
    read = f"Read by {read_by}." if read_by else "Still to be read by somebody who grew up with it."
    lines = [f"### `{language}`", "", f"{read} Missing: {len(missing) or 'nothing'}.", ""]
    lines += [f"- {cell(place)}: {cell(text[:80])}" for place, text in missing]
    return [*lines, ""] if missing else lines


PAGES: dict[str, Callable[[], str]] = {
    "settings": settings,
    "refusals": refusals,
    "addresses": routes,
    "commands": commands,
    "requirements": asked_for,
    "languages": languages,
}


def main() -> None:
    """Write every page, with Django on empty folders."""
    with tempfile.TemporaryDirectory(prefix="holdfast-") as folder:
        os.environ["HOLDFAST_DATA_DIR"] = f"{folder}/data"
        os.environ["HOLDFAST_KEY_DIR"] = f"{folder}/keys"
        os.environ["DJANGO_SETTINGS_MODULE"] = "holdfast.config.settings"
        import django  # noqa: PLC0415 - settings come first

        django.setup()
        for name, page in PAGES.items():
            (REFERENCE / f"{name}.md").write_text(page(), encoding="utf-8")
            print(f"docs/reference/{name}.md")


if __name__ == "__main__":
    main()
