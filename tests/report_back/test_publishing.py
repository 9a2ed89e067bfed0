"""A moment, then a page: answers are said aloud, published together once, never rewritten, and followed by progress."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from holdfast.notifications.models import Mail
from holdfast.programmes.models import Gathering
from holdfast.refusals import Refused
from holdfast.report_back import actions, queries
from holdfast.report_back.models import Answer, Progress, ReportBack
from tests.given import Ours
from tests.report_back.given import NOT_SOON, TODAY, drafted, handed_over, published, signed_in, text_of


def sets(session: Gathering) -> str:
    """Return the address where a set is made."""
    return reverse("report_back.report_backs", kwargs={"programme_id": session.programme_id})


def script(found: ReportBack) -> str:
    """Return the address of a script."""
    return reverse("report_back.report_back", kwargs={"report_back_id": found.pk})


def page(session: Gathering) -> str:
    """Return the address both sides read."""
    return reverse("report_back.programme", kwargs={"programme_id": session.programme_id})


def publish(found: ReportBack) -> str:
    """Return the address that publishes."""
    return reverse("report_back.publication", kwargs={"report_back_id": found.pk})


def test_D4_2_the_script_thanks_says_what_was_heard_answers_and_the_honest_no(ours: Ours, session: Gathering) -> None:
    plan, small, lunch = handed_over(session, "Time to plan", "Smaller classes", "Lunch, door closed", by=ours.bo)
    lunch.tone = "restores"
    lunch.save()
    drafts = [
        drafted(plan, by=ours.amara),
        drafted(small, by=ours.amara, verdict="not_soon", **NOT_SOON),
        drafted(lunch, by=ours.amara, verdict="keep", reason="No meetings from 12 to 12:40."),
    ]
    client = signed_in(ours.amara)
    answer = client.post(sets(session), {"answer_ids": [d.pk for d in drafts], "opening_words": "I am glad you wrote."})
    found = ReportBack.objects.get()
    assert answer.headers["Location"] == script(found)

    said = text_of(client.get(script(found)).content.decode())
    order = ["I am glad you wrote.", "What we heard", "Answer by answer", "No meetings from 12", "One class tries it",
             "The honest no", "The need is real.", "There is no room.", "Questions"]  # fmt: skip
    assert [said.index(words) for words in order] == sorted(said.index(words) for words in order)
    assert queries.public_view(session.programme).answered == []  # a script is not a publication


def test_D4_2_a_set_is_published_once_and_all_at_once(ours: Ours, session: Gathering) -> None:
    one, other, rest = handed_over(session, "One", "Other", "Rest", by=ours.bo)
    drafts = [drafted(one, by=ours.amara), drafted(other, by=ours.amara)]
    drafted(rest, by=ours.amara)
    found = actions.collect(session.programme, answer_ids=[d.pk for d in drafts], by=ours.amara)
    client = signed_in(ours.amara)
    for _ in range(2):
        assert client.post(publish(found), {"said_on": TODAY().isoformat()}).status_code == 302
    view = queries.public_view(session.programme)
    assert ([c.wording for c in view.answered], [c.wording for c in view.open]) == (["One", "Other"], ["Rest"])
    assert Mail.objects.filter(address="bo@lakeside.example").count() == 1  # the group hears once
    html = text_of(signed_in(ours.bo).get(page(session)).content.decode())
    assert "3 handed over: 2 answered, 1 open." in html
    assert "exploring this year" in html


def test_D4_2_it_is_not_published_before_it_was_said(ours: Ours, session: Gathering) -> None:
    [one] = handed_over(session, "One", by=ours.bo)
    found = actions.collect(session.programme, answer_ids=[drafted(one, by=ours.amara).pk], by=ours.amara)
    answer = signed_in(ours.amara).post(publish(found), {"said_on": "2100-01-01"})
    assert answer.status_code == 422
    assert "answers are said aloud before they are published" in answer.content.decode()
    assert signed_in(ours.amara).post(publish(found), {}).status_code == 422
    assert queries.public_view(session.programme).answered == []


def test_D4_2_a_changed_answer_stands_beside_the_old_which_stays_as_it_was(ours: Ours, session: Gathering) -> None:
    [one] = handed_over(session, "Time to plan", by=ours.bo)
    first = drafted(one, by=ours.amara)
    published(first, by=ours.amara)
    before = Answer.objects.filter(pk=first.pk).values().get()

    second = drafted(one, by=ours.amara, verdict="not_soon", **NOT_SOON)
    assert [a.verdict for a in queries.public_view(session.programme).concerns[0].answers] == ["this_year"]
    published(second, by=ours.amara)
    answers = queries.public_view(session.programme).concerns[0].answers
    assert [a.verdict for a in answers] == ["not_soon", "this_year"]  # the newest first, even on one day
    assert Answer.objects.filter(pk=first.pk).values().get() == before
    assert "before that" in signed_in(ours.bo).get(page(session)).content.decode()


def test_D4_2_a_published_set_takes_no_further_answer(ours: Ours, session: Gathering) -> None:
    one, other = handed_over(session, "One", "Other", by=ours.bo)
    done = published(drafted(one, by=ours.amara), by=ours.amara)
    late = drafted(other, by=ours.amara)
    again = actions.collect(session.programme, answer_ids=[late.pk], by=ours.amara)
    assert again.pk != done.pk
    assert [a.concern_id for a in queries.answers_in(done)] == [one.pk]
    with pytest.raises(Refused, match="nothing_collected"):
        actions.collect(session.programme, answer_ids=[queries.answers_in(done)[0].pk], by=ours.amara)


def test_D4_2_progress_follows_and_everybody_sees_it(ours: Ours, session: Gathering) -> None:
    [one] = handed_over(session, "Time to plan", by=ours.bo)
    draft = drafted(one, by=ours.amara)
    address = reverse("report_back.progress", kwargs={"answer_id": draft.pk})
    client = signed_in(ours.amara)
    assert client.get(address).status_code == 404  # a draft does not move
    published(draft, by=ours.amara)
    assert client.post(address, {"text": ""}).status_code == 422
    client.post(address, {"text": "Trial in grades 3 and 4 from April."})
    assert Progress.objects.get().by == ours.amara
    assert "Trial in grades 3 and 4 from April." in signed_in(ours.bo).get(page(session)).content.decode()
    assert signed_in(ours.bo).post(address, {"text": "Ours."}).status_code == 404


@pytest.mark.django_db(databases=["default", "voices"], transaction=True)
def test_D4_2_a_question_back_opens_its_box_when_it_is_published(ours: Ours, session: Gathering) -> None:
    [one] = handed_over(session, "Who decides about cover?", by=ours.bo)
    draft = drafted(one, by=ours.amara, verdict="understand", question="When is it worst?", box_closes_on=TODAY())
    assert draft.box is None
    published(draft, by=ours.amara)
    [shown] = queries.public_view(session.programme).answered
    assert shown.newest
    assert shown.newest.box == draft.pk
    assert shown.newest.box_closes_on


def test_D4_2_an_empty_set_says_what_to_do(ours: Ours, session: Gathering) -> None:
    client = signed_in(ours.amara)
    assert "There is no draft to say." in client.get(sets(session)).content.decode()
    [one] = handed_over(session, "One", by=ours.bo)
    drafted(one, by=ours.amara)
    answer = client.post(sets(session), {"opening_words": ""})
    assert (answer.status_code, ReportBack.objects.count()) == (422, 0)
    assert "Choose at least one draft for the meeting." in answer.content.decode()


def test_D4_2_the_script_is_its_leaders_alone(ours: Ours, session: Gathering) -> None:
    [one] = handed_over(session, "One", by=ours.bo)
    found = actions.collect(session.programme, answer_ids=[drafted(one, by=ours.amara).pk], by=ours.amara)
    for person in (ours.bo, ours.dee, ours.pat, ours.fay):
        client = signed_in(person)
        assert client.get(script(found)).status_code == client.get(script(ReportBack(pk=1))).status_code == 404
        assert client.post(publish(found), {"said_on": TODAY().isoformat()}).status_code == 404
    assert ReportBack.objects.get().published_on is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_answers_asks_the_same_questions_for_one_and_three(
    ours: Ours, session: Gathering, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        one, _waiting = handed_over(session, f"Thing {number}", f"Waiting {number}", by=ours.bo)
        draft = drafted(one, by=ours.amara)
        published(draft, by=ours.amara)
        actions.add_progress(draft, text="Begun.", by=ours.amara)
        actions.add_ours(session.programme, wording="O", step="", who="", plan="", look_again_on=None, by=ours.bo)
    client = signed_in(ours.bo)
    with django_assert_num_queries(16):
        html = client.get(page(session)).content.decode()
    assert html.count("Begun.") == rows
    with django_assert_num_queries(8):
        queries.public_view(session.programme)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_script_asks_the_same_questions_for_one_and_three(
    ours: Ours, session: Gathering, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    concerns = handed_over(session, *(f"Thing {number}" for number in range(rows)), by=ours.bo)
    drafts = [drafted(concern, by=ours.amara).pk for concern in concerns]
    client = signed_in(ours.amara)
    with django_assert_num_queries(7):
        client.get(sets(session))
    found = actions.collect(session.programme, answer_ids=drafts, by=ours.amara)
    with django_assert_num_queries(7):
        html = client.get(script(found)).content.decode()
    assert html.count("script__one") == rows
