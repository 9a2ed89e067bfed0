"""Bringing notes together into drivers, placing and cutting them; every step can be undone while it is open."""

from collections.abc import Collection, Sequence
from functools import partial

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone

from holdfast.audit.actions import record
from holdfast.gatherings.afterwards import handed_over, on_a_list, settled
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.kinds.sheets import ALL
from holdfast.gatherings.models import Driver, DriverStep, Round, Saying
from holdfast.gatherings.queries import drivers_of, last_step_of
from holdfast.gatherings.rules import (
    LONGEST_WORDING,
    clean_text,
    merged_wording,
    people_in_the_room,
    wording_agreed,
)
from holdfast.people.models import Person
from holdfast.programmes.models import Gathering
from holdfast.refusals import Refused
from holdfast.voices.queries import sealed_notes, tallies_of

Phase = Round.Phase
FIELDS = ("wording", "column", "tone", "sources", "from_leader", "position", "place", "part_of_id", "agreed", "retired")


def make_drivers(gathering: Gathering) -> list[Driver]:
    """Make one driver of each shown note of the gathering's sealed rounds that is in none yet; return those that count.

    Called inside the transaction that starts a round.
    """
    known = {source for driver in gathering.drivers.order_by("pk") for source in driver.sources}
    rounds = Round.objects.filter(room__gathering=gathering, kind="gather", phase=Phase.SEALED).order_by("pk")
    position = gathering.drivers.aggregate(last=Max("position"))["last"] or 0
    for found in rounds:
        tones = {column["key"]: column["tone"] for column in found.columns}
        for note in sealed_notes(found.pk):
            if note.standing != "shown" or str(note.id) in known:
                continue
            position += 1
            Driver.objects.create(
                gathering=gathering,
                wording=note.text[:LONGEST_WORDING],
                column=note.column,
                tone=tones.get(note.column, "drains"),
                sources=[str(note.id)],
                from_leader=note.from_leader,
                position=position,
            )
    for saying in said_in_a_gather(gathering):
        if str(saying.pk) in known:
            continue
        position += 1
        tones = {column["key"]: column["tone"] for column in saying.round.columns}
        Driver.objects.create(
            gathering=gathering,
            wording=saying.parts.get(ALL, "")[:LONGEST_WORDING],
            column=saying.place,
            tone=tones.get(saying.place) or "drains",
            sources=[str(saying.pk)],
            from_leader=saying.from_leader,
            position=position,
        )
    return drivers_of(gathering)


def said_in_a_gather(gathering: Gathering) -> list[Saying]:
    """Return what was gathered by a scribe or with names and is over: a team without phones sorts, too."""
    of_gathers = Saying.objects.filter(round__room__gathering=gathering, round__kind="gather", withdrawn=False)
    over = of_gathers.filter(round__phase=Phase.FINISHED).select_related("round")
    return list(over.order_by("round__position", "position", "pk"))


def bring_together(found: Round, *, driver_ids: Collection[int], wording: str, by: Person) -> Driver:
    """Make one driver of several of the same column, with all their sources. Raises Refused."""
    with transaction.atomic():
        gathering = _open_for(found, "condense", (Phase.GROUPING, Phase.CHECKING))
        wanted = set(driver_ids)
        chosen = [d for d in drivers_of(gathering) if d.pk in wanted]
        if len(wanted) < 2:
            raise Refused("gatherings.choose_two", status=422)
        if len(chosen) < len(wanted):  # pressed twice, or another desk was quicker
            raise Refused("gatherings.driver_has_changed")
        _keep_what_is_settled(gathering, wanted)
        if len({d.column for d in chosen}) > 1:
            raise Refused("gatherings.different_columns", status=422)
        first, wording = chosen[0], _wording(wording, [d.wording for d in chosen])
        _remember(gathering, "together", by=by, words=wording)
        merged = Driver.objects.create(
            gathering=gathering,
            wording=wording,
            column=first.column,
            tone=first.tone,
            sources=[source for d in chosen for source in d.sources],
            from_leader=all(d.from_leader for d in chosen),
            forward=any(d.forward for d in chosen),
            position=first.position,
        )
        Driver.objects.filter(pk__in=[d.pk for d in chosen]).update(retired=True)
    HUB.refresh(found.room_id)
    return merged


