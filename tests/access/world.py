"""Everything an address can be about, once for us and once for an organisation that must see none of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from holdfast.curriculum.actions import load_pack
from holdfast.curriculum.models import PackVersion
from holdfast.gatherings import actions as live
from holdfast.gatherings.actions.parking import park
from holdfast.gatherings.models import Certificate, Driver, Parked, Room, Round, SignInSheet, Worry
from holdfast.notifications.actions import post
from holdfast.people import actions, queries
from holdfast.people.models import Group, Person, SignInLink
from holdfast.programmes import actions as plans
from holdfast.programmes.actions.check_ins import plan_check_ins
from holdfast.programmes.models import (
    Barrier,
    CircleAgreement,
    CommunicateLater,
    DatesAddress,
    Gap,
    Gathering,
    NoGo,
    PlanItem,
    Programme,
    Sitting,
    Why,
)
from holdfast.programmes.rules import QUESTIONS
from holdfast.report_back import actions as answers
from holdfast.report_back.models import OursItem, Progress, ReportBack
from tests.days import today
from tests.given import Ours, Theirs, our_district, their_clinic
from tests.report_back.given import a_driver
from tests.report_back.pages import Shown, every_list
from tests.support.given import Beside, beside

CAST = (
    "nobody", "nia", "pat", "bo", "amara", "dee", "cole", "eve",  # of the group an address is about
    "fay", "sam",  # of the same organisation, elsewhere
    "gil", "hana", "ivo", "jun", "kit", "lou",  # of another organisation
)  # fmt: skip
"""Who asks; see tests.given for what they are. `nobody` is not signed in."""

FOREIGNERS = ("gil", "hana", "ivo", "jun", "kit", "lou")
OUR_WORDS = ("Lakeside", "Northgate", "Southgate", "lakeside.example", "555 0100", "Ms Okafor", "Amara", "Chi<", "Cole")
"""Words that stand on our pages and may never stand on one of theirs."""


@dataclass(frozen=True, slots=True)
class Start:
    """What our programme stands on: something of each sort that a page of getting ready can be about."""

    gap: Gap
    agreement: CircleAgreement
    no_go: NoGo
    sitting: Sitting
    address: DatesAddress


@dataclass(frozen=True, slots=True)
class World:
    """The two organisations with a programme each. `token` opens an unused sign-in link of Nia's."""

    ours: Ours
    theirs: Theirs
    pack: PackVersion
    programme: Programme
    gathering: Gathering
    item: PlanItem
    room: Room
    round: Round
    driver: Driver
    parked: Parked
    link: SignInLink
    token: str
    shown: Shown
    agreed: Driver
    report_back: ReportBack
    later: CommunicateLater
    kept: OursItem
    moved: Progress
    why: Why
    barrier: Barrier
    sheet: SignInSheet
    certificate: Certificate
    beside: Beside
    start: Start
    worry: Worry

    def person(self, name: str) -> Person | None:
        """Return one of the cast; None for nobody."""
        if name == "nobody":
            return None
        cast: Ours | Theirs = self.theirs if name in FOREIGNERS else self.ours
        person: Person = getattr(cast, name)
        return person


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever is done inside, so that the next who asks finds the same."""
    with transaction.atomic(), transaction.atomic(using="voices"):
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="voices")


def a_world() -> World:
    """Make both organisations, each in the middle of a programme, ours with an open room."""
    ours, theirs = our_district(), their_clinic()
    pack = load_pack(settings.PACKS_DIR / "compassion-resilience")
    actions.keep_roster("name\nAna Ruiz\n", guessed=False, by=ours.dee)
    programme, gathering = a_session(ours.group, pack, by=ours.bo)
    a_session(theirs.group, pack, by=theirs.hana)
    item = gathering.plan.filter(kind="gather").order_by("position").first()
    assert item is not None
    plans.hang_up(programme, section=4, place="Break room", who="Bo", hung_on=date(2026, 1, 20), by=ours.bo)
    plans.note_idea(programme, text="Lunch together.", by=ours.bo)
    plans.note_practice(programme, text="Cover is asked for a day ahead.", since=date(2026, 1, 20), by=ours.bo)
    plan_check_ins(programme, planned_on=today() + timedelta(days=90), by=ours.bo)
    room = live.open_room(gathering, by=ours.bo)
    token = actions.make_sign_in_link(ours.nia, by=ours.dee)
    post("news", address="bo@lakeside.example", subject="News", body="There is something new.")
    shown = every_list(programme, ours, box=False)
    draft = shown.waiting.answers.get()
    [kept] = answers.put_on_our_list(
        programme, driver_ids=[a_driver(gathering, "We start late.", place="ours").pk], by=ours.bo
    )
    return World(
        ours=ours,
        theirs=theirs,
        pack=pack,
        programme=programme,
        gathering=gathering,
        item=item,
        room=room,
        round=live.start_round(room, item=item, by=ours.bo),
        parked=park(gathering, text="The rota for May.", by=ours.bo),
        driver=gathering.drivers.create(
            wording="Cover with no notice.", column="drains", tone="drains", sources=["1"], position=1
        ),
        link=SignInLink.objects.get(token_hash=queries.hash_of(token)),
        token=token,
        shown=shown,
        agreed=a_driver(gathering, "Forms nobody reads."),
        report_back=answers.collect(programme, answer_ids=[draft.pk], by=ours.amara),
        later=plans.note_for_later(programme, text="Who decides about cover.", by=ours.amara),
        kept=kept,
        moved=Progress.objects.get(answer__concern__programme=programme),
        why=programme.whys.get(kind="own"),
        barrier=plans.name_barrier(programme, kind="cover", text="Nobody takes my place.", by=ours.pat),
        sheet=live.open_sheet(gathering, by=ours.bo),
        # Of a programme that ended before; this one goes on.
        certificate=Certificate.objects.create(
            programme=programme, person=ours.pat, minutes=90, sessions=1, issued_on=date(2026, 1, 5)
        ),
        beside=beside(programme, ours),
        start=a_start(gathering, ours),
        worry=Worry.objects.create(round=room.rounds.get(), held_on=date(2026, 1, 5), by=ours.bo),
    )


def a_start(gathering: Gathering, ours: Ours) -> Start:
    """Get our programme ready: a gap, a look at readiness, a sentence of the circle, a closed week, a night sitting."""
    programme, night, far = gathering.programme, timedelta(hours=6), today() + timedelta(days=400)
    every_answer = {key: "so" for keys in QUESTIONS.values() for key in keys}
    plans.look_at_readiness(programme, answers=every_answer, notes={}, by=ours.amara)
    plans.write_values(programme, ours="We tell the truth.", meet="", missing_voices="Nights.", by=ours.amara)
    return Start(
        gap=plans.note_gap(
            programme, kind="skill", text="Advice.", coaching_step="Listen first.", look_again_on=far, by=ours.amara
        ),
        agreement=plans.add_circle_agreement(programme, text="Everybody may pass.", by=ours.bo),
        no_go=plans.add_no_go(ours.site, label="Inspection", first_day=far, last_day=far, by=ours.dee),
        sitting=plans.add_sitting(
            gathering, label="Night", starts_at=gathering.starts_at + night, ends_at=gathering.ends_at + night,
            place="", by=ours.bo,
        ),
        address=plans.open_dates_address(by=ours.nia),
    )  # fmt: skip


def a_session(group: Group, pack: PackVersion, *, by: Person) -> tuple[Programme, Gathering]:
    """Start a programme and set a date for its section 4."""
    programme = plans.start_programme(group, pack=pack, started_on=date(2026, 1, 5), by=by)
    starts_at = timezone.now() + timedelta(hours=1)
    gathering = plans.add_gathering(
        programme, section=4, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=90), by=by
    )
    return programme, gathering


def absent(arguments: Mapping[str, object]) -> dict[str, object]:
    """Return the arguments of something of the same sort that does not exist."""
    return {name: 1 if isinstance(value, int) else "absent" for name, value in arguments.items()}
