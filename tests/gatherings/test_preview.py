"""One step ahead: the desk sees what phones will show, by the same templates, and nothing is begun (D4.4, E2)."""

import re

import pytest
from django.urls import reverse

from holdfast.audit.models import Entry
from holdfast.gatherings.flow.preview import ONLY_SHOWN
from holdfast.gatherings.models import Round
from holdfast.programmes.models import PlanItem
from holdfast.voices.models import VoiceRound
from tests.gatherings.rooms import a_room
from tests.gatherings.test_desk_flow import at
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
RIGHTS = re.compile(r'name="(ticket|round|id|secret|tag)" value="[^"]*"')


def main_of(page: str) -> str:
    """Return what stands in the page for a phone, without the rights that are drawn anew each time."""
    found = re.search(r"<main[^>]*>(.*)</main>", " ".join(page.split()), re.DOTALL)
    assert found
    return RIGHTS.sub("", found[1]).replace(ONLY_SHOWN, "").replace("</fieldset></form>", "</form>")


def test_D4_4_the_preview_is_the_page_phones_get_in_each_step_and_begins_nothing(wire: Wire) -> None:
    stage = a_room(writing=False)
    desk = at(stage, wire)
    desk.press("leaving", seen="promise")
    assert "See it as phones will show it" in desk.look()
    path = reverse("gatherings.preview", kwargs={"room_id": stage.room.pk})
    rounds, entries, voices = Round.objects.count(), Entry.objects.count(), VoiceRound.objects.count()
    seen = [desk.client.get(path, {"item": stage.gather.pk, "step": step}).content.decode() for step in range(2)]
    assert (Round.objects.count(), Entry.objects.count(), VoiceRound.objects.count()) == (rounds, entries, voices)
    assert all("This is what phones will show." in page for page in seen)
    assert all(
        page.count("<form") == page.count(ONLY_SHOWN) > 0 for page in seen
    )  # read, and neither filled in nor sent
    phone = f"/r/{stage.room.code}/plain/"
    desk.press("rounds", item=stage.gather.pk, screened="on")
    assert main_of(wire.get(phone).body.decode()) == main_of(seen[0])
    desk.press("writing", seen="promise", small_is_agreed="on")
    assert main_of(wire.get(phone).body.decode()) == main_of(seen[1])


@pytest.mark.parametrize("kind", ["talk", "reflect", "stories", "close", "check_in", "commit"])
def test_every_kind_that_needs_nothing_before_it_can_be_looked_at(wire: Wire, kind: str) -> None:
    stage = a_room(writing=False)
    mode = "spoken" if kind == "talk" else "unnamed" if kind in {"stories", "close", "reflect"} else "named"
    item = PlanItem.objects.create(
        gathering=stage.gathering, position=3, title=f"A {kind}", minutes=5, kind=kind, mode=mode
    )
    path = reverse("gatherings.preview", kwargs={"room_id": stage.room.pk})
    answer = at(stage, wire).client.get(path, {"item": item.pk})
    assert answer.status_code == 200
    assert f"A {kind}" in answer.content.decode()


def test_what_has_nothing_to_be_about_yet_says_so_at_the_desk(wire: Wire) -> None:
    stage = a_room(writing=False)
    item = PlanItem.objects.create(
        gathering=stage.gathering, position=3, title="Whose is it?", minutes=5, kind="sort", mode="unnamed"
    )
    desk = at(stage, wire)
    path = reverse("gatherings.preview", kwargs={"room_id": stage.room.pk})
    for wrong, said in (({"item": item.pk}, "There is nothing to sort yet."), ({}, "no longer in the plan")):
        answer = desk.client.get(path, wrong)
        assert answer.status_code == 302
        assert said in desk.look(answer["Location"])
