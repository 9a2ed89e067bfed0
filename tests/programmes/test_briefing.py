"""A leader's briefing: everything the toolkit asks in their part, dated, skippable, and ticked for nobody else."""

import io
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from holdfast.curriculum.actions import load_pack
from holdfast.curriculum.pack import LeaderMode
from holdfast.curriculum.queries import pack_of
from holdfast.people import actions as people
from holdfast.people.models import Person, Role
from holdfast.programmes import actions
from holdfast.programmes.actions.companion import mark_asked, say_to_group
from holdfast.programmes.companion_words import FROM_OUTSIDE, IN_THE_ROOM
from holdfast.programmes.models import BriefingMark, Gathering, LeaderWord, Programme
from holdfast.programmes.queries.companion import briefing_of, questions_of
from holdfast.programmes.rules import companion as rules
from tests.given import Ours, somebody_who
from tests.programmes.given import a_programme, a_session
from tests.programmes.test_leading import signed_in


def address(programme: Programme, number: int = 4, page: str = "briefing") -> str:
    """Return the address of a briefing, its ticks, or its PDF."""
    return reverse(f"programmes.{page}", kwargs={"programme_id": programme.pk, "number": number})


def read(client: Client, url: str) -> str:
    """Return a page that is there."""
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def takes(programme: Programme, leader: Person, part: str) -> None:
    """Let a leader be there in one way."""
    actions.choose_parts(programme, leader=leader, whole=part, sections={}, by=leader)


@pytest.fixture
def bundled(ours: Ours) -> Programme:
    """The programme of the Northgate team with the bundled toolkit."""
    return a_programme(ours.group, ours.bo, load_pack(settings.PACKS_DIR / "compassion-resilience"))


@pytest.mark.parametrize("part", ["taking_part", "supporting", "dropping_in"])
def test_A1_every_consideration_stands_on_the_briefing_of_its_part_and_no_other(
    ours: Ours, bundled: Programme, part: str
) -> None:
    takes(bundled, ours.amara, part)
    client = signed_in(ours.amara)
    mode = LeaderMode.TAKING_PART if part == "taking_part" else LeaderMode.SUPPORTING
    for section in pack_of(bundled.pack).sections:
        html = read(client, address(bundled, section.number))
        mine = {one.id for one in section.considerations_for(mode)}
        if part == "dropping_in":  # asked in, a leader is one of the circle
            inside = section.considerations_for(LeaderMode.TAKING_PART)
            mine |= {one.id for one in inside if one.when == "during"}
        assert len(mine) >= 3
        assert {one.id for one in section.considerations if f'id="{one.id}"' in html} == mine, section.number
        assert all(one.title in html for one in section.considerations if one.id in mine)


def test_A1_together_the_parts_ask_everything_the_toolkit_has(bundled: Programme) -> None:
    asked = {
        (section.number, one.id)
        for section in pack_of(bundled.pack).sections
        for mode in (LeaderMode.TAKING_PART, LeaderMode.SUPPORTING)
        for one in section.considerations_for(mode)
    }
    everything = [(s.number, one.id) for s in pack_of(bundled.pack).sections for one in s.considerations]
    assert len(everything) >= 80
    assert asked == set(everything)


def test_B2_the_part_chosen_for_one_section_decides_what_its_briefing_asks(ours: Ours, session: Gathering) -> None:
    programme = session.programme
    client = signed_in(ours.amara)
    assert "D4.2 taking_part before" in read(client, address(programme))
    actions.choose_parts(programme, leader=ours.amara, whole="taking_part", sections={4: "supporting"}, by=ours.amara)
    html = read(client, address(programme))
    assert "D4.3 supporting before" in html
    assert "D4.2 taking_part before" not in html
    assert "D1.2 taking_part before" in read(client, address(programme, 1))


