"""Practising a session: labelled, held by the limits, and wiped in one act from both databases (issue 5, 10; E4)."""

import asyncio
from random import Random

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from holdfast.config.serving import shares_its_database
from holdfast.config.serving import wipe_practice as wipe_at_start
from holdfast.curriculum.pack import Samples
from holdfast.gatherings import actions
from holdfast.gatherings.actions.practising import MOST_AT_ONCE
from holdfast.gatherings.actions.wiping import FORGOTTEN_AFTER
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import Driver, DriverStep, Room, Round
from holdfast.gatherings.rehearsal import Phone
from holdfast.gatherings.rehearsal.crowds import CROWDS, Crowds
from holdfast.gatherings.rehearsal.samples import sample_texts, staff_of
from holdfast.gatherings.rehearsal.tempers import TEMPERS, choose
from holdfast.programmes.models import Gathering, PlanItem
from holdfast.refusals import Refused
from holdfast.report_back import actions as report_back
from holdfast.report_back import queries as report_queries
from holdfast.voices import actions as voice_actions
from holdfast.voices import keyring
from holdfast.voices.admission import Viewer
from holdfast.voices.intake import CannotSave
from holdfast.voices.models import Intake, Note, Tally, VoiceRound
from tests.gatherings.rooms import Stage, a_gathering
from tests.gatherings.test_ballots_on_the_wire import Voter, seal, start
from tests.gatherings.test_rehearsal import script
from tests.privacy.loot import every_byte
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
TABLES = (Room, Round, Driver, DriverStep, VoiceRound, Intake, Note, Tally)


class Nobody:
    """Phones that were sent and never come. sent: how many each time."""

    def __init__(self) -> None:
        self.sent: list[int] = []

    def __call__(self, *_script: object, phones: int, **_more: object) -> None:
        self.sent.append(phones)


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> Nobody:
    """Let rooms be practised without phones."""
    sent = Nobody()
    monkeypatch.setattr(Crowds, "send", lambda _crowds, *told, **more: sent(*told, **more))
    monkeypatch.setattr(CROWDS, "address", "http://127.0.0.1:1")
    return sent


def left() -> dict[str, int]:
    """Return how many rows there are of each table."""
    return {table.__name__: table._default_manager.count() for table in TABLES}


def bytes_of(said: bytes) -> list[str]:
    """Return the databases whose files hold these words."""
    return [alias for alias in ("default", "voices") if said in every_byte(alias)]


def a_practice() -> Stage:
    """Return a practice run in which people may write."""
    bo, gathering, gather, talk = a_gathering()
    room = actions.open_room(gathering, by=bo, rehearsal=True)
    found = actions.start_round(room, item=gather, by=bo)
    return Stage(bo, gathering, gather, talk, room, actions.begin_writing(found, by=bo, small_is_agreed=True))


def practised(wire: Wire) -> Stage:
    """Return a practice run with sealed notes, drivers, steps, tallies, and a round that is open with a ballot."""
    stage = a_practice()
    for text in ("practised cover", "practised notice", "practised plans"):
        assert stage.phone(wire).write(text).status == 201
    actions.stop_writing(stage.round, by=stage.bo)
    wire.settle(0.05)
    actions.accept_all(stage.round, by=stage.bo)
    actions.reveal(stage.round, by=stage.bo)
    seal(stage.round, stage)
    condensing = start(stage, "condense")
    two = list(stage.gathering.drivers.order_by("pk")[:2])
    actions.bring_together(condensing, driver_ids=[d.pk for d in two], wording="practised together", by=stage.bo)
    seal(condensing, stage)
    sorting = actions.begin_writing(start(stage, "sort"), by=stage.bo, small_is_agreed=True)
    choices = dict.fromkeys(sorting.items, "leadership")
    assert Voter(wire, stage, sorting).choose(choices).status == 201
    seal(sorting, stage)
    for key in sorting.items:
        actions.place(sorting, driver_id=int(key), to="leadership", by=stage.bo)
    reading = actions.begin_writing(start(stage, "agree"), by=stage.bo, small_is_agreed=True)
    assert Voter(wire, stage, reading).choose(dict.fromkeys(reading.items, "yes")).status == 201
    return stage


def test_wiping_leaves_no_row_no_key_and_no_word_in_either_database(wire: Wire) -> None:
    stage = practised(wire)
    assert all(left().values()), left()  # there is something of every kind
    keys = set(stage.room.rounds.values_list("pk", flat=True))
    assert keys & set(keyring.kept())
    assert bytes_of(b"practised together")

    assert actions.wipe_practice(stage.room, by=stage.bo)
    assert left() == dict.fromkeys(left(), 0)
    assert not keys & set(keyring.kept())
    assert bytes_of(b"practised") == []
    assert wire.get(f"/r/{stage.room.code}/").status in {404, 410}
    assert not actions.wipe_practice(stage.room, by=stage.bo)  # pressed twice is once


