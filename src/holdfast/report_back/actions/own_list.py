"""What a group takes on itself, and what it puts down: both by its own act."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Max, QuerySet

from holdfast.audit.actions import record
from holdfast.gatherings.actions import set_place
from holdfast.gatherings.models import Driver
from holdfast.people.models import Person
from holdfast.programmes.models import Programme
from holdfast.programmes.queries import today_at
from holdfast.refusals import Refused
from holdfast.report_back import rules
from holdfast.report_back.models import Concern, LetGoItem, OursItem
from holdfast.report_back.queries import newest_verdicts

Place = Driver.Place


@transaction.atomic
def put_on_our_list(programme: Programme, *, driver_ids: Collection[int], by: Person) -> list[OursItem]:
    """Put what the group sorted as ours on its own list; what stands there already stays. Returns the new ones."""
    position = _last(programme)
    chosen = _drivers(programme, driver_ids, Place.OURS).filter(ours_item__isnull=True, concern__isnull=True)
    made = [
        OursItem.objects.create(programme=programme, driver=driver, wording=driver.wording, position=at)
        for at, driver in enumerate(chosen, start=position + 1)
    ]
    for item in made:
        record("report_back.ours_added", by=by.pk, on=item.pk)
    return made


@transaction.atomic
def add_ours(
    programme: Programme, *, wording: str, step: str, who: str, plan: str, look_again_on: date | None, by: Person
) -> OursItem:
    """Put something else the group takes on itself at the end of its list."""
    item = OursItem.objects.create(
        programme=programme, wording=wording, step=step, who=who, plan=plan, look_again_on=look_again_on,
        position=_last(programme) + 1,
    )  # fmt: skip
    record("report_back.ours_added", by=by.pk, on=item.pk)
    return item


@transaction.atomic
def change_ours(
    item: OursItem, *, step: str, who: str, plan: str, look_again_on: date | None, state: str,
    wall_by_group: bool, by: Person,
) -> OursItem:  # fmt: skip
    """Say the small step, who takes it, when to look again, and how it stands. Raises Refused."""
    item = OursItem.objects.select_for_update().get(pk=item.pk)
    if item.struck:
        raise Refused("report_back.was_struck")
    if item.state == OursItem.State.LET_GO != state:  # a page from before: it would stand on both lists
        raise Refused("report_back.is_let_go")
    if state == OursItem.State.LET_GO and item.state != OursItem.State.LET_GO:
        _put_down(item)
    item.step, item.who, item.plan, item.look_again_on = step, who, plan, look_again_on
    item.state, item.wall_by_group = state, wall_by_group
    item.save(update_fields=["step", "who", "plan", "look_again_on", "state", "wall_by_group"])
    record("report_back.ours_changed", by=by.pk, on=item.pk)
    return item


@transaction.atomic
def let_go(
    programme: Programme, *, driver_ids: Collection[int] = (), concern_ids: Collection[int] = (), by: Person
) -> list[LetGoItem]:
    """Put down what nobody here controls, and what leadership will not take on. Raises Refused.

    The group decides: nothing comes to this list by itself. What is on it stays; what was taken back can go on again.
    """
    chosen = [*_drivers(programme, driver_ids, Place.NOBODY), *_put_down_again(programme, driver_ids, by=by)]
    put = [_add(programme, wording=driver.wording, driver=driver) for driver in chosen]
    concerns = Concern.objects.select_for_update().filter(programme=programme, pk__in=concern_ids)
    verdicts = newest_verdicts(concerns)
    for concern in concerns.order_by("position", "pk"):
        said = verdicts.get(concern.pk)
        if said is None or said.verdict not in rules.NOT_TAKEN_ON:
            raise Refused("report_back.still_with_leadership", {"wording": concern.wording})
        later = rules.comes_back_later(said.verdict)
        put.append(
            _add(programme, wording=concern.wording, concern=concern, later=later, look_again_on=said.look_again_on)
        )
    for item in put:
        record("report_back.let_go", by=by.pk, on=item.pk)
    return put


@transaction.atomic
def take_back(item: LetGoItem, *, by: Person) -> LetGoItem:
    """Pick something up again that the group had let go; done twice it is done once.

    What had come from the group's own list goes back there, under way; what nobody controlled has no place any more,
    so that the next sort offers it.
    """
    together = LetGoItem.objects.select_for_update(of=("self",))
    item = together.select_related("programme__group__site", "driver__gathering").get(pk=item.pk)
    if item.taken_back_on is None:
        item.taken_back_on = today_at(item.programme)
        item.save(update_fields=["taken_back_on"])
        was_ours = OursItem.objects.filter(
            programme=item.programme, driver=item.driver, wording=item.wording, state=OursItem.State.LET_GO
        )
        was_ours.update(state=OursItem.State.OPEN)
        if item.driver and item.driver.place == Place.NOBODY and not item.driver.retired:
            set_place(item.driver.gathering, driver_id=item.driver.pk, to="", by=by)
        record("report_back.taken_back", by=by.pk, on=item.pk)
    return item


@transaction.atomic
def take_off(item: OursItem, *, by: Person) -> None:
    """Take something off the group's own list that came from a sort, so that the next sort offers it. Raises Refused.

    The step and the name beside it go with it; what somebody added by hand has no sort to go back to, and stays.
    """
    item = OursItem.objects.select_for_update(of=("self",)).select_related("driver__gathering").get(pk=item.pk)
    if item.struck:
        raise Refused("report_back.was_struck")
    if item.driver is None or item.state == OursItem.State.LET_GO:
        raise Refused("report_back.was_not_sorted")
    driver, key = item.driver, item.pk
    item.delete()
    set_place(driver.gathering, driver_id=driver.pk, to="", by=by)
    record("report_back.ours_taken_off", by=by.pk, on=key)


def _put_down_again(programme: Programme, driver_ids: Collection[int], *, by: Person) -> list[Driver]:
    """Return what the group had taken up again and puts down once more before it was sorted anew."""
    again = _drivers(programme, driver_ids, "").filter(let_go_item__isnull=False).select_related("gathering")
    found = list(again)
    for driver in found:
        set_place(driver.gathering, driver_id=driver.pk, to=Place.NOBODY, by=by)
    return found


def _drivers(programme: Programme, driver_ids: Collection[int], place: str) -> QuerySet[Driver]:
    drivers = Driver.objects.filter(gathering__programme=programme, pk__in=driver_ids, place=place, retired=False)
    if drivers.filter(gathering__rooms__rehearsal=True).exists():
        raise Refused("report_back.only_practice")
    return drivers.order_by("gathering__starts_at", "position", "pk")


def _last(programme: Programme) -> int:
    Programme.objects.select_for_update().get(pk=programme.pk)
    last: int = programme.ours.aggregate(last=Max("position"))["last"] or 0
    return last


def _add(
    programme: Programme, *, wording: str, driver: Driver | None = None, concern: Concern | None = None,
    later: bool = True, look_again_on: date | None = None,
) -> LetGoItem:  # fmt: skip
    today = today_at(programme)
    known = LetGoItem.objects.filter(driver=driver, concern=concern).first() if driver or concern else None
    if known is None:
        return LetGoItem.objects.create(
            programme=programme, driver=driver, concern=concern, wording=wording, later=later,
            look_again_on=look_again_on, added_on=today,
        )  # fmt: skip
    if known.taken_back_on is not None:
        known.taken_back_on, known.added_on = None, today
        known.later, known.look_again_on = later, look_again_on
        known.save(update_fields=["taken_back_on", "added_on", "later", "look_again_on"])
    return known


def _put_down(item: OursItem) -> None:
    """Let what the group had taken on itself stand on the let-go list, in the same words."""
    _add(item.programme, wording=item.wording, driver=item.driver)
