"""What the wall draws: the compass where a session is about it, and what drains beside what restores (E4)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from holdfast.curriculum.pack import Layout
from holdfast.curriculum.reading import read_pack
from holdfast.gatherings.compass import directions
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import Round
from holdfast.gatherings.wall import WallColumn, WallPage
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import a_room
from tests.wire import Wire

READ = read_pack(settings.PACKS_DIR / "compassion-resilience").pack
assert READ is not None
PACK = READ
BOTH = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


def here(number: int) -> list[str]:
    section = PACK.section(number)
    assert section is not None
    return [one.label for one in directions(PACK, section) if one.here]


def test_the_compass_stands_beside_the_sessions_that_are_about_it() -> None:
    shown = {number: here(number) for number in range(1, 13)}
    assert shown[2] == ["Mind", "Spirit", "Strength", "Heart"]
    assert [shown[n] for n in (8, 9, 10, 11)] == [["Mind"], ["Spirit"], ["Strength"], ["Heart"]]
    assert not any(shown[n] for n in (1, 3, 4, 5, 6, 7, 12))


def test_a_toolkit_without_a_compass_has_none_on_the_wall() -> None:
    sections = tuple(
        replace(one, visual=None) if one.visual and one.visual.layout == Layout.COMPASS else one
        for one in PACK.sections
    )
    without = replace(PACK, sections=sections)
    section = without.section(8)
    assert section is not None
    assert here(8)
    assert directions(without, section) == ()


def test_what_drains_stands_beside_what_restores_and_nothing_else_does() -> None:
    drains, restores = WallColumn("Drains", "drains", [], 2, 6), WallColumn("Restores", "restores", [], 2, 2)
    balance = WallPage([drains, restores], 0, 0).balance
    assert balance is not None
    assert [(part.label, part.count, part.length) for part in balance.parts] == [
        ("Drains", 6, 75.0),
        ("Restores", 2, 25.0),
    ]
    assert WallPage([drains], 0, 0).balance is None
    assert WallPage([drains, drains], 0, 0).balance is None
    assert WallPage([drains, WallColumn("Limits", "", [], 0, 1)], 0, 0).balance is None


@BOTH
def test_the_time_is_said_in_words_and_never_as_seconds(wire: Wire) -> None:
    stage = a_room()
    desk = Desk(stage, wire, stage.bo)
    assert "About 10 minutes, no hurry." in desk.wall()
    Round.objects.filter(pk=stage.round.pk).update(writing_since=timezone.now() - timedelta(minutes=11))
    HUB.refresh(stage.room.pk)
    wire.settle(0.05)
    page = desk.wall()
    assert "The time is about over. Finish your sentence in peace." in page
    assert 'value="600" max="600"' in page
