"""Holding a note: the published rule, a letter to its unknown author, muting for one activity, and help (E7)."""

import json
from typing import Any

import pytest
from django.test import Client

from holdfast.audit.models import Entry
from holdfast.gatherings import actions
from holdfast.gatherings.actions import holding
from holdfast.gatherings.holding import DANGER, REASONS
from holdfast.gatherings.models import Worry
from holdfast.gatherings.worries import to_debrief
from holdfast.refusals import Refused
from holdfast.voices.admission import Viewer
from holdfast.voices.intake import Standing
from holdfast.voices.letters import Letter, open_letter
from holdfast.voices.rules import hash_secret
from tests.gatherings.rooms import Stage, a_room
from tests.gatherings.test_say_more import id_of, latest, plain
from tests.wire import Phone, Stream, Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
DARK = "I do not want to be here any more."
OFFER = "I am in room 4 until five. Bo"


def looked_through(wire: Wire, texts: list[str]) -> tuple[Stage, list[Phone], Stream]:
    """Return a room whose notes, one of each phone, have reached the desk."""
    stage = a_room()
    phones = [stage.phone(wire) for _ in texts]
    for one, text in zip(phones, texts, strict=True):
        assert one.write(text).status == 201
    desk = stage.stream(wire, Viewer.DESK)
    actions.stop_writing(stage.round, by=stage.bo)
    wire.settle(0.03)
    return stage, phones, desk


def told_to(one: Phone, screen: Stream) -> list[dict[str, str]]:
    """Return what the letters on a screen say to the phone that holds these secrets."""
    letters = [Letter(*row) for row in (latest(screen, "letters") or {"letters": []})["letters"]]
    secrets = [hash_secret(note["secret"]) for note in one.notes.values()]
    return [says for letter in letters for secret in secrets if (says := open_letter(letter, secret=secret))]


def hold(stage: Stage, desk: Stream, text: str, reason: str = "names") -> int:
    note = id_of(desk, text)
    assert holding.hold_and_tell(stage.round, public_ids=[note], reason=reason, by=stage.bo) == 1
    return note


def test_the_reason_reaches_the_phone_that_holds_the_note_and_rewording_brings_it_back_as_a_new_one(wire: Wire) -> None:
    stage, (author, other, third), desk = looked_through(wire, ["Ms Lee again.", "Two", "Three"])
    mine, theirs = (stage.stream(wire, Viewer.PARTICIPANT) for _ in range(2))
    hold(stage, desk, "Ms Lee again.")
    wire.settle(0.03)
    assert (told_to(author, mine), told_to(other, theirs)) == ([{"why": "names", "words": ""}], [])
    assert latest(mine, "letters") == latest(theirs, "letters")
    assert "Ms Lee" not in bytes(mine.body).decode()
    [note_id] = author.notes
    assert author.edit(note_id, "The plan changes in the morning.").status == 200
    for one in (other, third):
        one.write("One more.")
    wire.settle(0.05)
    assert told_to(author, mine) == []  # what it was about is gone
    assert next(row[4] for row in desk.notes().values() if row[2].startswith("The plan")) == "waiting"


def test_a_muted_phone_is_told_and_writes_nothing_more_and_the_desk_learns_no_other_note_of_it(wire: Wire) -> None:
    stage, (author, other, _), desk = looked_through(wire, ["You are all fools.", "Two", "Three"])
    author.write("A second one of the same phone.")
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    note = hold(stage, desk, "You are all fools.", "attack")
    wire.settle(0.03)
    before = bytes(desk.body)
    assert holding.mute_authors(stage.round, public_ids=[note], by=stage.bo) == 1
    wire.settle(0.03)
    assert bytes(desk.body) == before  # nothing the desk is sent tells which other notes are its own
    refused = author.write("And another thing.")
    assert (refused.status, refused.json()["code"]) == (409, "gatherings.muted")
    first = next(iter(author.notes))
    assert author.edit(first, "You too.").json()["code"] == "gatherings.muted"
    again = dict(author.notes[first])
    assert wire.post(f"/r/{author.code}/notes/", again).status == 200  # what was saved stays saved
    assert other.write("Another phone writes on.").status == 201
    assert {says["muted"] for says in told_to(author, screen)} == {"1"}
    assert author.withdraw(first).status == 200  # and may always be taken back, which unmutes nobody
    assert author.write("Still?").json()["code"] == "gatherings.muted"


