"""What an answer has to say, when it is late, and that nothing handed over is lost on the way."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.report_back import rules
from holdfast.report_back.models import Answer
from holdfast.report_back.words import ASKS, BEGINNINGS, CHIPS, MEANINGS, STILL_NEEDED, TONES
from holdfast.web.templatetags.ui import Tone

DAYS = st.dates(date(2020, 1, 1), date(2080, 1, 1))


def test_D4_2_every_verdict_knows_what_it_says_and_how_it_is_shown() -> None:
    verdicts = set(Answer.Verdict.values)
    assert set(rules.SAYS) == set(ASKS) == set(CHIPS) == set(TONES) == set(MEANINGS) == verdicts
    assert {tone: Tone(tone) for tone in TONES.values()}
    for verdict, says in rules.SAYS.items():
        assert set(ASKS[verdict]) == set(says.fields), verdict
        assert set(BEGINNINGS.get(verdict, {})) <= set(says.fields), verdict
        assert set(says.must) <= set(STILL_NEEDED), verdict


@pytest.mark.parametrize(
    ("verdict", "left_out"),
    [("not_soon", "validation"), ("not_soon", "look_again_on"), ("not_ours", "who"), ("cannot", "reason"),
     ("understand", "question"), ("team", "by_when")],
)  # fmt: skip
def test_D4_2_an_honest_answer_leaves_nothing_out(verdict: str, left_out: str) -> None:
    given_all = dict.fromkeys(rules.SAYS[verdict].must, "x")
    assert rules.missing(verdict, given_all) == []
    assert rules.missing(verdict, {**given_all, left_out: ""}) == [left_out]


def test_D4_5_only_what_restores_is_kept_and_protected() -> None:
    assert rules.may_say("keep", "restores")
    assert not rules.may_say("keep", "drains")
    assert rules.may_say("this_year", "drains")
    assert not rules.may_say("perhaps", "restores")


@given(DAYS)
def test_D4_2_answers_are_expected_in_about_three_weeks_on_a_working_day(today: date) -> None:
    due = rules.usual_due(today)
    assert due.weekday() < 5
    assert timedelta(days=21) <= due - today <= timedelta(days=23)
    assert rules.may_be_due(due, today)


@given(DAYS, DAYS)
def test_D4_2_nobody_counts_days_before_the_agreed_date_has_passed(due: date, today: date) -> None:
    past = rules.days_past(due, today)
    assert (past is None) is (today <= due)
    assert past is None or due + timedelta(days=past) == today


@given(st.lists(st.booleans()))
def test_D4_2_handed_over_is_answered_and_open_together(answered: list[bool]) -> None:
    sums = rules.balance(answered)
    assert sums.handed_over == sums.answered + sums.open == len(answered)
    assert sums.answered == answered.count(True)


def test_D4_2_what_cannot_be_does_not_come_back_later() -> None:
    assert [rules.comes_back_later(verdict) for verdict in sorted(rules.NOT_TAKEN_ON)] == [False, True]


@given(st.text(), st.text())
def test_D4_2_likeness_is_a_share_and_knows_itself(one: str, other: str) -> None:
    assert 0 <= rules.likeness(one, other) == rules.likeness(other, one) <= 1


def test_D4_2_alike_wordings_are_liker_than_others() -> None:
    cover = "Losing planning time to cover"
    assert (
        rules.likeness(cover, "We lose our planning time for cover") > rules.likeness(cover, "Too many meetings") == 0
    )


@given(st.none() | DAYS, DAYS)
def test_D4_2_a_box_never_closes_before_it_opens(wanted: date | None, today: date) -> None:
    assert rules.box_closes(wanted, today) >= today


@pytest.mark.parametrize(
    ("published", "drafted", "stands"),
    [(False, False, "open"), (False, True, "draft"), (True, False, "answered"), (True, True, "answered")],
)
def test_D4_2_a_published_answer_stands_while_another_is_drafted(published: bool, drafted: bool, stands: str) -> None:
    assert rules.standing(published=published, drafted=drafted) == stands
