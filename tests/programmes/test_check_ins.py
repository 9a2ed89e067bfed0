"""Check-ins: a day on which a team looks whether it still goes, with what was found, and a reminder in that week."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from holdfast.people.models import Person
from holdfast.programmes import actions, queries
from holdfast.programmes.actions.archiving import archive_programme
from holdfast.programmes.actions.check_ins import MOST_AHEAD, look_again, plan_check_ins
from holdfast.programmes.models import CheckIn, Programme
from holdfast.programmes.queries.check_ins import check_ins_due
from holdfast.programmes.rules.check_ins import days_from, is_near
from holdfast.refusals import Refused
from tests.given import Ours

TODAY = date(2026, 3, 12)


def as_(person: Person) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(person)
    return client


def the_page(programme: Programme) -> str:
    """Return the address of all check-ins of a programme."""
    return reverse("programmes.check_ins", kwargs={"programme_id": programme.pk})


def the_one(check_in: CheckIn) -> str:
    """Return the address of one."""
    return reverse("programmes.check_in", kwargs={"check_in_id": check_in.pk})


def in_days(programme: Programme, days: int) -> date:
    """Return a day from today on the calendar of the site."""
    return queries.today_at(programme) + timedelta(days=days)


def test_C5_check_ins_stand_three_months_apart_on_the_same_weekday() -> None:
    days = days_from(TODAY, 4)
    assert days == [TODAY, date(2026, 6, 11), date(2026, 9, 10), date(2026, 12, 10)]
    assert {day.weekday() for day in days} == {3}
    with pytest.raises(ValueError, match="times"):
        days_from(TODAY, 0)


@pytest.mark.parametrize(("days", "near"), [(8, False), (7, True), (0, True), (-40, True)])
def test_C5_a_check_in_is_named_from_a_week_before_until_somebody_has_looked(days: int, near: bool) -> None:
    assert is_near(TODAY + timedelta(days=days), TODAY) is near


def test_C5_a_team_sets_days_looks_and_reads_what_was_found(ours: Ours, programme: Programme) -> None:
    bo, amara = as_(ours.bo), as_(ours.amara)
    actions.note_practice(programme, text="Mondays begin with what helped.", since=TODAY, by=ours.bo)
    first = in_days(programme, 2)
    assert bo.post(the_page(programme), {"planned_on": first.isoformat(), "times": "4"}).status_code == 302
    assert [one.planned_on for one in programme.check_ins.order_by("planned_on", "pk")] == days_from(first, 4)

    one = programme.check_ins.get(planned_on=first)
    page = amara.get(the_one(one)).content.decode()
    assert "Mondays begin with what helped." in page
    refused = amara.post(the_one(one), {"alive": "The Monday question."})
    assert refused.status_code == 422
    assert "The Monday question." in refused.content.decode()  # what was written stays in its box
    assert "nobody is graded by it" in refused.content.decode()

    found = {"found": "partly", "alive": "The Monday question.", "quiet": "The compass on the wall."}
    assert amara.post(the_one(one), found).status_code == 302
    one.refresh_from_db()
    assert (one.found, one.looked_on) == ("partly", queries.today_at(programme))
    page = bo.get(the_page(programme)).content.decode()
    assert "Some of it goes on" in page
    assert "The compass on the wall." in page


def test_C5_whoever_looks_names_the_next_day_or_nothing_is_kept(ours: Ours, programme: Programme) -> None:
    [one] = plan_check_ins(programme, planned_on=in_days(programme, 0), by=ours.bo)
    with pytest.raises(Refused, match="check_in_day_is_over"):
        look_again(one, found="going", next_on=in_days(programme, -1), by=ours.bo)
    one.refresh_from_db()
    assert one.looked_on is None
    look_again(one, found="going", next_on=in_days(programme, 91), by=ours.bo)
    assert programme.check_ins.filter(planned_on=in_days(programme, 91), looked_on=None).exists()


def test_C5_team_and_leader_are_reminded_and_nobody_else(ours: Ours, programme: Programme) -> None:
    [one] = plan_check_ins(programme, planned_on=in_days(programme, 3), by=ours.bo)
    for who in (ours.bo, ours.chi, ours.amara):
        assert check_ins_due(who) == [one]
        assert the_one(one) in as_(who).get("/desk/").content.decode()
    for who in (ours.pat, ours.dee, ours.cole, ours.fay):
        assert the_one(one) not in as_(who).get("/desk/").content.decode()
    archive_programme(programme, by=ours.dee)
    assert check_ins_due(ours.bo) == []  # nobody is reminded of what is archived


@pytest.mark.parametrize("count", [1, 3])
def test_E2_the_page_of_check_ins_asks_as_often_with_three_as_with_one(
    ours: Ours, programme: Programme, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    plan_check_ins(programme, planned_on=in_days(programme, 3), times=count, by=ours.bo)
    bo = as_(ours.bo)
    bo.get(the_page(programme))
    with django_assert_num_queries(8):
        bo.get(the_page(programme))


@pytest.mark.parametrize("count", [1, 3])
def test_E2_what_comes_up_is_asked_for_once_with_three_as_with_one(
    ours: Ours, programme: Programme, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for days in range(count):
        plan_check_ins(programme, planned_on=in_days(programme, days), by=ours.bo)
    with django_assert_num_queries(1):
        assert len(check_ins_due(ours.bo)) == count


def test_C5_a_day_that_was_looked_at_is_not_set_anew(ours: Ours, programme: Programme) -> None:
    today = in_days(programme, 0)
    [one] = plan_check_ins(programme, planned_on=today, by=ours.bo)
    assert plan_check_ins(programme, planned_on=today, by=ours.chi) == [one]  # it stands: nothing is there twice
    look_again(one, found="going", by=ours.bo)
    refused = as_(ours.bo).post(the_page(programme), {"planned_on": today.isoformat(), "times": "1"})
    assert refused.status_code == 422
    assert f'value="{today.isoformat()}"' in refused.content.decode()
    assert programme.check_ins.count() == 1


def test_C5_days_that_stand_already_do_not_count_twice(ours: Ours, programme: Programme) -> None:
    for week in range(MOST_AHEAD):
        plan_check_ins(programme, planned_on=in_days(programme, 7 * week), by=ours.bo)
    with pytest.raises(Refused, match="check_ins_are_full"):
        plan_check_ins(programme, planned_on=in_days(programme, 7 * MOST_AHEAD), by=ours.bo)
    plan_check_ins(programme, planned_on=in_days(programme, 7), by=ours.bo)
    assert programme.check_ins.count() == MOST_AHEAD
