"""How long an activity usually takes: a group's own history first, then its organisation's, never practice's."""

from datetime import timedelta
from statistics import median

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from holdfast.people.models import Group, Organisation, Site
from holdfast.programmes.models import Gathering, PlanItem, Programme
from holdfast.programmes.queries.history import usual_of
from holdfast.programmes.rules.history import ENOUGH_OF_OTHERS, Usual, usual_minutes
from tests.gatherings.rooms import a_gathering

RUNS = st.lists(st.integers(1, 240), max_size=9)


@given(RUNS, RUNS)
def test_it_lies_between_the_shortest_and_the_longest_run_and_is_their_middle(
    own: list[int], others: list[int]
) -> None:
    usual = usual_minutes(own, others)
    runs = own or others
    if not own and len(others) < ENOUGH_OF_OTHERS:
        assert usual is None
        return
    assert usual is not None
    assert min(runs) <= usual.minutes <= max(runs)
    assert 0 <= usual.minutes - median(runs) <= 0.5
    assert (usual.own, usual.runs) == (bool(own), len(runs))


@given(RUNS.filter(bool), RUNS, RUNS)
def test_what_others_took_changes_nothing_for_a_group_with_a_history(
    own: list[int], one: list[int], two: list[int]
) -> None:
    assert usual_minutes(own, one) == usual_minutes(list(reversed(own)), two)


def test_a_run_of_no_minutes_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"list\(own\)="):
        usual_minutes([0], [])


def held(programme: Programme, took: int | None, key: str = "circle") -> None:
    now = timezone.now()
    gathering = Gathering.objects.create(
        programme=programme, section=4, title="Before", starts_at=now, ends_at=now + timedelta(hours=1)
    )
    PlanItem.objects.create(
        gathering=gathering, position=1, title="A circle", minutes=6, kind="talk", mode="spoken",
        activity_key=key, came="held", took=took,
    )  # fmt: skip


def another_group(programme: Programme, organisation: Organisation) -> Programme:
    site = Site.objects.create(organisation=organisation, name=f"Site {Site.objects.count()}")
    group = Group.objects.create(site=site, name="Others")
    return Programme.objects.create(group=group, pack=programme.pack, started_on=programme.started_on)


@pytest.mark.django_db
def test_own_runs_come_first_then_those_of_the_organisation_and_never_anybody_elses() -> None:
    _, gathering, *_ = a_gathering()
    programme = gathering.programme
    ours = programme.group.site.organisation
    stranger = another_group(programme, Organisation.objects.create(name="Elsewhere"))
    for _ in range(5):
        held(stranger, 90)
    assert usual_of(gathering, ["circle"]) == {}
    neighbours = another_group(programme, ours)
    for took in (8, 20):
        held(neighbours, took)
    assert usual_of(gathering, ["circle"]) == {}  # two of others are too few
    held(neighbours, 11)
    held(neighbours, None)  # nobody said how long
    assert usual_of(gathering, ["circle", "", "other"]) == {"circle": Usual(11, 3, own=False)}
    held(programme, 15)
    with CaptureQueriesContext(connection) as queries:
        assert usual_of(gathering, ["circle"]) == {"circle": Usual(15, 1, own=True)}
    assert len(queries) == 1
