"""The mail the evening before: once, to everyone, never by night, and never after the session."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.core import mail

from holdfast.notifications import jobs
from holdfast.notifications.actions import stop
from holdfast.notifications.models import Mail, Recipient
from holdfast.people.models import Person
from holdfast.programmes import actions, reminders
from holdfast.programmes.models import Gathering
from tests.given import Ours
from tests.moments import at
from tests.programmes.given import A_DAY, LENGTH

EVENING = datetime(2031, 3, 12, 22, 0, tzinfo=UTC)
"""Wednesday at 17 in Chicago, the evening before A_DAY."""


@pytest.fixture
def pat(ours: Ours) -> Person:
    """A participant with a mail address."""
    ours.pat.email = "pat@lakeside.example"
    ours.pat.save(update_fields=["email"])
    return ours.pat


def ask(moment: datetime) -> int:
    """Let the outbox ask at a moment; return how many mails that made."""
    with at(moment):
        return reminders.post_what_is_due(moment)


def test_E1_everyone_with_an_address_is_reminded_once_the_evening_before(
    ours: Ours, pat: Person, session: Gathering
) -> None:
    assert ask(EVENING - timedelta(minutes=1)) == 0
    assert (ask(EVENING), ask(EVENING), ask(EVENING + timedelta(minutes=4))) == (3, 0, 0)  # amara, bo, pat
    with at(EVENING):
        assert jobs.send_due() == 3
    [letter] = [one for one in mail.outbox if one.to == ["pat@lakeside.example"]]
    assert letter.subject == "Soon: Drivers of strength"
    assert "Thursday 13 March 2031, 15:30–16:30 (Chicago) · Library" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_E1_a_session_on_a_monday_is_reminded_of_on_the_friday(ours: Ours, pat: Person, session: Gathering) -> None:
    monday = A_DAY + timedelta(days=4)
    actions.move_gathering(session, starts_at=monday, ends_at=monday + LENGTH, place="", by=ours.bo)
    Mail.objects.all().delete()
    assert ask(EVENING + timedelta(days=2, minutes=-1)) == 0
    assert ask(EVENING + timedelta(days=2)) == 3


def test_E1_a_moved_session_is_reminded_of_at_its_new_date_and_not_at_the_old_one(
    ours: Ours, pat: Person, session: Gathering
) -> None:
    later = A_DAY + timedelta(days=7)
    actions.move_gathering(session, starts_at=later, ends_at=later + LENGTH, place="", by=ours.bo)
    assert (ask(EVENING), ask(EVENING + timedelta(days=7))) == (0, 3)


def test_E1_a_cancelled_session_is_not_reminded_of(ours: Ours, pat: Person, session: Gathering) -> None:
    actions.cancel_gathering(session, why="", by=ours.bo)
    assert ask(EVENING) == 0


def test_E1_a_sitting_on_another_day_has_an_evening_of_its_own_and_one_on_the_same_day_does_not(
    ours: Ours, pat: Person, session: Gathering
) -> None:
    for label, hours in (("Night", 5), ("The day after", 24)):
        starts = A_DAY + timedelta(hours=hours)
        actions.add_sitting(
            session, label=label, starts_at=starts, ends_at=starts + LENGTH, place="", by=ours.bo, tell=False
        )
    assert ask(EVENING) == 3
    said = Mail.objects.filter(address="pat@lakeside.example").get().body
    assert "Night: Thursday 13 March" in said
    assert "The day after" not in said
    assert ask(EVENING + timedelta(days=1)) == 3


def test_E1_a_server_that_was_away_all_night_does_not_remind_of_what_is_over(
    ours: Ours, pat: Person, session: Gathering
) -> None:
    early = datetime(2031, 3, 13, 11, 0, tzinfo=UTC)  # 6 in the morning in Chicago, before mails may go
    actions.move_gathering(session, starts_at=early, ends_at=early + LENGTH, place="", by=ours.bo)
    Mail.objects.all().delete()
    assert ask(EVENING + timedelta(hours=6)) == 0  # 23 o'clock: the next mail could only come at 7
    assert ask(early + timedelta(minutes=1)) == 0


def test_E1_a_process_killed_in_the_middle_of_reminding_reminds_everyone_once_after_its_return(
    ours: Ours, pat: Person, session: Gathering
) -> None:
    posted: list[str] = []

    def killed_at_the_second(key: str, *, address: str, **_more: str) -> bool:
        posted.append(address)
        if len(posted) == 2:
            raise KeyboardInterrupt
        return True

    with patch("holdfast.notifications.letters.post", killed_at_the_second), pytest.raises(KeyboardInterrupt):
        ask(EVENING)
    assert Mail.objects.count() == 0  # nothing by halves
    assert (ask(EVENING), ask(EVENING)) == (3, 0)


def test_whoever_stopped_mails_is_not_reminded(ours: Ours, pat: Person, session: Gathering) -> None:
    stop(Recipient.objects.create(address="pat@lakeside.example"))
    assert ask(EVENING) == 2
