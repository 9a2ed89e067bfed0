"""Session 10 held from its first activity to its end by somebody new, and what they meet afterwards (B3, D10, E4)."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format

from holdfast.curriculum.actions import load_pack
from holdfast.gatherings import actions
from holdfast.gatherings.joining import breaking
from holdfast.gatherings.models import Parked
from holdfast.people.models import Role
from holdfast.programmes import actions as plans
from holdfast.programmes import queries
from holdfast.programmes.models import Gathering, Programme, Sitting
from holdfast.programmes.queries.over import SITTINGS_WITHIN
from tests.days import CHICAGO
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import Stage, a_room
from tests.given import our_district
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
FACILITATOR = (Role.Kind.FACILITATOR,)
NOTE = "You ask, and then you have to explain it to three people."


def strength() -> Stage:
    """Return the open room of a session 10 that is planned for next week and held today."""
    ours = our_district()
    pack = load_pack(settings.PACKS_DIR / "compassion-resilience")
    programme = plans.start_programme(ours.group, pack=pack, started_on=timezone.now().date(), by=ours.bo)
    then = timezone.now() + timedelta(days=7)
    gathering = plans.add_gathering(
        programme, section=10, starts_at=then, ends_at=then + timedelta(minutes=75), place="Library", by=ours.bo
    )
    first = gathering.plan.order_by("position")[0]
    room = actions.open_room(gathering, by=ours.bo)
    return Stage(ours.bo, gathering, gathering.plan.get(kind="gather"), first, room, None)  # type: ignore[arg-type]


def held(desk: Desk, kind: str, wire: Wire) -> None:
    """Hold the next activity, pressing what the desk offers."""
    planned = desk.stage.gathering.plan.filter(came="").order_by("position", "pk")[0]
    assert planned.kind == kind
    page = desk.press("rounds", item=planned.pk, screened="on")
    assert "How to hold it" in page
    if kind != "gather":
        desk.press("finish", seen=desk.phase())
        return
    assert "We cannot find you through a note." in page
    desk.press("writing", seen="promise", small_is_agreed="on")
    desk.stage.round = desk.round()
    assert desk.stage.phone(wire).write(NOTE, column="makes-it-hard").status == 201
    wire.settle(0.05)
    page = desk.press("screening", seen="writing")
    desk.press("decisions", all="accept", accept=list(desk.pile("waiting", page).values()))
    desk.press("reveal", seen="screening")
    desk.press("closure", seen="revealed")
    desk.press("seal", seen="closing")


def test_D10_session_10_is_held_to_its_end_and_the_desk_has_at_hand_what_its_steps_speak_of(wire: Wire) -> None:
    stage = strength()
    desk = Desk(stage, wire, stage.bo)
    page = desk.look()
    poster = reverse("programmes.visual", kwargs={"programme_id": stage.gathering.programme_id, "number": 10})
    assert poster in page  # “show the four parts of the tide”
    assert "Early: when it begins to be too much." in page  # “read the asking card aloud”
    assert "You need:" in page
    for kind in ("check_in", "talk", "reflect", "talk", "talk", "gather"):
        held(desk, kind, wire)
    assert "That was the last activity of today." not in desk.wall()
    page = desk.look()
    assert "Does the group want to come back to some of it?" in page  # “mark two things”
    (note,) = desk.pile("accepted", page).values()
    address = reverse("gatherings.parked_of_round", kwargs={"round_id": desk.round().pk})
    desk.client.post(address, {"note": note})
    assert Parked.objects.get().text == NOTE
    held(desk, "commit", wire)
    assert "That was the last activity of today." in desk.wall()
    assert "Everything in the plan was held." in desk.look()
    page = desk.press("ending")
    assert "The session is over. Its code no longer works." in page
    assert "Write down who was there" in page
    assert NOTE in page


def test_E4_a_session_held_before_its_hour_is_over_on_the_homes(wire: Wire) -> None:
    stage = strength()
    desk = Desk(stage, wire, stage.bo)
    desk.press("rounds", item=stage.talk.pk)
    desk.press("finish", seen="talking")

    def next_one() -> Gathering | None:
        return queries.next_gathering(Programme.objects.get())

    coming = queries.coming_sessions(stage.bo, FACILITATOR)
    assert list(coming) == [stage.gathering] == [next_one()]  # the room is open
    plan = reverse("programmes.gathering", kwargs={"gathering_id": stage.gathering.pk})
    assert "This session is over." not in desk.look(plan)
    assert not queries.latest_sessions_held(stage.bo, FACILITATOR, most=3)
    desk.press("ending")
    assert not queries.coming_sessions(stage.bo, FACILITATOR)
    assert next_one() is None
    assert queries.latest_sessions_held(stage.bo, FACILITATOR, most=3) == [stage.gathering]
    assert not queries.coming_dates_of(stage.bo)
    assert "This session is over." in desk.look(plan)
    end = stage.gathering.ends_at + timedelta(days=1)
    Sitting.objects.create(gathering=stage.gathering, label="night", starts_at=end, ends_at=end + timedelta(hours=1))
    assert list(queries.coming_sessions(stage.bo, FACILITATOR)) == [stage.gathering]  # the other sitting is ahead
    yesterday = timezone.now() - timedelta(days=1)
    Gathering.objects.update(starts_at=yesterday, ends_at=yesterday + timedelta(hours=1))
    (session,) = queries.coming_sessions(stage.bo, FACILITATOR)
    assert vars(session)["meets_at"] == end
    assert not queries.latest_sessions_held(stage.bo, FACILITATOR, most=3)
    home = desk.look(reverse("homes.desk"))
    assert date_format(end.astimezone(CHICAGO), "j F") in home
    assert date_format(yesterday.astimezone(CHICAGO), "j F") not in home
    long_ago = yesterday - SITTINGS_WITHIN
    Gathering.objects.update(starts_at=long_ago, ends_at=long_ago + timedelta(hours=1))
    assert not queries.coming_sessions(stage.bo, FACILITATOR)  # nobody waits for years
    assert queries.latest_sessions_held(stage.bo, FACILITATOR, most=3) == [stage.gathering]


def test_E4_a_room_that_was_only_looked_into_leaves_its_session_ahead(wire: Wire) -> None:
    stage = strength()
    Desk(stage, wire, stage.bo).press("ending")
    assert list(queries.coming_sessions(stage.bo, FACILITATOR)) == [stage.gathering]


def test_E4_a_new_session_begins_with_the_place_and_the_hours_of_the_last(wire: Wire) -> None:
    stage = strength()
    browser = Client()
    browser.force_login(stage.bo)
    address = reverse("programmes.new_gathering", kwargs={"programme_id": stage.gathering.programme_id})
    page = browser.get(address).content.decode()
    assert 'value="Library"' in page
    assert "Place and hours are those of the last session." in page
    stage.room.delete()
    Gathering.objects.all().delete()
    page = browser.get(address).content.decode()
    assert "Library" not in page
    assert "Place and hours are those of the last session." not in page


def test_E3_who_watches_by_the_code_is_hung_up_on_when_slips_are_drawn(wire: Wire) -> None:
    from holdfast.gatherings.actions.slips import draw_slips
    from holdfast.voices.admission import Viewer

    stage = a_room(writing=False)
    watching, desk = stage.stream(wire, Viewer.PARTICIPANT), stage.stream(wire, Viewer.DESK)
    wire.settle(0.05)
    told = len(watching.events())
    assert told > 0
    draw_slips(stage.gathering, count=1, by=stage.bo)
    actions.start_round(stage.room, item=stage.talk, by=stage.bo)
    wire.settle(0.1)
    assert len(watching.events()) == told
    assert desk.state()["round"]["title"] == stage.talk.title
    assert "It lets in by slips drawn from a hat." in Desk(stage, wire, stage.bo).look()


@pytest.mark.parametrize(
    ("host", "drawn"),
    [
        ("127.0.0.1:8000", '<span class="unbroken">127.0.0.1:8000</span>'),
        ("10.0.0.7/slip/", '<span class="unbroken">10.0.0.7/slip/</span>'),
        ("room.maple.example", "room<wbr>.maple<wbr>.example"),
        ("1.2.3.4.example", "1<wbr>.2<wbr>.3<wbr>.4<wbr>.example"),
    ],
)
def test_E4_an_address_of_numbers_does_not_break_and_a_name_breaks_before_a_dot(host: str, drawn: str) -> None:
    assert breaking(host) == drawn
