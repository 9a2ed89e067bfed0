"""The pages of the calendar: what is wrong is said, what was typed stays, and nothing is saved by halves."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from holdfast.people.models import Person
from holdfast.programmes import actions, queries
from holdfast.programmes.models import Gathering, NoGo, Programme, Sitting
from tests.days import today
from tests.given import Ours
from tests.programmes.given import A_DAY, LENGTH, a_session

SCRIPT = "<script>alert(1)</script>"
ARABIC = "اجتماع الليل"


def signed_in(person: Person) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(person)
    return client


def thursday(weeks: int = 0) -> date:
    """Return a Thursday one to two weeks from now, and some weeks later."""
    soon = today() + timedelta(days=7)
    return soon + timedelta(days=(3 - soon.weekday()) % 7, weeks=weeks)


def calendar_of(programme: Programme) -> str:
    """Return the address of a programme's calendar."""
    return reverse("programmes.calendar", kwargs={"programme_id": programme.pk})


def row(section: int, day: date, *, keep: bool = True, more: Mapping[str, str] = {}) -> dict[str, str]:
    """Return one section of a proposal as the page sends it."""
    name = f"s{section}"
    when = {f"{name}-0-day": day.isoformat(), f"{name}-0-starts": "15:30", f"{name}-0-ends": "16:30"}
    others = {f"{name}-{key}": value for key, value in more.items()}
    return {**when, f"{name}-0-place": "Library", **({f"{name}-keep": "on"} if keep else {}), **others}


def accept(person: Person, programme: Programme, *rows: dict[str, str]) -> tuple[int, str]:
    """Accept dates; return status and page."""
    sent = {"accept": "1", **{key: value for one in rows for key, value in one.items()}}
    answer = signed_in(person).post(calendar_of(programme), sent)
    return answer.status_code, answer.content.decode()


# --- a proposal of dates ---


def test_E1_a_rhythm_proposes_a_date_for_every_section_and_saves_nothing(ours: Ours, programme: Programme) -> None:
    rhythm = {"first_day": thursday().isoformat(), "weeks": "2", "weekday": "3", "starts": "15:30", "minutes": "60"}
    html = signed_in(ours.bo).get(calendar_of(programme), rhythm).content.decode()
    assert f'name="s1-0-day" value="{thursday()}"' in html
    assert f'name="s4-0-day" value="{thursday(2)}"' in html
    assert Gathering.objects.count() == 0


def test_E1_all_dates_are_accepted_at_once_each_with_its_plan(ours: Ours, programme: Programme) -> None:
    assert accept(ours.bo, programme, row(1, thursday()), row(4, thursday(2)))[0] == 302
    assert [g.section for g in queries.dated_of(programme)] == [1, 4]
    assert all(g.plan.count() == 3 for g in Gathering.objects.all())


def test_E1_a_section_that_is_not_ticked_gets_no_date(ours: Ours, programme: Programme) -> None:
    assert accept(ours.bo, programme, row(1, thursday()), row(4, thursday(2), keep=False))[0] == 302
    assert Gathering.objects.get().section == 1


def test_E1_a_date_at_which_the_group_already_meets_stops_all_and_keeps_what_was_typed(
    ours: Ours, programme: Programme
) -> None:
    accept(ours.bo, programme, row(1, thursday()))
    status, html = accept(ours.bo, programme, row(4, thursday(), more={"0-place": SCRIPT}))
    assert status == 422
    assert "The group already meets at this time." in html
    assert f'value="{thursday()}"' in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert SCRIPT not in html
    assert Gathering.objects.count() == 1


def test_E1_two_dates_at_once_stop_both(ours: Ours, programme: Programme) -> None:
    status, html = accept(ours.bo, programme, row(1, thursday()), row(4, thursday()))
    assert status == 422
    assert html.count("Two of these dates are at the same time.") == 2
    assert Gathering.objects.count() == 0


def test_E1_a_no_go_week_is_passed_over_by_a_proposal_and_asked_about_when_it_is_typed(
    ours: Ours, programme: Programme
) -> None:
    actions.add_no_go(
        ours.site, label="Exams", first_day=thursday(2), last_day=thursday(2) + timedelta(days=1), by=ours.dee
    )
    rhythm = {"first_day": thursday().isoformat(), "weeks": "2", "weekday": "3", "starts": "15:30", "minutes": "60"}
    html = signed_in(ours.bo).get(calendar_of(programme), rhythm).content.decode()
    assert f'name="s4-0-day" value="{thursday(3)}"' in html

    status, html = accept(ours.bo, programme, row(1, thursday(2)))
    assert status == 422
    assert "Nobody meets on this day here: it is closed." in html
    assert Gathering.objects.count() == 0
    assert accept(ours.bo, programme, row(1, thursday(2), more={"anyway": "on"}))[0] == 302
    assert Gathering.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"rest_from": "6"}, "A pause needs a first and a last month."),
        ({"turn_weekday": "1"}, "Turns need a day and a time."),
        ({"further": "Night"}, "A further sitting needs a name and a time."),
        ({"last_day": "2020-01-01"}, "This day comes before the first one."),
    ],
)
def test_E1_half_a_rhythm_is_said_and_what_was_typed_stays(
    ours: Ours, programme: Programme, typed: dict[str, str], said: str
) -> None:
    rhythm = {"first_day": thursday().isoformat(), "weeks": "2", "weekday": "3", "starts": "15:30", "minutes": "60"}
    answer = signed_in(ours.bo).get(calendar_of(programme), {**rhythm, "place": "The old gym", **typed})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert 'value="The old gym"' in html


