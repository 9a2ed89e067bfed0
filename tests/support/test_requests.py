"""A thread with the coach: asked, answered, closed, taken up again; who reads it, and what the mail leaves unsaid."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from holdfast.notifications.models import Mail
from holdfast.people import actions as people
from holdfast.people.models import Role
from holdfast.programmes.actions import want_help
from holdfast.programmes.models import Programme
from holdfast.refusals import Refused
from holdfast.support import actions, rules
from holdfast.support.models import HelpRequest
from tests.given import Ours
from tests.programmes.given import a_programme
from tests.support.given import SITUATION, a_request
from tests.support.test_coaching import as_


@pytest.fixture
def programme(ours: Ours) -> Programme:
    """The programme of the Northgate team, with a coach who has an address."""
    people.change_person(ours.cole, name="Cole", email="cole@lakeside.example", by=ours.dee)
    return a_programme(ours.group, ours.bo)


def state(asked: HelpRequest) -> str:
    """Return how a thread stands now."""
    return HelpRequest.objects.get(pk=asked.pk).state


def test_A3_a_request_is_asked_answered_closed_and_taken_up_again(ours: Ours, programme: Programme) -> None:
    bo, cole = as_(ours.bo), as_(ours.cole)
    form = {"title": "Silence", "text": SITUATION, "mine_alone": "team"}
    bo.post(reverse("support.new_request", kwargs={"programme_id": programme.pk}), form)
    asked = HelpRequest.objects.get()
    key = {"request_id": asked.pk}
    assert state(asked) == "asked"
    assert "Silence" in cole.get("/desk/").content.decode()

    cole.post(reverse("support.help_request", kwargs=key), {"text": "Let it be quiet for a minute."})
    assert state(asked) == "answered"
    assert "Silence" not in cole.get("/desk/").content.decode()
    assert "Let it be quiet" in bo.get(reverse("support.help_request", kwargs=key)).content.decode()

    bo.post(reverse("support.closure", kwargs=key))
    assert state(asked) == "closed"
    bo.post(reverse("support.return", kwargs=key))
    assert state(asked) == "answered"  # the last word is the coach’s
    bo.post(reverse("support.help_request", kwargs=key), {"text": "We tried; and now?"})
    assert state(asked) == "asked"
    assert [turn.from_coach for turn in asked.messages.order_by("number")] == [False, True, False]


def test_A3_a_wish_for_help_leads_those_who_may_to_the_coach_with_a_title_that_says_what_it_is_about(
    ours: Ours, programme: Programme
) -> None:
    component = reverse("programmes.component", kwargs={"programme_id": programme.pk, "number": 4, "key": "C6"})
    ask = reverse("support.new_request", kwargs={"programme_id": programme.pk})
    door = f"{ask}?section=4&amp;component=C6"
    bo, dee = as_(ours.bo), as_(ours.dee)
    assert door not in bo.get(component).content.decode()
    want_help(programme, section=4, component="C6", wanted=True, by=ours.bo)
    assert door in bo.get(component).content.decode()
    assert ask not in dee.get(component).content.decode()  # a coordinator writes to the coach by other ways
    assert 'value="Section 4: What becomes how we do it"' in bo.get(f"{ask}?section=4&component=C6").content.decode()
    assert bo.get(f"{ask}?section=<b>&component=<b>").status_code == 200
    want_help(programme, section=0, component="", wanted=True, by=ours.bo)
    around = reverse("programmes.components", kwargs={"programme_id": programme.pk})
    assert f'href="{ask}"' in bo.get(around).content.decode()


def test_A3_what_only_i_ask_is_read_by_me_and_the_coach_alone(ours: Ours, programme: Programme) -> None:
    key = {"request_id": a_request(programme, ours.amara, mine_alone=True).pk}
    shared = {"request_id": a_request(programme, ours.amara).pk}
    path, other = (reverse("support.help_request", kwargs=one) for one in (key, shared))
    assert [as_(who).get(path).status_code for who in (ours.amara, ours.cole)] == [200, 200]
    assert as_(ours.bo).get(other).status_code == 200  # he reads what is for the team
    assert as_(ours.bo).get(path).status_code == 404
    assert as_(ours.bo).get("/desk/help-requests/").content.decode().count("Silence") == 1


def test_A3_coordinators_and_participants_read_no_thread(ours: Ours, programme: Programme) -> None:
    path = reverse("support.help_request", kwargs={"request_id": a_request(programme, ours.bo).pk})
    assert [as_(who).get(path).status_code for who in (ours.bo, ours.dee, ours.pat, ours.eve)] == [200, 404, 404, 404]


def test_A3_a_mail_says_that_there_is_something_new_and_never_what(ours: Ours, programme: Programme) -> None:
    asked = a_request(programme, ours.bo)
    letter = Mail.objects.get()
    assert letter.address == "cole@lakeside.example"
    assert reverse("support.help_request", kwargs={"request_id": asked.pk}) in letter.body
    actions.write_turn(asked, text="Let it be quiet.", by=ours.cole)
    assert set(Mail.objects.values_list("address", flat=True)) == {
        "cole@lakeside.example",
        "bo@lakeside.example",
        "amara@lakeside.example",
    }
    for letter in Mail.objects.all():
        for words in (SITUATION, "quiet", "Silence", "Bo"):
            assert words not in letter.body + letter.subject


def test_A3_the_answer_to_what_only_i_asked_goes_to_me_alone(ours: Ours, programme: Programme) -> None:
    asked = a_request(programme, ours.amara, mine_alone=True)
    Mail.objects.all().delete()
    actions.write_turn(asked, text="Hold a pen.", by=ours.cole)
    assert [mail.address for mail in Mail.objects.all()] == ["amara@lakeside.example"]


def test_A3_an_empty_turn_is_not_sent_and_a_thread_has_an_end(ours: Ours, programme: Programme) -> None:
    asked = a_request(programme, ours.bo)
    path = reverse("support.help_request", kwargs={"request_id": asked.pk})
    assert as_(ours.bo).post(path, {"text": "  "}).status_code == 422
    turn = asked.messages.get()
    turn.number, turn.pk = 1, turn.pk
    asked.messages.bulk_create(
        [
            type(turn)(request=asked, number=n, text="x", from_coach=False, written_at=turn.written_at)
            for n in range(2, rules.MOST_TURNS + 1)
        ]
    )
    with pytest.raises(Refused, match=r"support\.thread_is_long"):
        actions.write_turn(asked, text="One more.", by=ours.bo)


def test_A3_somebody_who_left_leaves_the_words_and_no_name(ours: Ours, programme: Programme) -> None:
    asked = a_request(programme, ours.chi)
    path = reverse("support.help_request", kwargs={"request_id": asked.pk})
    assert "Chi" in as_(ours.bo).get(path).content.decode()
    ours.chi.delete()
    page = as_(ours.bo).get(path).content.decode()
    assert "Somebody who has left" in page
    assert SITUATION in page


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "page", "count"), [("bo", "list", 8), ("bo", "thread", 8), ("cole", "desk", 16)])
def test_pages_of_threads_ask_the_same_questions_for_one_row_and_three(
    ours: Ours,
    programme: Programme,
    rows: int,
    name: str,
    page: str,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        asked = a_request(programme, ours.bo)
        group = people.add_group(ours.site, name=f"Team {number}")
        a_programme(group, ours.dee, programme.pack)
        for kind in (Role.Kind.FACILITATOR, Role.Kind.LEADER):
            people.give_role(ours.bo, kind=kind, at=group)
    for _turn in range(rows):
        actions.write_turn(asked, text="And?", by=ours.bo)
    pages = {"list": "/desk/help-requests/", "desk": "/desk/"}
    path = pages.get(page) or reverse("support.help_request", kwargs={"request_id": asked.pk})
    client: Client = as_(getattr(ours, name))
    with django_assert_num_queries(count):
        assert client.get(path).status_code == 200


def test_E6_the_coach_reads_the_news_in_the_language_they_chose(ours: Ours, programme: Programme) -> None:
    people.choose_language(ours.cole, language="es")
    a_request(programme, ours.bo)
    mail = Mail.objects.get(address="cole@lakeside.example")
    assert mail.language == "es"
    assert "Hola" in mail.body
    assert "Hello" not in mail.body
