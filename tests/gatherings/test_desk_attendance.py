"""Attendance is a record with names, apart from everything anybody wrote, and rounded for those who lead (B1, E3)."""

import io
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from holdfast.audit.models import Entry
from holdfast.gatherings import actions, attending
from holdfast.gatherings.models import Attendance, Certificate, SignInSheet
from holdfast.people.models import Person, Role
from holdfast.privacy.rounding import coarse, rounded_share
from holdfast.programmes.models import Gathering
from holdfast.refusals import Refused
from tests.gatherings.rooms import a_gathering

pytestmark = pytest.mark.django_db(databases=["default", "voices"])


def join(gathering: Gathering, name: str, kind: str = Role.Kind.PARTICIPANT) -> Person:
    """Add somebody to the group."""
    group = gathering.programme.group
    person = Person.objects.create(organisation=group.site.organisation, name=name)
    Role.objects.create(person=person, kind=kind, group=group)
    return person


def signed_in(person: Person) -> Client:
    """Return a browser of this person."""
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def session() -> tuple[Client, Gathering, Person, str]:
    """A facilitator, a session, somebody of the group, and the address of the attendance."""
    bo, gathering, *_ = a_gathering()
    path = reverse("gatherings.attendance", kwargs={"gathering_id": gathering.pk})
    return signed_in(bo), gathering, join(gathering, "Pat"), path


Session = tuple[Client, Gathering, Person, str]


def names(gathering: Gathering) -> list[str]:
    """Return who is written down."""
    return list(gathering.attendance.order_by("person__name").values_list("person__name", flat=True))


def tap(client: Client, gathering: Gathering, person: Person, here: str) -> int:
    """Tap one name; return the status."""
    where = {"gathering_id": gathering.pk, "person_id": person.pk}
    return client.post(reverse("gatherings.attendance_of", kwargs=where), {"here": here}).status_code


# --- by hand, in a minute ---


def test_B1_everybody_was_there_by_one_press_and_one_tap_takes_one_out(session: Session) -> None:
    client, gathering, pat, path = session
    join(gathering, "Rosa")
    assert client.post(path).status_code == 302
    assert names(gathering) == ["Bo Lindqvist", "Pat", "Rosa"]
    assert tap(client, gathering, pat, "0") == 302
    assert names(gathering) == ["Bo Lindqvist", "Rosa"]
    assert "2 people are written down." in client.get(path).content.decode()
    client.post(path)
    client.post(path)  # pressed twice is pressed once
    assert len(names(gathering)) == 3


def test_B1_a_tap_touches_one_person_so_that_two_who_write_at_once_lose_nothing(session: Session) -> None:
    client, gathering, pat, path = session
    rosa = join(gathering, "Rosa")
    client.get(path)  # a page drawn before Rosa signed herself in
    sheet = actions.open_sheet(gathering, by=pat)
    actions.note_own_presence(sheet, here=True, by=rosa)
    tap(client, gathering, pat, "1")
    assert names(gathering) == ["Pat", "Rosa"]


