"""At the desk: a circle with a leader in it, and open talk; seats are numbers, forgotten afterwards (B4, E3)."""

import pytest
from django.urls import reverse

from holdfast.audit.models import Entry
from holdfast.gatherings import actions
from holdfast.gatherings.models import CircleOfTalk
from holdfast.voices.admission import Viewer
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import Stage, a_gathering
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


@pytest.fixture
def desk(wire: Wire) -> Desk:
    """A desk at which a talk is on the screens."""
    bo, gathering, gather, talk = a_gathering()
    room = actions.open_room(gathering, by=bo)
    found = actions.start_round(room, item=talk, by=bo)
    wire.settle(0.05)
    return Desk(Stage(bo, gathering, gather, talk, room, found), wire, bo)


def seat(desk: Desk, **typed: object) -> tuple[int, str]:
    answer = desk.client.post(reverse("gatherings.seats", kwargs={"round_id": desk.round().pk}), typed)
    page = desk.look(answer["Location"]) if answer.status_code == 302 else " ".join(answer.content.decode().split())
    return answer.status_code, page


def circle(desk: Desk) -> CircleOfTalk:
    return CircleOfTalk.objects.get(round=desk.round())


def test_B4_a_circle_goes_round_and_the_leader_comes_in_the_middle(desk: Desk) -> None:
    status, page = seat(desk, seats=6, leader=3)
    assert status == 302
    assert "The leader comes as number 3 of 6." in page
    assert "Seat 1 begins, and it goes on clockwise." in page
    asked = []
    for _ in range(6):
        asked.append(circle(desk).waiting[0] + 1)
        page = desk.press("turns", seat=asked[-1], did="spoke")
    assert asked == [1, 2, 3, 4, 5, 6]
    assert "Once round" in page
    page = desk.press("questions")
    assert "Seat 6 begins, and it goes on against the clock." in page
    assert "The leader comes as number 4 of 6." in page


def test_B4_whoever_presses_twice_has_pressed_once(desk: Desk) -> None:
    seat(desk, seats=6, leader=3)
    desk.press("turns", seat=1, did="spoke")
    desk.press("turns", seat=1, did="spoke")
    assert (circle(desk).spoke, circle(desk).waiting) == ([0], [1, 2, 3, 4, 5])


def test_B4_when_all_before_pass_others_are_asked_before_the_leader(desk: Desk) -> None:
    seat(desk, seats=5, leader=3)
    page = ""
    for one in (1, 2):
        page = desk.press("turns", seat=one, did="passed")
    assert "Now seat 4" in page  # the next in order would be the leader, as the first voice
    page = desk.press("turns", seat=4, did="spoke")
    assert "Now the leader, seat 3" in page
    page = desk.press("turns", seat=3, did="spoke")
    page = desk.press("turns", seat=5, did="passed")
    assert "One more voice" in page
    assert "so that the last word is not the leader’s" in page
    page = desk.press("turns", seat=2, did="spoke")
    assert "Once round" in page


def test_B4_somebody_leaves_somebody_comes_late_and_when_it_cannot_hold_it_is_said(desk: Desk) -> None:
    seat(desk, seats=4, leader=2)
    page = desk.press("turns", did="late")
    assert circle(desk).seats == 5
    assert circle(desk).waiting[-1] == 4
    for gone in (1, 3, 4):
        page = desk.press("turns", seat=gone, did="left")
    assert "Fewer than two others speak to this question" in page


def test_B4_whoever_has_left_is_not_asked_to_the_next_question_either(desk: Desk) -> None:
    seat(desk, seats=6, leader=3)
    for gone in (1, 6):
        desk.press("turns", seat=gone, did="left")
    page = desk.press("questions")
    assert {0, 5}.isdisjoint(circle(desk).waiting)
    assert "of 4." in page
    places = [one + 1 for one in circle(desk).waiting]
    assert sorted(places) == [2, 3, 4, 5]
    assert places[0] != 3 != places[-1]


def test_B4_when_the_leader_has_left_the_others_go_on(desk: Desk) -> None:
    seat(desk, seats=4, leader=2)
    desk.press("turns", seat=2, did="left")
    page = desk.press("questions")
    assert len(circle(desk).waiting) == 3
    assert "The leader comes as" not in page


def test_B4_a_second_desk_is_told_that_the_circle_went_on_and_phones_are_not(desk: Desk) -> None:
    second = desk.stage.stream(desk.wire, Viewer.DESK)
    phone = desk.stage.stream(desk.wire, Viewer.PARTICIPANT)
    before = second.state()["round"]["turn"]
    seat(desk, seats=6, leader=3)
    desk.press("turns", seat=1, did="spoke")
    desk.wire.settle(0.1)
    assert second.state()["round"]["turn"] == before + 2
    assert f'data-turn="{before + 2}"' in desk.look()
    assert "turn" not in phone.state()["round"]


def test_B4_open_talk_counts_three_others_before_the_leader(desk: Desk) -> None:
    assert "In open talk the leader waits for 3 more voices." in desk.look()
    desk.press("speakers")
    assert "waits for 2 more voices" in desk.look()
    desk.press("speakers")
    assert "waits for one more voice" in desk.look()
    assert "the leader may come in" in desk.press("speakers")
    assert "waits for 3 more voices" in desk.press("questions")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"seats": "many", "leader": "3"}, "These seats cannot be read"),
        ({"seats": "8", "leader": "9"}, "These seats cannot be read"),
        ({"seats": "999", "leader": "9"}, "These seats cannot be read"),
        ({"seats": "2", "leader": "1"}, "Fewer than two others sit in this circle"),
        ({"seats": "4", "leader": "1", "senior": "3"}, "The two leaders sit so"),
        ({"seats": "8", "leader": "3", "senior": "3"}, "These seats cannot be read"),
    ],
)
def test_B4_seats_that_cannot_be_are_said_and_stay_in_their_boxes(desk: Desk, typed: dict[str, str], says: str) -> None:
    status, page = seat(desk, **typed)
    assert (status, says in page) == (422, True)
    for name, value in typed.items():
        assert f'name="{name}"' in page
        if name != "seats" or value != "many":
            assert f'value="{value}"' in page
    assert not CircleOfTalk.objects.exclude(seats=0).exists()


@pytest.mark.parametrize("typed", [{"did": "danced"}, {"did": "spoke", "seat": "x"}, {}])
def test_a_press_that_cannot_be_read_changes_nothing(desk: Desk, typed: dict[str, str]) -> None:
    seat(desk, seats=6, leader=3)
    assert "This could not be read." in desk.press("turns", **typed)
    assert circle(desk).waiting == [0, 1, 2, 3, 4, 5]


def test_E3_once_it_is_over_nothing_of_who_spoke_where_is_kept(desk: Desk) -> None:
    seat(desk, seats=6, leader=3)
    desk.press("turns", seat=1, did="passed")
    assert circle(desk).passed == [0]  # there was something to forget
    desk.press("finish", seen="talking")
    kept = circle(desk)
    assert (kept.seats, kept.leaders, kept.waiting, kept.spoke, kept.passed) == (0, [], [], [], [])
    assert kept.questions == 1
    assert not Entry.objects.filter(act__contains="turn").exists()


def test_B4_the_next_session_of_the_programme_goes_on_where_this_one_stopped(desk: Desk) -> None:
    seat(desk, seats=6, leader=3)
    desk.press("finish", seen="talking")
    desk.press("rounds", item=desk.stage.talk.pk)
    _, page = seat(desk, seats=6, leader=3)
    assert "Seat 6 begins, and it goes on against the clock." in page
