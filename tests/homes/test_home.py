"""The first page: a box for the code, the way to the desk, and in a demo its people."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from holdfast.homes.demo import make_people
from holdfast.people.models import Person
from tests.given import Ours

HOME, DESK = "/", "/desk/"


def test_anybody_finds_a_box_for_the_code_that_works_without_a_script(db: None) -> None:
    html = Client().get(HOME).content.decode()
    assert '<form class="card join" method="get" action="/join/">' in html
    assert 'name="code"' in html
    assert f'href="{DESK}"' in html


def test_the_first_page_sets_no_cookie_and_asks_no_database(client: Client) -> None:
    answer = client.get(HOME)  # without the fixture db, a question to the database would fail
    assert answer.status_code == 200
    assert not answer.cookies


def test_outside_a_demo_nobody_is_offered_and_nobody_signed_in(ours: Ours, settings: Settings) -> None:
    make_people()
    made_up = Person.objects.get(email="amara@demo.example")
    press = reverse("homes.demo_sign_in", kwargs={"person_id": made_up.pk})
    settings.DEMO = False

    assert "Amara Obi" not in Client().get(HOME).content.decode()
    assert Client().post(press).status_code == 404

    settings.DEMO = True  # there was something to offer
    assert "Amara Obi" in Client().get(HOME).content.decode()
    assert Client().post(press).status_code == 302


@pytest.mark.parametrize("key", ["bo", "nia"])
def test_a_demo_signs_in_its_made_up_people_and_no_one_else(ours: Ours, settings: Settings, key: str) -> None:
    settings.DEMO = True
    make_people()
    somebody = getattr(ours, key)
    client = Client()
    assert client.post(reverse("homes.demo_sign_in", kwargs={"person_id": somebody.pk})).status_code == 404
    assert client.get(DESK).status_code == 302  # still nobody


def test_looking_at_the_demo_sign_in_signs_nobody_in(db: None, settings: Settings) -> None:
    settings.DEMO = True
    make_people()
    client = Client()
    made_up = Person.objects.get(email="bo@demo.example")
    assert client.get(reverse("homes.demo_sign_in", kwargs={"person_id": made_up.pk})).status_code == 405
    assert client.get(DESK).status_code == 302
