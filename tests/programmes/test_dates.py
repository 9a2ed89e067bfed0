"""Dates that change: everyone hears of it once, calendars follow, and nobody reads another's."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from holdfast.gatherings import actions as live
from holdfast.notifications.models import Mail
from holdfast.people import actions as people
from holdfast.people.models import Person, Role
from holdfast.programmes import actions, queries
from holdfast.programmes.models import DatesAddress, Gathering
from holdfast.refusals import Refused
from tests.given import Ours, Theirs, somebody_who
from tests.programmes.given import A_DAY, LENGTH, a_programme, a_session

SCRIPT = "<script>alert(1)</script>"
A_WEEK = timedelta(days=7)


def signed_in(person: Person) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(person)
    return client


def page(session: Gathering, name: str = "gathering") -> str:
    """Return the address of a page of a session."""
    return reverse(f"programmes.{name}", kwargs={"gathering_id": session.pk})


def feed_of(person: Person) -> Any:
    """Return somebody's dates as their calendar reads them."""
    token = actions.open_dates_address(by=person).token
    answer = Client().get(reverse("programmes.feed", kwargs={"token": token}))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return vobject.readOne(answer.content.decode())


def entries(person: Person) -> dict[str, Any]:
    """Return the entries of somebody's calendar by their unchanging names."""
    return {entry.uid.value: entry for entry in getattr(feed_of(person), "vevent_list", [])}


def move(session: Gathering, *, by: Person, later: timedelta = A_WEEK, place: str = "Library") -> None:
    """Move a session."""
    starts_at = session.starts_at + later
    actions.move_gathering(session, starts_at=starts_at, ends_at=starts_at + LENGTH, place=place, by=by)


@pytest.fixture
def pat(ours: Ours) -> Person:
    """A participant with a mail address."""
    ours.pat.email = "pat@lakeside.example"
    ours.pat.save(update_fields=["email"])
    return ours.pat


# --- calendars ---


def test_E1_the_feed_says_when_where_and_which_section_and_names_nobody(ours: Ours, session: Gathering) -> None:
    [entry] = entries(ours.pat).values()
    assert (entry.dtstart.value, entry.dtend.value) == (A_DAY, A_DAY + LENGTH)
    assert entry.summary.value == "Drivers of strength · Northgate team"
    assert entry.location.value == "Library, Northgate School"
    assert "Section 4 of “Small pack”." in entry.description.value
    assert not any(one.name in entry.serialize() for one in (ours.pat, ours.amara, ours.dee))


def test_E1_a_moved_session_keeps_its_name_in_the_calendar_and_counts_as_newer(ours: Ours, session: Gathering) -> None:
    [(uid, before)] = entries(ours.pat).items()
    move(session, by=ours.bo)
    [(same, after)] = entries(ours.pat).items()
    assert same == uid
    assert after.dtstart.value == A_DAY + A_WEEK
    assert int(after.sequence.value) > int(before.sequence.value)


def test_E1_a_cancelled_session_stays_in_the_calendar_as_cancelled_with_all_its_sittings(
    ours: Ours, session: Gathering
) -> None:
    actions.add_sitting(
        session, label="Night", starts_at=A_DAY + timedelta(hours=6), ends_at=A_DAY + timedelta(hours=7), place="",
        by=ours.bo,
    )  # fmt: skip
    before = entries(ours.pat)
    assert len(before) == 2
    assert {entry.status.value for entry in before.values()} == {"CONFIRMED"}
    actions.cancel_gathering(session, why="The board visits.", by=ours.bo)

    after = entries(ours.pat)
    assert set(after) == set(before)
    for uid, entry in after.items():
        assert entry.status.value == "CANCELLED"
        assert "The board visits." in entry.description.value
        assert int(entry.sequence.value) > int(before[uid].sequence.value)


def test_E1_a_calendar_that_asks_again_gets_nothing_new_in_a_few_bytes(ours: Ours, session: Gathering) -> None:
    address = reverse("programmes.feed", kwargs={"token": actions.open_dates_address(by=ours.pat).token})
    first = Client().get(address)
    again = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    move(session, by=ours.bo)
    assert Client().get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_E1_another_persons_feed_a_made_up_one_and_a_renewed_one_are_not_there(
    ours: Ours, theirs: Theirs, session: Gathering
) -> None:
    old = actions.open_dates_address(by=ours.pat)
    assert entries(theirs.ivo) == {}
    assert signed_in(theirs.ivo).get(page(session, "calendar_file")).status_code == 404
    new = actions.open_dates_address(by=ours.pat, instead_of=old.pk)
    assert actions.open_dates_address(by=ours.pat, instead_of=old.pk) == new  # pressed twice, it is one
    status = [
        Client().get(reverse("programmes.feed", kwargs={"token": token})).status_code
        for token in (old.token, "made-up", new.token)
    ]
    assert status == [404, 404, 200]


