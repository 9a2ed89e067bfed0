"""The demo: made once, brought up to date, and never the worse for being made again."""

from datetime import timedelta

from django.db.models import Model
from django.test import Client
from django.utils import timezone

from holdfast.curriculum.models import PackVersion
from holdfast.homes.demo import DOMAIN, make_demo
from holdfast.people.models import Group, Organisation, Person, Role, Site
from holdfast.programmes.models import Gathering, PlanItem, Programme

KEPT: tuple[type[Model], ...] = (
    Organisation, Site, Group, Person, Role, PackVersion, Programme, Gathering, PlanItem,
)  # fmt: skip


def everything() -> dict[str, list[int]]:
    """Return the keys of every row the demo makes."""
    return {model.__name__: sorted(model._default_manager.values_list("pk", flat=True)) for model in KEPT}


def test_making_it_twice_adds_nothing(db: None) -> None:
    make_demo()
    once = everything()
    make_demo()

    assert all(once.values())  # there was something to double
    assert everything() == once


def test_every_role_gets_a_way_in_that_works(db: None) -> None:
    links = make_demo()
    assert {link.role for link in links} == {str(label) for label in Role.Kind.labels}
    for link in links:
        client = Client()
        path = "/" + link.url.split("/", 3)[3]
        assert client.post(path).status_code == 302
        assert link.name.split()[0] in client.get("/desk/").content.decode()


def test_a_session_is_on_now_with_its_plan_and_one_was_held(db: None) -> None:
    make_demo()
    now = timezone.now()
    held, on = Gathering.objects.order_by("starts_at", "pk")

    assert (held.section, held.ends_at < now) == (1, True)
    assert (on.section, on.starts_at <= now < on.ends_at) == (4, True)
    assert on.plan.filter(kind="gather", mode="unnamed").exists()


def test_on_another_day_session_4_moves_to_now_with_the_same_plan(db: None) -> None:
    make_demo()
    session = Gathering.objects.get(section=4)
    plan = list(session.plan.order_by("position").values_list("pk", flat=True))
    yesterday = timezone.now() - timedelta(days=1)
    Gathering.objects.filter(pk=session.pk).update(starts_at=yesterday, ends_at=yesterday + timedelta(hours=1))
    make_demo()

    session.refresh_from_db()
    assert session.ends_at > timezone.now()
    assert list(session.plan.order_by("position").values_list("pk", flat=True)) == plan


def test_every_site_has_a_help_card_that_says_it_is_invented(db: None) -> None:
    make_demo()
    for site in Site.objects.order_by("pk"):
        assert "invented" in site.help_card
        assert "invented" in site.danger_contact
        assert site.help_card_checked_on


def test_nobody_in_it_could_be_real(db: None) -> None:
    make_demo()
    assert DOMAIN.endswith(".example")
    assert Person.objects.exclude(email__endswith=f"@{DOMAIN}").count() == 0