def take_apart(found: Round, *, driver_id: int, by: Person) -> list[Driver]:
    """Make single drivers of the notes one was brought together from. Raises Refused."""
    with transaction.atomic():
        gathering = _open_for(found, "condense", (Phase.GROUPING, Phase.CHECKING))
        driver = _driver(gathering, driver_id)
        if len(driver.sources) < 2:
            raise Refused("gatherings.nothing_to_take_apart", status=422)
        _remember(gathering, "apart", by=by, words=driver.wording)
        singles = [d for d in gathering.drivers.filter(retired=True) if d.sources and len(d.sources) == 1]
        by_source = {d.sources[0]: d for d in singles}
        Driver.objects.filter(pk=driver.pk).update(retired=True)
        found_again = [by_source[s].pk for s in driver.sources if s in by_source]
        Driver.objects.filter(pk__in=found_again).update(retired=False)
    HUB.refresh(found.room_id)
    return drivers_of(gathering)


def reword(found: Round, *, driver_id: int, wording: str, by: Person) -> Driver:
    """Change a wording; the group has then not agreed to it yet. Raises Refused."""
    with transaction.atomic():
        gathering = _open_for(found, "", (Phase.GROUPING, Phase.CHECKING, Phase.SEALED))
        driver, wording = _driver(gathering, driver_id), _wording(wording, [])
        if wording == driver.wording:
            return driver
        _remember(gathering, "reworded", by=by, words=driver.wording)
        driver.wording, driver.agreed = wording, False
        driver.save(update_fields=["wording", "agreed"])
    HUB.refresh(found.room_id)
    return driver


def place(found: Round, *, driver_id: int, to: str, by: Person) -> Driver:
    """Confirm with the group where a driver belongs; "" takes it back. Raises Refused."""
    with transaction.atomic():
        gathering = _open_for(found, "sort", (Phase.SEALED,))
        driver = _driver(gathering, driver_id)
        if to and to not in Driver.Place.values:
            raise Refused("gatherings.no_such_place", status=422)
        if to == driver.place:
            return driver
        _remember(gathering, "placed", by=by, words=driver.wording)
        driver.place, driver.agreed = to, False
        driver.save(update_fields=["place", "agreed"])
    HUB.refresh(found.room_id)
    return driver


@transaction.atomic
def set_place(gathering: Gathering, *, driver_id: int, to: str, by: Person) -> None:
    """Give a driver its place outside a sort; "" takes it back, so that the next sort offers it again.

    Raises Refused when it has gone to leadership or stands on a list.
    """
    Gathering.objects.select_for_update().get(pk=gathering.pk)
    driver = _driver(gathering, driver_id)
    if driver.place == to:
        return
    _remember(gathering, "placed", by=by, words=driver.wording)
    driver.place, driver.agreed = to, False
    driver.save(update_fields=["place", "agreed"])
    record("drivers.place_set", by=by.pk, on=driver.pk)
    for room in gathering.rooms.filter(ended_at__isnull=True).order_by("pk"):
        transaction.on_commit(partial(HUB.refresh, room.pk))


def cut(found: Round, *, driver_id: int, ours: str, theirs: str, by: Person) -> tuple[Driver, Driver]:
    """Cut a driver into our part and leadership's part, linked through the one it was. Raises Refused."""
    with transaction.atomic():
        gathering = _open_for(found, "sort", (Phase.SEALED,))
        driver = _driver(gathering, driver_id)
        parts = ((_wording(ours, []), Driver.Place.OURS), (_wording(theirs, []), Driver.Place.LEADERSHIP))
        _remember(gathering, "cut", by=by, words=driver.wording)
        made = [
            Driver.objects.create(
                gathering=gathering,
                wording=wording,
                column=driver.column,
                tone=driver.tone,
                sources=driver.sources,
                from_leader=driver.from_leader,
                position=driver.position,
                place=where,
                part_of=driver,
                forward=driver.forward,
            )
            for wording, where in parts
        ]
        Driver.objects.filter(pk=driver.pk).update(retired=True)
    HUB.refresh(found.room_id)
    return made[0], made[1]


def undo_step(found: Round, *, by: Person, step_id: int | None = None) -> bool:
    """Take the last step of this activity back: every driver is as it was before. False when there is none.

    step_id: the step that is meant; when another one is the last by now nothing happens: pressing twice is once.
    Raises Refused.
    """
    with transaction.atomic():
        gathering = _open_for(found, "", (Phase.GROUPING, Phase.CHECKING, Phase.SEALED))
        step = last_step_of(found)
        if step is None or step_id not in {None, step.pk}:
            return False
        before = {int(fields["id"]): fields for fields in step.before}
        drivers = list(gathering.drivers.filter(pk__in=before).order_by("pk"))
        changed = {d.pk for d in drivers if any(getattr(d, name) != before[d.pk][name] for name in FIELDS)}
        if not settled(gathering).isdisjoint(changed):
            raise Refused("gatherings.stands_on_a_list")
        try:
            gathering.drivers.exclude(pk__in=before).delete()
        except ProtectedError as error:  # what this step made stands on a list by now
            raise Refused("gatherings.stands_on_a_list") from error
        for driver in drivers:
            for name in FIELDS:
                setattr(driver, name, before[driver.pk][name])
            driver.save(update_fields=list(FIELDS))
        step.delete()
        record("drivers.step_undone", by=by.pk, on=gathering.pk)
    HUB.refresh(found.room_id)
    return True


