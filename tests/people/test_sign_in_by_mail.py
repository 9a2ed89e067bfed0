"""Signing in by a code sent by e-mail; a stranger's address looks like a known one."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from holdfast.people import actions
from tests.given import Ours, Theirs

pytestmark = pytest.mark.django_db
ASK, CONFIRM = "/desk/sign-in/", "/desk/sign-in/code/"
MASK = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def code_in_mail() -> str:
    found = re.search(r"^ {4}(\S+)$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def test_a_code_signs_in_and_leads_where_one_wanted_to_go(client: Client, ours: Ours) -> None:
    wanted = client.get("/desk/people/")
    assert wanted.status_code == 302

    asked = client.post(wanted["Location"], {"email": "Dee@Lakeside.example", "next": "/desk/people/"})
    assert asked.status_code == 302
    page = client.get(asked["Location"]).content.decode()
    assert "a code is on its way" in page
    assert 'name="next" value="/desk/people/"' in page
    before = client.cookies[settings.SESSION_COOKIE_NAME].value

    answer = client.post(asked["Location"], {"code": code_in_mail().lower(), "next": "/desk/people/"})

    assert (answer.status_code, answer["Location"]) == (302, "/desk/people/")
    assert client.get("/desk/people/").status_code == 200
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_the_mail_is_in_our_words_and_holds_no_link(client: Client, ours: Ours) -> None:
    client.post(ASK, {"email": "dee@lakeside.example"})
    message = mail.outbox[-1]
    assert message.subject == "Your sign-in code"
    assert message.to == ["dee@lakeside.example"]
    assert "without this code nobody gets in" in str(message.body)
    assert "http" not in str(message.body)


def test_an_unknown_address_gets_the_same_answers_as_a_known_one(ours: Ours) -> None:
    actions.end_access(ours.bo, by=ours.dee)
    seen = {}
    for email in ("dee@lakeside.example", "xyz@lakeside.example", "bo@lakeside.example"):
        client = Client()
        answers = [
            client.post(ASK, {"email": email}),
            client.get(CONFIRM),
            client.post(CONFIRM, {"code": "XXXX-XXXX"}),
            client.post(CONFIRM, {"code": ""}),
            client.get(ASK),
        ]
        seen[email] = [
            (
                a.status_code,
                a.get("Location"),
                MASK.sub(b"", a.content).replace(email.encode(), b"ADDRESS"),
                sorted(a.cookies),
            )
            for a in answers
        ]
    known, unknown, left = seen.values()
    assert known == unknown == left
    assert [m.subject for m in mail.outbox] == ["Your sign-in code", *["Somebody tried to sign in"] * 2]


def test_nothing_opens_for_an_unknown_address(client: Client, ours: Ours) -> None:
    client.post(ASK, {"email": "xyz@lakeside.example"})
    for code in ("", "-", "None", "XXXX-XXXX"):
        client.post(CONFIRM, {"code": code})
    assert client.get("/desk/me/").status_code == 302


def test_a_code_can_be_tried_a_few_times_only(client: Client, ours: Ours) -> None:
    client.post(ASK, {"email": "dee@lakeside.example"})
    right = code_in_mail()
    answers = [client.post(CONFIRM, {"code": "WRONG"}) for _ in range(10)]
    assert "This code does not fit." in answers[0].content.decode()

    client.post(CONFIRM, {"code": right})

    assert client.get("/desk/me/").status_code == 302


def test_a_code_works_once(client: Client, ours: Ours) -> None:
    client.post(ASK, {"email": "dee@lakeside.example"})
    client.post(CONFIRM, {"code": code_in_mail()})
    assert client.get("/desk/me/").status_code == 200

    client.post("/desk/sign-out/")
    client.post(CONFIRM, {"code": code_in_mail()})

    assert client.get("/desk/me/").status_code == 302


def test_another_address_can_be_tried(client: Client, ours: Ours) -> None:
    client.post(ASK, {"email": "wrong@lakeside.example"})
    assert client.get(ASK)["Location"] == CONFIRM

    answer = client.post("/desk/sign-out/", {"next": ASK})

    assert answer["Location"] == ASK
    assert client.get(ASK).status_code == 200


def test_an_address_that_was_changed_opens_nothing_any_more(client: Client, ours: Ours) -> None:
    client.post(ASK, {"email": "dee@lakeside.example"})
    client.post(CONFIRM, {"code": code_in_mail()})
    assert client.get("/desk/me/").status_code == 200

    actions.change_person(ours.dee, name="Dee", email="dee@new.example", by=ours.dee)

    assert client.get("/desk/me/").status_code == 302
    Client().post(ASK, {"email": "dee@lakeside.example"})
    assert mail.outbox[-1].subject == "Somebody tried to sign in"
    Client().post(ASK, {"email": "dee@new.example"})
    assert mail.outbox[-1].subject == "Your sign-in code"


def test_nobody_is_led_to_a_strange_place(client: Client, ours: Ours) -> None:
    client.post(ASK + "?next=https://evil.example/", {"email": "dee@lakeside.example", "next": "https://evil.example/"})
    answer = client.post(CONFIRM, {"code": code_in_mail(), "next": "https://evil.example/"})
    assert "evil" not in answer["Location"]


def test_asking_too_often_is_refused_in_a_sentence(client: Client, ours: Ours) -> None:
    for _ in range(3):
        Client().post(ASK, {"email": "dee@lakeside.example"})
    answer = Client().post(ASK, {"email": "dee@lakeside.example"})
    assert "Wait a minute" in answer.content.decode()
    assert len(mail.outbox) == 3


def test_a_mail_server_that_is_away_is_said_kindly(client: Client, ours: Ours, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", fails)
    for email in ("dee@lakeside.example", "xyz@lakeside.example"):
        answer = client.post(ASK, {"email": email})
        assert answer.status_code == 503
        assert "ask your coordinator for a sign-in link" in answer.content.decode()


def test_there_is_no_signing_up_and_no_password(client: Client, ours: Ours) -> None:
    for name in ("account_login", "account_signup"):
        answer = client.get(reverse(name) + "?next=/desk/me/")
        assert (answer.status_code, answer["Location"]) == (302, "/desk/sign-in/?next=%2Fdesk%2Fme%2F")
        assert client.post(reverse(name), {"email": "new@lakeside.example"}).status_code == 405
    assert "password" not in client.get(ASK).content.decode().replace("No password is needed.", "")


def test_signing_out_is_a_press_and_says_so(client: Client, ours: Ours, theirs: Theirs) -> None:
    client.force_login(ours.dee)
    assert client.get("/desk/sign-out/").status_code == 200
    assert client.get("/desk/me/").status_code == 200  # looking does not sign out

    answer = client.post("/desk/sign-out/", follow=True)

    assert "You are signed out." in answer.content.decode()
    assert client.get("/desk/me/").status_code == 302
