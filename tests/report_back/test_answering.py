"""Leaders work through what they were handed: in private, with everything an honest answer needs."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from holdfast.people import actions as people
from holdfast.people.models import Person, Role
from holdfast.programmes.models import CommunicateLater, Gathering
from holdfast.refusals import Refused
from holdfast.report_back import actions, queries
from holdfast.report_back.models import Answer, Concern
from tests.given import Ours, Theirs, somebody_who
from tests.programmes.given import a_programme, a_session
from tests.report_back.given import NOT_SOON, TODAY, drafted, handed_over, published, signed_in, text_of

NO = {"verdict": "not_soon", "validation": "It is hard.", "reason": "No room.", "look_again_on": "2033-09-01"}


def of(concern: Concern) -> str:
    """Return the address of a concern."""
    return reverse("report_back.concern", kwargs={"concern_id": concern.pk})


def inside(session: Gathering) -> str:
    """Return the address of a leader's list."""
    return reverse("report_back.concerns", kwargs={"programme_id": session.programme_id})


@pytest.fixture
def concern(ours: Ours, session: Gathering) -> Concern:
    """One thing that was handed over."""
    return handed_over(session, "Losing my planning time to cover", by=ours.bo)[0]


def test_D4_2_a_draft_is_seen_by_the_leaders_of_the_group_and_by_nobody_else(
    ours: Ours, theirs: Theirs, session: Gathering, concern: Concern
) -> None:
    second = somebody_who(Role.Kind.LEADER, "Lea", ours.site)
    drafted(concern, by=ours.amara, reason="A secret sentence.")
    for leader in (ours.amara, second):
        assert "A secret sentence." in signed_in(leader).get(of(concern)).content.decode()

    others: list[Person] = [
        ours.bo,
        ours.dee,
        ours.pat,
        ours.cole,
        ours.eve,
        ours.fay,
        ours.sam,
        theirs.gil,
        theirs.jun,
    ]
    for person in others:
        client = signed_in(person)
        answer, nothing = client.get(of(concern)), client.get(reverse("report_back.concern", kwargs={"concern_id": 1}))
        assert (answer.status_code, answer.content) == (404, nothing.content), person
        assert client.post(of(concern), NO).status_code == 404
        for address in ("report_back.programme", "report_back.our_list"):
            page = client.get(reverse(address, kwargs={"programme_id": session.programme_id}))
            assert "A secret sentence." not in page.content.decode(), person
    assert Answer.objects.get().verdict == "this_year"  # there was something to change
    assert queries.public_view(session.programme).open[0].id == concern.pk


def test_D4_2_an_honest_no_asks_for_the_need_a_reason_and_a_day_kindly(ours: Ours, concern: Concern) -> None:
    client = signed_in(ours.amara)
    html = client.get(f"{of(concern)}?verdict=not_soon").content.decode()
    assert "The need is real." in html  # words to begin with
    assert 'name="look_again_on"' in html
    assert 'name="taken_to"' not in html  # only what this answer needs

    answer = client.post(of(concern), {**NO, "validation": "", "look_again_on": ""})
    said = text_of(answer.content.decode())
    assert answer.status_code == 422
    assert "Say first what is true about the need." in said
    assert "no for now needs a then" in said
    assert "No room." in said  # what was typed stays
    assert Answer.objects.count() == 0

    assert client.post(of(concern), {**NO, "look_again_on": "2001-01-01"}).status_code == 422
    assert client.post(of(concern), NO).status_code == 302
    draft = Answer.objects.get()
    assert (draft.verdict, draft.reason, draft.look_again_on) == ("not_soon", "No room.", date(2033, 9, 1))
    assert draft.published_on is None


