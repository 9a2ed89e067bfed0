"""What a pack holds, as typed objects that never change; made by reading a folder, kept as plain JSON."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, cast

from holdfast.curriculum.plain import plain, typed


class Kind(StrEnum):
    """What happens in an activity. Of what the room has no pages for, it shows the question and holds a talk."""

    GATHER = "gather"
    TALK = "talk"
    CHECK_IN = "check_in"
    CONDENSE = "condense"
    SORT = "sort"
    AGREE = "agree"
    PRIORITISE = "prioritise"
    FORM = "form"
    STORIES = "stories"
    REFLECT = "reflect"
    COMMIT = "commit"
    CLOSE = "close"


class ActivityMode(StrEnum):
    """How people take part in an activity."""

    SPOKEN = "spoken"
    NAMED = "named"
    UNNAMED = "unnamed"
    SCRIBE = "scribe"


RUNS_IN_EVERY_MODE = frozenset({Kind.CHECK_IN, Kind.FORM, Kind.STORIES, Kind.REFLECT, Kind.COMMIT, Kind.CLOSE})
RUNS_NOW = {
    Kind.GATHER: frozenset({ActivityMode.UNNAMED, ActivityMode.NAMED, ActivityMode.SCRIBE}),
    Kind.CONDENSE: frozenset({ActivityMode.UNNAMED, ActivityMode.SCRIBE}),
    Kind.SORT: frozenset({ActivityMode.UNNAMED}),
    Kind.AGREE: frozenset({ActivityMode.UNNAMED}),
    Kind.PRIORITISE: frozenset({ActivityMode.UNNAMED}),
    Kind.TALK: frozenset({ActivityMode.SPOKEN}),
    **dict.fromkeys(RUNS_IN_EVERY_MODE, frozenset(ActivityMode)),
}
"""What the room can run, and the modes in which it can."""


class LeaderMode(StrEnum):
    """Whom a consideration is for: a leader who takes part, one who supports from outside, or both."""

    TAKING_PART = "taking_part"
    SUPPORTING = "supporting"
    BOTH = "both"


class When(StrEnum):
    """When a consideration is due, seen from the session."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Tone(StrEnum):
    """What a column collects: what takes strength, or what gives it back."""

    DRAINS = "drains"
    RESTORES = "restores"


class Speaker(StrEnum):
    """Who says ready words."""

    LEADER = "leader"
    FACILITATOR = "facilitator"


class ReadyKind(StrEnum):
    """What a ready text is for."""

    SHEET = "sheet"
    AGENDA = "agenda"
    POSTER = "poster"
    HUDDLE = "huddle"
    MAIL = "mail"
    LIST = "list"
    QUESTIONS = "questions"
    CARD = "card"
    FORM = "form"


class Layout(StrEnum):
    """How a visual is drawn."""

    STEPS = "steps"
    COMPASS = "compass"
    CYCLE = "cycle"
    COLUMNS = "columns"
    LINES = "lines"


class Setting(StrEnum):
    """Where a programme is held; wordings and prompts follow it."""

    SCHOOLS = "schools"
    HEALTH = "health"
    ELSEWHERE = "elsewhere"


class ResourceKind(StrEnum):
    """What belongs into a resource slot that an organisation fills with a link."""

    VIDEO = "video"
    DOCUMENT = "document"
    TEST = "test"


COMPONENT_KEYS = ("C1", "C2", "C3", "C4", "C5", "C6", "C7")


@dataclass(frozen=True, slots=True)
class Samples:
    """Example notes of one column, for rehearsal only."""

    everywhere: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    health: tuple[str, ...] = ()
    leader: tuple[str, ...] = ()

    @property
    def staff(self) -> tuple[str, ...]:
        """Every example a member of staff could have written, whatever the workplace."""
        return self.everywhere + self.schools + self.health


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a `gather` activity."""

    key: str
    label: str
    hint: str
    tone: Tone
    samples: Samples = Samples()

    def for_plan(self) -> dict[str, str]:
        """Return what the plan of a gathering and the room need to know about the column."""
        return {"key": self.key, "label": self.label, "hint": self.hint, "tone": str(self.tone)}


@dataclass(frozen=True, slots=True)
class Make:
    """A shorter or longer way to do an activity."""

    minutes: int
    how: str


@dataclass(frozen=True, slots=True)
class Prompts:
    """Prompts that fit one setting better than the general ones."""

    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing a group does in a session."""

    key: str
    title: str
    minutes: int
    kind: Kind
    mode: ActivityMode
    purpose: str
    prompt: str
    steps: tuple[str, ...]
    in_plan: bool = True
    other_modes: tuple[ActivityMode, ...] = ()
    more_prompts: tuple[str, ...] = ()
    leader_prompts: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    short: Make | None = None
    long: Make | None = None
    schools: Prompts | None = None
    health: Prompts | None = None

    @property
    def runs_in_room(self) -> bool:
        """Tell whether the room has pages of its own for it; otherwise it is held as a talk."""
        return self.mode in RUNS_NOW.get(self.kind, frozenset())


