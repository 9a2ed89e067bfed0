"""Priorities as screens show them: reading a ballot, the words of each manner, the order of results, a second look."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from holdfast.gatherings.bars import Part, bar_of
from holdfast.gatherings.kinds import prioritise
from holdfast.gatherings.kinds.prioritise import CONSENT, DOTS, MOST_IN_PAIRS, PAIRS, RATING, SCALES
from holdfast.gatherings.models import Driver, Round
from holdfast.gatherings.queries import ItemView, RoundView, drivers_of, items_of
from holdfast.people.models import Person
from holdfast.programmes.models import Gathering
from holdfast.programmes.queries.starting import leaders_of
from holdfast.refusals import Refused
from holdfast.voices.rules import pack_choices

ALL, FORWARD, QUIET = "all", "forward", "quiet"
One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Manner:
    """One way of choosing, as the desk offers it. possible: the list is short enough for it."""

    key: str
    label: str
    about: str
    chosen: bool
    possible: bool


@dataclass(frozen=True, slots=True)
class Priorities:
    """What the desk knows of priorities beside the items.

    budget: dots, or comparisons of each person. among: of how many each may choose which: all, forward or quiet.
    second: how many would be looked at again. forward: how many the group takes into what comes next. leaders: who can
    answer a proposal by name. scale: what they can say.
    """

    manner: str
    manners: Sequence[Manner]
    budget: int
    most: int
    suggested: int
    among: Mapping[str, int]
    second: int
    forward: int
    leaders: Sequence[Person]
    scale: Sequence[tuple[str, str]]

    @property
    def forward_fits(self) -> bool:
        """Tell whether what goes forward can be compared in pairs."""
        return 2 <= self.forward <= MOST_IN_PAIRS


def read_priorities(found: RoundView, choices: object) -> str:
    """Return a ballot as the store keeps it. Raises Refused; nothing is kept then."""
    items = [item.id for item in found.items]
    if not isinstance(choices, dict):
        raise Refused("gatherings.not_on_the_list", status=422)
    try:
        said = prioritise.read_ballot(found.setup, items, choices)
    except prioritise.OverBudget as error:
        raise Refused("gatherings.over_the_budget", {"most": found.setup["budget"]}, status=422) from error
    except (ValueError, TypeError) as error:
        raise Refused("gatherings.not_on_the_list", status=422) from error
    return pack_choices(said, prioritise.asked(found.setup, items))


def refuse_leader(found: RoundView) -> None:
    """Tell a leader why a ballot of theirs is not taken. Raises Refused."""
    if found.setup.get("manner") == CONSENT:
        raise Refused("gatherings.leaders_answer_by_name", status=403)
    if found.setup.get("manner"):
        raise Refused("gatherings.leaders_do_not_weigh", status=403)


def weighable(gathering: Gathering, *, among: str = ALL) -> list[Driver]:
    """Return what a group can choose among: everything with words, what goes forward, or what was quiet last time."""
    drivers = [driver for driver in drivers_of(gathering) if driver.wording]
    if among == FORWARD:
        return [driver for driver in drivers if driver.forward]
    if among == QUIET:
        quiet = {item.id for item in quiet_ones(gathering)}
        return [driver for driver in drivers if driver.pk in quiet]
    return drivers


def quiet_ones(gathering: Gathering) -> list[ItemView]:
    """Return what few chose but those few strongly, of the priorities held last, and what does not go forward yet."""
    rounds = Round.objects.filter(room__gathering=gathering, kind="prioritise", phase=Round.Phase.SEALED)
    last = rounds.select_related("room__gathering").order_by("-room__opened_at", "-position", "-pk").first()
    items = items_of(last) if last and last.setup.get("manner") in {DOTS, RATING} else ()
    return [item for item in items if item.weight and item.weight.quiet and not item.forward]


def priorities_of(found: Round | None, items: Iterable[ItemView]) -> Priorities | None:
    """Put together what the desk offers about priorities; None for other kinds."""
    if found is None or found.rules is not prioritise:
        return None
    gathering, manner, total = found.room.gathering, str(found.setup["manner"]), len(found.items)
    before, sealed = found.phase == Round.Phase.PROMISE, found.phase == Round.Phase.SEALED
    labels = manner_words()
    manners = [
        Manner(key, label, about, key == manner, key != PAIRS or 2 <= total <= MOST_IN_PAIRS)
        for key, (label, about) in labels.items()
    ]
    among = {kind: len(weighable(gathering, among=kind)) for kind in (ALL, FORWARD, QUIET)} if before else {}
    return Priorities(
        manner=manner,
        manners=manners,
        budget=int(found.setup["budget"]),
        most=prioritise.most_budget(manner, total),
        suggested=int(prioritise.usual_setup(manner, total)["budget"]),
        among={kind: n for kind, n in among.items() if n and (kind == ALL or n < among[ALL])},
        second=sum(bool(item.weight and item.weight.quiet and not item.forward) for item in items) if sealed else 0,
        forward=sum(driver.forward for driver in drivers_of(gathering)) if sealed else 0,
        leaders=list(leaders_of(gathering.programme.group)) if sealed and manner == CONSENT else [],
        scale=list(scale_words(manner).items()),
    )


def manner_words() -> dict[str, tuple[str, str]]:
    """Return each manner's name and what it is good for, in the order in which they are offered."""
    return {
        DOTS: (_("Dots"), _("Each person gives a few. Good for a long list.")),
        RATING: (_("Rating 1 to 5"), _("Each item by itself, also “no opinion”. Shows where you differ.")),
        CONSENT: (_("Can I live with it?"), _("Five steps, from gladly to no. Good for proposals.")),
        PAIRS: (_("In pairs"), _("Two at a time, at most eight in all. Good for the last few.")),
    }


def scale_words(manner: str) -> dict[str, str]:
    """Return what can be said in a manner, in the words of the screens, the warmest first."""
    words = {
        "dot": _("Dots"),
        **{str(n): str(n) for n in range(5, 0, -1)},
        "none": _("No opinion"),
        "gladly": _("Gladly"),
        "mostly": _("Yes, with a small doubt"),
        "live": _("I can live with it"),
        "talk": _("Let us talk first"),
        "cannot": _("I cannot live with it"),
        "first": _("the first"),
        "second": _("the second"),
        "alike": _("both as much"),
    }
    return {choice: words[choice] for choice in SCALES[manner]}


def parts_of(setup: Mapping[str, Any], item: ItemView, *, most: float) -> list[Part]:
    """Return the picture of an item: a bar of its dots or points, or of its answers side by side.

    most: the largest figure of all items, for bars that can be compared.
    """
    manner, words = str(setup["manner"]), scale_words(str(setup["manner"]))
    if item.weight is None:
        return []
    if manner in {DOTS, PAIRS}:
        length = round(100 * item.weight.figure / most, 2) if most else 0.0
        return [Part("dot", _("Dots") if manner == DOTS else _("Points"), int(item.weight.figure), 0.0, length)]
    return bar_of(words, item.spread or {})


def in_order(items: Sequence[One], view: Callable[[One], ItemView]) -> list[One]:
    """Return items as results stand: dots and pairs by rank, ratings and answers with the contested first.

    What is not shown comes last, and alike ones keep the group's order. view: how to get from one to its ItemView.
    """

    def stands(one: One) -> tuple[bool, float]:
        item = view(one)
        if item.weight is None:
            return True, 0.0
        return False, item.weight.rank if item.contested is None else -item.contested

    return sorted(items, key=stands)
