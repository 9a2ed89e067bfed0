"""“I’m done” is a count in fives, without names, and nothing where few write (issue 5, part 4)."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import Round
from holdfast.gatherings.rules import done_to_tell
from holdfast.voices.admission import Viewer
from tests.gatherings.rooms import a_room
from tests.wire import Phone, Wire

PEOPLE = st.integers(0, 60)


@given(PEOPLE, PEOPLE, st.integers(3, 10))
def test_what_is_told_never_shows_one_person_more(done: int, people: int, smallest: int) -> None:
    told = done_to_tell(done, set_size=people, smallest=smallest)
    assert told % 5 == 0
    assert told <= done
    if people < smallest:
        assert told == 0


def press(one: Phone, mark: str, *, done: bool = True) -> int:
    fields = {"ticket": one.ticket, "round": str(one.round_id), "mark": mark, "done": done}
    return one.wire.post(f"/r/{one.code}/done/", fields).status


@pytest.mark.django_db(transaction=True, databases=["default", "voices"])
def test_the_desk_is_told_in_fives_and_phones_are_told_nothing(wire: Wire) -> None:
    stage = a_room()
    Round.objects.filter(pk=stage.round.pk).update(set_size=9)
    HUB.refresh(stage.room.pk)
    one, marks = stage.phone(wire), [secrets.token_hex(16) for _ in range(5)]
    room = HUB.by_id[stage.room.pk]
    for mark in (*marks[:4], marks[0]):
        assert press(one, mark) == 200
    assert (room.done_here(), HUB.glance(stage.room.pk, Viewer.DESK).done) == (0, 0)  # four, one of them twice
    assert press(one, marks[4]) == 200
    assert HUB.glance(stage.room.pk, Viewer.DESK).done == 5
    assert HUB.glance(stage.room.pk, Viewer.PARTICIPANT).done == 0
    begins = {viewer: dict(room.whole(viewer)) for viewer in Viewer}
    assert '"done": 5' in begins.pop(Viewer.DESK)["count"]  # a desk that comes back need not wait for the next change
    assert not [viewer for viewer, told in begins.items() if "count" in told or "written" in told["state"]]
    assert press(one, marks[4], done=False) == 200
    assert room.done_here() == 0
    press(one, marks[4])
    Round.objects.filter(pk=stage.round.pk).update(set_size=4)
    HUB.refresh(stage.room.pk)
    assert room.done_here() == 0  # too few to tell
