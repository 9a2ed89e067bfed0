"""Asking an unknown author to say more: the answer stays unnamed, and silence looks like a refusal."""

import json
import secrets
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from holdfast.audit.models import Entry
from holdfast.gatherings import actions
from holdfast.gatherings.actions import further
from holdfast.gatherings.models import Asked
from holdfast.refusals import Refused
from holdfast.voices.admission import Viewer
from holdfast.voices.intake import Standing
from holdfast.voices.letters import Letter, open_letter
from holdfast.voices.models import Intake, Note
from holdfast.voices.rules import hash_secret
from tests.gatherings.rooms import Stage, a_room
from tests.wire import Answer, Phone, Stream, Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
QUESTION = "Which hour is the hardest?"
ANSWER = "The last one, when the cover has gone."
ENVELOPE = 2048


def revealed(wire: Wire, texts: list[str], *, screened: bool = True) -> tuple[Stage, list[Phone]]:
    """Return a room whose notes, one of each phone, are shown."""
    stage = a_room(screened=screened)
    phones = [stage.phone(wire) for _ in texts]
    for one, text in zip(phones, texts, strict=True):
        assert one.write(text).status == 201
    if screened:
        actions.stop_writing(stage.round, by=stage.bo)
        wire.settle(0.02)
        actions.accept_all(stage.round, by=stage.bo)
    actions.reveal(stage.round, by=stage.bo)
    wire.settle(0.02)
    return stage, phones


def id_of(stream: Stream, text: str) -> int:
    return next(int(row[0]) for row in stream.notes().values() if row[2] == text)


def latest(stream: Stream, event: str) -> Any:
    return next((data for _, name, data in reversed(stream.events()) if name == event), None)


def answers_on(stream: Stream) -> list[str]:
    return [row[3] for row in (latest(stream, "replies") or {"replies": []})["replies"]]


def send_envelope(one: Phone, asked: Asked, text: str = "") -> Answer:
    """Send what a phone sends: an answer with the right to its note, or as many bytes that mean nothing."""
    note = next(iter(one.notes.values())) if text else {}
    body = {
        "ticket": one.ticket,
        "round": str(one.round_id),
        "id": str(secrets.randbits(62) + 1),
        "secret": secrets.token_hex(16),
        "asked": str(asked.pk),
        "note": note.get("id", str(secrets.randbits(62) + 1)),
        "note_secret": note.get("secret", secrets.token_hex(16)),
        "text": text,
        "pad": "",
    }
    body["pad"] = " " * (ENVELOPE - len(json.dumps(body).encode()))
    return one.wire.post(f"/r/{one.code}/envelopes/", body)


def test_the_question_goes_to_every_phone_alike_and_only_the_holder_can_open_the_letter(wire: Wire) -> None:
    stage, (author, other, _) = revealed(wire, ["Cover with no notice.", "Two", "Three"])
    mine, theirs, wall = (stage.stream(wire, v) for v in (Viewer.PARTICIPANT, Viewer.PARTICIPANT, Viewer.WALL))
    further.ask_about_note(stage.round, note=id_of(mine, "Cover with no notice."), words=QUESTION, by=stage.bo)
    wire.settle(0.02)

    [asked] = latest(mine, "replies")["asked"]
    [letter] = latest(mine, "letters")["letters"]
    assert (asked["words"], asked["note"]) == (QUESTION, str(id_of(mine, "Cover with no notice.")))
    assert [latest(theirs, "replies"), latest(theirs, "letters")] == [latest(mine, "replies"), latest(mine, "letters")]
    assert latest(wall, "letters") is None
    [held], [not_held] = author.notes.values(), other.notes.values()
    assert open_letter(Letter(*letter), secret=hash_secret(held["secret"])) == {"asked": asked["id"]}
    assert open_letter(Letter(*letter), secret=hash_secret(not_held["secret"])) is None


