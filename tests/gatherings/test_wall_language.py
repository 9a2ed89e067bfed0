"""Desk and wall speak the language of who looks, with the toolkit's activities in it; one's own words stay (E6)."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation

from holdfast.curriculum.actions import load_pack
from holdfast.gatherings import actions
from holdfast.gatherings.spoken import in_words_of_now
from holdfast.programmes.models import PlanItem
from tests.given import our_district
from tests.programmes.given import a_programme, a_session

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


def test_E6_the_wall_has_the_toolkits_words_in_the_language_it_is_opened_in() -> None:
    ours = our_district()
    pack = load_pack(settings.PACKS_DIR / "compassion-resilience")
    programme = a_programme(ours.group, ours.bo, pack)
    session = a_session(programme, ours.bo, section=4, starts_at=timezone.now())
    room = actions.open_room(session, by=ours.bo)
    item = session.plan.filter(kind="gather").order_by("position", "pk")[0]
    actions.start_round(room, item=item, by=ours.bo)
    client = Client()
    client.force_login(ours.bo)
    address = f"/desk/rooms/{room.pk}/wall/"
    english, spanish = (client.get(f"{address}?language={code}").content.decode() for code in ("en", "es"))
    assert item.title in english
    assert item.columns[0]["label"] in english
    assert item.title not in spanish
    assert f">{item.columns[0]['label']}<" not in spanish
    assert 'lang="es"' in spanish
    desk = client.get(f"/desk/gatherings/{session.pk}/room/").content.decode()
    assert f"{address}?language=es" in desk


def test_E6_words_of_the_team_stay_as_they_are_and_nothing_is_saved() -> None:
    ours = our_district()
    pack = load_pack(settings.PACKS_DIR / "compassion-resilience")
    session = a_session(a_programme(ours.group, ours.bo, pack), ours.bo, section=4, starts_at=timezone.now())
    item = session.plan.filter(kind="gather").order_by("position", "pk")[0]
    PlanItem.objects.filter(pk=item.pk).update(prompt="Our own question")
    item.refresh_from_db()
    found = actions.start_round(actions.open_room(session, by=ours.bo), item=item, by=ours.bo)
    with translation.override("es"):
        shown = in_words_of_now(found)
    assert shown is not None
    assert (shown.prompt, shown.pk) == ("Our own question", found.pk)
    assert shown.title != found.title == item.title
    assert in_words_of_now(None) is None