def test_whoever_is_told_that_practice_has_ended_finds_nothing_of_it(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = practised(wire)
    told: list[dict[str, int]] = []
    monkeypatch.setattr(HUB, "refresh", lambda _room: told.append(left()))
    assert all(left().values()), left()
    assert actions.wipe_practice(stage.room, by=stage.bo)
    assert told == [dict.fromkeys(left(), 0)]


def test_a_practice_run_that_cannot_be_wiped_has_ended_on_every_screen_all_the_same(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = a_practice()
    desk = stage.stream(wire, Viewer.DESK)

    def full(_rounds: object) -> None:
        raise CannotSave("disk is full")

    monkeypatch.setattr(voice_actions, "wipe_rounds", full)
    with pytest.raises(Refused, match="practice_not_wiped"):
        actions.wipe_practice(stage.room, by=stage.bo)
    wire.settle(0.1)
    assert [event for _, event, _ in desk.events()][-1] == "ended"
    assert Room.objects.filter(pk=stage.room.pk).exists()  # it says what is still to be wiped


def test_a_practice_run_may_be_wiped_while_an_activity_closes(wire: Wire) -> None:
    stage = a_practice()
    stage.phone(wire).write("practised")
    actions.close_round(stage.round, by=stage.bo)
    actions.wipe_practice(stage.room, by=stage.bo)
    wire.settle(0.05)
    assert left() == dict.fromkeys(left(), 0)
    assert stage.phone(wire).write("late").status in {403, 404, 410}


def test_opening_the_real_room_wipes_what_was_practised_and_nothing_else(wire: Wire) -> None:
    stage = a_practice()
    stage.phone(wire).write("practised")
    other = a_practice()
    real = actions.open_room(stage.gathering, by=stage.bo)
    assert not real.rehearsal
    assert {*Room.objects.values_list("pk", flat=True)} == {real.pk, other.room.pk}
    assert [*VoiceRound.objects.values_list("pk", flat=True)] == [other.round.pk]


def test_a_real_room_is_never_practised_nor_wiped(wire: Wire, nobody: Nobody) -> None:
    bo, gathering, gather, talk = a_gathering()
    room = actions.open_room(gathering, by=bo)
    found = actions.begin_writing(actions.start_round(room, item=gather, by=bo), by=bo, small_is_agreed=True)
    real = Stage(bo, gathering, gather, talk, room, found)
    real.phone(wire).write("really said")
    desk = Client()
    desk.force_login(bo)
    for name, about in (("practice", {"gathering_id": gathering.pk}), ("wiping", {"room_id": room.pk})):
        fields = {"phones": 6, "temper": "lively"}
        said = desk.post(reverse(f"gatherings.{name}", kwargs=about), fields, follow=True).content.decode()
        assert "real room" in said
    assert not actions.wipe_practice(room, by=bo)
    seal(found, real)
    actions.end_room(room, by=bo)
    with pytest.raises(Refused, match="was_held"):
        actions.open_room(gathering, by=bo, rehearsal=True)
    assert (Room.objects.count(), Note.objects.count(), nobody.sent) == (1, 1, [])


def test_nothing_practised_reaches_the_plan_or_the_lists_of_the_group(wire: Wire) -> None:
    stage = practised(wire)
    programme = stage.gathering.programme
    actions.seal_round(stage.room.rounds.order_by("-position")[0].pk)
    assert actions.wipe_practice(stage.room, by=stage.bo)

    stage = a_practice()
    programme = stage.gathering.programme
    driver = Driver.objects.create(
        gathering=stage.gathering, wording="ours", column="drains", tone="drains", sources=["1"], position=1,
        place="ours",
    )  # fmt: skip
    with pytest.raises(Refused, match="only_practice"):
        report_back.put_on_our_list(programme, driver_ids=[driver.pk], by=stage.bo)
    assert report_queries.our_list(programme).spare == []
    Room.objects.filter(pk=stage.room.pk).update(rehearsal=False)
    assert report_queries.our_list(programme).spare == [driver]  # there was something that could have been taken


def test_asking_about_wordings_in_practice_leaves_the_plan_as_it_was(wire: Wire) -> None:
    stage = a_practice()
    seal(actions.close_round(stage.round, by=stage.bo), stage)
    Driver.objects.create(
        gathering=stage.gathering, wording="ours", column="drains", tone="drains", sources=["1"], position=1,
        place="leadership",
    )  # fmt: skip
    before = PlanItem.objects.count()
    asked = actions.ask_about_wordings(stage.room, by=stage.bo)
    assert (asked.kind, asked.plan_item, PlanItem.objects.count()) == ("agree", None, before)


def test_ten_practice_runs_at_once_are_refused_kindly_and_one_that_is_over_makes_room(nobody: Nobody) -> None:
    said = []
    rooms = []
    for _ in range(10):
        bo, gathering, *_items = a_gathering()
        try:
            rooms.append(actions.practise(gathering, phones=6, temper="quiet", by=bo))
        except Refused as refused:
            said.append(refused.code)
    assert (len(rooms), set(said)) == (MOST_AT_ONCE, {"gatherings.too_many_practices"})
    assert actions.practise(rooms[0].gathering, phones=6, temper="quiet", by=bo) == rooms[0]
    assert nobody.sent == [6] * MOST_AT_ONCE  # one crowd for each room
    actions.wipe_practice(rooms[0])
    assert actions.practise(gathering, phones=4, temper="quiet", by=bo).rehearsal


def test_a_server_that_starts_wipes_what_was_left_and_keeps_what_is_real() -> None:
    practice = a_practice()
    bo, gathering, *_items = a_gathering()
    real = actions.open_room(gathering, by=bo)
    assert practice.round.pk in keyring.kept()
    if shares_its_database():  # another server may be holding it just now: only what was forgotten goes
        wipe_at_start()
        assert practice.round.pk in keyring.kept()
        Room.objects.filter(pk=practice.room.pk).update(opened_at=timezone.now() - FORGOTTEN_AFTER)
    wipe_at_start()
    assert [*Room.objects.all()] == [real]
    assert VoiceRound.objects.count() == 0
    assert practice.round.pk not in keyring.kept()
    assert Gathering.objects.filter(pk=practice.gathering.pk).exists()


def test_the_desk_asks_how_many_and_says_that_it_is_practice(wire: Wire, nobody: Nobody) -> None:
    bo, gathering, *_items = a_gathering()
    desk = Client()
    desk.force_login(bo)
    page = reverse("gatherings.desk", kwargs={"gathering_id": gathering.pk})
    address = reverse("gatherings.practice", kwargs={"gathering_id": gathering.pk})
    assert "Practise first" in desk.get(page).content.decode()
    said = desk.post(address, {"phones": 900, "temper": "lively"}, follow=True).content.decode()
    assert "4 to 60 phones" in said
    assert not Room.objects.exists()
    said = desk.post(address, {"phones": 9, "temper": "contrary"}, follow=True).content.decode()
    room = Room.objects.get()
    assert "This is a practice run." in said
    wall = desk.get(reverse("gatherings.wall", kwargs={"room_id": room.pk})).content.decode()
    assert "Practice run" in wall
    said = desk.post(reverse("gatherings.wiping", kwargs={"room_id": room.pk}), follow=True).content.decode()
    assert "Practise first" in said
    assert not Room.objects.exists()


def test_notes_fit_the_place_where_the_programme_is_held() -> None:
    samples = Samples(everywhere=("a",), schools=("s",), health=("h",))
    assert [staff_of(samples, where) for where in ("schools", "health", "elsewhere")] == [
        ("a", "s"),
        ("a", "h"),
        ("a",),
    ]
    schools, health = (
        {text for texts in sample_texts(setting).values() for text in texts} for setting in ("schools", "health")
    )
    assert schools - health
    assert health - schools


@pytest.mark.parametrize(("kind", "mild"), [("sort", 0.3), ("agree", 0.2)])
def test_a_contrary_group_agrees_less_than_a_lively_one(kind: str, mild: float) -> None:
    def disagreement(temper: str) -> float:
        rng, lost = Random(5), 0.0
        for number in range(40):
            said = [choose(TEMPERS[temper], kind, {"wording": f"w{number}"}, rng, camp=n) for n in range(12)]
            lost += 1 - max(said.count(one) for one in set(said)) / len(said)
        return lost / 40

    assert disagreement("lively") < mild < disagreement("contrary")


def test_of_a_quiet_group_few_write() -> None:
    async def written(temper: str) -> int:
        crowd = [Phone(script(temper=TEMPERS[temper], seconds=0), Random(n)) for n in range(20)]
        for phone in crowd:
            await phone.write({"id": "1", "columns": [{"key": "drains"}]})
        return sum(bool(phone.notes) for phone in crowd)

    assert asyncio.run(written("lively")) == 20
    assert 2 <= asyncio.run(written("quiet")) <= 14
