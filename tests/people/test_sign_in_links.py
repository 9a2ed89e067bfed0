"""Signing in without mail: links and slips that work once."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from holdfast.people import actions, queries
from holdfast.people.models import Organisation, Person, SignInLink
from holdfast.people.slips import invite
from holdfast.refusals import Refused
from tests.given import Ours

pytestmark = pytest.mark.django_db


def address(token: str) -> str:
    return f"/desk/sign-in/link/{token}/"


def signed_in(client: Client) -> str | None:
    """Return whose name the page of one's own shows."""
    response = client.get("/desk/me/")
    if response.status_code != 200:
        return None
    found = re.search(r"<h1>(.*?)</h1>", response.content.decode())
    return unescape(found[1]) if found else None


def test_looking_at_a_link_does_not_use_it_up_and_pressing_the_button_does(client: Client, ours: Ours) -> None:
    token = actions.make_sign_in_link(ours.pat, by=ours.dee)

    for _preview in range(3):
        page = client.get(address(token))
        assert page.status_code == 200
        assert "Sign in as Pat." in page.content.decode()
    assert client.head(address(token)).status_code == 200
    assert signed_in(client) is None

    assert client.post(address(token)).status_code == 302
    assert signed_in(client) == "Pat"


def test_a_link_signs_in_once(client: Client, ours: Ours) -> None:
    token = actions.make_sign_in_link(ours.pat, by=ours.dee)
    client.post(address(token))

    thief = Client()
    for answer in (thief.get(address(token)), thief.post(address(token))):
        assert answer.status_code == 410
        assert "each link signs in once" in answer.content.decode()
        assert "Ask your coordinator for a new link." in answer.content.decode()
    assert signed_in(thief) is None


def test_pressing_twice_leads_home(client: Client, ours: Ours) -> None:
    token = actions.make_sign_in_link(ours.pat, by=ours.dee)
    client.post(address(token))
    assert client.post(address(token)).status_code == 302


def test_only_a_hash_of_the_token_is_kept(ours: Ours) -> None:
    token = actions.make_sign_in_link(ours.pat, by=ours.dee)
    link = SignInLink.objects.get()
    assert len(token) >= 43  # 256 bits
    assert token not in {str(value) for value in vars(link).values()}
    assert link.token_hash == queries.hash_of(token)


def test_a_new_link_takes_the_place_of_earlier_ones(client: Client, ours: Ours) -> None:
    first = actions.make_sign_in_link(ours.pat, by=ours.dee)
    second = actions.make_sign_in_link(ours.pat, by=ours.dee)
    assert "a newer one replaced it" in client.get(address(first)).content.decode()
    assert client.get(address(second)).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_cannot_be_used_says_why_and_what_to_do(client: Client, ours: Ours, method: str) -> None:
    def link(person: Person) -> tuple[str, SignInLink]:
        token = actions.make_sign_in_link(person, by=ours.dee)
        return token, SignInLink.objects.get(token_hash=queries.hash_of(token))

    revoked, row = link(ours.pat)
    actions.revoke(row, by=ours.dee)
    old, row = link(ours.bo)
    SignInLink.objects.filter(pk=row.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    left, row = link(ours.chi)
    actions.end_access(ours.chi, by=ours.dee)
    SignInLink.objects.filter(pk=row.pk).update(revoked_at=None)
    for token, status, said in (
        (revoked, 410, "taken back"),
        (old, 410, "more than 14 days old"),
        (left, 410, "somebody who has left"),
        ("never-made", 404, "Nobody can sign in with this link."),
    ):
        answer = getattr(client, method)(address(token))
        assert (answer.status_code, said in answer.content.decode()) == (status, True), (token, said)
        assert "coordinator" in answer.content.decode()
    assert signed_in(client) is None


def test_two_who_press_at_once_cannot_both_get_in(ours: Ours, monkeypatch: pytest.MonkeyPatch) -> None:
    token = actions.make_sign_in_link(ours.pat, by=ours.dee)
    seen = actions.check_link(token)  # both requests passed the check
    monkeypatch.setattr(actions, "check_link", lambda _token: seen)

    assert actions.redeem(token) == ours.pat
    with pytest.raises(Refused, match=r"^people\.link_used$"):
        actions.redeem(token)


def test_signing_in_changes_the_session_and_ends_somebody_elses(client: Client, ours: Ours) -> None:
    client.get("/desk/sign-in/")
    client.post(address(actions.make_sign_in_link(ours.bo, by=ours.dee)))
    before = client.cookies[settings.SESSION_COOKIE_NAME].value

    client.post(address(actions.make_sign_in_link(ours.pat, by=ours.dee)))

    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert signed_in(client) == "Pat"
    old = Client()
    old.cookies[settings.SESSION_COOKIE_NAME] = before
    assert signed_in(old) is None


def test_a_session_fixed_beforehand_is_not_the_one_signed_in(client: Client, ours: Ours) -> None:
    client.post("/desk/sign-in/", {"email": "nobody@lakeside.example"})  # makes a session without a person
    fixed = client.cookies[settings.SESSION_COOKIE_NAME].value

    client.post(address(actions.make_sign_in_link(ours.bo, by=ours.dee)))

    attacker = Client()
    attacker.cookies[settings.SESSION_COOKIE_NAME] = fixed
    assert (signed_in(client), signed_in(attacker)) == ("Bo", None)


def test_the_cookies_are_only_for_signed_in_pages(client: Client, ours: Ours) -> None:
    client.post(address(actions.make_sign_in_link(ours.bo, by=ours.dee)))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/desk/", True, "Lax")


def test_somebody_who_leaves_is_signed_out_at_once_and_stays_out_after_coming_back(client: Client, ours: Ours) -> None:
    client.force_login(ours.bo)
    assert signed_in(client) == "Bo"

    actions.end_access(ours.bo, by=ours.dee)
    assert signed_in(client) is None
    with pytest.raises(Refused, match=r"^people\.has_left$"):
        actions.make_sign_in_link(ours.bo, by=ours.dee)

    actions.restore_access(ours.bo, by=ours.dee)
    assert signed_in(client) is None
    assert queries.facilitates(ours.bo, ours.group)


def test_signing_out_everywhere_ends_every_session_and_every_link(client: Client, ours: Ours) -> None:
    client.force_login(ours.bo)
    token = actions.make_sign_in_link(ours.bo, by=ours.dee)

    actions.end_sign_ins(ours.bo, by=ours.dee)

    assert signed_in(client) is None
    assert client.get(address(token)).status_code == 410


def test_the_first_coordinator_is_invited_from_the_command_line(client: Client, db: None) -> None:
    url = invite("Dee", "Lakeside District", "Dee@lakeside.example")

    assert url.startswith(settings.PUBLIC_URL + "/desk/sign-in/link/")
    path = url.removeprefix(settings.PUBLIC_URL)
    assert client.post(path).status_code == 302
    dee = Person.objects.get(email="dee@lakeside.example")
    assert queries.may_coordinate_organisation(dee)
    assert "Lakeside District" in client.get("/desk/people/").content.decode()


def test_inviting_again_gives_a_new_link_and_nothing_twice(db: None) -> None:
    first, second = invite("Dee", "Lakeside District"), invite("Dee", "Lakeside District")
    assert first != second
    assert (Organisation.objects.count(), Person.objects.count()) == (1, 1)
    assert queries.links_of(Person.objects.get()).count() == 1
