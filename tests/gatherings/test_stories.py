"""Stories handed round: nobody gets their own, too few are not handed round, and no screen shows them all (D9, E3)."""

import secrets
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.gatherings import actions
from holdfast.gatherings.models import Round
from holdfast.programmes.models import Mode
from holdfast.refusals import Refused
from holdfast.voices.admission import Viewer
from holdfast.voices.intake import Standing
from holdfast.voices.rules import FEWEST_ON_A_RING, next_on_the_ring
from tests.gatherings.rooms import Stage, a_room
from tests.gatherings.test_in_the_open import begin
from tests.wire import Phone, Wire

rooms = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
TAGS = st.lists(st.text("0123456789abcdef", min_size=4, max_size=4), unique=True, min_size=0, max_size=40)


@given(TAGS, st.integers(0, 2**62), st.randoms(use_true_random=False))
def test_D9_nobody_is_handed_their_own_story_and_each_is_read_by_one(writers: list[str], at: int, rng: Random) -> None:
    """Writers come late and leave again; after each step the ring is one on which nobody meets themselves."""
    ring: list[str] = []
    for writer in writers:
        ring.insert(rng.randrange(len(ring) + 1), writer)  # the key mixes the ring: anybody can stand anywhere
        if len(ring) > 4 and rng.random() < 0.3:
            ring.pop(rng.randrange(len(ring)))
        read = {holder: next_on_the_ring(holder, ring, at=at) for holder in ring}
        if len(ring) < FEWEST_ON_A_RING:
            assert set(read.values()) == {""}
            assert next_on_the_ring("a guest", ring, at=at) == ""
            continue
        assert all(holder != author for holder, author in read.items())
        assert sorted(read.values()) == sorted(ring), "each story has exactly one reader among those who wrote"
        assert all(read[author] != holder for holder, author in read.items()) or len(ring) == 2
        assert next_on_the_ring("a guest", ring, at=at) in ring  # who wrote none reads one all the same


@given(TAGS.filter(lambda tags: len(tags) > FEWEST_ON_A_RING), st.integers(0, 2**62))
def test_D9_when_one_leaves_only_one_reader_is_handed_another_story(ring: list[str], at: int) -> None:
    gone = ring[at % len(ring)]
    rest = [tag for tag in ring if tag != gone]
    before = {holder: next_on_the_ring(holder, ring, at=at) for holder in rest}
    after = {holder: next_on_the_ring(holder, rest, at=at) for holder in rest}
    assert sum(before[holder] != after[holder] for holder in rest) == 1


def telling(wire: Wire, *, phones: int, screened: bool = False) -> tuple[Stage, Round, list[Phone]]:
    """Return a room in which this many phones have each written a story."""
    stage = a_room(writing=False)
    found = begin(stage, "stories", Mode.UNNAMED)
    found = actions.begin_writing(found, by=stage.bo, small_is_agreed=True)
    Round.objects.filter(pk=found.pk).update(screened=screened)
    actions.turn_page(found, page=0)
    stage.round = found
    wire.settle(0.05)
    crowd = [stage.phone(wire) for _ in range(phones)]
    for number, phone in enumerate(crowd):
        assert phone.write(f"story {number}", column="said").status == 201
    return stage, found, crowd


def read(phone: Phone) -> list[str]:
    """Ask for the story this phone is handed."""
    answer = phone.wire.post(
        f"/r/{phone.code}/stories/", {"ticket": phone.ticket, "round": str(phone.round_id), "tag": phone.tag}
    )
    assert answer.status == 200, answer.body
    return list(answer.json()["stories"])