# --- closed days of a site ---


def test_E1_closed_days_that_end_before_they_begin_are_refused_and_kept_in_the_boxes(ours: Ours) -> None:
    address = reverse("programmes.no_go", kwargs={"site_id": ours.site.pk})
    sent = {"label": SCRIPT, "first_day": "2031-03-14", "last_day": "2031-03-10"}
    answer = signed_in(ours.bo).post(address, sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "This day comes before the first one." in html
    assert 'value="2031-03-14"' in html
    assert SCRIPT not in html
    assert NoGo.objects.count() == 0


def test_E1_closing_days_names_the_sessions_that_fall_on_them(ours: Ours, session: Gathering) -> None:
    bo, address = signed_in(ours.bo), reverse("programmes.no_go", kwargs={"site_id": ours.site.pk})
    assert "Sessions that fall on closed days" not in bo.get(address).content.decode()
    bo.post(address, {"label": "Exams", "first_day": "2031-03-12", "last_day": "2031-03-14"})
    html = bo.get(address).content.decode()
    assert "Sessions that fall on closed days" in html
    assert "Thursday 13 March 2031" in html
    assert Gathering.objects.get().starts_at == A_DAY  # it does not move by itself


def test_E1_moving_a_session_into_closed_days_is_asked_about(ours: Ours, session: Gathering) -> None:
    day = date(2031, 3, 20)
    actions.add_no_go(ours.site, label="Exams", first_day=day, last_day=day, by=ours.dee)
    address = reverse("programmes.gathering_when", kwargs={"gathering_id": session.pk})
    sent = {"day": "2031-03-20", "starts": "15:30", "ends": "16:30", "place": "Library"}
    refused = signed_in(ours.bo).post(address, sent)
    assert (refused.status_code, "it is closed" in refused.content.decode()) == (422, True)
    assert signed_in(ours.bo).post(address, {**sent, "anyway": "on"}).status_code == 302


# --- several sittings of one session ---


def test_E1_a_session_has_several_sittings_and_the_first_moves_the_others_along(ours: Ours, session: Gathering) -> None:
    address = reverse("programmes.sittings", kwargs={"gathering_id": session.pk})
    sent = {"label": ARABIC, "day": "2031-03-13", "starts": "22:00", "ends": "23:00", "place": SCRIPT}
    bo = signed_in(ours.bo)
    assert bo.post(address, sent).status_code == 302
    html = bo.get(address).content.decode()
    assert ARABIC in html
    assert SCRIPT not in html
    assert f"<bdi>{ARABIC}</bdi>" in html

    actions.move_gathering(
        session, starts_at=A_DAY + timedelta(days=7), ends_at=A_DAY + timedelta(days=7) + LENGTH, place="", by=ours.bo
    )
    assert Sitting.objects.get().starts_at == datetime(2031, 3, 21, 3, 0, tzinfo=UTC)


def test_E1_a_sitting_at_the_same_time_as_another_session_is_refused_with_what_was_typed(
    ours: Ours, session: Gathering
) -> None:
    a_session(session.programme, ours.bo, starts_at=A_DAY + timedelta(hours=3), section=1)
    address = reverse("programmes.sittings", kwargs={"gathering_id": session.pk})
    sent = {"label": "Evening", "day": "2031-03-13", "starts": "18:30", "ends": "19:30", "place": "Gym"}
    answer = signed_in(ours.bo).post(address, sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "At that time the group already meets" in html
    assert 'value="Evening"' in html
    assert Sitting.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_calendar_asks_the_same_questions_for_one_sitting_and_three(
    ours: Ours, session: Gathering, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(rows):
        starts_at = A_DAY + timedelta(hours=2 + 2 * n)
        actions.add_sitting(
            session, label=f"Sitting {n}", starts_at=starts_at, ends_at=starts_at + LENGTH, place="", by=ours.bo
        )
    client = signed_in(ours.bo)
    with django_assert_num_queries(17):
        html = client.get(calendar_of(session.programme)).content.decode()
    assert html.count("Sitting ") >= rows


# --- another time zone ---


@pytest.mark.parametrize(("keep", "moved"), [("clock", timedelta(hours=1)), ("moment", timedelta())])
def test_E1_after_another_time_zone_somebody_decides_whether_the_clock_or_the_moment_stays(
    ours: Ours, session: Gathering, keep: str, moved: timedelta
) -> None:
    bo = signed_in(ours.bo)
    assert "another time zone" not in bo.get(calendar_of(session.programme)).content.decode()
    ours.site.time_zone = "America/Denver"
    ours.site.save(update_fields=["time_zone"])
    assert "The site has another time zone now." in bo.get(calendar_of(session.programme)).content.decode()
    session.refresh_from_db()
    assert session.starts_at == A_DAY  # nothing has moved by itself

    bo.post(reverse("programmes.clock", kwargs={"programme_id": session.programme_id}), {"keep": keep})
    session.refresh_from_db()
    assert (session.starts_at, session.zone) == (A_DAY + moved, "America/Denver")
    assert "another time zone" not in bo.get(calendar_of(session.programme)).content.decode()
