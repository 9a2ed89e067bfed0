"""Simulated phones come in as real ones do, keep what is not saved, and say what they saw."""

import argparse
import asyncio
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.prepare import prepare
from holdfast.gatherings.rehearsal import Phone, Refusal, Script, Summary, rehearse
from holdfast.gatherings.rehearsal.command import PATIENCE, Progress, rehearse_command
from holdfast.gatherings.rehearsal.outbox import Note, Outbox
from holdfast.gatherings.rehearsal.samples import sample_texts
from holdfast.gatherings.rehearsal.summary import percentile
from holdfast.gatherings.rehearsal.tempers import TEMPERS
from holdfast.gatherings.rehearsal.wire import Answer, Event, Line, NoAnswer, read_event, within
from holdfast.voices.rules import NOTES_OF_ONE_TAG
from tests.durability.installation import CODE, Installation, until
from tests.made_once import with_databases

TEXTS = {"": ("fits anywhere",), "drains": ("a full inbox", "no lunch"), "leader drains": ("a budget",)}


def script(url: str = "http://127.0.0.1:1", **changes: Any) -> Script:
    return Script(
        **{"url": url, "code": CODE, "notes_each": 3, "seconds": 0.3, "texts": TEXTS, "leave": True, **changes}
    )


class Scripted(Line):
    """A line on which each request meets the next planned answer."""

    def __init__(self, *planned: int | None) -> None:
        super().__init__("http://127.0.0.1:1")
        self.planned = list(planned)

    async def ask(self, method: str, path: str, content: object = None) -> Answer:
        status = self.planned.pop(0)
        if status is None:
            raise NoAnswer("planned")
        return Answer(status, {}, b'{"rev": 1, "code": "gatherings.not_writing_now"}')


