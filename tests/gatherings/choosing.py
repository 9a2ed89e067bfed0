"""A room that says what matters most: items, priorities set up in a manner, and what people chose."""

from typing import Any

from holdfast.gatherings import actions
from holdfast.gatherings.kinds import prioritise
from holdfast.gatherings.models import Round
from holdfast.people.models import Person, Role
from tests.gatherings.driving import with_drivers
from tests.gatherings.rooms import Stage
from tests.gatherings.test_ballots_on_the_wire import Voter, seal, start, with_notes
from tests.wire import Wire


def choosing(
    wire: Wire, *texts: str, manner: str = "dots", begun: bool = True, **setup: Any
) -> tuple[Stage, Round, list[str]]:
    """Return a room about to choose, or choosing, and the ids of its items."""
    stage = with_notes(wire)
    with_drivers(stage, *texts)
    found = actions.set_up(start(stage, "prioritise"), manner=manner, by=stage.bo, **setup)
    if begun:
        found = actions.begin_writing(found, by=stage.bo, small_is_agreed=True)
        wire.settle(0.05)
    return stage, found, list(found.items)


def chosen(wire: Wire, stage: Stage, found: Round, *ballots: dict[str, str]) -> None:
    """Hand in these ballots and close for good."""
    for ballot in ballots:
        assert Voter(wire, stage, found).choose(ballot).status == 201
    seal(found, stage)
    wire.settle(0.05)


def names_of(found: Round) -> list[str]:
    """Return what a ballot of this round can be about, as a phone names it."""
    return prioritise.names(found.setup, [int(item) for item in found.items])


def a_leader(stage: Stage, name: str = "Ana Reyes") -> Person:
    """Return somebody who leads the group."""
    leader = Person.objects.create(organisation=stage.bo.organisation, name=name)
    Role.objects.create(person=leader, kind=Role.Kind.LEADER, group=stage.gathering.programme.group)
    return leader
