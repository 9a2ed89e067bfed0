"""Getting ready: what each step keeps, who reads it, and what nobody but oneself can read."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from holdfast.people import actions as people
from holdfast.people.models import Group, Person, Role
from holdfast.programmes import actions, queries
from holdfast.programmes.messages import MESSAGES
from holdfast.programmes.models import (
    CircleAgreement,
    Commitment,
    Gap,
    LeaderPart,
    LeaderTakesPart,
    Pledge,
    Programme,
    Readiness,
    Values,
)
from holdfast.programmes.rules import QUESTIONS, Facts, StartStep, StepState, part_of, state_of
from holdfast.refusals import Refused
from tests.given import Ours, somebody_who

ALL_SO = {key: "so" for keys in QUESTIONS.values() for key in keys}


def page(name: str, programme: Programme, **more: int) -> str:
    """Return the address of a page of a programme."""
    return reverse(f"programmes.{name}", kwargs={"programme_id": programme.pk, **more})


def signed_in(person: Person) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(person)
    return client


def html_of(person: Person, name: str, programme: Programme, **more: int) -> str:
    """Return a page as somebody sees it."""
    answer = signed_in(person).get(page(name, programme, **more))
    assert answer.status_code == 200
    return answer.content.decode()


def states(programme: Programme) -> dict[str, str]:
    """Return where each step stands."""
    return {step.key: step.state.value for step in queries.steps_of(programme)}


# --- the list of steps ---


def test_E8_every_step_is_named_and_each_can_be_left_for_another_time_and_taken_up_again(
    ours: Ours, programme: Programme
) -> None:
    assert set(states(programme)) == {step.value for step in StartStep}
    bo = signed_in(ours.bo)
    html = html_of(ours.bo, "start", programme)
    assert html.count("Not this time") >= 9
    assert "readiness" in html

    bo.post(page("marks", programme), {"step": "readiness", "kind": "not_now"})
    assert states(programme)["readiness"] == "not_now"
    assert "Take it up again" in html_of(ours.bo, "start", programme)
    bo.post(page("marks", programme), {"step": "readiness", "kind": ""})
    assert states(programme)["readiness"] == "open"


def test_a_step_that_is_not_there_is_not_marked(ours: Ours, programme: Programme) -> None:
    answer = signed_in(ours.bo).post(page("marks", programme), {"step": "nonsense", "kind": "done"})
    assert answer.status_code == 404
    assert programme.step_marks.count() == 0


@pytest.mark.parametrize(
    ("step", "facts", "state"),
    [
        (StartStep.CALENDAR, Facts(), "open"),
        (StartStep.CALENDAR, Facts(sections=12, dated=1), "begun"),
        (StartStep.CALENDAR, Facts(sections=12, dated=12), "done"),
        (StartStep.LEADERS, Facts(leaders=2, parted=1), "begun"),
        (StartStep.LEADERS, Facts(leaders=2, parted=2), "done"),
        (StartStep.TEAM, Facts(facilitators=1, handed_over=True), "begun"),
        (StartStep.TEAM, Facts(facilitators=2, handed_over=True), "done"),
        (StartStep.VALUES, Facts(values=True), "begun"),
        (StartStep.VALUES, Facts(values=True, voices=True), "done"),
        (StartStep.READINESS, Facts(looked=1), "done"),
        (StartStep.WHYS, Facts(whys=1), "begun"),
        (StartStep.PLEDGE, Facts(leaders=1, pledged=1), "done"),
        (StartStep.PLEDGE, Facts(leaders=0, pledged=0), "open"),
        (StartStep.COMMITMENT, Facts(willing=5), "done"),
        (StartStep.CIRCLE, Facts(agreements=1), "done"),
        (StartStep.KIT, Facts(), "open"),
    ],
)
def test_a_step_stands_where_the_pages_say(step: StartStep, facts: Facts, state: str) -> None:
    assert state_of(step, facts) == state
    assert state_of(step, facts, mark="done") is StepState.DONE
    assert state_of(step, facts, mark="not_now") == ("done" if state == "done" else "not_now")


# --- values, missing voices, gaps (A0) ---


def test_A0_values_stand_beside_the_toolkits_and_ask_whose_voices_are_missing(ours: Ours, programme: Programme) -> None:
    html = html_of(ours.amara, "values", programme)
    for words in ("What the toolkit stands for", "Fairness", "Care after hard things", "Whose voices are missing"):
        assert words in html

    sent = {"ours": "We tell the truth.", "meet": "", "missing_voices": "Night cleaners."}
    assert signed_in(ours.amara).post(page("values", programme), sent).status_code == 302
    saved = Values.objects.get(programme=programme)
    assert (saved.ours, saved.missing_voices, saved.written_by) == ("We tell the truth.", "Night cleaners.", ours.amara)
    assert states(programme)["values"] == "done"
    assert "Night cleaners." in html_of(ours.bo, "values", programme)


def test_A0_a_gap_has_a_coaching_step_and_a_day_and_is_closed_by_what_came_of_it(
    ours: Ours, programme: Programme
) -> None:
    bo, sent = signed_in(ours.bo), {"kind": "skill", "text": "We give advice too soon.", "look_again_on": "2031-05-01"}
    refused = bo.post(page("new_gap", programme), sent)
    assert refused.status_code == 422
    assert "We give advice too soon." in refused.content.decode()  # what was typed stays
    assert Gap.objects.count() == 0

    bo.post(page("new_gap", programme), {**sent, "coaching_step": "One round without answers."})
    gap = Gap.objects.get()
    assert (gap.closed_on, gap.look_again_on) == (None, date(2031, 5, 1))

    whole = {**sent, "coaching_step": gap.coaching_step, "came_of_it": "People finish their sentences."}
    bo.post(reverse("programmes.gap", kwargs={"gap_id": gap.pk}), whole)
    gap.refresh_from_db()
    assert gap.closed_on == queries.today_at(programme)
    assert "People finish their sentences." in html_of(ours.amara, "values", programme)


def test_A0_gaps_are_asked_about_the_team_and_never_one_person(ours: Ours, programme: Programme) -> None:
    assert "A sentence that points at one person does not belong here." in html_of(ours.bo, "new_gap", programme)


# --- readiness ---


def test_A0_readiness_is_kept_in_words_with_its_date_and_stands_beside_a_later_look(
    ours: Ours, programme: Programme
) -> None:
    early = actions.look_at_readiness(programme, answers={**ALL_SO, "time": "not_yet"}, notes={}, by=ours.bo)
    Readiness.objects.filter(pk=early.pk).update(looked_on=date(2025, 3, 6))
    sent = {**ALL_SO, "note_general": "Cover on Thursdays."}
    assert signed_in(ours.amara).post(page("new_readiness", programme), sent).status_code == 302

    assert Readiness.objects.count() == 2  # the first look is not written over
    html = html_of(ours.bo, "readiness", programme)
    assert "6 March 2025" in html
    assert html.count("Not yet") == 1
    assert "Cover on Thursdays." in html
    assert not any(word in html.lower() for word in ("score", "%", "average", "total"))


def test_a_look_without_a_word_for_each_question_is_not_kept_and_loses_nothing(
    ours: Ours, programme: Programme
) -> None:
    answer = signed_in(ours.bo).post(page("new_readiness", programme), {"wanted": "so", "note_general": "Cover."})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Cover." in html
    assert 'value="so" required id="id_wanted_0" checked' in html or "checked" in html
    assert Readiness.objects.count() == 0


def test_two_looks_on_one_day_are_one(ours: Ours, programme: Programme) -> None:
    actions.look_at_readiness(programme, answers=ALL_SO, notes={}, by=ours.bo)
    actions.look_at_readiness(programme, answers={**ALL_SO, "time": "unsure"}, notes={}, by=ours.chi)
    assert Readiness.objects.get().answers["time"] == "unsure"


# --- who leads, and in which way (B2) ---


def test_B2_a_leaders_part_holds_for_the_programme_and_differs_where_a_section_says_so(
    ours: Ours, programme: Programme
) -> None:
    assert queries.leaders_part(programme, ours.amara, 4) == "taking_part"  # she leads this very group
    sent = {"whole": "dropping_in", "s1": "", "s4": "supporting"}
    bo = signed_in(ours.bo)
    assert bo.post(page("leader", programme, person_id=ours.amara.pk), sent).status_code == 302

    assert queries.leaders_part(programme, ours.amara, 4) == "supporting"
    assert queries.leaders_part(programme, ours.amara, 1) == "dropping_in"
    html = html_of(ours.amara, "leaders", programme)
    assert "Drops in when the group asks" in html
    assert "Section 4: Supports" in html


@pytest.mark.parametrize(
    ("chosen", "section", "of_group", "part"),
    [
        ({}, 4, True, "taking_part"),
        ({}, 4, False, "supporting"),
        ({0: "dropping_in"}, 4, True, "dropping_in"),
        ({0: "dropping_in", 4: "supporting"}, 4, True, "supporting"),
        ({0: "dropping_in", 4: "supporting"}, 5, True, "dropping_in"),
    ],
)
def test_B2_the_nearest_choice_counts(chosen: dict[int, str], section: int, of_group: bool, part: str) -> None:
    assert part_of(chosen, section, of_this_group=of_group) == part


def test_B2_a_leader_chooses_for_themselves_and_not_for_another(ours: Ours, programme: Programme) -> None:
    zoe = somebody_who(Role.Kind.LEADER, "Zoe", ours.site)
    amara = signed_in(ours.amara)
    own = amara.post(page("leader", programme, person_id=ours.amara.pk), {"whole": "supporting"})
    other = amara.post(page("leader", programme, person_id=zoe.pk), {"whole": "supporting"})
    assert (own.status_code, other.status_code) == (302, 404)
    assert LeaderTakesPart.objects.get().leader == ours.amara


def test_E2_a_leader_who_becomes_a_participant_is_no_longer_listed_and_their_word_no_longer_shown(
    ours: Ours, programme: Programme
) -> None:
    actions.choose_parts(programme, leader=ours.amara, whole=LeaderPart.SUPPORTING, sections={}, by=ours.bo)
    actions.give_pledge(programme, by=ours.amara)
    assert [one.person for one in queries.parts_of(programme)] == [ours.amara]
    assert len(queries.pledges_of(programme)) == 1

    role = ours.amara.roles.get(kind=Role.Kind.LEADER)
    people.take_role(role, by=ours.dee)
    people.give_role(ours.amara, kind=Role.Kind.PARTICIPANT, at=ours.group, by=ours.dee)

    assert queries.parts_of(programme) == []
    assert queries.pledges_of(programme) == []
    assert Pledge.objects.count() == 1  # it stays on record
    assert states(programme)["leaders"] == "begun" or states(programme)["leaders"] == "open"
    for act in (
        lambda: actions.give_pledge(programme, by=ours.amara),
        lambda: actions.choose_parts(programme, leader=ours.amara, whole="supporting", sections={}, by=ours.bo),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "programmes.leads_no_more"
    assert html_of(ours.amara, "taking_part", programme)  # and their own page as a member is there


# --- the team and whoever comes next (E2) ---


def test_E2_when_a_facilitator_leaves_the_step_is_open_again_and_the_page_for_the_next_one_stands(
    ours: Ours, programme: Programme
) -> None:
    sent = {"how_we_work": "Bo opens.", "promised": "", "open_things": "", "where_things_are": "The box in room 3."}
    assert signed_in(ours.bo).post(page("successor", programme), sent).status_code == 302
    assert states(programme)["team"] == "done"

    people.end_access(ours.bo, by=ours.dee)
    assert states(programme)["team"] == "begun"
    html = html_of(ours.chi, "team", programme)
    assert "Two should facilitate." in html
    assert "The box in room 3." in html
    assert "Written by <bdi>Bo</bdi>" in html


def test_an_empty_page_for_whoever_comes_next_is_not_kept(ours: Ours, programme: Programme) -> None:
    answer = signed_in(ours.bo).post(page("successor", programme), {"how_we_work": ""})
    assert answer.status_code == 422
    assert "Write one of the four" in answer.content.decode()


# --- commitment (B1) ---


def members(group: Group, count: int) -> list[Person]:
    """Add members to a group."""
    return [somebody_who(Role.Kind.PARTICIPANT, f"Member {n}", group) for n in range(count)]


def test_B1_a_member_says_whether_they_come_and_changes_it(ours: Ours, programme: Programme) -> None:
    pat = signed_in(ours.pat)
    html = html_of(ours.pat, "taking_part", programme)
    assert "Only you see your answer." in html  # said before the box is filled
    pat.post(page("taking_part", programme), {"answer": "yes"})
    pat.post(page("taking_part", programme), {"answer": "not_now"})
    assert Commitment.objects.get().answer == "not_now"
    assert queries.own_answer(programme, ours.pat) == "not_now"
    assert pat.post(page("taking_part", programme), {"answer": ""}).status_code == 422


def test_B1_leaders_see_a_rounded_number_and_never_who_said_no(ours: Ours, programme: Programme) -> None:
    crowd = members(ours.group, 9)
    for n, member in enumerate(crowd):
        actions.answer_commitment(programme, answer="not_now" if n < 2 else "yes", by=member)
    assert Commitment.objects.filter(answer="not_now").count() == 2  # there was somebody to find

    for reader in (ours.amara, ours.bo, ours.dee):
        seen = html_of(reader, "commitment", programme) + html_of(reader, "start", programme)
        assert "At least 5 people said yes." in seen
        assert "7" not in seen.split("At least")[1][:60]
        assert not any(member.name in seen for member in crowd)


def test_B1_the_first_few_answers_change_nothing_that_anybody_sees(ours: Ours, programme: Programme) -> None:
    before = html_of(ours.amara, "commitment", programme), states(programme)["commitment"]
    for member in members(ours.group, 4):
        actions.answer_commitment(programme, answer="yes", by=member)
    assert Commitment.objects.count() == 4
    assert (html_of(ours.amara, "commitment", programme), states(programme)["commitment"]) == before


@pytest.mark.parametrize("name", ["bo", "amara", "dee", "fay", "nia"])
def test_B1_only_members_are_asked(ours: Ours, programme: Programme, name: str) -> None:
    assert signed_in(getattr(ours, name)).get(page("taking_part", programme)).status_code == 404


# --- the circle's sentences, and the pledge (E3) ---


def test_E1_the_circles_sentences_stand_on_the_plan_and_for_members(ours: Ours, programme: Programme) -> None:
    bo = signed_in(ours.bo)
    bo.post(page("circle", programme), {"text": "Everybody may pass."})
    session = actions.add_gathering(
        programme, section=4, starts_at=timezone.now() + timedelta(days=3),
        ends_at=timezone.now() + timedelta(days=3, hours=1), by=ours.bo,
    )  # fmt: skip
    plan = bo.get(reverse("programmes.gathering", kwargs={"gathering_id": session.pk})).content.decode()
    assert "How our circle meets" in plan
    assert "Everybody may pass." in plan
    assert "Everybody may pass." in html_of(ours.pat, "taking_part", programme)

    line = CircleAgreement.objects.get()
    bo.post(reverse("programmes.circle_agreement", kwargs={"agreement_id": line.pk}), {"text": "We may pass."})
    assert "We may pass." in html_of(ours.amara, "circle", programme)
    bo.post(reverse("programmes.circle_removal", kwargs={"agreement_id": line.pk}))
    assert CircleAgreement.objects.count() == 0


def test_a_circle_has_no_more_sentences_than_people_remember(ours: Ours, programme: Programme) -> None:
    for n in range(actions.MOST_CIRCLE_AGREEMENTS):
        actions.add_circle_agreement(programme, text=f"Sentence {n}.", by=ours.bo)
    answer = signed_in(ours.bo).post(page("circle", programme), {"text": "One too many."})
    assert answer.status_code == 422
    assert "One too many." in answer.content.decode()


def test_E3_a_leader_pledges_by_name_and_date_once_and_the_group_reads_it(ours: Ours, programme: Programme) -> None:
    amara, wording = signed_in(ours.amara), "I do not look for who wrote something"
    assert ours.amara.name not in html_of(ours.pat, "taking_part", programme)
    assert amara.post(page("pledge", programme)).status_code == 302

    pledge = Pledge.objects.get()
    assert (pledge.leader, pledge.accepted_on) == (ours.amara, queries.today_at(programme))
    assert wording in pledge.wording  # the words that were accepted, not those of a later version
    for reader, name in ((ours.pat, "taking_part"), (ours.bo, "pledge")):
        html = html_of(reader, name, programme)
        assert "Amara" in html
        assert wording in html
    with pytest.raises(Refused) as refused:
        actions.give_pledge(programme, by=ours.amara)
    assert refused.value.code == "programmes.already_pledged"
    assert str(MESSAGES[refused.value.code].what)

    amara.post(page("pledge_return", programme))
    assert "Amara" not in html_of(ours.pat, "taking_part", programme)
    pledge.refresh_from_db()
    assert pledge.taken_back_on is not None
    assert amara.post(page("pledge", programme)).status_code == 302  # and may be given anew


@pytest.mark.parametrize("name", ["bo", "dee", "pat", "fay"])
def test_E3_nobody_pledges_for_a_leader(ours: Ours, programme: Programme, name: str) -> None:
    assert signed_in(getattr(ours, name)).post(page("pledge", programme)).status_code == 404
    assert Pledge.objects.count() == 0
