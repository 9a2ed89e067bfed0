"""The link in each mail: a look changes nothing, one press stops, another one starts again."""

import pytest
from django.test import Client

from holdfast.notifications.actions import post
from holdfast.notifications.models import Recipient
from holdfast.notifications.queries import stop_token


@pytest.fixture
def link(db: None) -> str:
    """The address in a mail to Amara."""
    post("k", address="amara@lakeside.example", subject="s", body="b")
    return f"/mail/{stop_token('amara@lakeside.example')}/"


def stopped() -> bool:
    """Tell whether Amara gets no mails."""
    return Recipient.objects.get().stopped_at is not None


def test_a_look_at_the_link_changes_nothing(link: str) -> None:
    page = Client().get(link).content.decode()
    assert "a…@l…" in page
    assert "amara" not in page
    assert not stopped()


def test_one_press_stops_even_without_a_cookie_and_another_starts_again(link: str) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(link).status_code == 302
    assert stopped()
    assert "No more mails to you." in client.get(link).content.decode()
    client.post(f"{link}return/")
    assert not stopped()


def test_E1_a_mail_program_stops_mails_with_one_click_and_is_sent_nowhere_else(link: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.content, len(answer.cookies)) == (200, b"", 0)
    assert stopped()


def test_a_link_that_was_made_up_finds_nothing(link: str) -> None:
    for made_up in ("/mail/1/", "/mail/1.abc/", link.replace(".", "1.", 1)):
        assert Client().post(made_up).status_code == 404
    assert not stopped()
