"""Handing to leadership: what the group agreed to, once, with a date both sides expect; and the group's two lists."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from holdfast.gatherings.actions import cut, open_room, undo_step
from holdfast.gatherings.models import Driver, Round
from holdfast.notifications.models import Mail
from holdfast.people import actions as people
from holdfast.people.models import Person
from holdfast.programmes.models import Gathering
from holdfast.programmes.queries import today_at
from holdfast.refusals import Refused
from holdfast.report_back import actions, queries
from holdfast.report_back.models import Concern, LetGoItem, OursItem
from holdfast.report_back.rules import usual_due
from tests.given import Ours, Theirs
from tests.report_back.given import NOT_SOON, TODAY, a_driver, drafted, handed_over, published, signed_in, text_of

DUE = TODAY() + timedelta(days=21)


def page(session: Gathering) -> str:
    """Return the address of the hand-over."""
    return reverse("report_back.hand_over", kwargs={"gathering_id": session.pk})


def leave(item: OursItem, state: str, *, by: Person) -> None:
    """Say how something on the group's own list stands now."""
    actions.change_ours(item, step="", who="", plan="", look_again_on=None, state=state, wall_by_group=False, by=by)


def lists(session: Gathering) -> str:
    """Return the address of the two lists."""
    return reverse("report_back.our_list", kwargs={"programme_id": session.programme_id})


def test_D4_1_only_what_the_group_agreed_to_is_handed_over_in_its_own_words(ours: Ours, session: Gathering) -> None:
    yes, no = a_driver(session, "Cover with no notice"), a_driver(session, "Too many forms", agreed=False)
    client = signed_in(ours.bo)
    html = text_of(client.get(page(session)).content.decode())
    assert "It goes to Amara, in exactly these words and without any numbers." in html
    assert html.index("Cover with no notice") < html.index("Not agreed yet") < html.index("Too many forms")

    answer = client.post(page(session), {"drivers": [yes.pk], "on_wall": [yes.pk], "due_on": DUE.isoformat()})
    assert answer.headers["Location"] == page(session)
    concern = Concern.objects.get()
    assert (concern.wording, concern.due_on, concern.wall_by_group) == ("Cover with no notice", DUE, True)
    assert concern.wall_by_leader is False  # both sides have to say so

    forged = client.post(page(session), {"drivers": [no.pk], "due_on": DUE.isoformat()})
    assert forged.status_code == 422
    with pytest.raises(Refused, match="not_agreed"):
        actions.hand_over(session, driver_ids=[no.pk], due_on=DUE, by=ours.bo)
    assert Concern.objects.count() == 1


def test_D4_2_pressed_twice_or_from_two_desks_it_is_handed_over_once(ours: Ours, session: Gathering) -> None:
    driver = a_driver(session, "Cover with no notice")
    sent = {"drivers": [driver.pk], "due_on": DUE.isoformat()}
    first, second = signed_in(ours.bo), signed_in(ours.chi)
    assert [client.get(page(session)).status_code for client in (first, second)] == [200, 200]

    answers = [client.post(page(session), sent, follow=True) for client in (first, second, first)]
    assert Concern.objects.count() == 1
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert "All of it was handed over already." in answers[1].content.decode()
    assert Mail.objects.filter(address="amara@lakeside.example").count() == 1  # told once


def test_D4_2_the_day_answers_are_due_is_suggested_and_checked(ours: Ours, session: Gathering) -> None:
    driver = a_driver(session, "Cover with no notice")
    client = signed_in(ours.bo)
    assert f'value="{usual_due(today_at(session.programme)).isoformat()}"' in client.get(page(session)).content.decode()
    for day in ("", "2001-01-01", "2100-01-01", "soon"):
        answer = client.post(page(session), {"drivers": [driver.pk], "due_on": day})
        assert (answer.status_code, Concern.objects.count()) == (422, 0), day
        assert f'value="{driver.pk}" id="driver-{driver.pk}"' in answer.content.decode()  # the tick stays
    nothing = client.post(page(session), {"due_on": DUE.isoformat()})
    assert "Choose at least one thing to hand over." in nothing.content.decode()


def test_D4_2_until_then_everybody_reads_when_answers_are_due_and_nobody_counts_days(
    ours: Ours, session: Gathering
) -> None:
    [concern] = handed_over(session, "Cover with no notice", by=ours.bo)
    address = reverse("report_back.programme", kwargs={"programme_id": session.programme_id})
    before = text_of(signed_in(ours.bo).get(address).content.decode())
    assert "answer due" in before
    assert "past the agreed date" not in before

    Concern.objects.update(handed_over_on=TODAY() - timedelta(days=30), due_on=TODAY() - timedelta(days=4))
    for person in (ours.bo, ours.amara):
        assert "days past the agreed date" in text_of(signed_in(person).get(address).content.decode())
    assert queries.public_view(session.programme).concerns[0].due_on < TODAY()
    assert not hasattr(queries.public_view(session.programme).concerns[0], "past")  # not for everybody else
    assert concern.pk


