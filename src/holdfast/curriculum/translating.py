"""Translations of a pack: gettext catalogues in its folder, read and checked, and kept up with its texts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

import polib

from holdfast.curriculum.rules import UNSEEN, Finding, near, shown
from holdfast.curriculum.texts import Standing, placeholders

AT_LINE = re.compile(r"\(line (\d+)\)")
MOST_PLACES = 4
NEARLY = 0.85
"""From this likeness on, the translation of a text that is gone is offered for one that is new, marked fuzzy."""

READ_BY = "X-Native-Reader"
"""The header of a catalogue that names who, at home in the language, has read it; empty while nobody has."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One text of a pack, once, with everywhere it stands. longest: as many characters as every place may have."""

    text: str
    places: tuple[str, ...]
    longest: int


@dataclass(frozen=True, slots=True)
class Translation:
    """What a catalogue says. lines: on which line each text begins. findings: with the line as their place."""

    texts: Mapping[str, str]
    read_by: str = ""
    findings: Sequence[tuple[int, Finding]] = field(default_factory=tuple)


def sentences(standing: Iterable[tuple[str, Standing]]) -> dict[str, Sentence]:
    """Bring texts that are alike together. standing: file and text, in the order of the pack."""
    found: dict[str, Sentence] = {}
    for file, one in standing:
        place = f"{file} {' '.join(str(step) for step in one.path)}"
        known = found.get(one.text)
        places = (*known.places, place) if known else (place,)
        found[one.text] = Sentence(one.text, places, min(one.longest, known.longest if known else one.longest))
    return found


def read_catalogue(text: str, known: Mapping[str, Sentence], wordings: Sequence[str]) -> Translation:
    """Read and check a catalogue. Never raises for anything that stands in it."""
    try:
        file = polib.pofile(text + "\n")
    except (OSError, ValueError, LookupError, AttributeError, TypeError) as error:
        at = AT_LINE.search(str(error))
        return Translation({}, findings=((int(at[1]) if at else 1, Finding("not_a_catalogue")),))
    findings: list[tuple[int, Finding]] = []
    texts: dict[str, str] = {}
    lines = text.splitlines()
    for entry in file:
        if entry.obsolete:
            continue
        found = list(_entry(entry, known, wordings, seen=entry.msgid in texts))
        if found:
            line = _line(lines, entry.linenum or 1)
            findings += [(line, finding) for finding in found]
        texts[entry.msgid] = "" if entry.fuzzy else entry.msgstr.strip()
    said = {source: target for source, target in texts.items() if target}
    return Translation(said, file.metadata.get(READ_BY, ""), tuple(findings))


def written_catalogue(known: Mapping[str, Sentence], language: str, *, old: str = "", title: str = "") -> str:
    """Return a catalogue with every text of a pack, keeping what an older one translates.

    old: the catalogue as it is. What it translates and the pack no longer says stays in it, set aside.
    """
    before = polib.pofile(old + "\n") if old.strip() else polib.POFile()
    kept = {entry.msgid: entry for entry in before if entry.msgstr or entry.msgid in known}
    new = polib.POFile(wrapwidth=110)
    new.header = "Kept up by “holdfast pack strings”. How to go about it: docs/how-to/translate-a-pack.md"
    new.metadata = {
        "Project-Id-Version": title,
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        READ_BY: before.metadata.get(READ_BY, ""),
    }
    gone = [msgid for msgid in kept if msgid not in known]
    for sentence in known.values():
        new.append(_fresh(sentence, kept, gone))
    for msgid in gone:
        if kept[msgid].msgstr:
            new.append(polib.POEntry(msgid=msgid, msgstr=kept[msgid].msgstr, obsolete=True))
    return f"{new}\n" if not str(new).endswith("\n") else str(new)


def _fresh(sentence: Sentence, kept: Mapping[str, polib.POEntry], gone: Sequence[str]) -> polib.POEntry:
    places = "\n".join([*sentence.places[:MOST_PLACES], *(["…"] if len(sentence.places) > MOST_PLACES else [])])
    if sentence.longest < 600:
        places += f"\n≤ {sentence.longest}"
    entry = polib.POEntry(msgid=sentence.text, comment=places)
    if same := kept.get(sentence.text):
        entry.msgstr, entry.tcomment = same.msgstr, same.tcomment
        entry.flags = ["fuzzy"] if same.fuzzy and not same.obsolete else []
    elif close := get_close_matches(sentence.text, gone, n=1, cutoff=NEARLY):
        entry.msgstr, entry.flags = kept[close[0]].msgstr, ["fuzzy"]
    return entry


def _line(lines: Sequence[str], first: int) -> int:
    """Return the line of the text itself. first: where its entry begins, with comments."""
    return next((n for n, line in enumerate(lines[first - 1 :], first) if line.startswith("msgid")), first)


def _entry(
    entry: polib.POEntry, known: Mapping[str, Sentence], wordings: Sequence[str], *, seen: bool
) -> Iterator[Finding]:
    of = {"value": shown(entry.msgid)}
    if seen:
        yield Finding("repeated", (), {"field": "text", **of})
    elif entry.msgid not in known:
        yield Finding("stale_translation", (), of)
    elif entry.msgstr.strip() and not entry.fuzzy:
        longest = known[entry.msgid].longest
        if len(entry.msgstr) > longest:
            details = {"field": "msgstr", "length": len(entry.msgstr), "longest": longest}
            yield Finding("text_too_long", (), details)
        if UNSEEN.search(entry.msgstr):
            yield Finding("control_character", (), {"field": "msgstr"})
        said = placeholders(entry.msgstr)
        for key in dict.fromkeys(placeholders(entry.msgid)):
            if key not in said:
                yield Finding("wording_lost", (), {**of, "wording": f"{{{key}}}"})
        for key in said:
            if key not in wordings:
                yield Finding("no_such_wording", (), {"field": "msgstr", **near(key, wordings)})
