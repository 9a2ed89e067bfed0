"""What is archived can be read and not changed: every form of the matrix is sent to an archived programme."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from holdfast.audit.models import Entry
from holdfast.config.archived import ABOUT, STAYS_OPEN, lookups_of
from holdfast.config.routes import PAGES
from holdfast.programmes.actions.archiving import archive_programme
from tests.access.matrix import ROWS
from tests.access.test_matrix import BOTH, ask
from tests.access.world import CAST, FOREIGNERS, World, undone

pytestmark = pytest.mark.django_db(databases=BOTH)
TAKEN = (200, 201, 302)
NAMELESS = "programmes.unnamed_barrier"
DEMO = "homes.demo_sign_in"
"""There only while settings of the demo are read."""
OF_NO_PROGRAMME = frozenset({"people", "notifications"})
STILL_TAKEN = STAYS_OPEN | {
    "programmes.why_striking",  # words that name a person
    "programmes.later_note", "programmes.later_removal",  # a leader’s own list
    "programmes.no_go", "programmes.closed_time", "programmes.closed_time_removal",  # days of a site
    "gatherings.danger",  # what is owed to somebody who may be in danger
    "support.acceptance", "support.ending",  # invitations of an organisation
}  # fmt: skip
"""With the steps of a room that is open: it is brought to its end."""
WHO_MAY = {
    name: who
    for name, row in ROWS.items()
    if name.split(".")[0] not in OF_NO_PROGRAMME
    for who in [next((one for one in CAST if one != "nobody" and row.outcomes.get("POST", {}).get(one) in TAKEN), "")]
    if who
}
OF_A_ROOM = ("<int:room_id>", "<int:round_id>")
OF_THE_ROOM = frozenset(route.name for route in PAGES if any(key in route.pattern for key in OF_A_ROOM))
"""Steps of a room that is open: it is brought to its end."""
REFUSED = sorted(
    route.name
    for route in PAGES
    if route.name in WHO_MAY and "<" in route.pattern and route.name not in STILL_TAKEN | OF_THE_ROOM | {NAMELESS}
)


def send(world: World, name: str, who: str) -> HttpResponse:
    """Send a form of the matrix as somebody."""
    path = reverse(name, kwargs=dict(ROWS[name].about(world)))
    return ask("POST", path, world.person(who), dict(ROWS[name].send(world)))


@pytest.mark.parametrize("name", REFUSED)
def test_E2_no_form_about_an_archived_programme_is_taken(world: World, name: str) -> None:
    with undone():
        assert send(world, name, WHO_MAY[name]).status_code in TAKEN  # there is something to refuse
    with undone():
        archive_programme(world.programme, by=world.ours.dee)
        before = Entry.objects.count()
        assert send(world, name, WHO_MAY[name]).status_code == 409
        assert Entry.objects.count() == before
        for stranger in FOREIGNERS:
            assert send(world, name, stranger).status_code == ROWS[name].outcomes["POST"][stranger]


def test_E2_no_form_slips_through_because_its_row_answers_otherwise() -> None:
    """Forms whose row in the matrix is a refusal are not sent above: they are held by the route table all the same."""
    about = {
        route.name
        for route in PAGES
        if "POST" in route.methods and "<" in route.pattern and route.name.split(".")[0] not in OF_NO_PROGRAMME
    }
    asked = {route.name for route in PAGES if lookups_of(route)}
    assert len(about) > len(REFUSED)
    assert about - asked <= STILL_TAKEN | OF_THE_ROOM | {NAMELESS, DEMO}


@pytest.mark.parametrize("name", REFUSED)
def test_a_key_beyond_all_keys_is_nowhere_in_the_archive_either(world: World, name: str) -> None:
    arguments = dict(ROWS[name].about(world))
    first = next(iter(arguments))
    if isinstance(arguments[first], int):
        path = reverse(name, kwargs={**arguments, first: 10**30})
        assert ask("POST", path, world.person(WHO_MAY[name])).status_code == 404


@pytest.mark.parametrize("name", sorted(set(WHO_MAY) & STILL_TAKEN))
def test_E3_what_people_may_take_back_they_may_take_back_from_the_archive(world: World, name: str) -> None:
    with undone():
        archive_programme(world.programme, by=world.ours.dee)
        assert send(world, name, WHO_MAY[name]).status_code in TAKEN


def test_B1_nobody_writes_to_a_leader_whose_programme_is_archived(world: World) -> None:
    with undone():
        archive_programme(world.programme, by=world.ours.dee)
        assert send(world, NAMELESS, "nia").status_code == 404


def test_E2_what_was_typed_about_an_archived_programme_can_be_copied(world: World) -> None:
    path = reverse("programmes.ideas", kwargs={"programme_id": world.programme.pk})
    with undone():
        archive_programme(world.programme, by=world.ours.dee)
        page = ask("POST", path, world.person("bo"), {"text": "A <walk> at noon", "section": 0}).content.decode()
        assert "A &lt;walk&gt; at noon</textarea>" in page
        assert "csrfmiddlewaretoken" not in page.partition("<textarea")[2].partition("</textarea>")[0]


def test_every_form_that_stays_open_is_there() -> None:
    names = {route.name for route in PAGES if "POST" in route.methods}
    assert names >= STAYS_OPEN
    assert all(lookups_of(route) == () for route in PAGES if route.name in STAYS_OPEN)
    used = {lookups for route in PAGES if (lookups := lookups_of(route))}
    assert set(ABOUT.values()) == used
