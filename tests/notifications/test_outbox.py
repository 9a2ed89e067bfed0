"""A mail is sent once, tried again when it could not be, and never to somebody who wants none."""

import smtplib
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from holdfast.notifications import actions, due, jobs, queries
from holdfast.notifications.models import Mail, Once, Recipient
from holdfast.notifications.rules import MOST_TRIES
from holdfast.notifications.words import in_plain_words
from tests.moments import at

AMARA = "amara@lakeside.example"


def news(key: str = "published.1", address: str = AMARA) -> bool:
    """Post one mail."""
    return actions.post(key, address=address, subject="Answers", body="There is something new.")


def later(hours: int = 48) -> None:
    """Let time pass for everything that waits."""
    Mail.objects.filter(sent_at__isnull=True).update(next_try_at=timezone.now() - timedelta(hours=hours))


@pytest.fixture
def failing() -> Iterator[None]:
    """A mail server that does not answer."""
    with patch("django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=ConnectionRefusedError("no")):
        yield


def test_D4_2_the_same_news_goes_to_an_address_once_however_often_it_is_posted(db: None) -> None:
    assert [news(), news(), news(address="bo@lakeside.example"), news("published.2")] == [True, False, True, True]
    assert (jobs.send_due(), jobs.send_due()) == (3, 0)
    assert sorted(letter.to[0] for letter in mail.outbox) == [AMARA, AMARA, "bo@lakeside.example"]


def test_what_is_taken_back_with_its_transaction_is_not_sent(db: None) -> None:
    with transaction.atomic():
        news()
        transaction.set_rollback(True)
    assert (Mail.objects.count(), jobs.send_due()) == (0, 0)


def test_D4_2_a_failing_mail_server_loses_nothing_and_the_reason_is_seen(db: None, failing: None) -> None:
    news()
    news("published.2")
    assert jobs.send_due() == 0

    first = Mail.objects.order_by("made_at", "pk").first()
    assert first is not None
    assert (first.tries, first.last_error) == (1, "ConnectionRefusedError: no")
    box = queries.outbox_of(Mail.objects.values("address"))
    assert (box.waiting, box.failing, box.given_up, len(box.stuck)) == (2, 1, 0, 1)


def test_when_the_mail_server_is_back_everything_goes_out_once(db: None) -> None:
    with patch("django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=TimeoutError):
        news()
        jobs.send_due()
    assert jobs.send_due() == 0  # not yet: it waits a while first
    later()
    assert (jobs.send_due(), jobs.send_due(), len(mail.outbox)) == (1, 0, 1)


def test_one_refused_address_does_not_keep_the_others_waiting(db: None) -> None:
    news(address="nobody@lakeside.example")
    news()
    refused = smtplib.SMTPRecipientsRefused({"nobody@lakeside.example": (550, b"unknown")})
    with patch("django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=[refused, 1]):
        assert jobs.send_due() == 1


def test_after_the_last_try_a_mail_stays_and_can_be_tried_again_by_hand(db: None, failing: None) -> None:
    news()
    for _ in range(MOST_TRIES + 2):
        jobs.send_due()
        later()
    stuck = Mail.objects.get()
    assert stuck.tries == MOST_TRIES
    assert queries.due() == []

    assert actions.try_again([stuck]) == 1
    assert queries.due() == [stuck]


def test_a_process_killed_before_sending_sends_after_its_return(db: None) -> None:
    news()
    with (
        patch("holdfast.notifications.jobs.letter", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        jobs.send_due()
    assert mail.outbox == []
    later()
    assert (jobs.send_due(), jobs.send_due(), len(mail.outbox)) == (1, 0, 1)


def test_a_process_killed_before_noting_it_sends_the_same_letter_by_its_number(db: None) -> None:
    news()
    with (
        patch("holdfast.notifications.actions.note_sent", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        jobs.send_due()
    assert jobs.send_due() == 0  # nobody else takes it while the first might still be at it
    later()
    jobs.send_due()
    numbers = {letter.extra_headers["Message-ID"] for letter in mail.outbox}
    assert len(numbers) == 1  # a mailbox that keeps numbers shows one mail
    assert Mail.objects.get().sent_at


@pytest.mark.django_db(transaction=True)
def test_two_that_run_at_once_send_each_mail_once() -> None:
    for number in range(30):
        news(f"published.{number}")
    sent: list[str] = []
    start = threading.Barrier(2)

    def run() -> None:
        start.wait()
        jobs.send_due()
        connection.close()

    with patch(
        "django.core.mail.EmailMessage.send", autospec=True, side_effect=lambda letter: sent.append(letter.subject)
    ):
        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(sent) == 30
    assert not Mail.objects.filter(sent_at__isnull=True).exists()


FRIDAY = datetime(2026, 12, 4, 18, 58, tzinfo=UTC)


def test_E1_a_mail_made_by_night_waits_for_the_morning_and_over_the_weekend(db: None) -> None:
    with at(FRIDAY + timedelta(hours=5)):
        actions.post("k", address=AMARA, subject="s", body="b", zone="UTC")
    for hours in (5, 18, 48):  # that night, on Saturday, on Sunday
        with at(FRIDAY + timedelta(hours=hours)):
            assert jobs.send_due() == 0
    with at(FRIDAY + timedelta(days=2, hours=12, minutes=2)):  # Monday at seven
        assert (jobs.send_due(), jobs.send_due()) == (1, 0)


def test_E1_a_second_attempt_keeps_the_quiet_hours_too_and_counts_none_while_it_waits(db: None) -> None:
    with (
        at(FRIDAY),
        patch("django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=TimeoutError),
    ):
        actions.post("k", address=AMARA, subject="s", body="b", zone="UTC")
        jobs.send_due()
    assert Mail.objects.get().tries == 1  # it was tried, and would be due again in five minutes
    with at(FRIDAY + timedelta(minutes=6)):
        assert jobs.send_due() == 0
    waits = Mail.objects.get()
    assert (waits.tries, waits.next_try_at) == (1, datetime(2026, 12, 7, 7, 0, tzinfo=UTC))
    with at(waits.next_try_at):
        assert jobs.send_due() == 1


def test_a_mail_about_no_place_goes_at_any_hour(db: None) -> None:
    with at(FRIDAY + timedelta(hours=5)):
        news()
        assert jobs.send_due() == 1


def test_what_is_due_is_worked_through_once_and_forgotten_with_its_transaction(db: None) -> None:
    with transaction.atomic():
        actions.work_through("evening.1")
        transaction.set_rollback(True)
    assert [actions.work_through("evening.1"), actions.work_through("evening.1")] == [True, False]
    assert queries.worked_through("evening.") == {"evening.1"}
    Once.objects.update(done_at=timezone.now() - actions.KEPT_DONE - timedelta(days=1))
    actions.work_through("evening.2")
    assert queries.worked_through("") == {"evening.2"}


def test_one_app_that_cannot_be_asked_does_not_silence_the_others(db: None) -> None:
    assert {"holdfast.programmes.reminders.post_what_is_due", "holdfast.homes.digest.post_what_is_due"} <= set(
        due.registered()
    )
    with (
        patch("holdfast.programmes.reminders.post_what_is_due", side_effect=RuntimeError),
        patch("holdfast.homes.digest.post_what_is_due", return_value=3) as asked,
    ):
        assert due.post_what_is_due() == 3
    assert asked.call_count == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("ConnectionRefusedError: [Errno 111]", "The mail server does not answer."),
        ("SMTPRecipientsRefused: {…}", "The mail server does not know this address."),
        ("SMTPAuthenticationError: (535, …)", "does not accept our name and password"),
        ("Strange: x", "It could not be sent."),
    ],
)
def test_a_failure_is_said_in_plain_words(error: str, said: str) -> None:
    assert said in in_plain_words(error)


def test_a_letter_says_how_to_stop_further_ones_and_names_nobody(db: None) -> None:
    news()
    jobs.send_due()
    [letter] = mail.outbox
    link = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert link in str(letter.body)
    assert "amara" not in link
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_whoever_stops_mails_gets_none_not_even_those_that_wait(db: None) -> None:
    news()
    actions.stop(Recipient.objects.get(address=AMARA))
    assert not Mail.objects.exists()
    assert news("published.2") is False

    actions.resume(Recipient.objects.get(address=AMARA))
    assert news("published.3") is True


def test_the_postman_sends_when_the_bell_rings(transactional_db: None) -> None:
    postman = jobs.Postman()
    postman.start()
    try:
        news()
        for _ in range(100):
            if mail.outbox:
                break
            threading.Event().wait(0.05)
    finally:
        postman.stop()
    assert len(mail.outbox) == 1
