"""A facilitator's own notes about an activity: kept, shown the next time, and to nobody else (issue 5, part 4)."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from holdfast.audit.models import Entry
from holdfast.people.models import Person, Role
from holdfast.programmes.actions.archiving import archive_programme
from holdfast.programmes.models import Aside, Gathering, PlanItem
from holdfast.voices.admission import Viewer
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import Stage, a_room
from tests.gatherings.test_desk_flow import another, at
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
WORDS = "Two minutes of silence first."


def keep(desk: Desk, text: str, *, seen: int = 0, item: PlanItem | None = None) -> tuple[int, str]:
    about = {"gathering_id": desk.stage.gathering.pk, "item_id": (item or desk.stage.gather).pk}
    answer = desk.client.post(reverse("gatherings.aside", kwargs=about), {"text": text, "seen": seen})
    desk.wire.settle(0.05)
    page = desk.look(answer["Location"]) if answer.status_code == 302 else " ".join(answer.content.decode().split())
    return answer.status_code, page


def box(page: str, item: PlanItem) -> str:
    found = re.search(rf'<textarea id="own-{item.pk}"[^>]*>(.*?)</textarea>', page)
    assert found
    return found[1]


def the_next(stage: Stage) -> tuple[Gathering, PlanItem]:
    """Plan the same activity of the toolkit once more, a year later."""
    PlanItem.objects.filter(pk=stage.gather.pk).update(activity_key="drivers")
    starts = stage.gathering.starts_at + timedelta(days=365)
    later = Gathering.objects.create(
        programme=stage.gathering.programme, section=4, title="Again", starts_at=starts,
        ends_at=starts + timedelta(hours=1),
    )  # fmt: skip
    item = PlanItem.objects.create(
        gathering=later, position=1, activity_key="drivers", title="Drivers", minutes=10, kind="gather", mode="unnamed"
    )
    return later, item


def test_what_is_kept_stands_at_both_desks_during_and_after_and_on_no_other_screen(wire: Wire) -> None:
    stage = a_room()
    desk, chi = at(stage, wire), another(stage, wire)
    screens = {viewer: stage.stream(wire, viewer) for viewer in Viewer}
    assert "Only those who hold this group’s sessions read this" in desk.look()
    assert keep(desk, WORDS)[0] == 302
    assert box(chi.look(), stage.gather) == WORDS
    for screen in screens.values():
        assert WORDS.encode() not in bytes(screen.body)
    assert WORDS not in desk.wall() + wire.get(f"/r/{stage.room.code}/plain/").body.decode()
    assert WORDS not in str(list(Entry.objects.values()))
    desk.press("closure", seen="writing")
    desk.press("seal", seen="closing")
    desk.press("ending")
    assert box(desk.look(), stage.gather) == WORDS
    keep(desk, f"{WORDS} Or three.", seen=1)
    assert Aside.objects.get().text == f"{WORDS} Or three."
    keep(desk, " ", seen=2)
    assert not Aside.objects.exists()


def test_two_desks_do_not_overwrite_each_other_and_nothing_typed_is_lost(wire: Wire) -> None:
    stage = a_room()
    desk, chi = at(stage, wire), another(stage, wire)
    keep(desk, WORDS)
    status, page = keep(chi, "Chairs in a circle.")  # drawn before
    assert status == 409
    assert "bring both together" in page
    assert box(page, stage.gather) == "Chairs in a circle."
    assert WORDS in page
    assert Aside.objects.get().text == WORDS
    assert keep(desk, WORDS)[0] == 302  # pressed twice
    status, page = keep(chi, "x" * 2_001, seen=1)
    assert (status, box(page, stage.gather)) == (422, "x" * 2_001)


def test_it_stands_beside_the_same_activity_the_next_time_for_those_who_plan_and_goes_with_its_session(
    wire: Wire,
) -> None:
    stage = a_room()
    desk = at(stage, wire)
    keep(desk, WORDS)
    later, _item = the_next(stage)
    plan = reverse("programmes.gathering", kwargs={"gathering_id": later.pk})
    assert WORDS in desk.client.get(plan).content.decode()
    assert WORDS in desk.look(reverse("gatherings.desk", kwargs={"gathering_id": later.pk}))
    group, organisation = stage.gathering.programme.group, stage.bo.organisation
    for kind in (Role.Kind.LEADER, Role.Kind.PARTICIPANT):
        other = Client()
        person = Person.objects.create(organisation=organisation, name=kind)
        Role.objects.create(person=person, kind=kind, group=group)
        other.force_login(person)
        for gathering in (later, stage.gathering):
            answer = other.get(reverse("programmes.gathering", kwargs={"gathering_id": gathering.pk}))
            assert WORDS not in answer.content.decode()
    PlanItem.objects.filter(pk=stage.gather.pk).delete()
    assert not Aside.objects.exists()
    assert WORDS not in desk.client.get(plan).content.decode()


def test_in_an_archived_programme_what_was_kept_is_read_by_the_same_people_and_nothing_more_is_kept(
    wire: Wire,
) -> None:
    stage = a_room()
    desk = at(stage, wire)
    keep(desk, WORDS)
    desk.press("closure", seen="writing")
    desk.press("seal", seen="closing")
    desk.press("ending")
    archive_programme(stage.gathering.programme, by=stage.bo)
    assert WORDS in desk.look()
    leader = Person.objects.create(organisation=stage.bo.organisation, name="Lee")
    Role.objects.create(person=leader, kind=Role.Kind.LEADER, group=stage.gathering.programme.group)
    other = Client()
    other.force_login(leader)
    for name in ("programmes.gathering", "gatherings.desk"):
        answer = other.get(reverse(name, kwargs={"gathering_id": stage.gathering.pk}))
        assert WORDS not in answer.content.decode(), name
    assert "This programme is archived" in keep(desk, "And something more.", seen=1)[1]
    assert Aside.objects.get().text == WORDS


def test_three_notes_cost_as_many_queries_as_one(wire: Wire) -> None:
    stage = a_room()
    desk = at(stage, wire)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.look()
        return len(queries)

    _later, item = the_next(stage)
    PlanItem.objects.filter(pk=stage.talk.pk).update(activity_key="surprise")
    Gathering.objects.filter(pk=item.gathering_id).update(starts_at=timezone.now() - timedelta(days=400))
    keep(desk, WORDS)
    one = asked()
    keep(desk, WORDS, item=stage.talk)
    Aside.objects.create(item=item, text="Before", written_on=timezone.now().date())
    assert "Before" in desk.look()
    assert asked() == one
