"""Raised hands: a queue without names for open talk, in which no leader comes before three others (B3, B4, E3)."""

import re
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from holdfast.audit.models import Entry
from holdfast.config.backup import make_backup
from holdfast.gatherings import actions
from holdfast.gatherings.hands.rules import Waiting, in_turn
from holdfast.gatherings.models import CircleOfTalk, Hand
from holdfast.keys import random_key
from holdfast.programmes.models import PlanItem
from holdfast.voices.admission import OPEN, Viewer
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import Stage, a_gathering
from tests.gatherings.test_desk_flow import another
from tests.wire import Answer, Wire

wired = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


@given(st.lists(st.booleans(), max_size=12), st.integers(0, 3))
def test_B4_no_leader_is_called_before_enough_other_voices_and_nobody_else_loses_their_place(
    leaders: list[bool], before: int
) -> None:
    hands = [Waiting(key, leader) for key, leader in enumerate(leaders)]
    order, now = in_turn(hands, voices_before=before)
    assert sorted(order) == hands
    assert [one for one in order if not one.leader] == [one for one in hands if not one.leader]
    for place, one in enumerate(order[:now]):
        assert not one.leader or sum(not other.leader for other in order[:place]) >= before
    assert all(one.leader for one in order[now:])  # nobody but a leader is kept waiting
    if not before:
        assert order == hands


@dataclass(slots=True)
class Phone:
    """A phone in open talk, with what it alone knows of its hand."""

    wire: Wire
    stage: Stage
    viewer: Viewer = Viewer.PARTICIPANT
    id: str = field(default_factory=lambda: str(random_key()))
    secret: str = field(default_factory=lambda: token_hex(16))
    rest: float = 0.05

    def send(self, *, up: bool, **changes: Any) -> Answer:
        """Raise the hand, or put it down."""
        about = {"ticket": OPEN.issue(self.stage.room.pk, viewer=self.viewer), "round": str(self.stage.round.pk)}
        mine = {"id": self.id, "secret": self.secret, "up": up}
        answer = self.wire.post(f"/r/{self.stage.room.code}/hands/", {**about, **mine, **changes})
        self.wire.settle(self.rest)
        return answer


def talking(wire: Wire) -> tuple[Stage, Desk]:
    bo, gathering, gather, talk = a_gathering()
    room = actions.open_room(gathering, by=bo)
    stage = Stage(bo, gathering, gather, talk, room, actions.start_round(room, item=talk, by=bo))
    wire.settle(0.05)
    return stage, Desk(stage, wire, bo)


def several(wire: Wire, stage: Stage, n: int) -> list[Phone]:
    phones = [Phone(wire, stage) for _ in range(n)]
    assert {phone.send(up=True).status for phone in phones} == {201}
    return phones


def called() -> str:
    found = Hand.objects.filter(called_at__isnull=False).first()
    return str(found.pk) if found else "0"


@wired
def test_B3_hands_stand_in_turn_on_phones_and_desk_and_the_wall_shows_none(wire: Wire) -> None:
    stage, desk = talking(wire)
    screens = {viewer: stage.stream(wire, viewer) for viewer in Viewer}
    assert "No hand is up." in desk.look()
    one, two = several(wire, stage, 2)
    Hand.objects.filter(pk=one.id).update(raised_at=timezone.now() - timedelta(seconds=130))
    page = desk.look()
    assert "2 hands are up" in page
    assert re.findall(r'data-since="(\d+)"', page)[0].startswith("13")
    assert "for 2 minutes" in page
    for viewer in (Viewer.PARTICIPANT, Viewer.LEADER):
        assert screens[viewer].state()["round"]["hands"] == [[one.id, 0], [two.id, 0]]
        rest = {name: value for name, value in screens[viewer].state()["round"].items() if name != "hands"}
        assert one.secret not in str(rest)
    for viewer in (Viewer.DESK, Viewer.WALL):
        assert "hands" not in screens[viewer].state()["round"]
        assert one.id not in str(screens[viewer].body)
    assert one.id not in desk.wall()
    desk.press("calling", did="next", seen=0)
    assert screens[Viewer.PARTICIPANT].state()["round"]["hands"] == [[one.id, 1], [two.id, 0]]
    late = stage.stream(wire, Viewer.PARTICIPANT)  # whoever comes back finds their hand where it was
    assert late.state()["round"]["hands"] == [[one.id, 1], [two.id, 0]]
    page = desk.press("calling", did="next", seen=one.id)
    assert screens[Viewer.PARTICIPANT].state()["round"]["hands"] == [[two.id, 1]]
    assert CircleOfTalk.objects.get().speakers == 1
    assert "In open talk the leader waits for 2 more voices." in page
    page = desk.press("calling", did="passed", seen=two.id)
    assert CircleOfTalk.objects.get().speakers == 1  # nobody has spoken
    assert "No hand is up." in page


@wired
def test_B4_a_leaders_hand_waits_for_three_other_voices(wire: Wire) -> None:
    stage, desk = talking(wire)
    leader = Phone(wire, stage, Viewer.LEADER)
    assert leader.send(up=True).status == 201
    page = desk.press("calling", did="next", seen=0)
    assert called() == "0"
    assert "Only the leader’s hand is up, and it waits for other voices" in page
    one, two = several(wire, stage, 2)
    assert "after other voices" in desk.look()
    for seen in ("0", one.id, two.id):
        desk.press("calling", did="next", seen=seen)
    assert called() == "0"  # two have spoken, a third has not
    (three,) = several(wire, stage, 1)
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    assert screen.state()["round"]["hands"] == [[three.id, 0], [leader.id, 0]]
    desk.press("calling", did="next", seen=0)
    assert called() == three.id
    desk.press("calling", did="next", seen=three.id)
    assert called() == leader.id
    desk.press("calling", did="next", seen=leader.id)
    assert CircleOfTalk.objects.get().speakers == 3  # the leader's own voice is none of the others'