def test_an_answer_waits_for_two_more_envelopes_then_for_the_facilitator_then_hangs_below_its_note(wire: Wire) -> None:
    stage, (author, second, third) = revealed(wire, ["Cover with no notice.", "Two", "Three"])
    screen, desk = stage.stream(wire, Viewer.PARTICIPANT), stage.stream(wire, Viewer.DESK)
    note = id_of(screen, "Cover with no notice.")
    asked = further.ask_about_note(stage.round, note=note, words=QUESTION, by=stage.bo)
    further.gather_envelopes(stage.round, asked_id=asked.pk, by=stage.bo)

    first = send_envelope(author, asked, ANSWER)
    empty = send_envelope(second, asked)
    wire.settle(0.05)
    assert (answers_on(desk), answers_on(screen)) == ([], [])
    assert send_envelope(third, asked).status == 200
    wire.settle(0.05)
    assert (answers_on(desk), answers_on(screen)) == ([ANSWER], [])  # the facilitator looks first, as at notes
    assert first.status == empty.status == 200
    assert first.headers == {**empty.headers, "content-length": first.headers["content-length"]}

    reply = int(latest(desk, "replies")["replies"][0][0])
    actions.screen_notes(stage.round, public_ids=[reply], standing=Standing.ACCEPTED, by=stage.bo)
    wire.settle(0.05)
    assert answers_on(screen) == [ANSWER]
    assert ANSWER not in json.dumps(screen.notes())  # no note of its own

    actions.close_round(stage.round, by=stage.bo)
    actions.seal_round(stage.round.pk, by=stage.bo)
    wire.settle(0.05)
    sealed = Note.objects.get(text=ANSWER)
    assert (sealed.about.text, sealed.question) == ("Cover with no notice.", QUESTION)  # type: ignore[union-attr]
    assert Note.objects.filter(about__isnull=True).count() == 3
    assert not Intake.objects.exists()
    assert answers_on(screen) == [ANSWER]
    assert latest(screen, "replies")["asked"] == []


def test_silence_and_refusal_leave_the_same_in_store_and_stream(wire: Wire) -> None:
    """Not wanting to answer sends what not having been asked sends; after the seal neither has left a trace."""
    stage, phones = revealed(wire, ["One", "Two", "Three"], screened=False)
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    asked = further.ask_about_note(stage.round, note=id_of(screen, "One"), words=QUESTION, by=stage.bo)
    further.gather_envelopes(stage.round, asked_id=asked.pk, by=stage.bo)
    before = set(Intake.objects.values_list("pk", flat=True))
    replies = [send_envelope(one, asked) for one in phones]
    wire.settle(0.05)
    fresh = Intake.objects.exclude(pk__in=before)
    assert {len(bytes(row.sealed)) for row in fresh} == {4096 + 28}
    assert (len(fresh), {r.status for r in replies}) == (3, {200})
    assert answers_on(screen) == []
    actions.close_round(stage.round, by=stage.bo)
    actions.seal_round(stage.round.pk, by=stage.bo)
    assert Note.objects.count() == 3
    assert not Note.objects.filter(about__isnull=False).exists()


def test_words_count_only_from_whoever_holds_the_secret_of_the_very_note(wire: Wire) -> None:
    stage, (author, other, asker) = revealed(wire, ["One", "Two", "Three"], screened=False)
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    asked = further.ask_about_note(stage.round, note=id_of(screen, "One"), words=QUESTION, by=stage.bo)
    refused = send_envelope(other, asked, "I am the author.")
    assert (refused.status, refused.json()["code"]) == (409, "gatherings.not_about_your_note")
    assert send_envelope(author, asked, ANSWER).status == 200
    again = send_envelope(author, asked, "And another.")
    assert (again.status, again.json()["code"]) == (409, "gatherings.answered_already")
    for one in (other, asker):
        send_envelope(one, asked)
    wire.settle(0.05)
    assert answers_on(screen) == [ANSWER]