@pytest.fixture(scope="module")
def writing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with one room in which everybody may write, being served."""
    installation = Installation(prepare(with_databases(tmp_path_factory.mktemp("rehearsal")), phase="writing"))
    installation.start()
    yield installation
    installation.kill()


def test_a_spammer_is_held_by_the_limits_and_nobody_else_notices(writing: Installation) -> None:
    seen: list[Phone] = []
    played = script(writing.url, temper=TEMPERS["spammer"], seconds=1)
    asyncio.run(rehearse(played, phones=4, seed=3, tell=lambda crowd: seen.extend(crowd[len(seen) :])))
    *others, spammer = seen
    assert {note.refused for note in spammer.notes} == {"", "gatherings.too_many_notes"}
    assert sum(note.saved > 0 for note in spammer.notes) == NOTES_OF_ONE_TAG
    assert [note.saved > 0 for phone in others for note in phone.notes] == [True] * 9


def test_phones_fill_a_room_through_the_public_addresses(writing: Installation) -> None:
    first = asyncio.run(rehearse(script(writing.url), phones=6, seed=7, leader=True))
    assert (first.joined, first.written, first.saved, first.late, first.saw_reveal) == (6, 18, 18, 0, 0)
    assert 0 < first.saved_half_ms <= first.saved_most_ms
    assert first.all_well

    writing.kill()
    writing.change("UPDATE gatherings_round SET phase = 'revealed'")
    writing.start()
    second = asyncio.run(stay_a_moment(script(writing.url, leave=False)))
    assert (second.joined, second.written, second.saw_reveal) == (4, 0, 4)


async def stay_a_moment(played: Script) -> Summary:
    """Let four phones come in, and switch them off as Ctrl-C would."""
    rehearsal = asyncio.create_task(rehearse(played, phones=4, seed=8))
    await asyncio.sleep(1.5)
    rehearsal.cancel()
    return await rehearsal


async def come_in_and_listen(played: Script, *, until_hands: int) -> list[Phone]:
    """Let four phones come in and stay until so many hands are up, and a moment longer."""
    seen: list[Phone] = []
    rehearsal = asyncio.create_task(
        rehearse(played, phones=4, seed=8, tell=lambda crowd: seen.extend(crowd[len(seen) :]))
    )
    await until(lambda: sum(bool(phone.state) for phone in seen) == 4, "all phones see the room")
    await until(lambda: sum(len(phone.hands) for phone in seen) >= until_hands, f"{until_hands} hands go up")
    await asyncio.sleep(0.5)
    rehearsal.cancel()
    await rehearsal
    return seen


@pytest.mark.parametrize(("phase", "most"), [("talking", 4), ("finished", 0)])
def test_B3_phones_raise_hands_in_open_talk_and_at_no_other_time(writing: Installation, phase: str, most: int) -> None:
    writing.kill()
    writing.change("DELETE FROM gatherings_hand")
    writing.change("UPDATE gatherings_round SET kind = 'talk', phase = ?", phase)
    writing.start()
    played = script(writing.url, leave=False, temper=replace(TEMPERS["lively"], speaks=10))
    seen = asyncio.run(come_in_and_listen(played, until_hands=most))
    raised = {hand for phone in seen for hand in phone.hands}
    assert len(raised) == most
    up = {str(key) for (key,) in writing.rows("holdfast", "SELECT id FROM gatherings_hand")}
    assert up <= raised
    assert bool(up) == bool(most)


def test_a_wrong_code_is_said_in_the_servers_own_words(
    writing: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Refusal):
        asyncio.run(rehearse(script(writing.url, code="EEEEEE"), phones=2, seed=1))
    given = argparse.Namespace(
        url=writing.url, code="EEE-EEE", phones=1, notes=1, seconds=0.1, seed=1, leader=False, leave=True,
        setting="schools", temper="lively",
    )  # fmt: skip

    assert rehearse_command(given) == 1
    assert capsys.readouterr().err.strip() != ""


def test_a_note_stays_in_the_outbox_until_the_server_has_answered_for_good() -> None:
    outbox = Outbox(Scripted(None, 503, 500, 201), "/r/KTRMWE/", Random(1))
    note = Note(id="1", secret="0" * 32, column="drains", text="a full inbox")
    outbox.put(note, round="1")

    assert [asyncio.run(outbox.send_first()) for _ in range(4)] == [False, False, False, True]
    assert (note.saved, outbox.late) == (1, [])


def test_a_note_that_came_too_late_is_kept_apart_and_not_sent_for_ever() -> None:
    outbox = Outbox(Scripted(409), "/r/KTRMWE/", Random(1))
    note = Note(id="1", secret="0" * 32, column="drains", text="a full inbox")
    outbox.put(note, round="1")

    assert asyncio.run(outbox.send_first())
    assert (note.saved, note.refused, outbox.late) == (0, "gatherings.not_writing_now", [note])


@pytest.mark.parametrize(
    ("before", "event", "missed"),
    [
        (("a", 1, "notes"), ("a", 2, "notes"), False),
        (("a", 1, "notes"), ("a", 3, "notes"), True),
        (("a", 1, "notes"), ("b", 2, "notes"), True),
        (("a", 1, "notes"), ("a", 9, "state"), False),
        (("a", 1, "state"), ("a", 1, "notes"), False),
    ],
)
def test_a_gap_in_the_numbers_is_noticed(
    before: tuple[str, int, str], event: tuple[str, int, str], missed: bool
) -> None:
    async def act() -> bool:
        phone = Phone(script(), Random(1))
        assert not phone.misses(Event(*before, data={}))
        return phone.misses(Event(*event, data={}))

    assert asyncio.run(act()) is missed


async def hung_up_as_it_speaks() -> str:
    """Wait for something, be cancelled in the moment it comes, and go on if that was not heard."""
    said, gone_on = asyncio.get_running_loop().create_future(), asyncio.Event()

    async def listen() -> None:
        await within(5, speak())
        await gone_on.wait()

    async def speak() -> bytes:
        return bytes(await said)

    listening = asyncio.create_task(listen())
    await asyncio.sleep(0.01)
    said.set_result(b"a piece")
    await asyncio.sleep(0)
    listening.cancel()
    done, _ = await asyncio.wait({listening}, timeout=0.5)
    gone_on.set()
    return "cancelled" if done and listening.cancelled() else "still there"


def test_a_phone_that_is_hung_up_in_the_moment_it_hears_something_is_gone() -> None:
    assert asyncio.run(hung_up_as_it_speaks()) == "cancelled"


def test_a_leader_writes_what_a_leader_might_write_and_others_what_fits_the_column() -> None:
    async def act() -> tuple[set[str], set[str], set[str]]:
        current = {"columns": [{"key": "drains"}]}
        leader, other = Phone(script(), Random(1), leads=True), Phone(script(), Random(1))
        elsewhere = {other.draft({"columns": [{"key": "restores"}]}).text}
        return (
            {leader.draft(current).text for _ in range(9)},
            {other.draft(current).text for _ in range(9)},
            elsewhere,
        )

    assert asyncio.run(act()) == ({"a budget"}, {"a full inbox", "no lunch"}, {"fits anywhere"})


def test_the_bundled_pack_has_words_for_simulated_phones() -> None:
    texts = sample_texts()
    assert texts[""]
    assert all(text.strip() for column in texts.values() for text in column)


def test_events_are_read_as_the_standard_says() -> None:
    event = read_event(b'id: 8f-12\nevent: notes\ndata: {"notes":\ndata: []}')
    assert event == Event("8f", 12, "notes", {"notes": []})
    assert read_event(b":") is None


@given(st.lists(st.floats(0, 1000), min_size=1).map(sorted), st.floats(0.01, 1))
def test_a_percentile_is_a_value_that_enough_others_do_not_exceed(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(v <= found for v in values) >= share * len(values) - 1e-9 * len(values)
    below = [v for v in values if v < found]
    assert len(below) < share * len(values) + 1e-9 * len(values)


def test_the_summary_says_only_what_there_is_to_say() -> None:
    quiet = Summary(40, 40, 0, 0, 0, 0, 0, 0, 0, 0)
    rough = Summary(40, 39, 120, 100, 15, 5, 38, 4, 3.2, 12.9)
    assert len(quiet.sentences()) == 3
    assert not rough.all_well
    assert all(sentence.endswith(".") for sentence in rough.sentences())
    assert len(rough.sentences()) == 7


def test_an_address_at_which_nobody_answers_is_doubted_aloud() -> None:
    progress = Progress("http://127.0.0.1:1")
    crowd = [Phone(script(), Random(1), leads=False)]
    assert progress.sentence(crowd) == "0 of 1 phones have joined."
    for _ in range(PATIENCE):
        said = progress.sentence(crowd)
    assert "Does Holdfast run at http://127.0.0.1:1?" in said