def test_A1_a_briefing_is_dated_from_its_session(ours: Ours, session: Gathering) -> None:
    html = read(signed_in(ours.amara), address(session.programme))
    assert "Thursday 13 March 2031, 15:30–16:30 (Chicago)" in html
    assert "Wednesday 12 March 2031" in html  # what is asked before: until its eve
    assert "Thursday 20 March 2031" in html  # what follows: begun within a week
    undated = read(signed_in(ours.amara), address(session.programme, 1))
    assert "This section has no date yet." in undated
    assert "D1.1 both before" in undated


def test_B3_B4_a_briefing_says_how_to_be_in_the_room(ours: Ours, session: Gathering) -> None:
    html = read(signed_in(ours.amara), address(session.programme))
    assert [str(words) in html for words in IN_THE_ROOM] == [True] * len(IN_THE_ROOM)
    said = " ".join(str(words) for words in IN_THE_ROOM).lower()
    assert all(word in said for word in ("never first, never last", "defended", "put right", "thank"))
    takes(session.programme, ours.amara, "supporting")
    outside = read(signed_in(ours.amara), address(session.programme))
    assert [str(words) in outside for words in FROM_OUTSIDE] == [True] * len(FROM_OUTSIDE)
    assert str(IN_THE_ROOM[0]) not in outside


def test_B5_every_question_of_the_session_comes_with_what_a_leader_could_share(ours: Ours, bundled: Programme) -> None:
    gathering = a_session(bundled, ours.bo, section=2)
    section = pack_of(bundled.pack).section(2)
    assert section is not None
    found = questions_of(briefing_of(bundled, ours.amara, 2))
    asked = {item.activity_key for item in gathering.plan.all()}
    with_hints = [a for a in section.activities if a.key in asked and a.leader_prompts]
    assert len(with_hints) >= 4
    assert [one.key for one in found] == [activity.key for activity in with_hints]
    html = read(signed_in(ours.amara), address(bundled, 2))
    assert all(hint.replace("'", "&#x27;") in html for one in found for hint in one.hints)

    taken_out = gathering.plan.get(activity_key=with_hints[0].key)
    actions.remove_activity(taken_out, by=ours.bo)
    assert with_hints[0].key not in {one.key for one in questions_of(briefing_of(bundled, ours.amara, 2))}
    takes(bundled, ours.amara, "supporting")
    assert questions_of(briefing_of(bundled, ours.amara, 2)) == []


def test_E8_words_to_say_in_the_room_are_not_offered_to_a_leader_who_stays_outside(
    ours: Ours, bundled: Programme
) -> None:
    takes(bundled, ours.amara, "taking_part")
    assert "Words you can use" in read(signed_in(ours.amara), address(bundled, 4))
    takes(bundled, ours.amara, "supporting")
    assert "Words you can use" not in read(signed_in(ours.amara), address(bundled, 4))


def test_D2_1_D5_3_D5_4_the_briefing_says_how_to_listen_and_has_the_words_at_hand(
    ours: Ours, bundled: Programme
) -> None:
    takes(bundled, ours.amara, "taking_part")
    client = signed_in(ours.amara)
    second = " ".join(read(client, address(bundled, 2)).split())
    assert "Answer neither first nor last." in second
    assert "Give no advice today" in second
    assert "put nothing right" in second
    fifth = " ".join(read(client, address(bundled, 5)).split())
    assert "Give no explanation." in fifth
    assert "Thank you for saying that. I did not know that it arrives like this." in fifth
    assert "Have the tips for speaking about expectations at hand" in fifth
    page = {"programme_id": bundled.pk, "number": 5, "key": "C1"}
    tips = read(client, reverse("programmes.component", kwargs=page))
    assert "When something is expected of you." in tips
    takes(bundled, ours.amara, "supporting")
    outside = " ".join(read(client, address(bundled, 5)).split())
    assert "Give no explanation." not in outside
    assert "The facilitators bring you the expectations" in outside


