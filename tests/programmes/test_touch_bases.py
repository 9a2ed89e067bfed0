"""Touch-bases: days between the sessions, an agenda that writes itself, and a missed one only two sides see."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from holdfast.gatherings.models import Room, Round, Worry
from holdfast.people import actions as people
from holdfast.people.models import Person, Role
from holdfast.programmes import actions as plans
from holdfast.programmes.actions.companion import mark_asked
from holdfast.programmes.actions.touch_bases import (
    keep_touch_base,
    plan_touch_bases,
)
from holdfast.programmes.models import Agreed, Barrier, Gathering, Programme, TouchBase
from holdfast.programmes.queries import today_at
from holdfast.programmes.queries.touch_bases import days_to_propose
from holdfast.programmes.rules import touch_bases as rules
from holdfast.programmes.rules.touch_bases import Agreement
from holdfast.report_back.models import Concern
from tests.given import Ours, Theirs, somebody_who
from tests.programmes.given import A_DAY, a_session
from tests.programmes.test_leading import signed_in

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def of(programme: Programme) -> str:
    """Return the address of a programme's touch-bases."""
    return reverse("programmes.touch_bases", kwargs={"programme_id": programme.pk})


def one(touch_base: TouchBase, page: str = "homes.touch_base") -> str:
    """Return the address of one touch-base."""
    return reverse(page, kwargs={"touch_base_id": touch_base.pk})