@wired
def test_of_two_desks_that_press_for_one_hand_one_counts(wire: Wire) -> None:
    stage, desk = talking(wire)
    chi = another(stage, wire)
    one, two, three = several(wire, stage, 3)
    for at in (desk, chi):
        at.press("calling", did="next", seen=0)
    assert called() == one.id
    for at in (desk, chi):
        at.press("calling", did="next", seen=one.id)
    assert (called(), CircleOfTalk.objects.get().speakers) == (two.id, 1)
    chi.press("calling", did="down", seen=one.id)  # drawn before the other desk pressed
    assert {str(key) for key in Hand.objects.values_list("pk", flat=True)} == {two.id, three.id}
    desk.press("calling", did="nonsense", seen=two.id)
    assert called() == two.id
    chi.press("calling", did="down", seen=two.id)
    assert not Hand.objects.exists()


@wired
def test_a_hand_sent_twice_is_one_and_only_its_phone_puts_it_down(wire: Wire) -> None:
    stage, _desk = talking(wire)
    one, two = several(wire, stage, 2)
    assert one.send(up=True).status == 200
    assert one.send(up=True, secret=two.secret).status == 400
    assert one.send(up=False, secret=two.secret).status == 200
    assert Hand.objects.count() == 2
    assert one.send(up=False).status == 200
    assert one.send(up=False).status == 200
    assert [str(hand.pk) for hand in Hand.objects.all()] == [two.id]
    assert one.send(up=True, id="0").status == 400
    assert one.send(up=True, secret="short").status == 400
    assert Phone(wire, stage, Viewer.WALL).send(up=True).status == 403


@wired
def test_where_it_goes_round_and_where_nobody_talks_no_hand_is_raised(wire: Wire) -> None:
    stage, desk = talking(wire)
    several(wire, stage, 2)
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    desk.press("seats", seats=6, leader=3)
    assert not Hand.objects.exists()
    assert "hands" not in screen.state()["round"]
    refused = Phone(wire, stage).send(up=True)
    assert (refused.status, refused.json()["code"]) == (409, "gatherings.no_hands_now")
    assert "No hand is up." not in desk.look()
    desk.press("finish", seen="talking")
    assert Phone(wire, stage).send(up=True).status == 409


@wired
@pytest.mark.parametrize("end", ["finished", "another begins", "the session ends"])
def test_E3_no_hand_outlives_its_activity_and_none_is_recorded(wire: Wire, end: str) -> None:
    stage, desk = talking(wire)
    before = set(Entry.objects.values_list("pk", flat=True))
    one, _two = several(wire, stage, 2)
    desk.press("calling", did="next", seen=0)
    assert set(Entry.objects.values_list("pk", flat=True)) == before
    assert Hand.objects.count() == 2
    if end == "finished":
        desk.press("finish", seen="talking")
    elif end == "another begins":
        desk.press("rounds", item=stage.gather.pk)
    else:
        actions.end_room(stage.room, by=stage.bo)
    assert not Hand.objects.exists()
    assert one.send(up=False).status in {409, 410}


@wired
def test_while_it_is_paused_nobody_is_called(wire: Wire) -> None:
    stage, desk = talking(wire)
    several(wire, stage, 1)
    actions.pause(stage.room, by=stage.bo)
    assert "Press “Go on” first" in desk.press("calling", did="next", seen=0)
    assert called() == "0"


@wired
@pytest.mark.parametrize("kind", ["talk", "commit", "close"])
def test_B3_without_a_script_a_hand_is_raised_seen_and_put_down(wire: Wire, kind: str) -> None:
    stage, desk = talking(wire)
    item = PlanItem.objects.create(
        gathering=stage.gathering, position=9, title="Spoken", minutes=5, kind=kind, mode="spoken"
    )
    stage.round = actions.start_round(stage.room, item=item, by=stage.bo)
    several(wire, stage, 1)
    plain = f"/r/{stage.room.code}/plain/"
    page = wire.get(plain).body.decode()
    assert "Raise my hand" in page

    def press(page: str, act: str) -> str:
        form = next(part for part in page.split("<form")[1:] if f'value="{act}"' in part.split("</form>")[0])
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.split("</form>")[0]))
        return wire.request("POST", plain, urlencode({**fields, "act": act}).encode()).body.decode()

    page = press(page, "raise_hand")
    assert "Your hand is up: number 2 of 2." in page
    page = press(page, "look")
    assert "Your hand is up: number 2 of 2." in page
    desk.press("calling", did="next", seen=0)
    desk.press("calling", did="next", seen=called())
    page = press(page, "look")
    assert "It is your turn: please speak." in page
    page = press(page, "put_down")
    assert "Raise my hand" in page
    assert not Hand.objects.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a backup is a copy of files")
@wired
def test_E3_a_hand_is_in_no_backup(wire: Wire, tmp_path: Path) -> None:
    stage, _desk = talking(wire)
    several(wire, stage, 2)
    make_backup(tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as packed:
        packed.extractall(tmp_path)
    copy = next(path for path in tmp_path.glob("*.sqlite3") if "voices" not in path.name)
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT count(*) FROM gatherings_hand").fetchone() == (0,)
    assert Hand.objects.count() == 2
