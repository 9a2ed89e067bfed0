"""How what was written in the open looks on desk, wall and plain page: its parts in words, its box, its pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from holdfast.gatherings.kinds.sheets import sheet_of
from holdfast.gatherings.models import Round
from holdfast.gatherings.queries import RoundView, SayingView, sayings_of
from holdfast.keys import random_key


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an entry, or of the box it is written in. text: what is filled in."""

    key: str
    label: str
    hint: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A column, or a fault, an entry can have."""

    key: str
    label: str
    tone: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words."""

    saying: SayingView
    place: str
    tone: str
    parts: Sequence[Part]
    by_when: date | None

    @property
    def whose(self) -> str:
        """Its fault, the name it carries, and the day by which, where it has them."""
        day = format_date(self.by_when, "l, j F") if self.by_when else ""
        fault = "" if self.tone or self.saying.place not in fault_words() else self.place
        return " · ".join(said for said in (fault, self.saying.name, day) if said)

    @property
    def text(self) -> str:
        """All of it, part by part, each with its name where there are several."""
        filled = [part for part in self.parts if part.text]
        return "\n".join(f"{named(p.label)} {p.text}" if len(self.parts) > 1 else p.text for p in filled)


@dataclass(frozen=True, slots=True)
class Box:
    """What an entry is written into. id: of the entry it would be."""

    id: int
    parts: Sequence[Part]
    choices: Sequence[Choice]
    faults: bool
    dated: bool
    named: bool
    name: str = ""
    by_when: str = ""


@dataclass(frozen=True, slots=True)
class OpenWriting:
    """Everything written in the open in one activity, and the box for the next entry."""

    lines: Sequence[Line]
    box: Box


def named(label: str) -> str:
    """Return the name of a part as it stands before its words."""
    return f"{label}:" if label[-1:].isalnum() and "…" not in label else label


def open_writing(
    found: Round | RoundView, sayings: Sequence[SayingView], typed: Mapping[str, Any] | None = None
) -> OpenWriting:
    """Return what desk and plain page show; typed: what stood in the box when it was refused."""
    return OpenWriting(lines=[line_of(found, one) for one in sayings], box=box_of(found, typed or {}))


def writing_of(found: Round | None, typed: Mapping[str, Any] | None = None) -> OpenWriting | None:
    """Return what the desk shows of an activity; None where nothing is written in the open. typed: see open_writing."""
    if found is None or not found.in_the_open:
        return None
    return open_writing(found, sayings_of(found) if found.rules.sees("desk", found.phase) != "none" else (), typed)


def line_of(found: Round | RoundView, one: SayingView) -> Line:
    """Return an entry in words."""
    sheet = sheet_of(found.kind, found.columns)
    place = sheet.labels.get(one.place, {})
    if one.place not in sheet.places:
        place = {"label": fault_words()[one.place] if one.place else ""}
    parts = [_part(sheet.labels, key, one.parts.get(key, "")) for key in sheet.parts]
    day = date.fromisoformat(one.by_when) if one.by_when else None
    return Line(one, place.get("label", ""), place.get("tone", ""), parts, day)


def box_of(found: Round | RoundView, typed: Mapping[str, Any]) -> Box:
    """Return the box for the next entry; typed: parts, place, name and by_when that stood in it when it was refused."""
    sheet = sheet_of(found.kind, found.columns)
    filled: Mapping[str, str] = typed.get("parts", {})
    chosen = typed.get("place", sheet.places[0] if sheet.places else "")
    if sheet.places:
        choices = [
            Choice(k, sheet.labels[k]["label"], sheet.labels[k].get("tone", ""), k == chosen) for k in sheet.places
        ]
    else:
        words = fault_words() if sheet.faults else {}
        choices = [Choice(key, label, "", key == chosen) for key, label in words.items()]
    return Box(
        id=random_key(),
        parts=[_part(sheet.labels, key, filled.get(key, "")) for key in sheet.parts],
        choices=choices,
        faults=bool(sheet.faults),
        dated=sheet.dated,
        named=found.look == "named" or sheet.dated,
        name=typed.get("name", ""),
        by_when=typed.get("by_when", ""),
    )


def typed_in(form: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of an ordinary form as a phone would send them."""
    parts = {name.removeprefix("part-"): text for name, text in form.items() if name.startswith("part-")}
    return {"parts": parts, **{name: form.get(name, "") for name in ("place", "name", "by_when")}}


def part_words() -> dict[str, tuple[str, str]]:
    """Return the parts that belong to the product, each with its hint."""
    return {
        "said": (_("In a few words"), ""),
        "if": (_("If …"), _("A day, a place or a moment. You may leave it open.")),
        "then": (_("… then I"), _("One small thing that one can see.")),
        "why": (_("Why"), _("What it is there for.")),
        "what": (_("What"), _("What exactly is wanted.")),
        "how": (_("How"), _("How it is meant to be done.")),
        "matters": (_("What matters to me"), _("At work and away from it.")),
        "no-room": (_("Where it gets no room"), ""),
        "limit": (_("A boundary that would help"), ""),
        "sentence": (_("As one sentence I could say aloud"), ""),
        "mine": (_("Mine"), ""),
        "team": (_("My team’s"), ""),
        "others": (_("Other people’s"), ""),
        "meet": (_("Where we meet"), ""),
        "about": (_("Which expectation?"), _("As it is said here.")),
    }


def agreement_words() -> dict[str, str]:
    """Return the parts of an agreement; they go with the activity, as its title does, and not with every phone page."""
    return {
        "we-do": _("What we do"),
        "looks": _("How it looks here"),
        "hard": _("What makes it hard"),
        "remind": _("How we may remind each other"),
    }


def fault_words() -> dict[str, str]:
    """Return what can be wrong with an expectation, and that nothing is."""
    return {
        "": _("Nothing"),
        "unclear": _("Unclear"),
        "unreasonable": _("Unreasonable"),
        "in-conflict": _("In conflict"),
        "assumed": _("Only assumed"),
    }


def _part(labels: Mapping[str, Mapping[str, str]], key: str, text: str) -> Part:
    label, hint = part_words().get(key, ("", ""))
    known = labels.get(key, {})
    return Part(key, known.get("label") or label, known.get("hint") or hint, text)
