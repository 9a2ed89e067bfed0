"""Being invited to coach: what opens with it, what stays closed, and what ends with it."""

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client
from django.urls import reverse

from holdfast.notifications.models import Mail
from holdfast.people.models import Person, Role
from holdfast.programmes import actions as plans
from holdfast.programmes.models import Programme
from holdfast.refusals import Refused
from holdfast.report_back.models import Concern
from holdfast.support import actions, queries
from holdfast.support.models import Invitation
from tests.given import Ours, Theirs, somebody, somebody_who
from tests.programmes.given import a_programme, a_session
from tests.support.given import SITUATION, a_request


def as_(person: Person) -> Client:
    """Return the browser of somebody who is signed in."""
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def programme(ours: Ours) -> Programme:
    """The programme of the Northgate team, with a date."""
    programme = a_programme(ours.group, ours.bo)
    a_session(programme, ours.bo)
    return programme


@pytest.fixture
def rae(theirs: Theirs) -> Person:
    """Somebody of another organisation, who could coach."""
    return somebody(theirs.organisation, "Rae", email="rae@harbour.example")


def invite(ours: Ours, email: str = "rae@harbour.example") -> Invitation:
    """Invite somebody as the district."""
    return actions.invite_coach(ours.organisation, name="Rae", email=email, by=ours.dee)


def test_A3_a_coach_sees_nothing_before_saying_yes_and_nothing_after_it_ended(
    ours: Ours, programme: Programme, rae: Person
) -> None:
    client, path = as_(rae), reverse("support.coached", kwargs={"programme_id": programme.pk})
    invitation = invite(ours)
    assert "Lakeside District" in client.get("/desk/").content.decode()  # who asks, and no more
    assert "Northgate" not in client.get("/desk/").content.decode()
    assert client.get(path).status_code == 404

    client = by_mail(client, rae)
    client.post(reverse("support.acceptance", kwargs={"invitation_id": invitation.pk}))
    home = client.get("/desk/").content.decode()
    assert "Northgate team" in home
    assert "0 of 2 sections held" in home
    assert "Thursday 13 March 2031, 15:30 (Chicago)" in client.get(path).content.decode()
    assert "cancelled" not in client.get(path).content.decode()
    plans.cancel_gathering(programme.gatherings.get(), why="", by=ours.bo)
    assert "cancelled" in client.get(path).content.decode()

    as_(ours.dee).post(reverse("support.ending", kwargs={"invitation_id": invitation.pk}))
    assert client.get(path).status_code == 404
    assert "Northgate" not in client.get("/desk/").content.decode()


def test_A3_a_coach_sees_neither_plans_nor_concerns_nor_names_of_the_team(
    ours: Ours, programme: Programme, rae: Person
) -> None:
    actions.accept_invitation(invite(ours), by=rae, reads_their_mail=True)
    Concern.objects.create(
        programme=programme,
        wording="Cover with no notice",
        position=1,
        handed_over_on="2026-01-05",
        due_on="2026-01-06",
    )
    client = as_(rae)
    pages = [
        client.get(path).content.decode()
        for path in ("/desk/", reverse("support.coached", kwargs={"programme_id": programme.pk}))
    ]
    assert "One thing, agreed for" in pages[0]  # that something waits is said
    for page in pages:
        for words in ("Cover with no notice", "Pat", "Amara", "Library"):
            assert words not in page
    session = programme.gatherings.get()
    for name, key in (
        ("programmes.programme", {"programme_id": programme.pk}),
        ("programmes.gathering", {"gathering_id": session.pk}),
        ("report_back.programme", {"programme_id": programme.pk}),
        ("people.roster", {}),
    ):
        assert client.get(reverse(name, kwargs=key)).status_code == 404, name


