"""The leaders' word stands on every phone that joins, with names, and only where it was given."""

import pytest

from holdfast.gatherings.hub import HUB
from holdfast.people.actions import add_person, give_role
from holdfast.people.models import Person, Role
from holdfast.programmes.actions import give_pledge, take_back_pledge
from tests.gatherings.rooms import Stage, a_room
from tests.wire import Wire

pytestmark = pytest.mark.django_db(databases=["default", "voices"], transaction=True)
NAMES = ("أمل الحسن", "<script>alert(1)</script>")


def leaders_of(stage: Stage) -> list[Person]:
    """Add two leaders of the group whose names are hard to write."""
    group = stage.gathering.programme.group
    leaders = [add_person(group.site.organisation, name=name, email="") for name in NAMES]
    for leader in leaders:
        give_role(leader, kind=Role.Kind.LEADER, at=group)
    return leaders


def join_pages(wire: Wire, stage: Stage) -> list[str]:
    """Return the page of a phone, and the one without a script, as they are drawn at the next step of the desk."""
    HUB.refresh(stage.room.pk)
    return [wire.get(f"/r/{stage.room.code}/{path}").body.decode() for path in ("", "plain/")]


def test_E3_leaders_who_gave_their_word_stand_on_every_join_page_until_they_take_it_back(wire: Wire) -> None:
    stage = a_room(writing=False)
    assert not any("given their word" in page for page in join_pages(wire, stage))

    programme, leaders = stage.gathering.programme, leaders_of(stage)
    for leader in leaders:
        give_pledge(programme, by=leader)
    for page in join_pages(wire, stage):
        assert "Your leaders have given their word:" in page
        assert "nothing said or written here is used in an appraisal or for discipline" in page
        assert f"<bdi>{NAMES[0]}</bdi>" in page
        assert "&lt;script&gt;alert(1)" in page
        assert NAMES[1] not in page

    take_back_pledge(programme, by=leaders[1])
    for page in join_pages(wire, stage):
        assert "Your leader has given their word:" in page
        assert "script&gt;alert" not in page