def test_accepting_a_held_note_after_all_unmutes_its_phone(wire: Wire) -> None:
    stage, (author, *_), desk = looked_through(wire, ["One", "Two", "Three"])
    note = hold(stage, desk, "One", "attack")
    holding.mute_authors(stage.round, public_ids=[note], by=stage.bo)
    assert author.write("More").status == 409
    actions.screen_notes(stage.round, public_ids=[note], standing=Standing.ACCEPTED, by=stage.bo)
    assert author.write("More").status == 201


def test_muting_ends_with_the_activity_and_counts_alone_are_written_down(wire: Wire) -> None:
    stage, _, desk = looked_through(wire, ["One", "Two", "Three"])
    note = hold(stage, desk, "One", "attack")
    holding.mute_authors(stage.round, public_ids=[note], by=stage.bo)
    acts = ["round.held_with_a_reason", "round.muted"]
    entries = list(Entry.objects.filter(act__in=acts).order_by("at", "pk").values_list("act", "by", "on"))
    assert sorted(entries) == [(act, stage.bo.pk, stage.round.pk) for act in acts]
    actions.close_round(stage.round, by=stage.bo)
    actions.seal_round(stage.round.pk, by=stage.bo)
    with pytest.raises(Refused):
        holding.mute_authors(stage.round, public_ids=[note], by=stage.bo)


def test_E7_a_note_that_worries_gets_its_author_help_and_the_desk_the_steps_never_the_words(
    wire: Wire, client: Client
) -> None:
    stage, (author, other, _), desk = looked_through(wire, [DARK, "Two", "Three"])
    stage.gathering.programme.group.site.danger_steps = "Tell the office.\nStay until five."
    stage.gathering.programme.group.site.save()
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    client.force_login(stage.bo)
    note = id_of(desk, DARK)
    address = f"/desk/rounds/{stage.round.pk}/rewording/"
    assert client.post(address, {DANGER: note}).status_code == 302
    worry = Worry.objects.get()
    page = client.get(f"/desk/gatherings/{stage.gathering.pk}/room/").content.decode()
    assert "Stay until five." in page
    follow = {"step": ["2"], "offer": OFFER}
    assert client.post(f"/desk/danger/{worry.pk}/", follow).status_code == 302
    wire.settle(0.05)
    assert told_to(author, screen) == [{"why": DANGER, "words": OFFER}]
    assert told_to(other, screen) == []
    assert OFFER not in bytes(screen.body).decode()
    worry.refresh_from_db()
    assert (worry.steps, worry.debriefed_on) == (["Stay until five."], None)
    assert to_debrief(stage.gathering.programme) == [worry]
    help_card = plain(author, act="look")
    assert OFFER in help_card
    assert "the office, 555 0100" in help_card
    everything = [str(value) for row in [*Worry.objects.values(), *Entry.objects.values()] for value in row.values()]
    assert not any(DARK in value or str(note) in value for value in everything)
    assert client.post(f"/desk/danger/{worry.pk}/", {**follow, "debriefed": "on"}).status_code == 302
    assert to_debrief(stage.gathering.programme) == []


def test_the_rule_is_read_before_anybody_writes_on_phone_and_desk(wire: Wire, client: Client) -> None:
    stage = a_room(writing=False)
    client.force_login(stage.bo)
    rule = wire.get(f"/r/{stage.room.code}/holding/").body.decode()
    desk = client.get(f"/desk/gatherings/{stage.gathering.pk}/room/").content.decode()
    for reason in REASONS.values():
        assert str(reason.rule) in rule
        assert str(reason.rule) in desk
    link = f"/r/{stage.room.code}/holding/"
    assert link in wire.get(f"/r/{stage.room.code}/").body.decode()
    assert link in wire.get(f"/r/{stage.room.code}/plain/").body.decode()


def test_letters_have_one_length_whatever_they_say(wire: Wire) -> None:
    stage, phones, desk = looked_through(wire, ["One", "Two", "Three"])
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    for text, reason in zip(("One", "Two", "Three"), REASONS, strict=False):
        hold(stage, desk, text, reason)
    wire.settle(0.03)
    letters: list[Any] = latest(screen, "letters")["letters"]
    assert len(letters) == len(phones)
    assert len({len(json.dumps(letter)) for letter in letters}) == 1
