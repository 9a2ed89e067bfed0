"""Whatever comes up the wire gets a clear refusal, and nothing is stored (E3)."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfast.gatherings import actions, doors
from holdfast.gatherings.messages import MESSAGES
from holdfast.voices import intake
from holdfast.voices.admission import OPEN, Viewer
from holdfast.voices.queries import sealed_notes
from tests.gatherings.rooms import Stage, a_room
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


@pytest.fixture
def stage(wire: Wire) -> Iterator[Stage]:
    """A room that is writing."""
    doors.GUESSES.left = doors.WRONG_AT_ONCE
    yield a_room()
    doors.GUESSES.left = doors.WRONG_AT_ONCE


BAD_NOTES: dict[str, tuple[dict[str, Any], int, str]] = {
    "empty": ({"text": ""}, 422, "nothing_written"),
    "only space": ({"text": " \n\t "}, 422, "nothing_written"),
    "only control characters": ({"text": "\x00\x07\x1b"}, 422, "nothing_written"),
    "too long": ({"text": "a" * 601}, 422, "text_too_long"),
    "text is a number": ({"text": 7}, 400, "unreadable"),
    "text is missing": ({"text": None}, 400, "unreadable"),
    "no such column": ({"column": "leaders"}, 422, "no_such_column"),
    "id is zero": ({"id": "0"}, 400, "unreadable"),
    "id is negative": ({"id": "-4"}, 400, "unreadable"),
    "id is too large": ({"id": str(2**62 + 1)}, 400, "unreadable"),
    "id is no number": ({"id": "1; DROP TABLE"}, 400, "unreadable"),
    "id is huge": ({"id": "9" * 4000}, 400, "unreadable"),
    "id is true": ({"id": True}, 400, "unreadable"),
    "secret is short": ({"secret": "ab"}, 400, "unreadable"),
    "secret is not hexadecimal": ({"secret": "z" * 32}, 400, "unreadable"),
    "tag is a list": ({"tag": []}, 400, "unreadable"),
    "rev is zero": ({"rev": 0}, 400, "unreadable"),
    "rev is a fraction": ({"rev": 1.5}, 400, "unreadable"),
    "another round": ({"round": "77"}, 409, "not_writing_now"),
    "forged ticket": ({"ticket": "p.1.AAAAAAAAAAAAAAAAAAAAAA"}, 403, "ticket_not_valid"),
    "ticket with other letters": ({"ticket": "ł" * 20}, 403, "ticket_not_valid"),
    "no ticket": ({"ticket": ""}, 403, "ticket_not_valid"),
}


@pytest.mark.parametrize("case", BAD_NOTES)
def test_a_bad_note_is_refused_in_two_sentences(wire: Wire, stage: Stage, case: str) -> None:
    changes, status, reason = BAD_NOTES[case]
    answer = stage.phone(wire).write(**{"text": "fine", **changes})
    said = answer.json()
    assert (answer.status, said["code"]) == (status, f"gatherings.{reason}")
    assert said["what"].endswith(".")
    assert said["next"].endswith(".")
    assert intake.records(stage.round.pk)[1] == []
    assert stage.phone(wire).write("fine").status == 201  # there was something that could have been stored


@pytest.mark.parametrize("text", ["😀" * 600, "שלום עליכם", "\u202ereversed", "a\r\nb\rc", "é" * 600, "\u202efine\x00"])
def test_emoji_and_every_script_are_kept_as_typed(wire: Wire, stage: Stage, text: str) -> None:
    assert stage.phone(wire).write(text).status == 201
    actions.close_round(stage.round, by=stage.bo)
    actions.seal_round(stage.round.pk)
    (note,) = sealed_notes(stage.round.pk)
    assert note.text == text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def test_desk_and_wall_tickets_cannot_write(wire: Wire, stage: Stage) -> None:
    for viewer in (Viewer.DESK, Viewer.WALL):
        assert stage.phone(wire, viewer).write("from the desk").status == 403
    assert stage.phone(wire, Viewer.LEADER).write("from the leader").status == 201


def test_a_body_over_8_kilobytes_is_refused_whatever_its_header_says(wire: Wire, stage: Stage) -> None:
    path = f"/r/{stage.room.code}/notes/"
    huge = json.dumps({"text": "a" * 9000}).encode()
    assert wire.request("POST", path, huge).status == 413
    announced = ((b"content-length", b"9000"),)
    assert wire.request("POST", path, b"{}", headers=announced).status == 413
    assert wire.request("POST", path, b"{}").status == 400


def test_one_device_may_write_200_notes_and_no_more(wire: Wire, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("holdfast.voices.rules.NOTES_OF_ONE_TAG", 5)
    mine = stage.phone(wire)
    assert [mine.write(f"note {n}").status for n in range(6)] == [201] * 5 + [429]
    assert stage.phone(wire).write("another device").status == 201


def test_an_ended_room_says_so_and_an_unknown_one_too(wire: Wire, stage: Stage) -> None:
    mine = stage.phone(wire)
    assert wire.get("/r/FFFFFF/").status == 404
    actions.close_round(stage.round, by=stage.bo)
    actions.seal_round(stage.round.pk)
    actions.end_room(stage.room, by=stage.bo)
    wire.settle(0.05)
    assert mine.write("too late").json()["code"] == "gatherings.room_ended"
    assert wire.get(f"/r/{stage.room.code}/").status == 410
    assert wire.get(f"/join/?code={stage.room.code}").status == 410


def test_the_code_works_however_it_is_typed(wire: Wire, stage: Stage) -> None:
    code = stage.room.code
    for typed in (code.lower(), f"{code[:3]}-{code[3:]}", f"%20{code[:2]}%20{code[2:]}"):
        answer = wire.get(f"/join/?code={typed}")
        assert (answer.status, answer.headers["location"]) == (303, f"/r/{code}/")


def test_guessing_codes_is_slowed_down_for_right_and_wrong_alike_but_not_for_who_is_inside(
    wire: Wire, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "WAIT_SECONDS", 0.05)
    monkeypatch.setattr(doors, "WRONG_A_SECOND", 0.0)
    statuses = {wire.get("/r/FFFFFF/").status for _ in range(doors.WRONG_AT_ONCE)}
    assert statuses == {404}
    monkeypatch.setattr(doors, "WAITING_AT_ONCE", 0)
    wrong, right = wire.get("/r/FFFFFF/"), wire.get(f"/r/{stage.room.code}/")
    assert (wrong.status, right.status) == (429, 429)
    assert wrong.headers["retry-after"]
    assert stage.phone(wire).write("I am inside").status == 201


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ["ticket", "round", "id", "secret", "tag", "rev", "column", "text", "lead"]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.dictionaries(st.sampled_from(FIELDS), JUNK) | JUNK,
    path=st.sampled_from(["notes", "withdrawals", "tickets"]),
)
def test_no_body_makes_the_server_fail(wire: Wire, stage: Stage, body: Any, path: str) -> None:
    doors.GUESSES.left = doors.WRONG_AT_ONCE
    if isinstance(body, dict) and body.get("ticket") is None:
        body = {**body, "ticket": OPEN.issue(stage.room.pk, viewer=Viewer.PARTICIPANT)}
    answer = wire.request("POST", f"/r/{stage.room.code}/{path}/", json.dumps(body).encode())
    assert answer.status < 500
    if answer.status >= 400:
        assert answer.json()["code"] in MESSAGES


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=300))
def test_no_bytes_make_the_plain_page_fail(wire: Wire, stage: Stage, body: bytes) -> None:
    doors.GUESSES.left = doors.WRONG_AT_ONCE
    assert wire.request("POST", f"/r/{stage.room.code}/plain/", b"act=add&text=" + body).status < 500
    assert wire.request("POST", f"/r/{stage.room.code}/plain/", body).status < 500


def test_two_facilitators_pressing_at_once_is_the_same_as_one(wire: Wire, stage: Stage) -> None:
    stage.phone(wire).write("a note")
    first = actions.stop_writing(stage.round, by=stage.bo)
    second = actions.stop_writing(stage.round, by=stage.bo)
    assert first.phase == second.phase == "screening"
    for _ in range(2):
        actions.close_round(stage.round, by=stage.bo)
    for _ in range(2):
        actions.seal_round(stage.round.pk, by=stage.bo)
    assert len(sealed_notes(stage.round.pk)) == 1