def test_E8_a_tick_folds_the_thing_away_and_is_taken_back(ours: Ours, session: Gathering) -> None:
    client, marks = signed_in(ours.amara), address(session.programme, page="briefing_marks")
    page = address(session.programme)
    assert 'data-mark=""' in read(client, page)
    client.post(marks, {"asked": "D4.1", "kind": "ready"})
    client.post(marks, {"asked": "D4.2", "kind": "not_now"})
    html = read(client, page)
    assert 'id="D4.1" data-mark="ready"' in html
    assert 'id="D4.2" data-mark="not_now"' in html
    client.post(marks, {"asked": "D4.1", "kind": ""})
    assert 'id="D4.1" data-mark=""' in read(client, page)

    fragment = client.post(marks, {"asked": "D4.1", "kind": "ready"}, headers={"HX-Request": "true"})
    assert fragment.status_code == 200
    assert fragment.content.decode().strip().startswith("<li")


def test_E8_a_whole_briefing_is_left_out_without_a_reason_and_then_asks_nothing_on_arrival(
    ours: Ours, session: Gathering
) -> None:
    client, marks = signed_in(ours.amara), address(session.programme, page="briefing_marks")
    assert "D4.1 both before" in read(client, "/desk/")
    client.post(marks, {"asked": "", "kind": "not_now"})
    home = read(client, "/desk/")
    assert "D4.1 both before" not in home
    assert "You left this one out." in home
    assert "You left this one out." in read(client, address(session.programme))
    client.post(marks, {"asked": "", "kind": ""})
    assert "D4.1 both before" in read(client, "/desk/")


def test_E8_what_is_ready_stands_under_ready_and_no_longer_under_next(ours: Ours, session: Gathering) -> None:
    client = signed_in(ours.amara)
    for asked in ("D4.1", "D4.2"):
        mark_asked(session.programme, section=4, asked=asked, kind="ready", by=ours.amara)
    html = read(client, "/desk/")
    assert "You are ready for it." in html
    assert html.index("What stands") < html.index("D4.1 both before") < html.index("Waiting</p>")


@pytest.mark.parametrize(
    "sent", [{"asked": "D9", "kind": "ready"}, {"asked": "D4.1", "kind": "best"}, {"asked": "", "kind": "ready"}]
)
def test_a_tick_on_something_nobody_asked_is_not_kept(ours: Ours, session: Gathering, sent: dict[str, str]) -> None:
    answer = signed_in(ours.amara).post(address(session.programme, page="briefing_marks"), sent)
    assert (answer.status_code in {404, 422}, BriefingMark.objects.count()) == (True, 0)


def test_E8_a_leaders_ticks_are_seen_by_nobody_else(ours: Ours, session: Gathering) -> None:
    second = somebody_who(Role.Kind.LEADER, "Lea", ours.group)
    mark_asked(session.programme, section=4, asked="D4.1", kind="not_now", by=ours.amara)
    assert 'data-mark="not_now"' in read(signed_in(ours.amara), address(session.programme))
    assert 'data-mark="not_now"' not in read(signed_in(second), address(session.programme))
    plan = reverse("programmes.gathering", kwargs={"gathering_id": session.pk})
    for person in (ours.bo, ours.dee):
        client = signed_in(person)
        assert client.get(address(session.programme)).status_code == 404
        assert "data-mark" not in read(client, plan)


def test_a_section_the_toolkit_does_not_have_is_not_there(ours: Ours, session: Gathering) -> None:
    assert signed_in(ours.amara).get(address(session.programme, 7)).status_code == 404


