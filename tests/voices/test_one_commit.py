"""What a desk and a phone press in the same moment falls into one commit; neither may undo the other (E3, E7)."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from holdfast.voices import asking, intake
from holdfast.voices.asking import Envelope
from holdfast.voices.intake import Contribution, Outcome, Record, Standing
from holdfast.voices.models import Note

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
ROUND, NOTE, SECRET, TAG = 5, 11, "5" * 32, "7" * 32


@pytest.fixture(autouse=True)
def _a_round() -> Iterator[None]:
    """A round that is open."""
    intake.open_round(ROUND)
    yield
    intake.stop()


def write(note_id: int = NOTE, text: str = "a note", *, rev: int = 1, tag: str = TAG) -> Outcome:
    note = Contribution(note_id, SECRET, tag, rev, "drains", text, from_leader=False)
    return intake.write_and_wait(ROUND, note, standing=Standing.ACCEPTED).outcome


def stored(note_id: int = NOTE) -> Record:
    return next(record for record in intake.records(ROUND)[1] if record.id == note_id)


def shown_as(note_id: int = NOTE) -> int:
    return intake.public_id(intake.key_of(ROUND), stored(note_id))


def hold(**told: str) -> None:
    assert intake.screen(ROUND, public_ids=[shown_as()], standing=Standing.HELD, **told) == 1


def in_one_commit(*acts: Callable[[], Any]) -> list[Any]:
    """Keep the writer busy until all have asked, in this order; return what each was answered."""
    free, busy = threading.Event(), threading.Event()

    def wait(_rounds: object) -> None:
        busy.set()
        free.wait(5)

    with ThreadPoolExecutor(len(acts) + 1) as pool:
        pool.submit(intake.WRITER.run_alone, wait)
        assert busy.wait(5)
        asked = []
        for number, act in enumerate(acts, start=1):
            asked.append(pool.submit(act))
            while intake.WRITER._queue.qsize() < number:
                time.sleep(0.001)
        free.set()
        return [one.result(5) for one in asked]


def envelope(number: int, text: str, *, note: int = NOTE, shown: int = 0) -> Outcome:
    one = Envelope(number, "6" * 32, 9, shown or shown_as(note), "Which hour?", note, SECRET, text)

    async def ask() -> Outcome:
        return (await asking.hand_in(ROUND, one, standing=Standing.ACCEPTED)).outcome

    return asyncio.run(ask())


def test_E3_words_that_are_taken_back_while_their_phone_is_muted_stay_away() -> None:
    write()
    hold(reason="attack")
    about = [shown_as()]
    withdraw = lambda: intake.withdraw_and_wait(ROUND, note_id=NOTE, secret=SECRET)  # noqa: E731 - said once
    in_one_commit(withdraw, lambda: asking.mute(ROUND, public_ids=about))
    assert (stored().standing, stored().text) == (Standing.WITHDRAWN, "")
    intake.begin_closing(ROUND)
    intake.seal_round(ROUND)
    assert not Note.objects.exists()


def test_E3_words_that_are_taken_back_while_their_author_is_offered_a_talk_stay_away() -> None:
    write()
    hold(reason="danger")
    withdraw = lambda: intake.withdraw_and_wait(ROUND, note_id=NOTE, secret=SECRET)  # noqa: E731 - said once
    in_one_commit(withdraw, lambda: asking.tell_more(ROUND, reason="danger", words="Room 4"))
    assert (stored().standing, stored().text, stored().words) == (Standing.WITHDRAWN, "", "")


def test_E7_a_note_accepted_after_all_is_not_held_again_by_a_mute_of_the_same_moment() -> None:
    write()
    hold(reason="attack")
    about = [shown_as()]
    accept = lambda: intake.screen(ROUND, public_ids=about, standing=Standing.ACCEPTED)  # noqa: E731 - said once
    in_one_commit(accept, lambda: asking.mute(ROUND, public_ids=about))
    assert (stored().standing, stored().muted) == (Standing.ACCEPTED, False)
    assert write(12) is Outcome.STORED


def test_E7_what_is_written_in_the_moment_of_muting_is_taken_no_more() -> None:
    write()
    hold(reason="attack")
    about = [shown_as()]
    mute = lambda: asking.mute(ROUND, public_ids=about)  # noqa: E731 - said once
    assert in_one_commit(mute, lambda: write(12)) == [1, Outcome.MUTED]


def test_a_question_is_answered_once_even_when_two_answers_come_in_one_commit() -> None:
    write()
    shown = shown_as()  # read before: among several servers the writer is asked for it, too
    answers = (21, "The last hour."), (22, "The first hour.")
    found = in_one_commit(*(partial(envelope, number, text, shown=shown) for number, text in answers))
    assert found == [Outcome.STORED, Outcome.TOO_MANY]


def test_E7_a_muted_phone_answers_nothing_and_does_not_free_itself_under_another_tag() -> None:
    write()
    write(12, "another note of the same phone")
    hold(reason="attack")
    assert asking.mute(ROUND, public_ids=[shown_as()]) == 1
    assert envelope(22, "Fools, I say.", note=12) is Outcome.MUTED
    assert write(NOTE, "You too.", rev=2, tag="8" * 32) is Outcome.MUTED
    assert write(13) is Outcome.MUTED
    assert envelope(23, "") is Outcome.STORED  # an empty envelope is everybody's
