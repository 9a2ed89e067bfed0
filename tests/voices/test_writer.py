"""The writer thread outlives whatever goes wrong in it: nobody waits for an answer that never comes (E3)."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import InterfaceError

from holdfast.voices import intake
from holdfast.voices.intake import CannotSave, Contribution, Outcome
from holdfast.voices.writer import Writer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
ROUND = 4


@pytest.fixture(autouse=True)
def _a_round() -> Iterator[None]:
    """A round that is open."""
    intake.open_round(ROUND)
    yield
    intake.listen(None)
    intake.begin_closing(ROUND)
    intake.seal_round(ROUND)
    intake.stop()


def write(note_id: int) -> Outcome:
    """Write a note and wait for the answer, at most five seconds."""
    note = Contribution(note_id, "5" * 32, "7" * 32, 1, "drains", f"note {note_id}", from_leader=False)

    async def ask() -> Outcome:
        return (await asyncio.wait_for(intake.write(ROUND, note), 5)).outcome

    return asyncio.run(ask())


@pytest.mark.parametrize("error", [InterfaceError("closed"), MemoryError(), KeyError(7)])
def test_a_note_that_cannot_be_stored_is_refused_and_the_next_one_is_saved(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(writer: Writer, draft: Any) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "_store", broken)
        with pytest.raises(CannotSave):
            write(1)
    assert write(2) is Outcome.STORED
    assert [record.id for record in intake.records(ROUND)[1]] == [2]


def test_a_screen_that_cannot_be_told_does_not_take_the_note_back(caplog: pytest.LogCaptureFixture) -> None:
    def broken(round_id: int, records: object) -> None:
        raise RuntimeError("note 1 was written")

    intake.listen(broken)
    assert write(1) is Outcome.STORED
    assert write(2) is Outcome.STORED
    assert "could not be told: RuntimeError" in caplog.text
    assert "note 1" not in caplog.text


def test_who_asks_while_the_store_closes_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Writer()
    writer.ask(1, lambda draft: None)
    join = writer._thread.join  # type: ignore[union-attr]
    late: list[Any] = []

    def asked_too_late(*_: object) -> None:
        join()
        late.append(intake_request(writer))

    monkeypatch.setattr(writer._thread, "join", asked_too_late)
    writer.stop()
    with pytest.raises(CannotSave):
        late[0].waiting.result(1)


def intake_request(writer: Writer) -> Any:
    """Put a request behind the end of the queue, as a press in the last moment does."""
    from concurrent.futures import Future

    from holdfast.voices.writer import Request

    request = Request(decide=lambda draft: None, waiting=Future())
    writer._queue.put(request)
    return request