@dataclass(frozen=True, slots=True)
class Consideration:
    """What a section asks of the leader."""

    id: str
    mode: LeaderMode
    when: When
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadyText:
    """A text a team can use as it is: a huddle, a mail, a poster."""

    kind: ReadyKind
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Component:
    """One of the seven parts of a comprehensive approach, with what this section suggests for it."""

    key: str
    suggestions: tuple[str, ...]
    ready: tuple[ReadyText, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A few sentences somebody can say aloud."""

    key: str
    who: Speaker
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A named slot that an organisation fills with its own link or file."""

    key: str
    kind: ResourceKind
    title: str
    about: str
    consideration: str = ""


@dataclass(frozen=True, slots=True)
class SharePart:
    """One heading of a share document with its paragraphs, parted by empty lines."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Share:
    """What staff read before or after a session, in about five minutes on a phone (C1)."""

    title: str
    parts: tuple[SharePart, ...]


@dataclass(frozen=True, slots=True)
class Visual:
    """A poster for shared rooms (C3): the parts of a model in one of the layouts, or a few lines."""

    title: str
    layout: Layout
    about: str
    model: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One step of the way through a pack, held in one gathering or several."""

    number: int
    key: str
    title: str
    short_title: str
    concept: str
    aim: str
    activities: tuple[Activity, ...]
    considerations: tuple[Consideration, ...]
    components: tuple[Component, ...]
    words: tuple[Words, ...] = ()
    resources: tuple[Resource, ...] = ()
    share: Share | None = None
    visual: Visual | None = None

    @property
    def plan(self) -> tuple[Activity, ...]:
        """The activities a new gathering starts with, in order."""
        return tuple(activity for activity in self.activities if activity.in_plan)

    def activity(self, key: str) -> Activity | None:
        """Find an activity by its key."""
        return next((activity for activity in self.activities if activity.key == key), None)

    def component(self, key: str) -> Component | None:
        """Find one of the seven components, C1 to C7."""
        return next((component for component in self.components if component.key == key), None)

    def considerations_for(self, mode: LeaderMode) -> tuple[Consideration, ...]:
        """What this section asks of a leader who takes part, or of one who supports from outside."""
        return tuple(c for c in self.considerations if LeaderMode.BOTH in {mode, c.mode} or c.mode is mode)


@dataclass(frozen=True, slots=True)
class ModelPart:
    """One part of a model, for example one step."""

    key: str
    label: str
    text: str
    ideas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """A picture the pack thinks with: steps, stages or categories, in order."""

    key: str
    title: str
    about: str
    parts: tuple[ModelPart, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the pack and what it means."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that differ by setting; texts name them as {key}."""

    key: str
    schools: str
    health: str
    elsewhere: str


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of toolkit content."""

    key: str
    title: str
    version: str
    language: str
    authors: tuple[str, ...]
    licence: str
    about: str
    sections: tuple[Section, ...]
    models: tuple[Model, ...] = ()
    glossary: tuple[Term, ...] = ()
    wordings: tuple[Wording, ...] = ()

    def section(self, number: int) -> Section | None:
        """Find a section by its number."""
        return next((section for section in self.sections if section.number == number), None)

    def model(self, key: str) -> Model | None:
        """Find a model by its key."""
        return next((model for model in self.models if model.key == key), None)


def to_json(pack: Pack) -> dict[str, Any]:
    """Turn a pack into dictionaries, lists, strings, numbers and truth values."""
    return cast("dict[str, Any]", plain(asdict(pack)))


def from_json(content: dict[str, Any]) -> Pack:
    """Turn what `to_json` made back into a pack. Raises KeyError, TypeError or ValueError for anything else."""
    return cast("Pack", typed(Pack, content))
