"""Setting up priorities, taking items forward, looking again, and noting what leaders answer by name."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction

from holdfast.audit.actions import record
from holdfast.gatherings.actions.drivers import MOST_ITEMS
from holdfast.gatherings.actions.planning import plan_it
from holdfast.gatherings.actions.rounds import start_round
from holdfast.gatherings.actions.wiping import ENDING
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.kinds import prioritise
from holdfast.gatherings.kinds.prioritise import CONSENT, MOST_IN_PAIRS, PAIRS, SCALES
from holdfast.gatherings.models import Driver, LeaderAnswer, Round
from holdfast.gatherings.priorities import ALL, FORWARD, QUIET, weighable
from holdfast.people.models import Person
from holdfast.programmes.models import Gathering
from holdfast.programmes.queries.starting import leaders_of
from holdfast.refusals import Refused

Phase = Round.Phase


def set_up(found: Round, *, manner: str = "", budget: int = 0, among: str = "", by: Person) -> Round:
    """Say how people choose and among what, before they begin. What is left empty stays; budget 0 is the usual one.

    Raises Refused when it has begun, when there is nothing to choose among, or more than can be compared in pairs.
    """
    with ENDING, transaction.atomic():
        found = _locked(found, Phase.PROMISE)
        _set(found, manner=manner, budget=budget, among=among)
        record("round.set_up", by=by.pk, on=found.pk)
    HUB.refresh(found.room_id)
    return found


def _set(found: Round, *, manner: str, budget: int = 0, among: str) -> None:
    if found.rules is not prioritise:  # held as a talk
        return
    manner, among = manner or str(found.setup["manner"]), among or str(found.setup.get("among", ALL))
    found.items = [str(driver) for driver in _choosable(found.room.gathering, manner=manner, among=among)]
    found.setup = {**prioritise.usual_setup(manner, len(found.items)), "among": among}
    if budget and found.setup["budget"]:
        found.setup["budget"] = max(1, min(budget, prioritise.most_budget(manner, len(found.items))))
    found.save(update_fields=["setup", "items"])


def take_forward(found: Round, *, driver_id: int, forward: bool, by: Person) -> Driver:
    """Take an item into what comes next, or leave it on the list, as the group decides. Raises Refused."""
    with transaction.atomic():
        found = _locked(found, Phase.SEALED)
        driver = found.room.gathering.drivers.filter(pk=driver_id, retired=False).first()
        if driver is None:
            raise Refused("gatherings.driver_has_changed")
        if driver.forward != forward:
            driver.forward = forward
            driver.save(update_fields=["forward"])
            record("drivers.taken_forward" if forward else "drivers.left_behind", by=by.pk, on=driver.pk)
    HUB.refresh(found.room_id)
    return driver


def look_again(found: Round, *, manner: str, among: str, by: Person) -> Round:
    """Let the group choose again, about fewer items or in another manner. The plan keeps saying what was held.

    Raises Refused while another activity is open, and when there is nothing to choose among.
    """
    with transaction.atomic():
        found = _locked(found, Phase.SEALED)
        _choosable(found.room.gathering, manner=manner, among=among)
        item = found.plan_item or plan_it(
            found.room, title=found.title, prompt=found.prompt, minutes=found.minutes, kind="prioritise", by=by
        )
    started = start_round(found.room, item=item, by=by, with_it=partial(_set, manner=manner, among=among))
    return set_up(started, manner=manner, among=among, by=by)  # also where another desk has begun it in another manner


def note_answers(found: Round, *, answers: Mapping[tuple[int, int], str], by: Person) -> int:
    """Note what leaders said aloud to proposals, after the group; return how many answers stand now.

    answers: (driver, leader) to what was said; empty takes it back. Raises Refused before the group has answered, and
    for whoever does not lead the group.
    """
    with transaction.atomic():
        found = _locked(found, Phase.SEALED)
        if found.setup["manner"] != CONSENT:
            raise Refused("gatherings.round_has_moved_on")
        leaders = set(leaders_of(found.room.gathering.programme.group).values_list("pk", flat=True))
        asked = {int(item) for item in found.items}
        for (driver, leader), choice in answers.items():
            if driver not in asked or leader not in leaders or (choice and choice not in SCALES[CONSENT]):
                raise Refused("gatherings.not_on_the_list", status=422)
            said: dict[str, Any] = {"driver_id": driver, "leader_id": leader}
            if choice:
                LeaderAnswer.objects.update_or_create(round=found, **said, defaults={"choice": choice})
            else:
                LeaderAnswer.objects.filter(round=found, **said).delete()
        record("round.leaders_answered", by=by.pk, on=found.pk)
        noted = found.leader_answers.count()
    HUB.refresh(found.room_id)
    return noted


def _choosable(gathering: Gathering, *, manner: str, among: str) -> list[int]:
    """Return the keys of what people choose among. Raises Refused for too few or too many."""
    if manner not in SCALES or among not in {ALL, FORWARD, QUIET}:
        raise Refused("gatherings.unreadable", status=400)
    items = [driver.pk for driver in weighable(gathering, among=among)]
    if len(items) < (2 if manner in prioritise.LEFT else 1):
        raise Refused("gatherings.nothing_to_weigh")
    if len(items) > MOST_ITEMS:
        raise Refused("gatherings.too_many_to_sort", {"most": MOST_ITEMS, "has": len(items)})
    if manner == PAIRS and len(items) > MOST_IN_PAIRS:
        raise Refused("gatherings.too_many_for_pairs", {"most": MOST_IN_PAIRS, "has": len(items)})
    return items


def _locked(found: Round, phase: str) -> Round:
    """Lock a round of priorities, if it is the newest and where it is believed to be. Raises Refused."""
    found = Round.objects.select_for_update().select_related("room__gathering__programme__group").get(pk=found.pk)
    newest = found.room.rounds.order_by("-position", "-pk").first()
    if newest is None or newest.pk != found.pk or found.rules is not prioritise or found.phase != phase:
        raise Refused("gatherings.round_has_moved_on")
    return found