def test_A1_a_briefing_prints_on_two_pages_with_every_id(ours: Ours, bundled: Programme) -> None:
    a_session(bundled, ours.bo, section=5)
    client = signed_in(ours.amara)
    for size, width in (("a4", 595), ("us-letter", 612)):
        answer = client.get(f"{address(bundled, 5, 'briefing_on_paper')}?size={size}")
        assert answer["Content-Type"] == "application/pdf"
        pdf = PdfReader(io.BytesIO(answer.content))
        assert len(pdf.pages) <= 3
        assert round(float(pdf.pages[0].mediabox.width)) == width
        text = "".join("".join(page.extract_text() for page in pdf.pages).split())
        found = briefing_of(bundled, ours.amara, 5)
        assert [one.consideration.id in text for one in found.asked] == [True] * len(found.asked)
    assert client.get(f"{address(bundled, 5, 'briefing_on_paper')}?size=a0").status_code == 404


def test_D1_1_a_leaders_word_stands_before_the_group_by_name_and_is_taken_back(
    ours: Ours, programme: Programme
) -> None:
    client = signed_in(ours.amara)
    word = reverse("programmes.word", kwargs={"programme_id": programme.pk})
    group = reverse("programmes.taking_part", kwargs={"programme_id": programme.pk})
    assert "I stay until the end." not in read(signed_in(ours.pat), group)
    sent = {"interest": "You carry much.", "learned": "I answer too fast.", "engaged": "I stay until the end."}
    assert client.post(word, sent).status_code == 302
    html = read(signed_in(ours.pat), group)
    assert html.index("Amara") < html.index("You carry much.") < html.index("I stay until the end.")
    client.post(word, {**sent, "engaged": "I come when you ask."})
    assert LeaderWord.objects.count() == 1
    assert "I come when you ask." in read(signed_in(ours.pat), group)
    client.post(reverse("programmes.word_removal", kwargs={"programme_id": programme.pk}))
    assert "I come when you ask." not in read(signed_in(ours.pat), group)


def test_D1_1_who_leads_no_longer_no_longer_speaks_to_the_group(ours: Ours, programme: Programme) -> None:
    say_to_group(programme, interest="You.", learned="", engaged="I stay.", by=ours.amara)
    people.end_access(ours.amara, by=ours.dee)
    group = reverse("programmes.taking_part", kwargs={"programme_id": programme.pk})
    assert "I stay." not in read(signed_in(ours.pat), group)


def test_D1_1_a_word_needs_its_two_sentences(ours: Ours, programme: Programme) -> None:
    word = reverse("programmes.word", kwargs={"programme_id": programme.pk})
    answer = signed_in(ours.amara).post(word, {"interest": "You carry much.", "engaged": ""})
    assert answer.status_code == 422
    assert "You carry much." in answer.content.decode()  # what was typed is kept
    assert LeaderWord.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_a_briefing_asks_the_same_questions_for_one_mark_and_three(
    ours: Ours, session: Gathering, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number, asked in enumerate(("D4.1", "D4.2", "D4.4")[:rows], start=1):
        mark_asked(session.programme, section=4, asked=asked, kind="ready", by=ours.amara)
        a_session(session.programme, ours.bo, section=1, starts_at=session.starts_at + timedelta(days=number))
    client = signed_in(ours.amara)
    with django_assert_num_queries(10):
        client.get(address(session.programme))


@pytest.mark.parametrize(
    ("when", "day"), [("before", date(2031, 3, 12)), ("during", date(2031, 3, 13)), ("after", date(2031, 3, 20))]
)
def test_a_due_day_follows_from_the_session(when: str, day: date) -> None:
    assert rules.until(when, date(2031, 3, 13)) == day


def test_there_is_no_fourth_time() -> None:
    with pytest.raises(ValueError, match="when"):
        rules.until("sometime", date(2031, 3, 13))


def test_E1_a_cancelled_session_is_not_what_one_gets_ready_for(ours: Ours, session: Gathering) -> None:
    assert briefing_of(session.programme, ours.amara, 4).gathering == session
    actions.cancel_gathering(session, why="", by=ours.bo)
    assert briefing_of(session.programme, ours.amara, 4).gathering is None
