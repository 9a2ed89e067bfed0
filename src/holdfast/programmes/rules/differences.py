"""How a team's plan differs from the toolkit's, and how it goes along when the toolkit gets a newer version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from holdfast.programmes.rules.making import MakeKind


@dataclass(frozen=True, slots=True)
class Planned:
    """One activity as it is planned, or as the toolkit has it. key: empty for one of the team's own."""

    key: str
    title: str
    prompt: str
    minutes: int
    mode: str
    make: MakeKind = MakeKind.USUAL


class Differs(StrEnum):
    """One way in which a plan is not the toolkit's."""

    LEFT_OUT = "left_out"
    OWN = "own"
    PUT_IN = "put_in"
    SHORTER = "shorter"
    LONGER = "longer"
    WORDS = "words"
    WAY = "way"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. title: the activity; empty for the order. was, now: minutes, 0 where they say nothing."""

    what: Differs
    title: str = ""
    was: int = 0
    now: int = 0


def differences(toolkit: Sequence[Sequence[Planned]], plan: Sequence[Planned], *, usual: int) -> list[Difference]:
    """Say in which ways a plan differs from the toolkit.

    toolkit: each activity of the section in every language, the one to be read first; those that a plan begins with
    come first, `usual` of them. plan: in its order. A text that equals the toolkit's in any language is the toolkit's.
    """
    known = {texts[0].key: texts for texts in toolkit}
    begins = [texts[0] for texts in toolkit[:usual]]
    there = {one.key for one in plan if one.key}
    found = [Difference(Differs.LEFT_OUT, one.title, was=one.minutes) for one in begins if one.key not in there]
    for one in plan:
        texts = known.get(one.key)
        found += [Difference(Differs.OWN, one.title, now=one.minutes)] if texts is None else _one(one, texts, begins)
    usual_order = [one.key for one in begins if one.key in there]
    if usual_order != [one.key for one in plan if one.key in set(usual_order)]:
        found.append(Difference(Differs.ORDER))
    return found


def _one(one: Planned, texts: Sequence[Planned], begins: Sequence[Planned]) -> list[Difference]:
    first, found = texts[0], []
    if first not in begins:
        found.append(Difference(Differs.PUT_IN, first.title, now=one.minutes))
    elif one.minutes != first.minutes:
        what = Differs.SHORTER if one.minutes < first.minutes else Differs.LONGER
        found.append(Difference(what, first.title, was=first.minutes, now=one.minutes))
    if not any((one.title, one.prompt) == (text.title, text.prompt) for text in texts):
        found.append(Difference(Differs.WORDS, one.title))
    if one.mode != first.mode:
        found.append(Difference(Differs.WAY, first.title))
    return found


@dataclass(frozen=True, slots=True)
class Content:
    """What an activity of the toolkit gives to a plan. minutes: by make, where there is one."""

    title: str
    prompt: str
    kind: str
    mode: str
    columns: tuple[tuple[tuple[str, str], ...], ...] = ()
    minutes: Mapping[MakeKind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a planned activity becomes. changed: whether it differs from before."""

    title: str
    prompt: str
    minutes: int
    mode: str
    kind: str
    columns: tuple[tuple[tuple[str, str], ...], ...]


def carried(item: Carried, make: MakeKind, *, old: Sequence[Content], new: Sequence[Content]) -> Carried:
    """Take a planned activity along to a newer version of its toolkit, field by field: what the team changed stays.

    old, new: the same activity in both versions, in the same languages. A field is the toolkit's when it equals what
    the older version says in any of the languages. Where its kind is another one now, way and columns follow the kind.
    """
    title = next((n.title for o, n in zip(old, new, strict=True) if o.title == item.title), item.title)
    prompt = next((n.prompt for o, n in zip(old, new, strict=True) if o.prompt == item.prompt), item.prompt)
    was, now = old[0], new[0]
    minutes = now.minutes.get(make, item.minutes) if item.minutes == was.minutes.get(make) else item.minutes
    same_kind = now.kind == item.kind
    mode = now.mode if item.mode == was.mode or not same_kind else item.mode
    columns = next(
        (n.columns for o, n in zip(old, new, strict=True) if o.columns == item.columns),
        item.columns if same_kind else now.columns,
    )
    return Carried(title, prompt, minutes, mode, now.kind, columns)