def by_mail(client: Client, person: Person, email: str = "rae@harbour.example") -> Client:
    """Let a client have signed in with a code from this mailbox, as the sign-in writes it down."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "code", "at": 0.0, "email": email}]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(person.pk)
    session.save()
    return client


def test_A3_an_invitation_of_another_organisation_needs_the_mailbox_and_not_a_link_from_a_hand(
    ours: Ours, programme: Programme, rae: Person
) -> None:
    invitation = invite(ours)
    stranger = somebody(rae.organisation, "Sal", email="sal@harbour.example")
    for client in (as_(rae), by_mail(as_(rae), rae, "sal@harbour.example"), by_mail(as_(rae), stranger)):
        answer = client.post(reverse("support.acceptance", kwargs={"invitation_id": invitation.pk}))
        assert answer.status_code == 409
        assert "accepted by whoever reads the mail of this address" in answer.content.decode()
        assert not Invitation.objects.exclude(accepted_by=None).exists()
    by_mail(as_(rae), rae).post(reverse("support.acceptance", kwargs={"invitation_id": invitation.pk}))
    assert Invitation.objects.get(accepted_by=rae).pk == invitation.pk


def test_A3_only_the_address_that_was_invited_accepts(ours: Ours, theirs: Theirs, rae: Person) -> None:
    invitation = invite(ours)
    with pytest.raises(Refused, match=r"support\.not_your_invitation"):
        actions.accept_invitation(invitation, by=theirs.gil)
    actions.accept_invitation(invitation, by=rae, reads_their_mail=True)
    with pytest.raises(Refused, match=r"support\.not_your_invitation"):
        actions.accept_invitation(invitation, by=rae, reads_their_mail=True)


def test_A3_whoever_has_no_account_gets_one_without_a_role_and_a_mail_that_names_nobody(ours: Ours) -> None:
    invite(ours, "New.Coach@Elsewhere.example")
    coach = Person.objects.get(email="new.coach@elsewhere.example")
    assert not coach.roles.exists()
    letter = Mail.objects.get(address="new.coach@elsewhere.example")
    assert "Lakeside District" in letter.subject
    assert "Dee" not in letter.body


def test_A3_an_address_is_invited_once_and_again_after_the_end(ours: Ours, rae: Person) -> None:
    first = invite(ours)
    client = as_(ours.dee)
    again = client.post("/desk/coaches/", {"name": "Rae Other", "email": "RAE@harbour.example"})
    assert again.status_code == 422
    assert "This address is invited already." in again.content.decode()
    assert 'value="Rae Other"' in again.content.decode()  # what was typed stays
    actions.end_invitation(first, by=ours.dee)
    assert client.post("/desk/coaches/", {"name": "Rae", "email": "rae@harbour.example"}).status_code == 302


def test_A3_a_coach_may_say_no_and_may_stop(ours: Ours, rae: Person) -> None:
    for accepted in (False, True):
        invitation = invite(ours)
        if accepted:
            actions.accept_invitation(invitation, by=rae, reads_their_mail=True)
        assert as_(rae).post(reverse("support.ending", kwargs={"invitation_id": invitation.pk})).status_code == 302
        assert not queries.asked_to_coach(rae).exists()


def test_A3_a_coach_by_role_covers_just_the_place_of_the_role(ours: Ours) -> None:
    sid = somebody_who(Role.Kind.COACH, "Sid", ours.other_site)
    assert list(queries.coached_groups(sid)) == [ours.other_group]
    assert set(queries.coached_groups(ours.cole)) == {ours.group, ours.other_group}
    assert set(queries.coaches_of(ours.other_group)) == {sid, ours.cole}


def test_A3_the_answer_of_a_coach_who_was_let_go_stays_and_the_thread_is_closed_to_them(
    ours: Ours, programme: Programme, rae: Person
) -> None:
    invitation = actions.accept_invitation(invite(ours), by=rae, reads_their_mail=True)
    asked = a_request(programme, ours.bo)
    actions.write_turn(asked, text="Let silence be.", by=rae)
    actions.end_invitation(invitation, by=ours.dee)
    path = reverse("support.help_request", kwargs={"request_id": asked.pk})
    assert as_(rae).get(path).status_code == 404
    page = as_(ours.bo).get(path).content.decode()
    assert "Let silence be." in page
    assert SITUATION in page


def test_A3_without_a_coach_the_page_says_whom_to_ask_and_nothing_is_sent_into_the_void(
    ours: Ours, programme: Programme
) -> None:
    path = reverse("support.new_request", kwargs={"programme_id": programme.pk})
    assert 'name="text"' in as_(ours.bo).get(path).content.decode()
    ours.cole.roles.all().delete()
    page = as_(ours.bo).get(path).content.decode()
    assert 'name="text"' not in page
    assert "Nobody coaches this group yet." in page
    with pytest.raises(Refused, match=r"support\.no_coach"):
        a_request(programme, ours.bo)