def test_with_htmx_a_tap_brings_the_list_alone(session: Session) -> None:
    client, gathering, pat, _ = session
    where = {"gathering_id": gathering.pk, "person_id": pat.pk}
    address = reverse("gatherings.attendance_of", kwargs=where)
    html = client.post(address, {"here": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    assert f'id="person-{pat.pk}" aria-pressed="true"' in html


def test_E3_the_page_says_that_it_has_nothing_to_do_with_what_people_wrote(session: Session) -> None:
    client, _, _, path = session
    assert "This has nothing to do with what people wrote." in client.get(path).content.decode()


def test_E2_somebody_of_another_group_cannot_be_written_down(session: Session) -> None:
    client, gathering, pat, _ = session
    stranger = Person.objects.create(organisation=pat.organisation, name="Stranger")
    assert tap(client, gathering, stranger, "1") == 404
    assert gathering.attendance.count() == 0


def test_B1_whoever_has_left_the_group_since_stays_written_down(session: Session) -> None:
    client, gathering, pat, path = session
    tap(client, gathering, pat, "1")
    pat.roles.all().delete()
    assert "Pat" in client.get(path).content.decode()
    assert names(gathering) == ["Pat"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_questions_for_one_person_and_three(
    session: Session, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, gathering, _pat, path = session
    for number in range(rows - 1):
        join(gathering, f"Somebody {number}")
    with django_assert_num_queries(8):
        client.get(path)


# --- by oneself ---


def test_B1_a_member_signs_in_on_their_own_phone_and_a_new_tab_knows_it(session: Session) -> None:
    client, gathering, pat, path = session
    client.post(reverse("gatherings.sign_in_sheet", kwargs={"gathering_id": gathering.pk}), {"open": "1"})
    sheet = SignInSheet.objects.get()
    assert f"{settings.PUBLIC_URL}/here/{sheet.code}/" in client.get(path).content.decode()

    nobody = Client()
    short = nobody.get(f"/here/{sheet.code}/")
    assert f"/desk/here/{sheet.code}/" in short.content.decode()
    assert not short.cookies
    assert [word for word in ("Pat", gathering.title) if word in short.content.decode()] == []  # it knows nobody
    onwards = nobody.get(f"/desk/here/{sheet.code}/")
    assert onwards["Location"].endswith(f"?next=/desk/here/{sheet.code}/")

    tab = signed_in(pat)
    assert "I am here" in tab.get("/desk/").content.decode()  # after a slip one lands there
    assert tab.post(f"/desk/here/{sheet.code.lower()}/", {"here": "1"}).status_code == 302
    another_tab = signed_in(pat)
    assert "You are written down as being there." in another_tab.get(f"/desk/here/{sheet.code}/").content.decode()
    assert names(gathering) == ["Pat"]
    another_tab.post(f"/desk/here/{sheet.code}/", {"here": "0"})
    assert names(gathering) == []


def test_B1_only_members_of_the_group_write_themselves_down_and_only_until_it_ends(session: Session) -> None:
    client, gathering, pat, _ = session
    sheet = actions.open_sheet(gathering, by=pat)
    stranger = Person.objects.create(organisation=pat.organisation, name="Stranger")
    assert signed_in(stranger).post(f"/desk/here/{sheet.code}/", {"here": "1"}).status_code == 404
    assert client.get("/here/EFHKLMQR/").status_code == 404

    SignInSheet.objects.update(closes_at=timezone.now())
    assert client.get(f"/here/{sheet.code}/").status_code == 404
    sheet.refresh_from_db()
    with pytest.raises(Refused) as refused:
        actions.note_own_presence(sheet, here=True, by=pat)
    assert refused.value.code == "gatherings.sheet_is_closed"
    assert names(gathering) == []


def test_B1_ending_the_code_keeps_what_was_written(session: Session) -> None:
    client, gathering, pat, _ = session
    actions.note_own_presence(actions.open_sheet(gathering, by=pat), here=True, by=pat)
    client.post(reverse("gatherings.sign_in_sheet", kwargs={"gathering_id": gathering.pk}), {"open": "0"})
    assert not SignInSheet.objects.exists()
    assert names(gathering) == ["Pat"]


def test_E3_nothing_tells_in_which_order_or_at_which_minute_people_signed_in(session: Session) -> None:
    _client, gathering, pat, _ = session
    sheet = actions.open_sheet(gathering, by=pat)
    people = [join(gathering, f"Somebody {number}") for number in range(8)]
    for person in people:
        actions.note_own_presence(sheet, here=True, by=person)

    assert gathering.attendance.count() == 8  # there was something to read
    keys = [person.pk for person in people]
    assert list(Attendance.objects.order_by("pk").values_list("person_id", flat=True)) != keys  # 1 in 40,320 by chance
    assert {field.name for field in Attendance._meta.get_fields()} == {"id", "gathering", "person"}
    trail = Entry.objects.filter(act="attendance.signed_in")
    assert trail.count() == 8
    assert not trail.filter(by__isnull=False).exists()
    assert not Entry.objects.filter(on__in=keys).exists()


# --- rounded, for those who lead ---


def test_B1_leaders_see_rounded_numbers_and_never_a_name(session: Session) -> None:
    client, gathering, _pat, path = session
    Gathering.objects.update(starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now())
    amara = join(gathering, "Amara", Role.Kind.LEADER)
    people = [join(gathering, f"Zed{number}") for number in range(7)]
    page = reverse("gatherings.rates", kwargs={"programme_id": gathering.programme_id})
    seen = []
    for number, person in enumerate(people, start=1):
        tap(client, gathering, person, "1")
        html = signed_in(amara).get(page).content.decode()
        seen.append("at least 5" in html)
        assert seen[-1] is (number >= 5)
        assert "Zed" not in html
    assert seen == [False, False, False, False, True, True, True]
    assert signed_in(amara).get(path).status_code == 404  # the names are not for those who lead


@given(st.integers(0, 400), st.integers(0, 400))
def test_B1_a_share_never_tells_one_person_from_another(here: int, more: int) -> None:
    out_of = here + more
    share = rounded_share(here, out_of)
    if out_of < 30 or here < 5:
        assert share is None
        return
    assert share is not None
    assert share % 10 == 0
    assert abs(share - here * 100 / out_of) <= 5
    alike = [n for n in range(out_of + 1) if n >= 5 and rounded_share(n, out_of) == share]
    assert len(alike) > 1  # another number of people would have been shown alike
    assert coarse(here) == coarse(here - here % 5)


@pytest.mark.parametrize(("here", "out_of"), [(-1, 40), (41, 40)])
def test_a_share_of_nonsense_is_refused(here: int, out_of: int) -> None:
    with pytest.raises(ValueError, match="count"):
        rounded_share(here, out_of)


# --- the end, and certificates ---


def test_B1_at_the_close_everybody_who_was_there_gets_a_certificate_of_their_hours(session: Session) -> None:
    client, gathering, pat, _ = session
    ends_at = timezone.now() - timedelta(days=1)
    Gathering.objects.update(starts_at=ends_at - timedelta(minutes=75), ends_at=ends_at)
    join(gathering, "Absent")
    tap(client, gathering, pat, "1")
    closing = reverse("gatherings.closing", kwargs={"programme_id": gathering.programme_id})
    assert "One person would get a certificate." in client.get(closing).content.decode()
    assert client.post(closing).status_code == 302

    one = Certificate.objects.get()
    assert (one.person, one.minutes, one.sessions) == (pat, 75, 1)
    own = reverse("gatherings.certificate", kwargs={"certificate_id": one.pk})
    assert own in signed_in(pat).get("/desk/").content.decode()
    assert client.get(own).status_code == 404  # each their own
    text = PdfReader(io.BytesIO(signed_in(pat).get(own).content)).pages[0].extract_text()
    said = ("Certificate of hours", "Pat", "took part in 1 session, 1 hour and 15 minutes.", "Bo Lindqvist")
    assert [words for words in said if words not in text] == []
    everybody = client.get(reverse("gatherings.certificates", kwargs={"programme_id": gathering.programme_id}))
    assert len(PdfReader(io.BytesIO(everybody.content)).pages) == 1


def test_B1_a_name_that_is_read_from_right_to_left_stands_on_its_certificate(session: Session) -> None:
    client, gathering, pat, _ = session
    pat.name = "أمل الحسن"
    pat.save(update_fields=["name"])
    tap(client, gathering, pat, "1")
    actions.close_with_certificates(gathering.programme, by=pat)
    own = reverse("gatherings.certificate", kwargs={"certificate_id": Certificate.objects.get().pk})
    [page] = PdfReader(io.BytesIO(signed_in(pat).get(own).content)).pages
    letters = {letter for letter in page.extract_text() if "؀" <= letter <= "ۿ" or "ﭐ" <= letter <= "ﻼ"}
    assert len(letters) >= 5


def test_B1_closed_twice_is_closed_once_and_opened_again_it_takes_the_certificates_back(session: Session) -> None:
    client, gathering, pat, _ = session
    tap(client, gathering, pat, "1")
    closing = reverse("gatherings.closing", kwargs={"programme_id": gathering.programme_id})
    client.post(closing)
    again = client.post(closing)
    assert again.status_code == 409
    assert "This programme is closed already" in again.content.decode()
    assert Certificate.objects.count() == 1
    client.post(reverse("gatherings.reopening", kwargs={"programme_id": gathering.programme_id}))
    assert Certificate.objects.count() == 0
    assert names(gathering) == ["Pat"]
    client.post(closing)
    assert Certificate.objects.count() == 1


def test_B1_sessions_nobody_wrote_down_are_named_before_the_close(session: Session) -> None:
    client, gathering, pat, path = session
    Gathering.objects.update(starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now())
    closing = reverse("gatherings.closing", kwargs={"programme_id": gathering.programme_id})
    assert path in client.get(closing).content.decode()
    tap(client, gathering, pat, "1")
    assert path not in client.get(closing).content.decode()


def test_certificates_stand_in_an_order_that_tells_nothing(session: Session) -> None:
    _client, gathering, _pat, _ = session
    people = [join(gathering, f"Somebody {number}") for number in range(8)]
    for person in people:
        Attendance.objects.create(gathering=gathering, person=person)
    actions.close_with_certificates(gathering.programme, by=people[0])
    assert Certificate.objects.count() == 8
    assert list(Certificate.objects.order_by("pk").values_list("person_id", flat=True)) != [one.pk for one in people]
    assert [hours.sessions for hours in attending.hours_of(gathering.programme)] == [1] * 8
