"""A group in its second year: two sessions held, most of what was handed over answered, some of it let go."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from holdfast.curriculum.models import PackVersion
from holdfast.gatherings.actions import note_everybody
from holdfast.gatherings.models import Driver
from holdfast.gatherings.rehearsal.held import Heard, hold_session
from holdfast.homes.demo import story
from holdfast.homes.demo.calendar import on_day, thursday_before, working_day_from
from holdfast.people.models import Group, Person
from holdfast.programmes import actions as plans
from holdfast.programmes.models import Gathering, Programme, Setting, Why
from holdfast.report_back import actions as answers
from holdfast.report_back.actions.staff import mark_for_wall, open_address
from holdfast.report_back.models import Concern, LetGoItem, StaffLink
from holdfast.report_back.queries import offers

LENGTH = timedelta(minutes=75)
BEGINS = time(15, 30)
PLACE = "Teachers’ lounge"
VOTERS = 11
WAIT = timedelta(days=21)


def live_on(group: Group, pack: PackVersion, *, leader: Person, by: Person) -> Programme:
    """Bring a group into its second year, once; done again it adds nothing. by: who facilitates."""
    zone = group.site.time_zone
    today = timezone.localdate(timezone=ZoneInfo(zone))
    first, second = thursday_before(today - timedelta(days=398)), thursday_before(today - timedelta(days=24))
    known = group.programmes.order_by("started_on", "pk").first()
    started_on = first - timedelta(days=35)
    setting = Setting.SCHOOLS
    programme = known or plans.start_programme(group, pack=pack, started_on=started_on, setting=setting, by=by)
    if not programme.gatherings.filter(starts_at__gt=timezone.now(), cancelled_at__isnull=True).exists():
        _date(programme, 1, thursday_before(today + timedelta(days=16)), by=by)
    if programme.gatherings.filter(ends_at__lt=timezone.now()).exists():
        return programme
    with on_day(first - timedelta(days=28), zone):
        _date(programme, 1, first - timedelta(days=28), by=by)
    drivers = _session(programme, story.FIRST_YEAR, first, by=by)
    with transaction.atomic():
        _first_year(programme, drivers, first, today, leader=leader, by=by)
    drivers = _session(programme, story.SECOND_YEAR, second, by=by)
    with transaction.atomic():
        _second_year(programme, drivers, second, today, leader=leader, by=by)
    return programme


def _date(programme: Programme, section: int, day: date, *, by: Person) -> Gathering:
    starts_at = datetime.combine(day, BEGINS, ZoneInfo(programme.group.site.time_zone))
    return plans.add_gathering(
        programme, section=section, starts_at=starts_at, ends_at=starts_at + LENGTH, place=PLACE, by=by
    )


def _session(programme: Programme, heard: Sequence[Heard], day: date, *, by: Person) -> dict[str, Driver]:
    with on_day(day, programme.group.site.time_zone):
        gathering = _date(programme, 4, day, by=by)
        drivers = hold_session(gathering, heard, people=VOTERS, by=by, seed=day.year)
        note_everybody(gathering, by=by)
    return drivers


def _first_year(
    programme: Programme, drivers: Mapping[str, Driver], day: date, today: date, *, leader: Person, by: Person
) -> None:
    zone, due = programme.group.site.time_zone, working_day_from(day + WAIT)
    with on_day(day - timedelta(days=28), zone):
        plans.write_why(programme, kind=Why.Kind.ORGANISATION, text=story.WHY_WE, by=leader)
        plans.write_why(programme, kind=Why.Kind.OWN, text=story.WHY_I, by=leader)
    with on_day(day, zone):
        wall = [drivers[said.wording].pk for said in story.FIRST_ANSWERS if said.wall]
        _hand_over(drivers, due, on_wall=wall, by=by)
        _take_on(programme, drivers, by=by)
        _put_down(programme, drivers, by=by)
    with on_day(due, zone):
        _answer(programme, story.FIRST_ANSWERS, due, leader=leader)
        for concern in programme.concerns.filter(wall_by_group=True).order_by("position", "pk"):
            mark_for_wall(concern, by_leader=True, on=True, by=leader)
    with on_day(due + timedelta(days=7), zone):
        answers.let_go(programme, concern_ids=[offer.concern.pk for offer in offers(programme)], by=by)
    _move(programme, due, today, leader=leader)
    _look_back(programme, day, by=by)


def _second_year(
    programme: Programme, drivers: Mapping[str, Driver], day: date, today: date, *, leader: Person, by: Person
) -> None:
    zone = programme.group.site.time_zone
    with on_day(day, zone):
        plans.write_why(programme, kind=Why.Kind.OWN, text=story.WHY_I_LATER, by=leader)
        _hand_over(drivers, working_day_from(today + timedelta(days=3)), by=by)
        _take_on(programme, drivers, by=by)
        _put_down(programme, drivers, by=by)
        taken_back = LetGoItem.objects.filter(programme=programme, wording=story.WEATHER).first()
        if taken_back:
            answers.take_back(taken_back, by=by)
    asked = working_day_from(today - timedelta(days=6))
    with on_day(asked, zone):
        _answer(programme, story.SECOND_ANSWERS, asked, leader=leader)
        _draft(programme, story.DRAFTED, asked, leader=leader)
        for scope in StaffLink.Scope:
            open_address(programme, scope=scope, by=by)


def _hand_over(drivers: Mapping[str, Driver], due: date, *, by: Person, on_wall: Sequence[int] = ()) -> None:
    agreed = [driver for driver in drivers.values() if driver.agreed]
    if agreed:
        keys = [driver.pk for driver in agreed]
        answers.hand_over(agreed[0].gathering, driver_ids=keys, due_on=due, on_wall=on_wall, by=by)


def _take_on(programme: Programme, drivers: Mapping[str, Driver], *, by: Person) -> None:
    ours = [driver.pk for driver in drivers.values() if driver.place == Driver.Place.OURS]
    for item in answers.put_on_our_list(programme, driver_ids=ours, by=by):
        promise = story.PROMISES[item.wording]
        answers.change_ours(
            item, step=promise.step, who=promise.who, plan=promise.plan,
            look_again_on=timezone.localdate() + timedelta(days=promise.days), state="open", wall_by_group=False, by=by,
        )  # fmt: skip


def _put_down(programme: Programme, drivers: Mapping[str, Driver], *, by: Person) -> None:
    nobody = [driver.pk for driver in drivers.values() if driver.place == Driver.Place.NOBODY]
    answers.let_go(programme, driver_ids=nobody, by=by)


def _answer(programme: Programme, said: Sequence[story.Said], day: date, *, leader: Person) -> None:
    drafts = [_draft(programme, one, day, leader=leader) for one in said]
    opening = "Thank you for trusting us with this. We answer all of it, one by one."
    report_back = answers.collect(programme, answer_ids=drafts, opening_words=opening, by=leader)
    answers.publish(report_back, said_on=day, by=leader)


def _draft(programme: Programme, said: story.Said, day: date, *, leader: Person) -> int:
    concern = Concern.objects.get(programme=programme, wording=said.wording)
    fields: dict[str, Any] = {**said.words, **{name: day + timedelta(days=days) for name, days in said.days.items()}}
    answers.give_theme([concern], theme=said.theme, by=leader)
    [draft] = answers.draft_answer(concern, verdict=said.verdict, by=leader, **fields)
    return draft.pk


def _move(programme: Programme, published: date, today: date, *, leader: Person) -> None:
    moves = sorted(
        (published + timedelta(days=days) if days > 0 else today + timedelta(days=days), said.wording, text)
        for said in story.FIRST_ANSWERS
        for days, text in said.moved
    )
    for day, wording, text in moves:
        answer = Concern.objects.get(programme=programme, wording=wording).answers.get()
        with on_day(day, programme.group.site.time_zone, time(12, 10)):
            answers.add_progress(answer, text=text, by=leader)


def _look_back(programme: Programme, day: date, *, by: Person) -> None:
    """Six weeks on: one step has become a habit, the other goes on."""
    with on_day(day + timedelta(days=42), programme.group.site.time_zone):
        for item in programme.ours.order_by("position", "pk"):
            done = item.wording == story.THANKED
            answers.change_ours(
                item, step=item.step, who=item.who, plan=item.plan,
                look_again_on=None if done else timezone.localdate() + timedelta(days=378),
                state="done" if done else "open", wall_by_group=done, by=by,
            )  # fmt: skip
