"""The large demo is the same every time, and what is in it can be used (E2, DESIGN 8)."""

import pytest

from holdfast.homes import demo
from holdfast.homes.demo import large
from holdfast.people.models import Group, Organisation, Person
from holdfast.programmes.models import Gathering
from tests.given import Ours, somebody
from tests.programmes.given import a_pack


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw a few of everything."""
    for name, count in (("GROUPS", 3), ("SITES", 2), ("YEARS", 1), ("ORGANISATIONS", 2)):
        monkeypatch.setattr(large, name, count)


def drawn() -> set[tuple[int, str]]:
    """Return the keys and names of what the large demo drew."""
    groups = Group.objects.filter(name__startswith="Team ")
    return {(group.pk, group.name) for group in groups} | {
        (one.pk, one.name) for one in Organisation.objects.filter(name__startswith="Elsewhere")
    }


def test_E2_the_same_seed_draws_the_same_and_a_second_time_adds_nothing(ours: Ours, small: None) -> None:
    pack = a_pack()
    large.make_large(ours.organisation, pack)
    first, sessions = drawn(), Gathering.objects.count()
    assert len(first) == 5
    assert sessions == 3 * 12 + 2 * 2 + 2 * 2  # a year each, two ahead where they have dates, two strangers
    large.make_large(ours.organisation, pack)
    assert (drawn(), Gathering.objects.count()) == (first, sessions)


def test_E2_whoever_has_all_forty_groups_can_sign_in_with_a_press(ours: Ours, small: None) -> None:
    large.make_large(ours.organisation, a_pack())
    for name, _kind, email in large.WIDE:
        person = Person.objects.get(email=email)
        assert demo.person_of_the_demo(person.pk) == person
        assert person.name == name
    assert demo.person_of_the_demo(somebody(ours.organisation, "Real").pk) is None
