"""Which fields each table of a pack has, and what may stand in them; the reference page describes the same list."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from holdfast.curriculum import pack

KEY = (
    r"[a-z][a-z0-9]*(-[a-z0-9]+)*",
    "small letters, digits and hyphens, starting with a letter, such as what-drains-us",
)
VERSION = (r"[0-9]{1,4}(\.[0-9]{1,4}){0,2}", "numbers with dots between, such as 1.0 or 2.3.1")
LANGUAGE = (r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", "a language code, such as en, es or pt-BR")
IDENTIFIER = (r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*", "letters and digits with dots between, such as D4.1")


@dataclass(frozen=True, slots=True)
class Text:
    """A text of 1 .. `longest` characters; `form` is a pattern and the same in words.

    read: people read it, so it can be translated and may name wordings.
    """

    longest: int
    form: tuple[str, str] | None = None
    read: bool = True


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number in low .. high."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Truth:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """A list of `fewest` .. `most` of something."""

    of: "Text | Choice | Table"
    fewest: int = 0
    most: int = 40


@dataclass(frozen=True, slots=True)
class Field:
    """What may stand in one field, and whether it has to be there."""

    form: "Text | Whole | Truth | Choice | Many | Table"
    required: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a pack. written: how its header looks in the file, for the reference page."""

    written: str
    fields: Mapping[str, Field]


def words_of(enum: type[StrEnum]) -> Choice:
    """Offer the members of an enumeration."""
    return Choice(tuple(str(member) for member in enum))


NAME, LINE, PASSAGE = Text(120), Text(600), Text(4000)
OWN_NAME = Text(120, read=False)
A_KEY = Text(60, KEY, read=False)
AN_ID = Text(24, IDENTIFIER, read=False)


def optional(form: Text | Whole | Truth | Choice | Many | Table) -> Field:
    """A field that may be left out."""
    return Field(form, required=False)


SAMPLES = Table(
    "[activities.columns.samples]",
    {name: optional(Many(LINE)) for name in ("everywhere", "schools", "health", "leader")},
)
COLUMN = Table(
    "[[activities.columns]]",
    {
        "key": Field(A_KEY),
        "label": Field(Text(60)),
        "hint": Field(Text(200)),
        "tone": Field(words_of(pack.Tone)),
        "samples": optional(SAMPLES),
    },
)
FITTING = {"prompts": Field(Many(LINE, fewest=1, most=4))}
MAKE = {"minutes": Field(Whole(1, 240)), "how": Field(LINE)}
ACTIVITY = Table(
    "[[activities]]",
    {
        "key": Field(A_KEY),
        "title": Field(NAME),
        "minutes": Field(Whole(1, 240)),
        "kind": Field(words_of(pack.Kind)),
        "mode": Field(words_of(pack.ActivityMode)),
        "purpose": Field(LINE),
        "prompt": Field(LINE),
        "steps": Field(Many(LINE, fewest=1)),
        "in_plan": optional(Truth()),
        "other_modes": optional(Many(words_of(pack.ActivityMode), most=4)),
        "more_prompts": optional(Many(LINE)),
        "leader_prompts": optional(Many(LINE)),
        "materials": optional(Many(LINE)),
        "columns": optional(Many(COLUMN, most=4)),
        "short": optional(Table("[activities.short]", MAKE)),
        "long": optional(Table("[activities.long]", MAKE)),
        "schools": optional(Table("[activities.schools]", FITTING)),
        "health": optional(Table("[activities.health]", FITTING)),
    },
)
CONSIDERATION = Table(
    "[[considerations]]",
    {
        "id": Field(AN_ID),
        "mode": Field(words_of(pack.LeaderMode)),
        "when": Field(words_of(pack.When)),
        "title": Field(NAME),
        "text": Field(PASSAGE),
    },
)
READY = Table(
    "[[components.ready]]",
    {"kind": Field(words_of(pack.ReadyKind)), "title": Field(NAME), "text": Field(PASSAGE)},
)
COMPONENT = Table(
    "[[components]]",
    {
        "key": Field(Choice(pack.COMPONENT_KEYS)),
        "suggestions": Field(Many(LINE, fewest=1)),
        "ready": optional(Many(READY)),
    },
)
WORDS = Table(
    "[[words]]",
    {
        "key": Field(A_KEY),
        "who": Field(words_of(pack.Speaker)),
        "title": Field(NAME),
        "text": Field(PASSAGE),
    },
)
RESOURCE = Table(
    "[[resources]]",
    {
        "key": Field(A_KEY),
        "kind": Field(words_of(pack.ResourceKind)),
        "title": Field(NAME),
        "about": Field(LINE),
        "consideration": optional(AN_ID),
    },
)
SHARE = Table(
    "[share]",
    {
        "title": Field(NAME),
        "parts": Field(
            Many(Table("[[share.parts]]", {"heading": Field(NAME), "text": Field(PASSAGE)}), fewest=1, most=8)
        ),
    },
)
VISUAL = Table(
    "[visual]",
    {
        "title": Field(NAME),
        "layout": Field(words_of(pack.Layout)),
        "about": Field(LINE),
        "model": optional(A_KEY),
        "lines": optional(Many(Text(120), fewest=3, most=8)),
    },
)
SECTION = Table(
    "sections/NN-name.toml",
    {
        "number": Field(Whole(1, 99)),
        "key": Field(A_KEY),
        "title": Field(NAME),
        "short_title": Field(Text(16)),
        "concept": Field(PASSAGE),
        "aim": Field(PASSAGE),
        "activities": Field(Many(ACTIVITY, fewest=1)),
        "considerations": Field(Many(CONSIDERATION)),
        "components": Field(Many(COMPONENT)),
        "words": optional(Many(WORDS)),
        "resources": optional(Many(RESOURCE)),
        "share": optional(SHARE),
        "visual": optional(VISUAL),
    },
)
PART = Table(
    "[[models.parts]]",
    {"key": Field(A_KEY), "label": Field(NAME), "text": Field(LINE), "ideas": optional(Many(Text(200), most=12))},
)
MODEL = Table(
    "[[models]]",
    {"key": Field(A_KEY), "title": Field(NAME), "about": Field(PASSAGE), "parts": Field(Many(PART, fewest=1))},
)
WORDING = Table("[[wordings]]", {"key": Field(A_KEY), **{str(setting): Field(Text(120)) for setting in pack.Setting}})
TERM = Table("[[glossary]]", {"word": Field(Text(60)), "meaning": Field(LINE)})
PACK = Table(
    "pack.toml",
    {
        "key": Field(A_KEY),
        "title": Field(NAME),
        "version": Field(Text(14, VERSION, read=False)),
        "language": Field(Text(11, LANGUAGE, read=False)),
        "authors": Field(Many(OWN_NAME, fewest=1)),
        "licence": Field(OWN_NAME),
        "about": Field(PASSAGE),
        "models": optional(Many(MODEL)),
        "glossary": optional(Many(TERM, most=200)),
        "wordings": optional(Many(WORDING)),
    },
)
