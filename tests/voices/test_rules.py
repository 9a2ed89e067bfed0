"""The pure rules of the open round: packing, writing again, withdrawing (E3)."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from holdfast.voices.rules import (
    LARGE_RECORD,
    NOTES_OF_ONE_ROUND,
    SMALL_RECORD,
    Outcome,
    Record,
    Standing,
    decide_withdrawal,
    decide_write,
    fits,
    pack,
    unpack,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=600)
RECORDS = st.builds(
    Record,
    id=st.integers(1, 2**62),
    secret=st.sampled_from(["a" * 64, "b" * 64]),
    tag=st.sampled_from(["1" * 32, "2" * 32]),
    rev=st.integers(1, 5),
    column=st.sampled_from(["drains", "restores"]),
    text=TEXTS,
    leader=st.booleans(),
    standing=st.sampled_from(list(Standing)),
)


@given(RECORDS)
def test_E3_every_note_the_room_accepts_fits_and_comes_back_as_it_was(record: Record) -> None:
    assert fits(record)
    assert unpack(pack(record)) == record


@given(RECORDS, RECORDS)
def test_E3_two_records_have_one_of_two_lengths(one: Record, other: Record) -> None:
    assert {len(pack(one)), len(pack(other))} <= {SMALL_RECORD, LARGE_RECORD}


@given(st.text("abcdefghij äé", min_size=1, max_size=400))
def test_E3_an_ordinary_note_never_shows_its_length(text: str) -> None:
    record = Record(2**62, "a" * 64, "1" * 32, 10_000, "restores", text, True, Standing.ACCEPTED)
    assert len(pack(record)) == SMALL_RECORD


@given(RECORDS, RECORDS)
def test_only_the_secret_changes_a_note(existing: Record, wanted: Record) -> None:
    wanted = replace(wanted, id=existing.id)
    outcome, stored = decide_write(wanted, existing, of_this_tag=1, of_this_round=1)
    if wanted.secret != existing.secret or wanted.leader != existing.leader:
        assert (outcome, stored) == (Outcome.NOT_YOURS, None)
    if stored is not None:
        assert wanted.secret == existing.secret
        assert stored.tag == existing.tag


@given(RECORDS, RECORDS)
def test_a_note_never_goes_back_to_an_older_rev_and_never_comes_back_from_withdrawal(
    existing: Record, wanted: Record
) -> None:
    _, stored = decide_write(replace(wanted, id=existing.id), existing, of_this_tag=1, of_this_round=1)
    latest = stored or existing
    assert latest.rev >= existing.rev
    if existing.standing is Standing.WITHDRAWN:
        assert latest == existing


@given(RECORDS)
def test_the_same_request_twice_is_the_same_as_once(record: Record) -> None:
    wanted = replace(record, standing=Standing.WAITING)
    first, stored = decide_write(wanted, None, of_this_tag=0, of_this_round=0)
    again, changed = decide_write(wanted, stored, of_this_tag=1, of_this_round=1)
    assert (first, again, changed) == (Outcome.STORED, Outcome.UNCHANGED, None)


@given(RECORDS)
def test_E3_nothing_that_was_said_stays_in_a_withdrawn_record(record: Record) -> None:
    outcome, stored = decide_withdrawal(record, note_id=record.id, secret=record.secret, of_this_round=1)
    if record.standing is Standing.WITHDRAWN:
        assert (outcome, stored) == (Outcome.UNCHANGED, None)
    else:
        assert stored is not None
        assert (stored.text, stored.column, stored.tag) == ("", "", "")
        assert stored.standing is Standing.WITHDRAWN


@given(RECORDS)
def test_a_withdrawal_that_overtakes_its_note_wins(record: Record) -> None:
    _, tomb = decide_withdrawal(None, note_id=record.id, secret=record.secret, of_this_round=1)
    assert tomb is not None
    wanted = replace(record, leader=False, standing=Standing.WAITING)
    outcome, stored = decide_write(wanted, tomb, of_this_tag=0, of_this_round=1)
    assert (outcome, stored) == (Outcome.UNCHANGED, None)


@given(RECORDS)
def test_an_edited_note_is_looked_at_again(record: Record) -> None:
    accepted = replace(record, standing=Standing.ACCEPTED)
    wanted = replace(record, rev=record.rev + 1, text=record.text + "!", standing=Standing.WAITING)
    _, stored = decide_write(wanted, accepted, of_this_tag=1, of_this_round=1)
    assert stored is not None
    assert stored.standing is Standing.WAITING


def test_withdrawing_what_nobody_wrote_does_not_fill_the_store_without_end() -> None:
    for there, outcome in ((NOTES_OF_ONE_ROUND - 1, Outcome.UNCHANGED), (NOTES_OF_ONE_ROUND, Outcome.TOO_MANY)):
        found, kept = decide_withdrawal(None, note_id=7, secret="a" * 64, of_this_round=there)
        assert found is outcome
        assert (kept is None) == (outcome is Outcome.TOO_MANY)
