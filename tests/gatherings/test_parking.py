"""What is kept for later: by hand, from the group, late from phones; unnamed, mixed, carried over (B3, E3, E2)."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from holdfast.audit.models import Entry
from holdfast.gatherings import actions
from holdfast.gatherings.actions.parking import collect_late_words, collect_what_is_left, open_late_box, park
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import Parked, Room
from holdfast.gatherings.parking.shown import lines_to_talk_about
from holdfast.keys import random_key
from holdfast.programmes.actions.archiving import archive_programme
from holdfast.programmes.models import Gathering
from holdfast.refusals import Refused
from holdfast.voices import actions as voice_actions
from holdfast.voices import intake
from holdfast.voices.admission import OPEN, Viewer
from holdfast.voices.intake import CannotSave
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import Stage, a_gathering, a_room
from tests.gatherings.test_desk_flow import another, at, sealed
from tests.wire import Answer, Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


def keep(desk: Desk, name: str, about: dict[str, int], **fields: object) -> str:
    answer = desk.client.post(reverse(f"gatherings.{name}", kwargs=about), fields)
    desk.wire.settle(0.05)
    if answer.status_code == 302:
        return desk.look(answer["Location"])
    return " ".join(answer.content.decode().split())  # refused: the desk itself, with what was typed


def line(desk: Desk, text: str) -> str:
    return keep(desk, "parking", {"gathering_id": desk.stage.gathering.pk}, text=text)


def settle(desk: Desk, parked: Parked, did: str) -> str:
    return keep(desk, "parked", {"gathering_id": desk.stage.gathering.pk, "parked_id": parked.pk}, did=did)


def late(wire: Wire, stage: Stage, text: str, viewer: Viewer = Viewer.PARTICIPANT, **changes: object) -> Answer:
    ticket = OPEN.issue(stage.room.pk, viewer=viewer)
    body = {"ticket": ticket, "id": str(random_key()), "secret": "0" * 32, "rev": 1, "text": text, **changes}
    return wire.post(f"/r/{stage.room.code}/late/", body)


def in_the_files(words: str) -> bool:
    """Tell whether the first database still holds these words anywhere: in its file, or in the log beside it."""
    path = connection.settings_dict["NAME"]
    if connection.vendor != "sqlite":
        return Parked.objects.filter(text=words).exists()
    return any(words.encode() in file.read_bytes() for file in Path(path).parent.glob(f"{Path(path).name}*"))


def the_next(stage: Stage) -> Gathering:
    return Gathering.objects.create(
        programme=stage.gathering.programme, section=5, title="Expectations",
        starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip


def test_B3_a_line_of_the_desk_comes_up_at_the_next_session_until_it_is_dealt_with(wire: Wire) -> None:
    stage = a_room(writing=False)
    desk = at(stage, wire)
    assert "The rota for May." in line(desk, "  The rota for May. ")
    line(another(stage, wire), "The rota for May.")  # at the other desk too: kept once
    assert Parked.objects.count() == 1
    assert "There is nothing in this line yet." in line(desk, " ")
    page = line(desk, "x" * 281)
    assert "A line holds 280 characters" in page
    assert "x" * 281 in page  # what was typed stays
    next_one = Desk(Stage(stage.bo, the_next(stage), stage.gather, stage.talk, stage.room, stage.round), wire, stage.bo)
    page = next_one.look()  # before its room is opened
    assert "The rota for May." in page
    assert "From session 4" in page
    assert lines_to_talk_about(stage.gathering.programme, to_leader=True) == ["The rota for May."]
    settle(desk, Parked.objects.get(), "dealt")
    settle(desk, Parked.objects.get(), "dealt")
    assert Entry.objects.filter(act="parked.dealt").count() == 1
    assert "The rota for May." not in next_one.look()
    assert lines_to_talk_about(stage.gathering.programme, to_leader=False) == []


def test_E3_what_is_let_go_is_gone_from_the_file_too(wire: Wire) -> None:
    stage = a_room(writing=False)
    desk = at(stage, wire)
    line(desk, "Words that nobody wants to find again")
    parked = Parked.objects.get()
    assert in_the_files("Words that nobody wants to find again")
    settle(desk, parked, "let_go")
    assert not Parked.objects.exists()
    assert not in_the_files("Words that nobody wants to find again")
    assert Entry.objects.filter(act="parked.let_go", on=parked.pk).count() == 1
    assert "Words that nobody" not in str(list(Entry.objects.values()))


def test_D4_4_a_shown_note_is_kept_in_one_tap_and_a_held_one_is_not(wire: Wire) -> None:
    stage = a_room()
    desk = at(stage, wire)
    stage.phone(wire).write("a held one")
    stage.phone(wire).write("what we said first")
    desk.press("screening", seen="writing")
    waiting = desk.pile("waiting")
    desk.press("decisions", hold=waiting["a held one"], accept=waiting["what we said first"])
    desk.press("closure", seen="screening")
    desk.press("seal", seen="closing")
    found = desk.round()
    note, held = desk.pile("accepted")["what we said first"], desk.pile("held")["a held one"]
    about = {"round_id": found.pk}
    assert "Only what the group has seen" in keep(desk, "parked_of_round", about, note=held)
    assert "Only what the group has seen" in keep(desk, "parked_of_round", about)
    keep(desk, "parked_of_round", about, note=note)
    keep(another(stage, wire), "parked_of_round", about, note=note)
    parked = Parked.objects.get()
    assert (parked.text, parked.source) == ("what we said first", "group")
    # What people wrote without a name is handed to leadership in its own way, and not by this one.
    assert lines_to_talk_about(stage.gathering.programme, to_leader=False) == ["what we said first"]
    assert lines_to_talk_about(stage.gathering.programme, to_leader=True) == []
    assert in_the_files("what we said first")
    actions.strike_note(found, note_id=int(note), by=stage.bo)  # it names somebody after all
    assert not Parked.objects.exists()
    assert not in_the_files("what we said first")


def test_E3_late_words_come_after_the_session_mixed_unnamed_and_only_to_the_desk(wire: Wire) -> None:
    stage = a_room()
    desk, phone, wall = at(stage, wire), stage.stream(wire, Viewer.PARTICIPANT), stage.stream(wire, Viewer.WALL)
    sealed(desk)
    key = str(random_key())
    assert late(wire, stage, "too late, one", id=key).status == 201
    assert late(wire, stage, "too late, one", id=key).status == 200  # the answer got lost: the same words
    for n in range(5):
        assert late(wire, stage, f"too late {n}").status == 201
    assert late(wire, stage, "mine", Viewer.LEADER).status == 403
    assert late(wire, stage, "mine", Viewer.WALL).status == 403
    assert late(wire, stage, " ").status == 422
    assert late(wire, stage, "x" * 601).status == 422
    wire.settle(0.1)
    assert not Parked.objects.exists()
    assert "too late" not in desk.look()  # nothing of it, and no number of it, before the end
    desk.press("ending")
    page = desk.look()
    assert "Came too late" in page
    rows = list(Parked.objects.order_by("pk"))
    assert {row.text for row in rows} == {"too late, one", *(f"too late {n}" for n in range(5))}
    assert {(row.source, row.state, row.made_of) for row in rows} == {("late", "offered", "")}
    assert str(key) not in {str(row.pk) for row in rows}
    assert "too late" not in json.dumps([phone.events(), wall.events()])
    assert intake.states([stage.room.pk]) == {}  # nothing stays behind
    assert lines_to_talk_about(stage.gathering.programme, to_leader=False) == []  # until somebody has looked
    settle(desk, rows[0], "keep")
    assert lines_to_talk_about(stage.gathering.programme, to_leader=False) == [rows[0].text]
    settle(desk, rows[1], "let_go")
    assert Parked.objects.count() == 5
    assert late(wire, stage, "much too late").status == 410


def test_late_words_stand_at_the_desk_before_it_is_told_that_the_session_is_over(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = a_room()
    desk = at(stage, wire)
    sealed(desk)
    late(wire, stage, "nearly not seen")
    told: list[tuple[bool, list[str]]] = []
    refresh = HUB.refresh

    def and_what_a_desk_would_draw(room_id: int) -> None:
        over = Room.objects.get(pk=room_id).ended_at is not None
        told.append((over, [row.text for row in Parked.objects.all()]))
        refresh(room_id)

    monkeypatch.setattr(HUB, "refresh", and_what_a_desk_would_draw)
    desk.press("ending")
    assert told == [(True, ["nearly not seen"])]


def test_a_session_is_over_on_every_screen_whatever_becomes_of_late_words(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = a_room()
    phone = stage.stream(wire, Viewer.PARTICIPANT)
    sealed(at(stage, wire))
    late(wire, stage, "kept all the same")

    def gone(_room: int) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as store:
        store.setattr("holdfast.gatherings.actions.parking.close_box", gone)
        with pytest.raises(OSError, match="gone"):
            actions.end_room(stage.room, by=stage.bo)
    wire.settle(0.1)
    assert [event for _, event, _ in phone.events()][-1] == "ended"
    collect_what_is_left()
    assert [row.text for row in Parked.objects.all()] == ["kept all the same"]


def test_late_words_that_were_broken_off_on_their_way_are_collected_once(wire: Wire) -> None:
    stage = a_room()
    sealed(at(stage, wire))
    late(wire, stage, "nearly lost")
    Room.objects.update(ended_at=timezone.now())  # the server went away between the end and the collecting
    collect_what_is_left()
    collect_what_is_left()
    assert [row.text for row in Parked.objects.all()] == ["nearly lost"]
    assert collect_late_words(stage.room) == 0


def test_late_words_are_collected_however_long_the_server_was_away(wire: Wire) -> None:
    stage = a_room()
    sealed(at(stage, wire))
    late(wire, stage, "over the holidays")
    Room.objects.update(ended_at=timezone.now() - timedelta(days=9))
    collect_what_is_left()
    assert [row.text for row in Parked.objects.all()] == ["over the holidays"]


def test_words_on_their_way_when_the_session_ends_are_collected_or_refused_and_never_lost(wire: Wire) -> None:
    stage = a_room()
    desk = at(stage, wire)
    sealed(desk)
    open_late_box(stage.room.pk)
    assert intake.states([stage.room.pk]) == {stage.room.pk: "open"}  # there is a place while it goes on
    desk.press("ending")
    assert intake.states([stage.room.pk]) == {}
    with pytest.raises(Refused, match="room_ended"):  # past the door before the end, at the box after it
        open_late_box(stage.room.pk)
    assert intake.states([stage.room.pk]) == {}
    assert Room.objects.get().has_late_words is False


def test_E3_a_line_let_go_before_collecting_was_over_does_not_come_back(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = a_room()
    desk = at(stage, wire)
    sealed(desk)
    late(wire, stage, "rather not, after all")
    with monkeypatch.context() as broken:
        broken.setattr(voice_actions, "wipe_rounds", broken_off)
        desk.press("ending")
    assert Room.objects.get().has_late_words  # the line stands at the desk, and in the store too
    with monkeypatch.context() as broken:
        broken.setattr(voice_actions, "wipe_rounds", broken_off)
        settle(desk, Parked.objects.get(), "let_go")
    settle(desk, Parked.objects.get(), "let_go")  # the first time the store could not, and said so
    collect_what_is_left()
    assert not Parked.objects.exists()
    assert intake.states([stage.room.pk]) == {}


def broken_off(*_: object) -> None:
    raise CannotSave("the disk is full")


def test_a_practice_run_keeps_nothing_for_later(wire: Wire) -> None:
    stage = a_room()
    Room.objects.update(rehearsal=True)
    HUB.refresh(stage.room.pk)
    wire.settle(0.1)
    assert late(wire, stage, "only practice").status == 409
    desk = at(stage, wire)
    found = sealed(desk)
    note = desk.pile("accepted")["what we said first"]
    assert "This is a practice run" in keep(desk, "parked_of_round", {"round_id": found.pk}, note=note)
    assert not Parked.objects.exists()


def test_E2_lines_of_another_group_and_of_an_archived_programme_stay_as_they_are(wire: Wire) -> None:
    stage = a_room(writing=False)
    desk = at(stage, wire)
    line(desk, "Ours.")
    gil, theirs, *_ = a_gathering()
    other = park(theirs, text="Theirs.", by=gil)
    path = reverse("gatherings.parked", kwargs={"gathering_id": stage.gathering.pk, "parked_id": other.pk})
    nothing = reverse("gatherings.parked", kwargs={"gathering_id": stage.gathering.pk, "parked_id": 1})
    answers = [desk.client.post(one, {"did": "let_go"}) for one in (path, nothing)]
    assert [one.status_code for one in answers] == [404, 404]
    assert Parked.objects.filter(pk=other.pk).exists()
    desk.press("ending")
    archive_programme(stage.gathering.programme, by=stage.bo)
    kept = Parked.objects.get(text="Ours.")
    path = reverse("gatherings.parked", kwargs={"gathering_id": stage.gathering.pk, "parked_id": kept.pk})
    assert desk.client.post(path, {"did": "let_go"}).status_code == 409
    assert Parked.objects.filter(pk=kept.pk).exists()


def test_more_lines_ask_the_database_no_more_often(wire: Wire) -> None:
    stage = a_room(writing=False)
    desk = at(stage, wire)
    line(desk, "One.")
    path = reverse("gatherings.desk", kwargs={"gathering_id": stage.gathering.pk})
    desk.client.get(path)
    with CaptureQueriesContext(connection) as short:
        desk.client.get(path)
    for text in ("Two.", "Three."):
        line(desk, text)
    with CaptureQueriesContext(connection) as long:
        desk.client.get(path)
    assert len(long) == len(short)
