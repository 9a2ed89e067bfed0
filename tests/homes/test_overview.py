"""A line of an overview is kept between two visits: it is never an old one, nor one in another's language."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from django.utils import timezone

from holdfast.curriculum.models import PackVersion
from holdfast.people import actions as people
from holdfast.people.models import Person, Role, Site
from holdfast.programmes.actions.archiving import archive_programme
from holdfast.programmes.models import Gathering, Programme
from holdfast.report_back.models import Answer, Concern
from tests.given import Ours
from tests.programmes.given import A_DAY, LENGTH, a_programme, a_session

LONG_AGO = date(2026, 1, 5)
LINES = re.compile(r"<tbody>.*?</tbody>", re.DOTALL)


@pytest.fixture
def programme(ours: Ours) -> Programme:
    """The team met in a year gone by, meets again, and waits for an answer."""
    programme = a_programme(ours.group, ours.bo)
    a_session(programme, ours.bo, section=1, starts_at=datetime(2025, 11, 4, 2, 0, tzinfo=UTC))
    a_session(programme, ours.bo)
    waits(programme)
    return programme


def waits(programme: Programme, *, position: int = 1, due_on: date = LONG_AGO) -> Concern:
    """Something that waits for an answer beyond its day."""
    return Concern.objects.create(
        programme=programme, wording=f"Wording {position}", position=position, handed_over_on=due_on, due_on=due_on
    )


def lines(person: Person) -> list[str]:
    """Return the lines of the overview as this person reads them now."""
    client = Client()
    client.force_login(person)
    return LINES.findall(client.get("/desk/").content.decode())


def anew(person: Person) -> list[str]:
    """Return the same with nothing kept from before."""
    caches["template_fragments"].clear()
    return lines(person)


def on(day: datetime) -> None:
    """Hold the next session on another day."""
    Gathering.objects.filter(section=4).update(starts_at=day, ends_at=day + LENGTH)


CHANGES: dict[str, Callable[[Ours, Programme], object]] = {
    "the group has another name": lambda ours, _run: people.rename_group(ours.group, name="Red team", by=ours.dee),
    "the place has another name": lambda ours, _run: Site.objects.filter(pk=ours.site.pk).update(name="Eastgate"),
    "its clock is another": lambda _ours, _run: Site.objects.update(time_zone="Europe/London"),
    "somebody comes in": lambda ours, _run: people.give_role(ours.nia, kind=Role.Kind.PARTICIPANT, at=ours.group),
    "somebody leaves": lambda ours, _run: people.end_access(ours.pat, by=ours.dee),
    "nobody leads": lambda ours, _run: people.end_access(ours.amara, by=ours.dee),
    "nobody facilitates": lambda ours, _run: [people.end_access(one, by=ours.dee) for one in (ours.bo, ours.chi)],
    "the toolkit has another title": lambda _ours, _run: PackVersion.objects.update(title="Large pack"),
    "the toolkit has another version": lambda _ours, _run: PackVersion.objects.update(version="1.1"),
    "the next session is on another day": lambda _ours, _run: on(A_DAY + timedelta(days=1)),
    "another session comes before it": lambda ours, run: a_session(run, ours.bo, starts_at=A_DAY - timedelta(days=7)),
    "the next session is cancelled": lambda _ours, _run: Gathering.objects.filter(section=4).update(
        cancelled_at=timezone.now()
    ),
    "the next session is held": lambda _ours, _run: on(A_DAY - timedelta(days=3650)),
    "one thing more waits": lambda _ours, run: waits(run, position=2, due_on=LONG_AGO + timedelta(days=1)),
    "what waits was due earlier": lambda _ours, run: waits(run, position=2, due_on=LONG_AGO - timedelta(days=1)),
    "what waits is answered": lambda _ours, run: Answer.objects.create(
        concern=run.concerns.get(), verdict="this_year", reason="x", drafted_on=LONG_AGO, published_on=LONG_AGO
    ),
    "the programme is archived": lambda ours, run: archive_programme(run, by=ours.dee),
    "the programme is gone": lambda _ours, run: [run.concerns.all().delete(), Programme.objects.all().delete()],
}


NOT_FOR_A_COACH = {
    "the place has another name",  # it stands above the table
    "somebody comes in",
    "somebody leaves",
    "the toolkit has another title",
    "the toolkit has another version",
}


@pytest.mark.parametrize(("name", "unseen"), [("dee", set()), ("cole", NOT_FOR_A_COACH)])
def test_E2_whatever_changes_in_a_line_is_read_at_the_next_visit(
    ours: Ours, programme: Programme, name: str, unseen: set[str]
) -> None:
    person = getattr(ours, name)
    stale, unchanged = [], set()
    for said, change in CHANGES.items():
        before = anew(person)
        with transaction.atomic():
            change(ours, programme)
            now = lines(person)
            if now != anew(person):
                stale.append(said)
            if now == before:
                unchanged.add(said)
            transaction.set_rollback(True)
    assert not stale
    assert unchanged == unseen  # everything else was there to be read


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (datetime(2026, 11, 26, 18, 0, tzinfo=UTC), datetime(2026, 11, 27, 18, 0, tzinfo=UTC)),
        # At the turn of the year of the installation it is still the same day at the site.
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), datetime(2027, 1, 1, 0, 1, tzinfo=UTC)),
    ],
    ids=["a day", "a year"],
)
@pytest.mark.parametrize("name", ["dee", "cole"])
def test_E2_a_line_is_not_older_than_its_day(
    ours: Ours, programme: Programme, monkeypatch: pytest.MonkeyPatch, name: str, first: datetime, then: datetime
) -> None:
    person = getattr(ours, name)
    monkeypatch.setattr(timezone, "now", lambda: first)
    before = anew(person)
    monkeypatch.setattr(timezone, "now", lambda: then)
    now = lines(person)
    assert now == anew(person)
    assert now != before


def test_E6_two_who_read_different_languages_never_share_a_line(ours: Ours, programme: Programme) -> None:
    wim = people.add_person(ours.organisation, name="Wim")
    people.give_role(wim, kind=Role.Kind.COORDINATOR, at=ours.organisation)
    people.choose_language(wim, language="es")
    english, spanish = anew(ours.dee), lines(wim)
    assert spanish == anew(wim)
    assert english != spanish
    assert lines(ours.dee) == english


def test_E2_who_coordinates_one_place_and_who_coaches_share_no_line_with_who_coordinates_all(
    ours: Ours, programme: Programme
) -> None:
    sam, cole = anew(ours.sam), anew(ours.cole)
    (all_of_them,) = anew(ours.dee)
    assert "Northgate team" in all_of_them
    assert lines(ours.sam) == sam
    assert "Northgate team" not in "".join(sam)
    assert lines(ours.cole) == cole
    assert "/groups/" in all_of_them
    assert "/groups/" not in "".join(cole)


def test_E2_the_day_a_team_met_last_is_the_day_on_its_own_clock(ours: Ours, programme: Programme) -> None:
    Gathering.objects.filter(section=4).delete()
    assert "Monday 3 November 2025" in "".join(lines(ours.dee))  # at eight in the evening; in London it was Tuesday
