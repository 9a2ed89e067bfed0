"""The demo: made once, brought up to date, never the worse for being made again, and with a past that adds up."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from holdfast.curriculum.models import PackVersion
from holdfast.gatherings.models import Attendance, Certificate, Driver, DriverStep, Parked, Room, Round
from holdfast.gatherings.queries import items_of
from holdfast.homes.demo import DOMAIN, DemoLink, make_demo
from holdfast.notifications.models import Mail
from holdfast.people.models import Group, Organisation, Person, Role, Site
from holdfast.programmes.models import (
    Barrier,
    CheckIn,
    CircleAgreement,
    Coming,
    Commitment,
    CommunicateLater,
    Gap,
    Gathering,
    HandOver,
    LeaderTakesPart,
    NoGo,
    PlanItem,
    Pledge,
    Programme,
    Readiness,
    Sitting,
    StepMark,
    TeamMake,
    Values,
    Why,
)  # fmt: skip
from holdfast.report_back.models import Answer, Concern, LetGoItem, OursItem, Progress, ReportBack, StaffLink
from holdfast.report_back.queries import offers, public_view
from holdfast.report_back.rules import balance
from holdfast.voices.queries import counts_of

KEPT: tuple[type[Model], ...] = (
    Organisation, Site, Group, Person, Role, PackVersion, Programme, Gathering, PlanItem, Room, Round, Driver,
    DriverStep, Attendance, Why, CommunicateLater, Concern, Answer, ReportBack, Progress, OursItem, LetGoItem,
    StaffLink, CircleAgreement, Commitment, Gap, HandOver, LeaderTakesPart, NoGo, Pledge, Readiness, StepMark, TeamMake,
    Values, Barrier, Coming, CheckIn, Certificate,
)  # fmt: skip
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


class Kept:
    """The demo as the first test of this file has made it; the others begin from a copy of its databases."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.links = folder, list[DemoLink]()

    def bring(self) -> list[DemoLink]:
        """Make the demo or bring it back; return its links."""
        if connections["default"].vendor != "sqlite":
            return make_demo()
        if self.links:
            self._copy(back=True)
        else:
            self.links = make_demo()
            self._copy(back=False)
        return self.links

    def _copy(self, *, back: bool) -> None:
        for alias in ("default", "voices"):
            connections[alias].ensure_connection()
            live = connections[alias].connection
            with closing(sqlite3.connect(self.folder / alias)) as kept:
                whole, to = (kept, live) if back else (live, kept)
                whole.backup(to)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """What the tests of this file share."""
    return Kept(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def demo(transactional_db: None, kept: Kept) -> list[DemoLink]:
    """The demo, and its links."""
    return kept.bring()


def everything() -> dict[str, list[int]]:
    """Return the keys of every row the demo makes."""
    return {model.__name__: sorted(model._default_manager.values_list("pk", flat=True)) for model in KEPT}


@pytest.mark.usefixtures("demo")
def test_making_it_twice_adds_nothing() -> None:
    once = everything()
    make_demo()

    assert [name for name, keys in once.items() if not keys] == []  # there was something to double
    assert everything() == once


def test_every_role_gets_a_way_in_that_works(demo: list[DemoLink]) -> None:
    assert {link.role for link in demo} == {str(label) for label in Role.Kind.labels}
    for link in demo:
        client = Client()
        path = "/" + link.url.split("/", 3)[3]
        assert client.post(path).status_code == 302
        assert link.name.split()[0] in client.get("/desk/").content.decode()


@pytest.mark.usefixtures("demo")
def test_a_session_is_on_now_with_its_plan_and_on_another_day_it_moves_to_then() -> None:
    now = timezone.now()
    held, on = Gathering.objects.filter(programme__group__name="Grade team").order_by("starts_at", "pk")
    assert (held.section, held.ends_at < now) == (1, True)
    assert (on.section, on.starts_at <= now < on.ends_at) == (4, True)
    assert on.plan.filter(kind="gather", mode="unnamed").exists()

    plan = list(on.plan.order_by("position").values_list("pk", flat=True))
    yesterday = timezone.now() - timedelta(days=1)
    Gathering.objects.filter(pk=on.pk).update(starts_at=yesterday, ends_at=yesterday + timedelta(hours=1))
    make_demo()
    on.refresh_from_db()
    assert on.ends_at > timezone.now()
    assert list(on.plan.order_by("position").values_list("pk", flat=True)) == plan


@pytest.mark.usefixtures("demo")
def test_D4_2_a_group_in_its_second_year_has_answers_moves_and_an_own_list_that_add_up() -> None:
    programme = Programme.objects.get(group__name="Office and aides")
    assert programme.started_on < timezone.localdate() - timedelta(days=365)

    view = public_view(programme)
    tally = balance(not concern.is_open for concern in view.concerns)
    assert tally.handed_over == tally.answered + tally.open
    assert tally.answered >= 8
    assert tally.open >= 2
    verdicts = {answer.verdict for concern in view.concerns for answer in concern.answers}
    assert verdicts == set(Answer.Verdict.values)  # every way to answer can be seen
    assert sum(len(answer.progress) for concern in view.concerns for answer in concern.answers) >= 5
    assert {item.state for item in view.ours} == {"open", "done"}
    assert len(view.let_go) >= 3
    assert len(offers(programme)) == 1
    assert {why.kind for why in view.whys} == set(Why.Kind.values)
    assert view.next_gathering


@pytest.mark.usefixtures("demo")
def test_A2_both_whys_stand_in_versions_and_everybody_sees_the_newest() -> None:
    programme = Programme.objects.get(group__name="Office and aides")
    own = list(programme.whys.filter(kind=Why.Kind.OWN).order_by("version").values_list("text", flat=True))
    assert len(own) == 2
    seen = {why.kind: why.text for why in public_view(programme).whys}
    assert seen[Why.Kind.OWN] == own[1]
    assert seen[Why.Kind.ORGANISATION]


@pytest.mark.usefixtures("demo")
def test_D4_2_its_past_lies_in_the_past_and_in_order() -> None:
    today = timezone.localdate()
    for answer in Answer.objects.filter(published_on__isnull=False).select_related("concern"):
        assert answer.published_on is not None
        assert answer.concern.handed_over_on < answer.published_on <= today
        assert all(step.on > answer.published_on for step in answer.progress.all())
    assert Progress.objects.filter(on__gt=today).count() == 0
    assert Room.objects.filter(opened_at__lt=timezone.now() - timedelta(days=365)).exists()


@pytest.mark.usefixtures("demo")
def test_nobody_gets_a_mail_about_a_past_that_never_was() -> None:
    assert Mail.objects.count() == 0


@pytest.mark.usefixtures("demo")
def test_nobody_in_it_could_be_real_and_every_help_card_says_it_is_invented() -> None:
    assert DOMAIN.endswith(".example")
    assert Person.objects.exclude(email__endswith=f"@{DOMAIN}").count() == 0
    for site in Site.objects.order_by("pk"):
        assert "invented" in site.help_card
        assert "invented" in site.danger_contact
        assert site.help_card_checked_on


@pytest.mark.usefixtures("demo")
def test_one_group_has_no_leader_so_that_a_coordinator_sees_what_that_looks_like() -> None:
    led = Role.objects.filter(kind=Role.Kind.LEADER).values("group")
    assert [group.name for group in Group.objects.exclude(pk__in=led)] == ["Kitchen and buses"]


@pytest.mark.usefixtures("demo")
def test_B1_C5_one_programme_is_over_with_its_certificates_and_both_teams_look_again() -> None:
    over = Programme.objects.get(archiving__isnull=False)
    assert over.closed_on is not None
    assert {one.person.name for one in over.certificates.select_related("person")} >= {"Wes Albright"}
    assert over.certificates.filter(minutes=180, sessions=3).exists()
    looked = CheckIn.objects.filter(looked_on__isnull=False)
    assert looked.count() == 1
    assert CheckIn.objects.filter(looked_on__isnull=True).count() == 2


@pytest.mark.usefixtures("demo")
def test_D7_1_a_team_has_weighed_its_agreements_and_a_second_look_is_next() -> None:
    room = Room.objects.get(gathering__programme__group__name="Night team", gathering__section=7)
    found = room.rounds.latest("position")
    assert (found.kind, found.phase, room.ended_at) == ("prioritise", "sealed", None)
    items = items_of(found)
    assert [item.weight is not None for item in items] == [True] * 6
    assert sum(item.forward for item in items) == 3
    hana = Client()
    hana.force_login(Person.objects.get(name="Hana Weiss"))
    page = hana.get(f"/desk/gatherings/{room.gathering_id}/room/").content.decode()
    assert "Decide together what goes forward." in page
    assert "A second look" in page


def test_B3_what_sessions_that_went_otherwise_leave_can_be_looked_at() -> None:
    make_demo()
    held = Gathering.objects.get(section=10)
    room = held.rooms.get()
    gathered = room.rounds.get(kind="gather")
    counts = counts_of([gathered.pk])[gathered.pk]
    assert (counts["shown"], counts["held"]) == (9, 1)
    assert gathered.on_paper == 2
    assert gathered.minutes > held.plan.get(kind="gather").minutes  # it was given more time
    assert held.plan.filter(came=PlanItem.Came.SKIPPED).exists()
    assert set(Parked.objects.filter(source=Parked.Source.LATE).values_list("state", flat=True)) == {"offered"}

    kept = Round.objects.get(phase=Round.Phase.KEPT)
    after = kept.room.gathering.further_sittings.get()
    assert after.starts_at > timezone.now()
    Sitting.objects.filter(pk=after.pk).update(
        starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=2)
    )
    make_demo()
    after.refresh_from_db()
    assert after.starts_at > timezone.now()  # on another day the notes still wait for somebody
