"""Who finds plans: whoever has no part in a group finds exactly what is there when nothing is there."""

import pytest
from django.test import Client
from django.urls import reverse

from holdfast.people.models import Person
from holdfast.programmes.models import Gathering, PlanItem
from tests.given import Ours, Theirs

READ, CHANGE, NOTHING = "read", "change", "nothing"
MAY = {
    "bo": CHANGE,
    "chi": CHANGE,
    "dee": CHANGE,
    "amara": READ,
    "pat": NOTHING,
    "cole": NOTHING,
    "eve": NOTHING,
    "fay": NOTHING,  # facilitates another group of the same organisation
    "sam": NOTHING,  # coordinates the other site
    "nia": NOTHING,
}
STRANGERS = ("gil", "hana", "ivo", "jun", "kit", "lou")


def addresses(session: Gathering) -> dict[str, tuple[list[str], list[str]]]:
    """Return for reading and for changing: the addresses to look at, and those to press."""
    plan, way, item = {"gathering_id": session.pk}, {"programme_id": session.programme_id}, session.plan.all()[:1].get()
    one = {"item_id": item.pk}
    return {
        READ: ([reverse("programmes.programme", kwargs=way), reverse("programmes.gathering", kwargs=plan)], []),
        CHANGE: (
            [
                reverse("programmes.new_gathering", kwargs=way),
                reverse("programmes.gathering_when", kwargs=plan),
                reverse("programmes.new_activity", kwargs=plan),
                reverse("programmes.activity", kwargs=one),
            ],
            [
                reverse("programmes.activity_from_pack", kwargs=plan),
                reverse("programmes.activity_earlier", kwargs=one),
                reverse("programmes.activity_later", kwargs=one),
                reverse("programmes.activity_removal", kwargs=one),
                reverse("programmes.activity_pack_wording", kwargs=one),
                reverse("programmes.gathering_removal", kwargs=plan),
            ],
        ),
    }


def found(person: Person, session: Gathering, kind: str) -> set[int]:
    """Look at, and where that is refused also press, every address of a kind; return the statuses."""
    client = Client()
    client.force_login(person)
    look, press = addresses(session)[kind]
    seen = {client.get(address).status_code for address in look}
    if seen != {200}:
        seen |= {client.post(address).status_code for address in [*(look if kind == CHANGE else []), *press]}
    return seen


@pytest.mark.parametrize("name", MAY)
def test_roles_read_and_change_what_is_theirs(ours: Ours, session: Gathering, name: str) -> None:
    person, may = getattr(ours, name), MAY[name]
    assert found(person, session, READ) == ({404} if may == NOTHING else {200})
    assert found(person, session, CHANGE) == ({200} if may == CHANGE else {404})
    assert PlanItem.objects.count() == 3  # there was something that could have changed


@pytest.mark.parametrize("name", STRANGERS)
def test_another_organisation_finds_nothing(ours: Ours, theirs: Theirs, session: Gathering, name: str) -> None:
    person = getattr(theirs, name)
    assert found(person, session, READ) == found(person, session, CHANGE) == {404}
    assert PlanItem.objects.count() == 3


def test_not_yours_and_not_there_look_alike(theirs: Theirs, session: Gathering) -> None:
    client = Client()
    client.force_login(theirs.hana)
    for name, key in (("programme", session.programme_id), ("gathering", session.pk)):
        yours = client.get(reverse(f"programmes.{name}", kwargs={f"{name}_id": key}))
        nothing = client.get(reverse(f"programmes.{name}", kwargs={f"{name}_id": 1}))
        assert (yours.status_code, yours.content) == (nothing.status_code, nothing.content)


@pytest.mark.parametrize(
    ("name", "programmes", "starting"),
    [
        ("bo", 200, 200),
        ("dee", 200, 200),
        ("amara", 200, 404),
        ("pat", 404, 404),
        ("cole", 404, 404),
        ("eve", 404, 404),
    ],
)
def test_the_list_is_there_for_those_who_have_plans_to_read(
    ours: Ours, session: Gathering, name: str, programmes: int, starting: int
) -> None:
    client = Client()
    client.force_login(getattr(ours, name))
    assert client.get(reverse("programmes.programmes")).status_code == programmes
    assert client.get(reverse("programmes.new_programme")).status_code == starting


def test_a_programme_cannot_be_started_for_a_group_of_somebody_else(
    ours: Ours, theirs: Theirs, session: Gathering
) -> None:
    client = Client()
    client.force_login(theirs.hana)
    sent = {"group": ours.other_group.pk, "pack": session.programme.pack_id, "started_on": "2031-01-06"}
    assert client.post(reverse("programmes.new_programme"), sent).status_code == 422
    assert ours.other_group.programmes.count() == 0


def test_the_list_holds_only_ones_own(ours: Ours, theirs: Theirs, session: Gathering) -> None:
    for person, sees in ((ours.bo, True), (ours.fay, False), (theirs.hana, False)):
        client = Client()
        client.force_login(person)
        html = client.get(reverse("programmes.programmes")).content.decode()
        assert ("Northgate team" in html) is sees


def test_whoever_is_not_signed_in_is_asked_to(session: Gathering) -> None:
    answer = Client().get(reverse("programmes.gathering", kwargs={"gathering_id": session.pk}))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/desk/sign-in/")
