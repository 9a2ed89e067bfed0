"""A facilitator who works on drivers at a desk without a script: presses, and reads what comes back."""

from typing import Any

from django.urls import reverse

from holdfast.gatherings import actions
from holdfast.gatherings.models import Driver, Round
from holdfast.people.models import Person, Role
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import Stage
from tests.gatherings.test_ballots_on_the_wire import Voter, seal, start
from tests.wire import Wire


def act(desk: Desk, name: str, about: Driver | None = None, **fields: Any) -> tuple[int, str]:
    """Press a button about drivers; return the status and the page one ends up on, each run of space as one."""
    where = {"round_id": desk.round().pk} | ({"driver_id": about.pk} if about else {})
    answer = desk.client.post(reverse(f"gatherings.{name}", kwargs=where), fields)
    desk.wire.settle(0.05)
    if answer.status_code == 302:
        return 302, desk.look(answer["Location"])
    return answer.status_code, " ".join(answer.content.decode().split())


def another_desk(stage: Stage, wire: Wire) -> Desk:
    """A second facilitator of the same group."""
    chi = Person.objects.create(organisation=stage.bo.organisation, name="Chi")
    Role.objects.create(person=chi, kind=Role.Kind.FACILITATOR, group=stage.gathering.programme.group)
    return Desk(stage, wire, chi)


def named(stage: Stage, wording: str) -> Driver:
    """Return the driver that reads like this now."""
    return stage.gathering.drivers.get(wording=wording, retired=False)


def wordings(stage: Stage) -> set[str]:
    """Return how the drivers that count read."""
    return set(stage.gathering.drivers.filter(retired=False).values_list("wording", flat=True))


def with_drivers(stage: Stage, *texts: str, tone: str = "drains") -> None:
    """Put drivers on the list as if they had been gathered."""
    known = stage.gathering.drivers.count()
    for position, wording in enumerate(texts, start=known + 1):
        Driver.objects.create(
            gathering=stage.gathering, wording=wording, column=tone, tone=tone, sources=[f"9{position}"],
            position=position,
        )  # fmt: skip


def sorted_by(wire: Wire, stage: Stage, *ballots: dict[str, str]) -> Round:
    """Sort: each ballot is wording to place. Return the sealed round."""
    return _asked(wire, stage, "sort", *ballots)


def asked_about(wire: Wire, stage: Stage, *ballots: dict[str, str]) -> Round:
    """Ask about the wordings for leadership. Return the sealed round."""
    return _asked(wire, stage, "agree", *ballots)


def _asked(wire: Wire, stage: Stage, kind: str, *ballots: dict[str, str]) -> Round:
    found = actions.begin_writing(start(stage, kind), by=stage.bo, small_is_agreed=True)
    wire.settle(0.05)
    for ballot in ballots:
        keys = {str(named(stage, wording).pk): choice for wording, choice in ballot.items()}
        assert Voter(wire, stage, found).choose(keys).status == 201
    seal(found, stage)
    wire.settle(0.05)
    return found