@rooms
def test_D9_each_phone_reads_another_ones_story_and_what_is_taken_back_is_read_by_nobody(wire: Wire) -> None:
    stage, found, crowd = telling(wire, phones=5)
    assert (
        wire.post(
            f"/r/{stage.room.code}/stories/", {"ticket": crowd[0].ticket, "round": str(found.pk), "tag": crowd[0].tag}
        ).status
        == 409
    )  # nothing before they are handed round
    actions.hand_round(found, by=stage.bo)
    wire.settle(0.05)
    handed = {number: read(phone) for number, phone in enumerate(crowd)}
    assert all(f"story {number}" not in stories for number, stories in handed.items())
    assert sorted(text for stories in handed.values() for text in stories) == [f"story {n}" for n in range(5)]
    assert read(crowd[2]) == handed[2]  # asked again: the same
    late = stage.phone(wire)
    assert len(read(late)) == 1  # who came late reads one, too
    assert late.write("too late to be handed round", column="said").status == 409
    (note,) = crowd[1].notes
    assert crowd[1].withdraw(note).status == 200
    again = [read(phone) for phone in crowd]
    assert not any("story 1" in stories for stories in again)
    assert all(f"story {number}" not in stories for number, stories in enumerate(again))


@rooms
def test_E3_of_two_stories_each_author_would_know_the_other_so_they_are_not_handed_round(wire: Wire) -> None:
    stage, found, crowd = telling(wire, phones=2)
    with pytest.raises(Refused, match="too_few_stories"):
        actions.hand_round(found, by=stage.bo)
    crowd.append(stage.phone(wire))
    assert crowd[2].write("story 2", column="said").status == 201
    actions.hand_round(found, by=stage.bo)
    wire.settle(0.05)
    assert all(len(read(phone)) == 1 for phone in crowd)
    (note,) = crowd[0].notes
    assert crowd[0].withdraw(note).status == 200
    assert [read(phone) for phone in crowd] == [[], [], []]


@rooms
def test_E3_no_screen_is_ever_sent_the_stories_and_held_ones_reach_nobody(wire: Wire) -> None:
    stage, found, crowd = telling(wire, phones=4, screened=True)
    screens = {viewer: stage.stream(wire, viewer) for viewer in Viewer}
    assert not any(screen.notes() for screen in screens.values())
    actions.stop_writing(found, by=stage.bo)
    wire.settle(0.05)
    shown = screens[Viewer.DESK].notes()
    assert len(shown) == 4  # the desk looks through them
    actions.accept_all(found, by=stage.bo)
    held = next(row[0] for row in shown.values() if row[2] == "story 3")
    actions.screen_notes(found, public_ids=[int(held)], standing=Standing.HELD, by=stage.bo)
    actions.hand_round(found, by=stage.bo)
    wire.settle(0.05)
    assert sorted(text for phone in crowd[:3] for text in read(phone)) == ["story 0", "story 1", "story 2"]
    for viewer in (Viewer.DESK, Viewer.WALL):
        ticket = stage.phone(wire, viewer).ticket
        fields = {"ticket": ticket, "round": str(found.pk), "tag": secrets.token_hex(16)}
        assert wire.post(f"/r/{stage.room.code}/stories/", fields).status == 403
    actions.close_round(found, by=stage.bo)
    actions.seal_round(found.pk, by=stage.bo)
    wire.settle(0.05)
    for viewer in (Viewer.PARTICIPANT, Viewer.LEADER, Viewer.WALL):
        assert b"story" not in bytes(screens[viewer].body).replace(b'"stories"', b""), viewer
    gone = crowd[0].wire.post(
        f"/r/{stage.room.code}/stories/", {"ticket": crowd[0].ticket, "round": str(found.pk), "tag": crowd[0].tag}
    )
    assert gone.status == 409


@rooms
def test_D9_a_leader_is_handed_one_as_everybody_and_theirs_says_nothing(wire: Wire) -> None:
    stage, found, crowd = telling(wire, phones=3)
    leader = stage.phone(wire, Viewer.LEADER)
    assert leader.write("what I had underestimated", column="said").status == 201
    actions.hand_round(found, by=stage.bo)
    wire.settle(0.05)
    assert "what I had underestimated" not in read(leader)
    reader = next(phone for phone in crowd if "what I had underestimated" in read(phone))
    assert reader.tag != leader.tag
    assert not Round.objects.get(pk=found.pk).leader_labelled