@pytest.mark.parametrize("verdict", Answer.Verdict.values)
def test_D4_2_every_answer_can_be_drafted_with_what_its_form_asks_and_not_without(
    ours: Ours, session: Gathering, verdict: str
) -> None:
    [concern] = handed_over(session, "Lunch with the team, door closed", by=ours.bo, tone="restores")
    client = signed_in(ours.amara)
    assert client.post(of(concern), {"verdict": verdict}).status_code == 422
    days = dict.fromkeys(("by_when", "reply_expected_on", "look_again_on"), "2033-09-01")
    days["box_closes_on"] = (TODAY() + timedelta(weeks=8)).isoformat()
    words = dict.fromkeys(("reason", "validation", "question", "who", "taken_to"), "Words")
    assert client.post(of(concern), {"verdict": verdict, **days, **words}).status_code == 302
    draft = Answer.objects.get()
    spoken = {name for name in (*days, *words) if getattr(draft, name)}
    from holdfast.report_back.rules import SAYS

    assert spoken == set(SAYS[verdict].fields)  # nothing else is kept


def test_D4_2_replies_are_taken_for_eight_weeks_at_most_and_a_later_day_is_refused_kindly(
    ours: Ours, session: Gathering, concern: Concern
) -> None:
    later = TODAY() + timedelta(weeks=8, days=3)
    sent = {"verdict": "understand", "question": "When is it worst?", "box_closes_on": later.isoformat()}
    answer = signed_in(ours.amara).post(of(concern), sent)
    assert answer.status_code == 422
    assert "choose one within eight weeks" in answer.content.decode()
    assert "When is it worst?" in answer.content.decode()  # what was typed stays
    with pytest.raises(Refused, match="box_open_too_long"):
        drafted(concern, by=ours.amara, verdict="understand", question="When?", box_closes_on=later)
    assert not Answer.objects.exists()


def test_D4_5_what_restores_can_be_kept_what_drains_cannot(ours: Ours, session: Gathering, concern: Concern) -> None:
    [lunch] = handed_over(session, "Lunch with the team", by=ours.bo, tone="restores")
    client = signed_in(ours.amara)
    assert "?verdict=keep" in client.get(of(lunch)).content.decode()
    assert "?verdict=keep" not in client.get(of(concern)).content.decode()
    client.post(of(concern), {"verdict": "keep", "reason": "We keep it."})
    with pytest.raises(Refused, match="keep_what_restores"):
        drafted(concern, by=ours.amara, verdict="keep", reason="We keep it.")
    assert Answer.objects.count() == 0


def test_B3_already_so_goes_to_the_leaders_own_list_once(ours: Ours, concern: Concern) -> None:
    for words in ("You may swap.", "You may swap, and nobody asks why."):
        drafted(concern, by=ours.amara, verdict="already_so", reason=words)
    note = CommunicateLater.objects.get()
    assert note.owner == ours.amara
    assert "Losing my planning time to cover" in note.text


def test_D4_2_alike_items_of_several_groups_are_answered_once_and_drafted_to_each(
    ours: Ours, session: Gathering
) -> None:
    other = a_session(a_programme(ours.other_group, ours.fay, session.programme.pack), ours.fay)
    people.give_role(ours.amara, kind=Role.Kind.LEADER, at=ours.organisation)
    [mine, noise] = handed_over(session, "Losing planning time to cover", "Noise", by=ours.bo)
    [theirs] = handed_over(other, "Planning time goes to cover", by=ours.fay)
    assert [one.pk for one in queries.alike(ours.amara, mine)] == [theirs.pk, noise.pk]  # the likest first

    client = signed_in(ours.amara)
    html = client.get(f"{of(mine)}?verdict=not_soon").content.decode()
    assert "Southgate team: Planning time goes to cover" in html
    client.post(of(mine), {**NO, "also": [theirs.pk]})
    assert {(a.concern_id, a.reason) for a in Answer.objects.all()} == {(mine.pk, "No room."), (theirs.pk, "No room.")}
    assert [one.pk for one in queries.alike(ours.amara, mine)] == [noise.pk]  # begun ones are not offered

    with pytest.raises(Refused, match="already_worked_on"):
        actions.draft_answer(noise, verdict="cannot", reason="So.", also=[theirs], by=ours.amara)
    assert not noise.answers.exists()