def test_D4_1_practice_is_never_handed_over(ours: Ours, session: Gathering) -> None:
    driver = a_driver(session, "Cover with no notice")
    open_room(session, by=ours.bo, rehearsal=True)
    answer = signed_in(ours.bo).post(page(session), {"drivers": [driver.pk], "due_on": DUE.isoformat()})
    assert answer.status_code == 422
    assert "practice is never handed over" in answer.content.decode()


def test_D4_2_with_no_leader_the_coordinator_is_told_and_inherits(ours: Ours, session: Gathering) -> None:
    dee = signed_in(ours.dee)
    inside = reverse("report_back.concerns", kwargs={"programme_id": session.programme_id})
    assert dee.get(inside).status_code == 404  # the leader's while there is one

    people.end_access(ours.amara, by=ours.dee)
    a_driver(session, "Cover with no notice")
    html = text_of(signed_in(ours.bo).get(page(session)).content.decode())
    assert "Nobody leads this group in Holdfast at the moment." in html
    assert "It goes to Dee" in html
    handed_over(session, "Too many forms", by=ours.bo)
    assert Mail.objects.get().address == "dee@lakeside.example"
    assert dee.get(inside).status_code == 200
    assert [one.pk for one in queries.without_a_leader(ours.dee)] == [session.programme_id]
    assert "has come to you until it has a leader again" in text_of(
        dee.get(reverse("report_back.answers")).content.decode()
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_hand_over_asks_the_same_questions_for_one_and_three(
    ours: Ours, session: Gathering, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        a_driver(session, f"Ready {number}")
        a_driver(session, f"Ours {number}", place="ours")
        handed_over(session, f"Gone {number}", by=ours.bo)
    client = signed_in(ours.bo)
    with django_assert_num_queries(10):
        html = client.get(page(session)).content.decode()
    assert html.count('name="drivers"') == rows


def test_D4_4_what_was_sorted_as_ours_becomes_the_groups_first_list(ours: Ours, session: Gathering) -> None:
    driver = a_driver(session, "We complain in the break room", place="ours")
    client, where = signed_in(ours.bo), {"programme_id": session.programme_id}
    assert "We complain in the break room" in client.get(lists(session)).content.decode()
    for _ in range(2):
        client.post(reverse("report_back.ours", kwargs=where), {"driver_ids": [driver.pk]})
    item = OursItem.objects.get()
    sent = {
        "step": "One good thing first", "who": "Pat", "plan": "If I sit down, then I begin with a good thing.",
        "look_again_on": "2033-04-02", "state": "open",
    }  # fmt: skip
    client.post(reverse("report_back.ours_item", kwargs={"item_id": item.pk}), sent)
    item.refresh_from_db()
    assert (item.step, item.who, item.plan) == (sent["step"], "Pat", sent["plan"])
    assert [one.pk for one in queries.ours_to_look_at(session.programme)] == [item.pk]

    handed_over(session, "Cover with no notice", by=ours.bo)
    html = client.get(reverse("report_back.programme", kwargs=where)).content.decode()
    assert html.index('id="ours"') < html.index('id="answers"')  # above leadership's answers


def test_D4_4_the_group_adds_something_of_its_own_and_says_when_it_is_done(ours: Ours, session: Gathering) -> None:
    client = signed_in(ours.bo)
    client.post(lists(session), {"wording": "Lunch together", "step": "On Wednesdays"})
    item = OursItem.objects.get()
    leave(item, "done", by=ours.bo)
    assert queries.ours_to_look_at(session.programme) == []
    assert queries.public_view(session.programme).ours[0].label == "Done"
    empty = client.post(lists(session), {"wording": ""})
    assert (empty.status_code, OursItem.objects.count()) == (422, 1)


def test_D4_4_what_the_group_gives_up_of_its_own_stands_on_the_let_go_list(ours: Ours, session: Gathering) -> None:
    item = actions.add_ours(
        session.programme, wording="Lunch together", step="", who="", plan="", look_again_on=None, by=ours.bo
    )
    for _ in range(2):
        leave(item, "let_go", by=ours.bo)
    assert [one.wording for one in queries.public_view(session.programme).let_go] == ["Lunch together"]
    assert queries.public_view(session.programme).ours == []


def test_D4_2_a_no_is_offered_to_the_let_go_list_and_the_group_decides(ours: Ours, session: Gathering) -> None:
    soon, never, yes = handed_over(session, "Smaller classes", "Fewer tests by law", "Time to plan", by=ours.bo)
    drafts = [
        drafted(soon, by=ours.amara, verdict="not_soon", **NOT_SOON),
        drafted(never, by=ours.amara, verdict="cannot", reason="The law says so."),
        drafted(yes, by=ours.amara),
    ]
    assert queries.offers(session.programme) == []  # a draft offers nothing
    published(*drafts, by=ours.amara)
    assert [(offer.concern.pk, offer.later) for offer in queries.offers(session.programme)] == [
        (soon.pk, True), (never.pk, False),
    ]  # fmt: skip
    assert LetGoItem.objects.count() == 0  # nothing goes there by itself

    client, address = signed_in(ours.bo), reverse("report_back.let_go", kwargs={"programme_id": session.programme_id})
    assert client.post(address, {"concern_ids": [yes.pk]}).status_code == 422
    for _ in range(2):
        client.post(address, {"concern_ids": [soon.pk]})
    item = LetGoItem.objects.get()
    assert (item.wording, item.later, item.look_again_on) == ("Smaller classes", True, NOT_SOON["look_again_on"])

    client.post(reverse("report_back.let_go_return", kwargs={"item_id": item.pk}))
    assert queries.public_view(session.programme).let_go == []
    client.post(address, {"concern_ids": [soon.pk]})  # and again, if the group wants
    assert [one.id for one in queries.public_view(session.programme).let_go] == [item.pk]


def test_D4_1_what_nobody_here_controls_is_let_go_by_a_press_of_the_group(ours: Ours, session: Gathering) -> None:
    driver = a_driver(session, "The weather", place="nobody")
    mine = a_driver(session, "Our own habits", place="ours")
    client, address = signed_in(ours.bo), reverse("report_back.let_go", kwargs={"programme_id": session.programme_id})
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"driver_ids": [mine.pk]}).status_code == 422
    client.post(address, {"driver_ids": [driver.pk]})
    assert [one.wording for one in queries.public_view(session.programme).let_go] == ["The weather"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_two_lists_ask_the_same_questions_for_one_and_three(
    ours: Ours, session: Gathering, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        actions.put_on_our_list(
            session.programme, driver_ids=[a_driver(session, f"Ours {number}", place="ours").pk], by=ours.bo
        )
        a_driver(session, f"Nobody {number}", place="nobody")
        [concern] = handed_over(session, f"No {number}", by=ours.bo)
        published(drafted(concern, by=ours.amara, verdict="cannot", reason="So it is."), by=ours.amara)
    client = signed_in(ours.bo)
    with django_assert_num_queries(15):
        html = client.get(lists(session)).content.decode()
    assert html.count('name="concern_ids"') == rows


@pytest.mark.parametrize("name", ["amara", "pat", "cole", "eve", "fay", "sam", "nia", "gil", "hana", "jun"])
def test_whoever_does_not_run_the_group_finds_no_hand_over_and_no_list(
    ours: Ours, theirs: Theirs, session: Gathering, name: str
) -> None:
    person: Person = getattr(theirs if name in {"gil", "hana", "jun"} else ours, name)
    driver, client = a_driver(session, "Cover with no notice"), signed_in(person)
    sent = {"drivers": [driver.pk], "due_on": DUE.isoformat()}
    for address, absent in (
        (page(session), reverse("report_back.hand_over", kwargs={"gathering_id": 1})),
        (lists(session), reverse("report_back.our_list", kwargs={"programme_id": 1})),
    ):
        for answer, nothing in (
            (client.get(address), client.get(absent)),
            (client.post(address, sent), client.post(absent, sent)),
        ):
            assert (answer.status_code, answer.content) == (nothing.status_code, nothing.content)
            assert answer.status_code == 404
    assert Concern.objects.count() == 0
    assert Driver.objects.filter(agreed=True).exists()  # there was something to hand over


@pytest.mark.django_db(databases=["default", "voices"])
def test_D4_1_a_step_is_not_undone_once_what_it_made_stands_on_a_list(ours: Ours, session: Gathering) -> None:
    room, since = open_room(session, by=ours.bo), timezone.now()
    sort = room.rounds.create(
        position=1, kind="sort", mode="unnamed", title="Sort", minutes=5, phase=Round.Phase.SEALED, writing_since=since
    )
    driver = a_driver(session, "Cover and complaining", agreed=False)
    mine, theirs = cut(sort, driver_id=driver.pk, ours="We complain", theirs="Cover", by=ours.bo)
    actions.put_on_our_list(session.programme, driver_ids=[mine.pk], by=ours.bo)
    with pytest.raises(Refused, match="stands_on_a_list"):
        undo_step(sort, by=ours.bo)
    assert session.drivers.filter(pk__in=[mine.pk, theirs.pk]).count() == 2