def read(client: Client, url: str) -> str:
    """Return a page that is there."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


@pytest.fixture
def planned(ours: Ours, session: Gathering) -> TouchBase:
    """A touch-base with Amara a week before session 4, after a session 1 that was held."""
    a_session(session.programme, ours.bo, section=1, starts_at=timezone.now() - timedelta(days=7))
    [made] = plan_touch_bases(session.programme, leader=ours.amara, days={session.pk: date(2031, 3, 6)}, by=ours.bo)
    return made


def missed(touch_base: TouchBase) -> TouchBase:
    """Let its day go by."""
    TouchBase.objects.filter(pk=touch_base.pk).update(planned_on=today_at(touch_base.programme) - timedelta(days=2))
    touch_base.refresh_from_db()
    return touch_base


# --- days between sessions ---


def test_B2_a_day_is_proposed_between_every_two_sessions_and_all_are_accepted_in_one_press(
    ours: Ours, session: Gathering
) -> None:
    programme = session.programme
    plans.add_no_go(ours.site, label="Break", first_day=date(2031, 4, 3), last_day=date(2031, 4, 3), by=ours.bo)
    later = [a_session(programme, ours.bo, section=1, starts_at=A_DAY + timedelta(days=n)) for n in (3, 28)]
    client = signed_in(ours.bo)
    html = read(client, of(programme))
    proposed = [between.day for between in days_to_propose(programme, ours.amara)]
    # a week before; between Thursday and Sunday only the Friday; a week before is closed, so the day after it
    assert proposed == [date(2031, 3, 6), date(2031, 3, 14), date(2031, 4, 2)]
    assert all(f'value="{day.isoformat()}"' in html for day in proposed)

    sent = {f"g{session.pk}": "2031-03-06", f"g{later[0].pk}": "", f"g{later[1].pk}": "2031-04-04"}
    assert client.post(of(programme), sent).status_code == 302
    kept = TouchBase.objects.order_by("planned_on").values_list("gathering", "planned_on", "leader")
    assert list(kept) == [
        (session.pk, date(2031, 3, 6), ours.amara.pk),
        (later[1].pk, date(2031, 4, 4), ours.amara.pk),
    ]
    assert [between.gathering for between in days_to_propose(programme, ours.amara)] == [later[0]]


def test_B2_the_proposal_says_in_which_way_the_leader_is_there(ours: Ours, session: Gathering) -> None:
    plans.choose_parts(
        session.programme, leader=ours.amara, whole="taking_part", sections={4: "supporting"}, by=ours.bo
    )
    assert "Supports: meets the facilitators between the sessions" in read(signed_in(ours.bo), of(session.programme))


@given(DAYS, st.integers(0, 60), st.integers(-30, 30), st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 9))))
def test_B2_a_proposed_day_lies_between_the_sessions_and_on_an_open_day_where_there_is_one(
    earlier: date, apart: int, ahead: int, breaks: list[tuple[int, int]]
) -> None:
    later, today = earlier + timedelta(days=apart), earlier + timedelta(days=ahead)
    closed = [(earlier + timedelta(days=a), earlier + timedelta(days=a + n)) for a, n in breaks]
    day = rules.day_between(earlier, later, today=today, closed=closed)
    between = [d for n in range(1, apart) if (d := earlier + timedelta(days=n)) >= today]
    free = [d for d in between if d.weekday() < 5 and not any(a <= d <= b for a, b in closed)]
    assert (day is None) == (not between)
    assert day is None or day in (free or between)


@given(st.integers(1, 15), st.lists(st.integers(1, 5), max_size=8))
def test_A1_the_minutes_of_an_agenda_add_up(minutes: int, weights: list[int]) -> None:
    shares = rules.shared_out(minutes, weights)
    assert sum(shares) == (max(minutes, len(weights)) if weights else 0)
    assert all(share >= 1 for share in shares)


@pytest.mark.parametrize(("topics", "minutes"), [(0, 5), (2, 5), (3, 10), (4, 10), (5, 15), (9, 15)])
def test_A1_a_touch_base_takes_five_to_fifteen_minutes(topics: int, minutes: int) -> None:
    assert rules.minutes_for(topics) == minutes


# --- the agenda ---


def test_A1_the_agenda_writes_itself_from_what_is_due_what_waits_and_what_was_agreed(
    ours: Ours, planned: TouchBase
) -> None:
    programme = planned.programme
    html = read(signed_in(ours.bo), one(planned))
    for words in ("Endorse", "D4.1 both before", "D4.2 taking_part before", "Respond", "D1.4 both after", "D4.4 both"):
        assert words in html
    assert "D4.3 supporting before" not in html
    assert "The group waits" not in html
    assert "What we agreed last time" not in html

    Concern.objects.create(
        programme=programme, wording="Cover.", position=1, handed_over_on=date(2031, 1, 5), due_on=date(2031, 4, 3)
    )
    earlier = TouchBase.objects.create(programme=programme, leader=ours.amara, planned_on=date(2026, 1, 5))
    keep_touch_base(earlier, notes="", agreed=[Agreement("Cover for Pat", "Amara", date(2031, 2, 1))], by=ours.bo)
    html = read(signed_in(ours.bo), one(planned))
    assert "The group waits for one answer; the agreed day is Thursday 3 April." in html
    assert html.index("What we agreed last time") < html.index("Cover for Pat") < html.index("Endorse")
    assert "Cover." not in html  # the words stay on their own page
    assert "15 minutes" in html

    plans.choose_parts(programme, leader=ours.amara, whole="supporting", sections={}, by=ours.bo)
    html = read(signed_in(ours.bo), one(planned))
    assert "D4.3 supporting before" in html
    assert "D4.2 taking_part before" not in html


def test_B1_what_keeps_people_away_comes_up_and_only_the_leader_is_told_that_something_waits(
    ours: Ours, planned: TouchBase
) -> None:
    programme = planned.programme
    assert "What keeps people away" not in read(signed_in(ours.amara), one(planned))
    Barrier.objects.create(programme=programme, kind="cover", text="The front desk.", named_on=date(2026, 1, 5))
    for person, told in ((ours.amara, True), (ours.bo, False)):
        html = read(signed_in(person), one(planned))
        assert ("Something keeps people from coming." in html) == told
        assert "The front desk." not in html  # its words stay on the leader's own page
    Barrier.objects.update(done="Bo covers on Thursdays.", done_on=date(2026, 1, 9), told_group=True)
    assert "Cleared: Bo covers on Thursdays." in read(signed_in(ours.bo), one(planned))


def test_E7_a_worry_is_debriefed_by_facilitators_and_the_leader_does_not_see_it(
    ours: Ours, session: Gathering, planned: TouchBase
) -> None:
    room = Room.objects.create(gathering=session, code="EFHKLM", opened_at=timezone.now(), ended_at=timezone.now())
    found = Round.objects.create(
        room=room, position=1, kind="gather", mode="unnamed", title="Drivers", minutes=5, phase="sealed"
    )
    worry = Worry.objects.create(round=found, held_on=date(2026, 1, 5), by=ours.bo)
    title = "A note that worried you: talk it over"
    assert title in read(signed_in(ours.bo), one(planned))
    assert title not in read(signed_in(ours.amara), one(planned))
    worry.debriefed_on = date(2026, 1, 6)
    worry.save()
    assert title not in read(signed_in(ours.bo), one(planned))


def test_A1_open_components_of_the_next_two_weeks_come_up(ours: Ours, session: Gathering) -> None:
    programme = session.programme
    [talk] = plan_touch_bases(programme, leader=ours.amara, days={session.pk: date(2031, 3, 6)}, by=ours.bo)
    assert "Around the session" not in read(signed_in(ours.bo), one(talk))  # session 4 is years ahead
    a_session(programme, ours.bo, section=1, starts_at=timezone.now() + timedelta(days=5))
    html = read(signed_in(ours.bo), one(talk))
    assert "Around the session" in html
    assert reverse("programmes.components", kwargs={"programme_id": programme.pk}) in html


def test_E8_the_leaders_own_ticks_are_no_part_of_the_agenda(ours: Ours, planned: TouchBase) -> None:
    before = read(signed_in(ours.bo), one(planned))
    mark_asked(planned.programme, section=4, asked="D4.1", kind="not_now", by=ours.amara)
    assert "D4.1 both before" in before
    assert "D4.1 both before" in read(signed_in(ours.bo), one(planned))
    assert "D4.1 both before" not in read(signed_in(ours.amara), "/desk/")


def test_A1_notes_and_what_was_agreed_are_kept_with_owner_and_day(ours: Ours, planned: TouchBase) -> None:
    client = signed_in(ours.bo)
    sent = {"notes": "Begin on time.", "text1": "Ask for cover", "who1": "Amara", "due1": "2031-03-10"}
    assert client.post(one(planned), {**sent, "text2": "A room", "due2": "2031-03-11"}).status_code == 422
    assert (Agreed.objects.count(), TouchBase.objects.get().held_on) == (0, None)
    html = client.post(one(planned), {**sent, "text2": "A room", "due2": "2031-03-11"}).content.decode()
    assert "without a name it is nobody’s" in html
    assert "Begin on time." in html  # what was typed stays
    assert client.post(one(planned), sent).status_code == 302
    planned.refresh_from_db()
    assert planned.held_on == today_at(planned.programme)
    agreed = Agreed.objects.get()
    assert (agreed.text, agreed.who, agreed.due_on) == ("Ask for cover", "Amara", date(2031, 3, 10))
    page = read(signed_in(ours.amara), of(planned.programme))
    assert "Begin on time." in page
    assert "Monday 10 March 2031" in page

    settle = reverse("programmes.agreed_settlement", kwargs={"agreed_id": agreed.pk})
    signed_in(ours.amara).post(settle, {"done": "1"})
    agreed.refresh_from_db()
    assert agreed.done_on is not None
    client.post(settle, {"done": ""})
    agreed.refresh_from_db()
    assert agreed.done_on is None


# --- a missed one ---


def test_B2_a_missed_touch_base_shows_to_the_leader_and_the_facilitators_only(
    ours: Ours, theirs: Theirs, planned: TouchBase
) -> None:
    second = somebody_who(Role.Kind.LEADER, "Lea", ours.group)
    for person in (ours.amara, ours.bo):
        assert "did not happen" not in read(signed_in(person), "/desk/")
    missed(planned)
    for person in (ours.amara, ours.bo, ours.chi):
        assert "did not happen" in read(signed_in(person), "/desk/")
        assert "did not happen" in read(signed_in(person), one(planned))
    for person in (second, ours.dee, ours.pat, ours.cole, ours.eve, theirs.gil, theirs.hana):
        client = signed_in(person)
        assert "did not happen" not in read(client, "/desk/")
        nothing = client.get(reverse("homes.touch_base", kwargs={"touch_base_id": 1}))
        answer = client.get(one(planned))
        assert (answer.status_code, answer.content) == (404, nothing.content)
    assert "did not happen" not in read(signed_in(second), of(planned.programme))
    assert signed_in(ours.dee).get(of(planned.programme)).status_code == 404


def test_B2_a_missed_touch_base_is_caught_up_in_one_step(ours: Ours, planned: TouchBase) -> None:
    client = signed_in(missed(planned).leader)
    assert reverse("programmes.touch_base_catch_up", kwargs={"touch_base_id": planned.pk}) in read(client, "/desk/")
    assert client.post(one(planned, "programmes.touch_base_catch_up")).status_code == 302
    planned.refresh_from_db()
    assert planned.held_on == today_at(planned.programme)
    assert "did not happen" not in read(client, "/desk/")


def test_E8_not_this_time_needs_no_reason_and_is_not_missed(ours: Ours, planned: TouchBase) -> None:
    client = signed_in(missed(planned).leader)
    client.post(one(planned, "programmes.touch_base_omission"), {"on": "1"})
    assert "did not happen" not in read(client, "/desk/")
    assert "not this time" in read(client, of(planned.programme))
    client.post(one(planned, "programmes.touch_base_omission"), {"on": ""})
    assert "did not happen" in read(client, "/desk/")


def test_another_day_is_today_or_ahead_and_not_for_one_that_was_held(ours: Ours, planned: TouchBase) -> None:
    client, day = signed_in(ours.bo), one(planned, "programmes.touch_base_day")
    assert client.post(day, {"planned_on": "2020-01-06"}).status_code == 422
    assert client.post(day, {"planned_on": "2031-03-07"}).status_code == 302
    keep_touch_base(planned, notes="", by=ours.bo)
    assert client.post(day, {"planned_on": "2031-03-10"}).status_code == 422
    planned.refresh_from_db()
    assert planned.planned_on == date(2031, 3, 7)
    assert client.post(one(planned, "programmes.touch_base_omission"), {"on": "1"}).status_code == 409


def test_E2_who_leads_no_longer_is_not_met_and_sees_nothing(ours: Ours, planned: TouchBase) -> None:
    people.give_role(ours.amara, kind=Role.Kind.PARTICIPANT, at=ours.group)
    people.take_role(ours.amara.roles.get(kind=Role.Kind.LEADER), by=ours.dee)
    assert signed_in(ours.amara).get(one(planned)).status_code == 404
    html = read(signed_in(ours.bo), of(planned.programme))  # what was is still on record for the facilitators
    assert "Amara" in html
    assert "Nobody leads this group yet." not in html


def test_a_session_that_is_taken_out_leaves_its_touch_base(ours: Ours, planned: TouchBase) -> None:
    assert planned.gathering
    plans.remove_gathering(planned.gathering, by=ours.bo)
    assert "Touch-base with Amara" in read(signed_in(ours.bo), one(planned))


@pytest.mark.parametrize("rows", [1, 3])
def test_touch_bases_ask_the_same_questions_for_one_and_three(
    ours: Ours, planned: TouchBase, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = planned.programme
    for n in range(rows):
        later = datetime(2031, 4, 1 + n, 20, tzinfo=UTC)
        a_session(programme, ours.bo, section=1, starts_at=later)
        other = TouchBase.objects.create(programme=programme, leader=ours.amara, planned_on=date(2026, 1, 5 + n))
        agreed = [Agreement(f"Thing {m}", "Bo", date(2031, 1, 1)) for m in range(rows)]
        keep_touch_base(other, notes="x", agreed=agreed, by=ours.bo)
        Concern.objects.create(
            programme=programme, wording="x", position=n, handed_over_on=date(2026, 1, 5), due_on=date(2031, 4, 3)
        )
    client = signed_in(ours.bo)
    with django_assert_num_queries(15):
        client.get(of(programme))
    with django_assert_num_queries(24):
        client.get(one(planned))


# --- on paper ---


@pytest.mark.parametrize(("size", "points"), [("a4", (595, 842)), ("us-letter", (612, 792))])
def test_A1_the_talk_can_be_printed_with_its_agenda_and_room_to_write(
    ours: Ours, planned: TouchBase, size: str, points: tuple[int, int]
) -> None:
    Person.objects.filter(pk=ours.amara.pk).update(name="Águeda Ñíguez")
    keep_touch_base(planned, notes="", agreed=[Agreement("Señal a tiempo", "Zoë", date(2031, 4, 1))], by=ours.bo)
    TouchBase.objects.filter(pk=planned.pk).update(held_on=None)
    for language, told in (
        ("en", ("Touch-base with Águeda Ñíguez", "Thursday 6 March", "Agenda", "Who looks after it")),
        ("es", ("Puesta al día con Águeda Ñíguez", "jueves 6 de marzo", "Hasta")),
    ):
        client = signed_in(ours.bo)
        answer = client.get(
            one(planned, "homes.touch_base_on_paper"), {"size": size}, headers={"accept-language": language}
        )
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        pdf = PdfReader(io.BytesIO(answer.content))
        box = pdf.pages[0].mediabox
        assert (round(box.width), round(box.height)) == points
        words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
        for sentence in (*told, "Señal a tiempo", "Zoë"):
            assert sentence in words, (language, sentence, words)
    assert client.get(one(planned, "homes.touch_base_on_paper"), {"size": "a3"}).status_code == 404
    assert one(planned, "homes.touch_base_on_paper") in read(client, one(planned))


def test_A1_a_talk_that_was_held_is_printed_with_what_was_agreed(ours: Ours, planned: TouchBase) -> None:
    keep_touch_base(planned, notes="#eval(1) begins on time", agreed=[], by=ours.bo)
    answer = signed_in(ours.amara).get(one(planned, "homes.touch_base_on_paper"))
    words = " ".join(PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())
    assert "#eval(1) begins on time" in words  # words are set as they are: none is an instruction
    assert "Held on" in words