def test_D4_2_another_groups_concern_cannot_be_answered_along(ours: Ours, session: Gathering, concern: Concern) -> None:
    other = a_session(a_programme(ours.other_group, ours.fay, session.programme.pack), ours.fay)
    [theirs] = handed_over(other, "Planning time goes to cover", by=ours.fay)
    answer = signed_in(ours.amara).post(of(concern), {**NO, "also": [theirs.pk]})
    assert answer.status_code == 302  # not offered, so not read
    assert not theirs.answers.exists()


def test_D4_2_one_leader_looks_after_each_and_the_next_inherits(
    ours: Ours, session: Gathering, concern: Concern
) -> None:
    drafted(concern, by=ours.amara)
    assert queries.worked(Concern.objects.get()).owner == ours.amara  # whoever drafts, looks after it
    second = somebody_who(Role.Kind.LEADER, "Lea", ours.site)
    people.end_access(ours.amara, by=ours.dee)
    assert queries.worked(Concern.objects.get()).owner is None
    client = signed_in(second)
    assert "nobody looks after it yet" in client.get(inside(session)).content.decode()
    address = reverse("report_back.ownership", kwargs={"concern_id": concern.pk})
    client.post(address)
    assert queries.worked(Concern.objects.get()).owner == second
    client.post(address, {"mine": "no"})
    assert Concern.objects.get().owner is None


def test_D4_2_the_list_stands_by_theme_in_the_groups_order(ours: Ours, session: Gathering) -> None:
    first, second, third = handed_over(session, "First", "Second", "Third", by=ours.bo)
    address = reverse("report_back.themes", kwargs={"programme_id": session.programme_id})
    client = signed_in(ours.amara)
    client.post(address, {"concerns": [third.pk, first.pk], "theme": "Time"})
    assert [(t.name, [w.concern.pk for w in t.concerns]) for t in queries.themes(session.programme)] == [
        ("Time", [first.pk, third.pk]), ("", [second.pk]),
    ]  # fmt: skip
    nothing = client.post(address, {"theme": "Time"})
    assert (nothing.status_code, "Choose at least one." in nothing.content.decode()) == (422, True)
    assert client.post(address, {"concerns": ["x", "9" * 30], "theme": "Time"}).status_code == 422


def test_D4_2_conduct_stands_where_it_is_needed(ours: Ours, session: Gathering, concern: Concern) -> None:
    client = signed_in(ours.amara)
    for address in (inside(session), of(concern)):
        html = client.get(address).content.decode()
        assert ["Do not defend." in html, "Do not correct." in html, "Thank." in html] == [True] * 3


def test_D4_2_a_draft_can_be_thrown_away_and_what_is_published_cannot(ours: Ours, concern: Concern) -> None:
    published(drafted(concern, by=ours.amara), by=ours.amara)
    drafted(concern, by=ours.amara, verdict="next_year", reason="Later.")
    client, address = signed_in(ours.amara), reverse("report_back.draft_removal", kwargs={"concern_id": concern.pk})
    for _ in range(2):
        client.post(address)
    assert Answer.objects.get().verdict == "this_year"


@pytest.mark.parametrize("rows", [1, 3])
def test_a_leaders_list_asks_the_same_questions_for_one_and_three(
    ours: Ours, session: Gathering, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        [one, other] = handed_over(session, f"Thing {number}", f"Other {number}", by=ours.bo)
        published(drafted(one, by=ours.amara), by=ours.amara)
        drafted(one, by=ours.amara, verdict="not_soon", **NOT_SOON)
        drafted(other, by=ours.amara)
    client = signed_in(ours.amara)
    with django_assert_num_queries(10):
        html = client.get(inside(session)).content.decode()
    assert html.count('name="concerns"') == 2 * rows
    with django_assert_num_queries(10):
        client.get(of(Concern.objects.filter(wording="Thing 0").get()))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_first_page_of_answers_asks_the_same_questions_for_one_and_three(
    ours: Ours, session: Gathering, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    handed_over(session, *(f"Thing {number}" for number in range(rows)), by=ours.bo)
    client = signed_in(ours.amara)
    with django_assert_num_queries(10):
        html = client.get(reverse("report_back.answers")).content.decode()
    assert html.count("/desk/concerns/") == rows