def note_what_was_agreed(found: Round) -> None:
    """After the group has read the wordings: mark those it agrees to. Repeating changes nothing."""
    tallies = tallies_of(found.pk)
    if tallies is None:
        return
    with transaction.atomic():
        people = people_in_the_room(found.set_size, ballots=tallies.ballots)
        agreed = [item for item, said in tallies.of.items() if wording_agreed(said, people=people)]
        found.room.gathering.drivers.filter(pk__in=agreed, place=Driver.Place.LEADERSHIP).update(agreed=True)


def frozen_items(kind: str, gathering: Gathering) -> list[int]:
    """Return the drivers a round of ballots is about. Raises Refused when there is nothing to choose about.

    Sorted is only what has no place yet: a driver stands in one place at a time, and what has one is taken back first.
    """
    known, gone = drivers_of(gathering), settled(gathering)
    drivers = [d for d in known if d.pk not in gone and d.wording]  # struck ones have no words to choose about
    if kind == "agree":
        drivers = [d for d in drivers if d.place == Driver.Place.LEADERSHIP and not d.agreed]
    else:
        drivers = [d for d in drivers if not d.place]
    if not drivers and kind == "sort" and known:
        raise Refused("gatherings.all_have_a_place")
    if not drivers:
        raise Refused("gatherings.nothing_to_agree" if kind == "agree" else "gatherings.nothing_to_sort")
    if len(drivers) > MOST_ITEMS:
        raise Refused("gatherings.too_many_to_sort", {"most": MOST_ITEMS, "has": len(drivers)})
    return [d.pk for d in drivers]


MOST_ITEMS = 60


def _open_for(found: Round, kind: str, phases: Sequence[str]) -> Gathering:
    """Lock the round and return its gathering, if this can be done now."""
    found = Round.objects.select_for_update().select_related("room__gathering").get(pk=found.pk)
    newest = found.room.rounds.order_by("-position", "-pk").first()
    wrong_kind = found.kind != kind if kind else found.kind not in {"condense", "sort", "agree", "prioritise"}
    if newest is None or newest.pk != found.pk or wrong_kind or found.phase not in phases:
        raise Refused("gatherings.round_has_moved_on")
    return found.room.gathering


def _driver(gathering: Gathering, driver_id: int) -> Driver:
    driver = gathering.drivers.filter(pk=driver_id, retired=False).first()
    if driver is None:
        raise Refused("gatherings.driver_has_changed")
    _keep_what_is_settled(gathering, {driver.pk})
    return driver


def _keep_what_is_settled(gathering: Gathering, driver_ids: Collection[int]) -> None:
    """Refuse to change what has gone where it belongs: changed, it would stand in two places, or in other words."""
    handed = handed_over(gathering)
    if handed and not handed.driver_ids.isdisjoint(driver_ids):
        raise Refused("gatherings.is_handed_over")
    if not on_a_list(gathering).isdisjoint(driver_ids):
        raise Refused("gatherings.is_on_a_list")


def _wording(typed: str, wordings: Sequence[str]) -> str:
    wording = clean_text(typed)
    if not wording and not wordings:
        raise Refused("gatherings.nothing_written", status=422)
    if len(wording) > LONGEST_WORDING:
        raise Refused("gatherings.text_too_long", {"most": LONGEST_WORDING, "has": len(wording)}, status=422)
    return merged_wording(wordings, wording)


def _remember(gathering: Gathering, act: str, *, by: Person, words: str) -> None:
    before = [
        {"id": str(driver.pk), **{name: getattr(driver, name) for name in FIELDS}}
        for driver in gathering.drivers.order_by("pk")
    ]
    last = gathering.driver_steps.aggregate(last=Max("number"))["last"] or 0
    DriverStep.objects.create(
        gathering=gathering, number=last + 1, act=act, words=words, before=before, by=by, at=timezone.now()
    )