def test_E2_who_leaves_or_changes_groups_loses_the_dates_at_once(ours: Ours, session: Gathering) -> None:
    address = reverse("programmes.feed", kwargs={"token": actions.open_dates_address(by=ours.pat).token})
    assert b"Drivers of strength" in Client().get(address).content
    people.take_role(ours.pat.roles.get(), by=ours.dee)
    assert b"Drivers of strength" not in Client().get(address).content
    people.end_access(ours.pat, by=ours.dee)
    assert Client().get(address).status_code == 404


def test_an_address_is_ended_by_its_owner_alone(ours: Ours) -> None:
    mine, another = actions.open_dates_address(by=ours.pat), actions.open_dates_address(by=ours.bo)
    signed_in(ours.pat).post(reverse("programmes.dates_address_end"))
    ended = DatesAddress.objects.filter(ended_at__isnull=False)
    assert (list(ended), queries.dates_address_of(ours.bo)) == ([mine], another)


def test_a_feed_sees_no_cookie_and_leaves_none(ours: Ours) -> None:
    token = actions.open_dates_address(by=ours.pat).token
    answer = signed_in(ours.bo).get(reverse("programmes.feed", kwargs={"token": token}))
    assert not answer.cookies
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("rows", [1, 3])
def test_a_feed_asks_the_same_questions_for_one_session_and_three(
    ours: Ours, programme: Any, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        a_session(programme, ours.bo, starts_at=A_DAY + number * A_WEEK)
    token = actions.open_dates_address(by=ours.pat).token
    with django_assert_num_queries(4):
        made = Client().get(reverse("programmes.feed", kwargs={"token": token})).content
    assert made.count(b"BEGIN:VEVENT") == rows


# --- one's own page ---


def test_E1_one_page_has_all_dates_of_a_person_and_how_to_follow_them(ours: Ours, session: Gathering) -> None:
    pat, address = signed_in(ours.pat), reverse("programmes.dates")
    html = pat.get(address).content.decode()
    assert "Drivers of strength" in html
    assert "Make an address for my calendar" in html
    pat.post(reverse("programmes.dates_address"))
    html = pat.get(address).content.decode()
    assert "webcal://" in html
    assert DatesAddress.objects.get().token in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_dates_asks_the_same_questions_for_one_session_and_three(
    ours: Ours, programme: Any, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        a_session(programme, ours.bo, starts_at=A_DAY + number * A_WEEK)
    client = signed_in(ours.pat)
    with django_assert_num_queries(8):
        html = client.get(reverse("programmes.dates")).content.decode()
    assert html.count("Put it into my calendar") == rows


# --- cancelling and moving ---


def test_E1_cancelling_tells_everyone_but_who_did_it_and_says_the_sentence(ours: Ours, pat: Person) -> None:
    session = a_session(a_programme(ours.group, ours.bo), ours.bo)
    form = signed_in(ours.bo).get(page(session, "cancellation")).content.decode()
    assert "people are told" in form
    signed_in(ours.bo).post(page(session, "cancellation"), {"why": f"We meet a week later. {SCRIPT}"})

    mails = {mail.address: mail for mail in Mail.objects.all()}
    assert set(mails) == {"pat@lakeside.example", "amara@lakeside.example"}
    said = mails["pat@lakeside.example"]
    assert said.subject == "Cancelled: Drivers of strength"
    assert "We meet a week later." in said.body
    assert "Thursday 13 March 2031, 15:30–16:30 (Chicago) · Library" in said.body
    for reader in (ours.bo, ours.amara):
        html = signed_in(reader).get(page(session)).content.decode()
        assert "This session is cancelled." in html
        assert SCRIPT not in html
    assert "We meet a week later." in signed_in(pat).get("/desk/").content.decode()


def test_E1_no_sentence_is_needed_and_a_long_one_is_kept_in_its_box(ours: Ours, session: Gathering) -> None:
    too_long = "word " * 60
    answer = signed_in(ours.bo).post(page(session, "cancellation"), {"why": too_long})
    assert (answer.status_code, too_long.strip() in answer.content.decode()) == (422, True)
    assert signed_in(ours.bo).post(page(session, "cancellation")).status_code == 302
    session.refresh_from_db()
    assert session.cancelled_at is not None


def test_E1_cancelling_twice_tells_once(ours: Ours, pat: Person, session: Gathering) -> None:
    for _ in range(2):
        actions.cancel_gathering(session, why="", by=ours.bo)
    assert Mail.objects.filter(address="pat@lakeside.example").count() == 1


def test_E1_a_cancelled_session_is_not_next_takes_no_time_and_its_section_needs_a_date(
    ours: Ours, session: Gathering
) -> None:
    assert queries.next_gathering(session.programme) == session
    actions.cancel_gathering(session, why="", by=ours.bo)
    assert queries.next_gathering(session.programme) is None
    assert [section.number for section in queries.sections_to_date(session.programme)] == [1, 4]
    assert a_session(session.programme, ours.bo, section=1).starts_at == session.starts_at

    with pytest.raises(Refused) as refused:
        actions.take_up_gathering(session, by=ours.bo)
    assert refused.value.code == "programmes.overlaps"


def test_E1_it_takes_place_after_all_or_on_another_date_and_everyone_is_told(
    ours: Ours, pat: Person, session: Gathering
) -> None:
    actions.cancel_gathering(session, why="The board visits.", by=ours.bo)
    signed_in(ours.bo).post(page(session, "cancellation_return"))
    session.refresh_from_db()
    assert (session.cancelled_at, session.cancelled_why) == (None, "")
    actions.cancel_gathering(session, why="", by=ours.bo)
    move(session, by=ours.bo)
    session.refresh_from_db()
    assert session.cancelled_at is None
    told = Mail.objects.filter(address="pat@lakeside.example").order_by("made_at", "pk")
    assert sorted(mail.subject.split(":")[0] for mail in told) == [
        "Another date", "Cancelled", "Cancelled", "It takes place after all",
    ]  # fmt: skip


def test_E1_moving_says_the_date_before_and_the_new_one_with_its_sittings(
    ours: Ours, pat: Person, session: Gathering
) -> None:
    actions.add_sitting(
        session, label="Night", starts_at=A_DAY + timedelta(hours=6), ends_at=A_DAY + timedelta(hours=7), place="Gym",
        by=ours.bo, tell=False,
    )  # fmt: skip
    move(session, by=ours.bo)
    body = Mail.objects.get(address="pat@lakeside.example").body
    assert "Before, it was: Thursday 13 March 2031" in body
    assert "Thursday 20 March 2031, 15:30–16:30 (Chicago) · Library" in body
    assert "Night: Thursday 20 March 2031, 21:30–22:30 (Chicago) · Gym" in body


def test_E1_saving_the_same_date_again_tells_nobody(ours: Ours, pat: Person, session: Gathering) -> None:
    move(session, by=ours.bo, later=timedelta())
    assert Mail.objects.count() == 0
    move(session, by=ours.bo, later=timedelta(), place="Gym")
    assert Mail.objects.filter(address="pat@lakeside.example").count() == 1


def test_what_is_over_is_not_cancelled_and_moving_it_tells_nobody(ours: Ours, pat: Person, programme: Any) -> None:
    past = a_session(programme, ours.bo, starts_at=timezone.now() - timedelta(days=30))
    with pytest.raises(Refused) as refused:
        actions.cancel_gathering(past, why="", by=ours.bo)
    assert refused.value.code == "programmes.is_over"
    move(past, by=ours.bo, later=-A_WEEK)
    assert Mail.objects.count() == 0


def test_E1_a_session_taken_out_is_told_too_and_is_gone_from_calendars(
    ours: Ours, pat: Person, session: Gathering
) -> None:
    assert len(entries(pat)) == 1
    actions.remove_gathering(session, by=ours.bo)
    assert entries(pat) == {}
    assert "No longer planned" in Mail.objects.get(address="pat@lakeside.example").subject


def test_E2_a_leader_of_the_whole_district_is_not_told_while_the_group_has_a_leader(ours: Ours) -> None:
    zoe = somebody_who(Role.Kind.LEADER, "Zoe", ours.organisation, email="zoe@lakeside.example")
    assert zoe not in queries.told_about(ours.group)
    people.take_role(ours.amara.roles.get(), by=ours.dee)
    assert zoe in queries.told_about(ours.group)


@pytest.mark.django_db(databases=["default", "voices"])
def test_the_room_of_a_cancelled_session_stays_shut(ours: Ours, session: Gathering) -> None:
    actions.cancel_gathering(session, why="", by=ours.bo)
    session.refresh_from_db()
    with pytest.raises(Refused) as refused:
        live.open_room(session, by=ours.bo)
    assert refused.value.code == "gatherings.session_cancelled"


@pytest.mark.django_db(transaction=True)
def test_two_who_cancel_at_once_tell_once(ours: Ours, pat: Person, session: Gathering) -> None:
    both = [threading.Thread(target=_cancel_and_leave, args=(session, by)) for by in (ours.bo, ours.chi)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert Mail.objects.filter(address="pat@lakeside.example").count() == 1


def _cancel_and_leave(session: Gathering, by: Person) -> None:
    from django.db import connection

    actions.cancel_gathering(session, why="", by=by)
    connection.close()


def test_a_night_sitting_ends_on_the_next_day_in_the_calendar(ours: Ours, programme: Any) -> None:
    starts = datetime(2031, 3, 14, 4, 30, tzinfo=UTC)  # 23:30 in Chicago
    actions.add_gathering(programme, section=4, starts_at=starts, ends_at=starts + LENGTH, by=ours.bo)
    [entry] = entries(ours.pat).values()
    assert entry.dtstart.value.strftime("%d %H:%M") == "13 23:30"
    assert entry.dtend.value.strftime("%d %H:%M") == "14 00:30"