def test_an_answer_goes_with_the_note_it_hangs_below(wire: Wire) -> None:
    stage, phones = revealed(wire, ["One", "Two", "Three"], screened=False)
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    asked = further.ask_about_note(stage.round, note=id_of(screen, "One"), words=QUESTION, by=stage.bo)
    for one, text in zip(phones, (ANSWER, "", ""), strict=True):
        assert send_envelope(one, asked, text).status == 200
    wire.settle(0.05)
    assert answers_on(screen) == [ANSWER]
    assert phones[0].withdraw_all().json() == {"withdrawn": 2}
    wire.settle(0.05)
    assert latest(screen, "replies") == {"asked": [], "replies": []}


def test_asking_is_a_record_of_the_asker_and_has_its_limits(wire: Wire) -> None:
    stage, _ = revealed(wire, ["One", "Two", "Three"])
    note = id_of(stage.stream(wire, Viewer.PARTICIPANT), "One")
    further.ask_about_note(stage.round, note=note, words=f"  {QUESTION} ", by=stage.bo)
    assert Asked.objects.get().by == stage.bo
    entry = Entry.objects.get(act="round.asked")
    assert (entry.by, entry.on) == (stage.bo.pk, stage.round.pk)
    for wanted, words, code in (
        (note, QUESTION, "asked_before"),
        (1, QUESTION, "note_not_shown"),
        (note, " ", "question_words"),
    ):
        with pytest.raises(Refused) as refused:
            further.ask_about_note(stage.round, note=wanted, words=words, by=stage.bo)
        assert refused.value.code == f"gatherings.{code}"


def test_without_a_script_the_question_is_read_and_answered_by_a_form(wire: Wire) -> None:
    stage, (author, other, _) = revealed(wire, ["One", "Two", "Three"], screened=False)
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    asked = further.ask_about_note(stage.round, note=id_of(screen, "One"), words=QUESTION, by=stage.bo)
    pages = [plain(one, act="look") for one in (author, other)]
    assert all(QUESTION in page for page in pages)
    assert ["Asked about your note" in page for page in pages] == [True, False]
    [note] = author.notes.values()
    fields = {"id": str(secrets.randbits(62) + 1), "secret": secrets.token_hex(16), "asked": str(asked.pk)}
    after = plain(author, act="answer", note=note["id"], note_secret=note["secret"], text=ANSWER, **fields)
    assert "Saved, among the envelopes of every phone." in after
    assert ANSWER in after


def plain(one: Phone, **fields: str) -> str:
    """Send the form of the page without JavaScript, with the rights to its note."""
    [note] = one.notes.values()
    form = {"ticket": one.ticket, "round": str(one.round_id), "tag": one.tag, **fields}
    form["mine"] = f"{note['id']}:{note['secret']}:{note['rev']}"
    answer = one.wire.request("POST", f"/r/{one.code}/plain/", urlencode(form).encode())
    assert answer.status == 200
    return answer.body.decode()


def test_the_desk_asks_gathers_and_decides_by_its_own_pages(wire: Wire, client: Client) -> None:
    stage, phones = revealed(wire, ["One", "Two", "Three"])
    client.force_login(stage.bo)
    desk, note = f"/desk/gatherings/{stage.gathering.pk}/room/", id_of(stage.stream(wire, Viewer.DESK), "One")
    assert f"?ask={note}" in client.get(desk).content.decode()
    assert "Can you say more about this?" in client.get(f"{desk}?ask={note}").content.decode()
    address = f"/desk/rounds/{stage.round.pk}/asked/"
    refused = client.post(address, {"note": note, "words": "?" * 141})
    assert (refused.status_code, "?" * 141 in refused.content.decode()) == (422, True)
    assert client.post(address, {"note": note, "words": QUESTION}).status_code == 302
    asked = Asked.objects.get()
    assert client.post(f"{address}{asked.pk}/gathering/").status_code == 302
    for one, text in zip(phones, (ANSWER, "", ""), strict=True):
        send_envelope(one, asked, text)
    wire.settle(0.05)
    assert ANSWER in client.get(desk).content.decode()
