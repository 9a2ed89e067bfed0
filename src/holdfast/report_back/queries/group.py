"""What a group and its facilitators decide about: what goes to leadership, what is ours, what is let go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet

from holdfast.gatherings.models import Driver, Round, Saying
from holdfast.people.models import Person
from holdfast.people.queries import one_of
from holdfast.programmes.models import Gathering, Programme
from holdfast.programmes.queries import groups_to_plan
from holdfast.report_back import rules
from holdfast.report_back.models import PUBLISHED, Answer, Concern, LetGoItem, OursItem

Place = Driver.Place


@dataclass(frozen=True, slots=True)
class HandOver:
    """Where a session's drivers stand before and after the group hands over.

    agreed: may be handed over now. not_agreed: for leadership, but not in these words yet. unplaced: nobody has said
    where they belong. handed: what went already. ours, nobody: what the group may put on its own lists.
    """

    agreed: Sequence[Driver]
    not_agreed: Sequence[Driver]
    unplaced: Sequence[Driver]
    handed: Sequence[Concern]
    ours: Sequence[Driver]
    nobody: Sequence[Driver]

    @property
    def placed(self) -> list[Driver]:
        """What has a place and has not gone there yet: its place can be taken back."""
        return [*self.agreed, *self.not_agreed, *self.ours, *self.nobody]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something leadership does not take on, offered to the let-go list. later: it may come back some day."""

    concern: Concern
    answer: Answer
    later: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody promised in the room, by name, as it would stand on the group's own list."""

    wording: str
    plan: str
    who: str
    look_again_on: date | None


@dataclass(frozen=True, slots=True)
class OurList:
    """A group's own list with what could go on it, and its let-go list with what is offered to it."""

    items: Sequence[OursItem]
    spare: Sequence[Driver]
    let_go: Sequence[LetGoItem]
    taken_back: Sequence[LetGoItem]
    promised: Sequence[Promise]
    nobody: Sequence[Driver]
    offers: Sequence[Offer]

    @property
    def under_way(self) -> list[OursItem]:
        """What the group is at."""
        return [item for item in self.items if item.state == OursItem.State.OPEN]

    @property
    def done(self) -> list[OursItem]:
        """What the group has done."""
        return [item for item in self.items if item.state == OursItem.State.DONE]


def hand_over_of(gathering: Gathering) -> HandOver:
    """Return what a session can hand over, has handed over, and keeps."""
    handed = list(Concern.objects.filter(driver__gathering=gathering).order_by("position", "pk"))
    gone = {concern.driver_id for concern in handed}
    drivers = gathering.drivers.filter(retired=False).select_related("ours_item", "let_go_item")
    left = [driver for driver in drivers.order_by("position", "pk") if driver.pk not in gone]
    led = [driver for driver in left if driver.place == Place.LEADERSHIP]
    return HandOver(
        agreed=[driver for driver in led if driver.agreed],
        not_agreed=[driver for driver in led if not driver.agreed],
        unplaced=[driver for driver in left if not driver.place and driver.wording],
        handed=handed,
        ours=[driver for driver in left if driver.place == Place.OURS and not hasattr(driver, "ours_item")],
        nobody=[driver for driver in left if driver.place == Place.NOBODY and not hasattr(driver, "let_go_item")],
    )


def our_list(programme: Programme) -> OurList:
    """Return a group's own list and its let-go list, with what could go on each."""
    let_go = list(programme.let_go.select_related("driver").order_by("-added_on", "pk"))
    drivers = Driver.objects.filter(gathering__programme=programme, retired=False)
    drivers = drivers.exclude(gathering__in=programme.gatherings.filter(rooms__rehearsal=True))
    drivers = drivers.order_by("gathering__starts_at", "position", "pk")
    items = programme.ours.exclude(state=OursItem.State.LET_GO).order_by("position", "pk")
    return OurList(
        items=list(items),
        promised=promised(programme),
        spare=list(drivers.filter(place=Place.OURS, ours_item__isnull=True, concern__isnull=True)),
        let_go=[item for item in let_go if item.taken_back_on is None],
        taken_back=[item for item in let_go if item.taken_back_on is not None and not _went_on(item)],
        nobody=list(drivers.filter(place=Place.NOBODY, let_go_item__isnull=True)),
        offers=offers(programme),
    )


def promised(programme: Programme) -> list[Promise]:
    """Return what was promised with a name in the programme's sessions and stands on no list yet, the latest first."""
    listed = {(item.wording, item.who) for item in programme.ours.order_by("pk")}
    rows = Saying.objects.filter(
        round__room__gathering__programme=programme, round__room__rehearsal=False, round__kind="commit",
        round__phase=Round.Phase.FINISHED, withdrawn=False,
    )  # fmt: skip
    found = []
    for row in rows.exclude(name="").order_by("-round__room__opened_at", "position", "pk"):
        promise = Promise(row.parts.get("then", "")[:280], row.parts.get("if", "")[:280], row.name, row.by_when)
        if promise.wording and (promise.wording, promise.who) not in listed:
            found.append(promise)
    return found


def _went_on(item: LetGoItem) -> bool:
    """Tell whether what was taken up again has found another place since: leadership, or the group's own list."""
    return item.driver is not None and item.driver.place in {Place.OURS, Place.LEADERSHIP}


def offers(programme: Programme) -> list[Offer]:
    """Return what leadership does not take on and the group has not decided about yet."""
    concerns = list(programme.concerns.filter(let_go_item__isnull=True, struck=False).order_by("position", "pk"))
    verdicts = newest_verdicts(concerns)
    return [
        Offer(concern, said, rules.comes_back_later(said.verdict))
        for concern in concerns
        if (said := verdicts.get(concern.pk)) and said.verdict in rules.NOT_TAKEN_ON
    ]


def newest_published(concern: str) -> QuerySet[Answer]:
    """Return, inside a question about concerns, the published answers of each, what stands first. concern: its key."""
    return Answer.objects.filter(PUBLISHED, concern=OuterRef(concern)).order_by("-version", "pk")


def newest_verdicts(concerns: Iterable[Concern]) -> dict[int, Answer]:
    """Return the published answer that stands for each concern that has one."""
    answers = Answer.objects.filter(PUBLISHED, concern__in=concerns).order_by("version", "pk")
    return {answer.concern_id: answer for answer in answers}


def ours_to_look_at(programme: Programme) -> list[OursItem]:
    """Return what the group has taken on itself and comes up at its next session, soonest first."""
    items = programme.ours.filter(state=OursItem.State.OPEN, struck=False)
    return sorted(items, key=lambda item: (item.look_again_on or date.max, item.position, item.pk))


def ours_to_change(person: Person, item_id: int) -> OursItem:
    """Return one thing on the list of a group somebody plans for. Raises Http404."""
    items = OursItem.objects.filter(programme__group__in=groups_to_plan(person).order_by())
    return one_of(items.select_related("programme__group__site").filter(pk=item_id))


def let_go_to_change(person: Person, item_id: int) -> LetGoItem:
    """Return one thing on the let-go list of a group somebody plans for. Raises Http404."""
    items = LetGoItem.objects.filter(programme__group__in=groups_to_plan(person).order_by())
    return one_of(items.select_related("programme__group__site").filter(pk=item_id))
