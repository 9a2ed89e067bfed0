"""Finds every sentence of the interface and keeps its catalogues: `python -m tools.messages`."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

HERE = Path(__file__).resolve().parent.parent
PRODUCT = HERE / "src" / "holdfast"
LOCALE = PRODUCT / "locale"
LANGUAGES = ("es",)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
NUMBERED = re.compile(r"%(?:\(\w+\))?[sd]")
PLURAL_FORMS = {"es": "nplurals=2; plural=(n != 1);"}
READ_BY = "X-Native-Reader"
Key = tuple[str, str | None]
"""A sentence and its context."""


def sources() -> Iterator[tuple[str, str]]:
    """Yield every file that may hold sentences, as its name and as Python that can be read."""
    for path in sorted(PRODUCT.rglob("*")):
        name = str(path.relative_to(PRODUCT))
        if path.suffix == ".py" and "/migrations/" not in name:
            yield name, path.read_text(encoding="utf-8")
        elif path.suffix in {".html", ".txt"} and "/templates/" in f"/{name}":
            # What is not a sentence is blanked out; inside brackets its indentation means nothing.
            yield name, f"(\n{templatize(path.read_text(encoding='utf-8'), origin=name)}\n)"


def found() -> dict[Key, polib.POEntry]:
    """Return every sentence of the source, each once, with the files it stands in."""
    entries: dict[Key, polib.POEntry] = {}
    for name, text in sources():
        file = io.BytesIO(text.encode())
        for _line, said, comments, context in extract(
            "python", file, KEYWORDS, ["Translators:"], {"encoding": "utf-8"}
        ):
            one, more = (said[0], said[1]) if isinstance(said, tuple) else (said, "")
            entry = entries.setdefault((one, context), polib.POEntry(msgid=one, msgctxt=context))
            entry.msgid_plural = entry.msgid_plural or more
            entry.comment = entry.comment or " ".join(comments)
            if (name, "") not in entry.occurrences:
                entry.occurrences.append((name, ""))  # no lines: they would change with every edit
            if NUMBERED.search(one) and "python-format" not in entry.flags:
                entry.flags.append("python-format")
    return dict(sorted(entries.items(), key=lambda pair: (pair[1].occurrences[0][0], pair[0][0], pair[0][1] or "")))


def renewed(language: str) -> polib.POFile:
    """Return the catalogue of a language with every sentence of the source, keeping what is translated."""
    path = po_path(language)
    before = polib.pofile(str(path)) if path.exists() else polib.POFile()
    kept = {(entry.msgid, entry.msgctxt): entry for entry in before}
    new = polib.POFile(wrapwidth=110)
    new.header = "The interface of Holdfast. Kept up by “make messages”."
    new.metadata = {
        "Project-Id-Version": "holdfast",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS[language],
        READ_BY: before.metadata.get(READ_BY, ""),
    }
    known = found()
    for key, entry in known.items():
        if same := kept.get(key):
            entry.msgstr, entry.msgstr_plural, entry.tcomment = same.msgstr, same.msgstr_plural, same.tcomment
            entry.flags = [*entry.flags, *(flag for flag in same.flags if flag == "fuzzy" and not same.obsolete)]
        if entry.msgid_plural and not entry.msgstr_plural:
            entry.msgstr_plural = {0: "", 1: ""}
        new.append(entry)
    for key, entry in kept.items():
        if key not in known and (entry.msgstr or any(entry.msgstr_plural.values())):
            entry.obsolete, entry.occurrences, entry.comment, entry.flags = True, [], "", []
            new.append(entry)
    return new


def untranslated(catalogue: polib.POFile) -> list[polib.POEntry]:
    """Return the sentences a catalogue does not translate yet."""
    return [entry for entry in catalogue if not entry.obsolete and not entry.translated()]


def po_path(language: str) -> Path:
    """Return where the catalogue of a language stands."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def main() -> None:
    """Renew every catalogue and its compiled form."""
    for language in LANGUAGES:
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = renewed(language)
        path.write_text(f"{catalogue}", encoding="utf-8")
        path.with_suffix(".mo").write_bytes(catalogue.to_binary())
        print(
            f"{path.relative_to(HERE)}: {len(untranslated(catalogue))} of {len(found())} sentences are not translated"
        )


if __name__ == "__main__":
    main()
