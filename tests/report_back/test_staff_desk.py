"""The desk of a staff page: addresses, marks of both sides, and removing words that name somebody."""

import pytest
from django.test import Client
from django.urls import reverse

from holdfast.audit.models import Entry
from holdfast.people import actions
from holdfast.people.models import Person, Role
from holdfast.report_back.models import Concern, Progress, StaffLink
from holdfast.report_back.posters import poster_data
from holdfast.report_back.staff import staff_page
from holdfast.web.printing import Paper
from tests.given import Ours
from tests.report_back.pages import Shown, a_programme, everything

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


def as_(person: Person) -> Client:
    """Return a browser somebody is signed in with."""
    client = Client()
    client.force_login(person)
    return client


def desk_of(shown: Shown, who: Person) -> str:
    """Return the desk's page."""
    path = reverse("report_back.staff_page", kwargs={"programme_id": shown.programme.pk})
    return as_(who).get(path).content.decode()


def test_the_desk_shows_address_and_qr_and_makes_them_when_there_are_none(ours: Ours) -> None:
    programme = a_programme(ours)
    path = reverse("report_back.staff_page", kwargs={"programme_id": programme.pk})
    client = as_(ours.bo)
    assert "There is no address yet" in client.get(path).content.decode()

    for _ in range(2):
        client.post(reverse("report_back.addresses", kwargs={"programme_id": programme.pk}), {"scope": "staff"})

    (link,) = StaffLink.objects.all()
    page = client.get(path).content.decode()
    assert f"/s/{link.token}/" in page
    assert page.count("<svg") == 1
    assert len(link.token) == 43


def test_each_side_marks_only_for_itself(ours: Ours) -> None:
    shown = everything(ours)
    path = reverse("report_back.concern_wall", kwargs={"concern_id": shown.answered.pk})
    tries = [
        (ours.bo, "group", 302), (ours.amara, "leader", 302), (ours.bo, "leader", 404), (ours.amara, "group", 404),
        (ours.dee, "group", 404), (ours.dee, "leader", 404), (ours.pat, "group", 404), (ours.bo, "both", 404),
    ]  # fmt: skip
    for who, side, status in tries:
        assert as_(who).post(path, {"side": side, "on": "1"}).status_code == status, (who, side)
    shown.answered.refresh_from_db()
    assert (shown.answered.wall_by_group, shown.answered.wall_by_leader) == (True, True)

    as_(ours.amara).post(path, {"side": "leader"})
    shown.answered.refresh_from_db()
    assert (shown.answered.wall_by_group, shown.answered.wall_by_leader) == (True, False)


def strike(name: str, who: Person, **about: int) -> tuple[int, str]:
    """Press the button that removes words; return the status and the page one ends up on."""
    answer = as_(who).post(reverse(f"report_back.{name}_striking", kwargs=about), {"reply": "1"}, follow=True)
    return answer.status_code, answer.content.decode()


def test_E3_the_groups_words_are_removed_by_its_facilitator_or_the_coordinator_and_that_is_written_down(
    ours: Ours,
) -> None:
    shown = everything(ours)
    assert "We greet each other by name." in desk_of(shown, ours.bo)
    assert "The words are removed." in strike("ours", ours.bo, item_id=shown.ours.pk)[1]
    assert "We greet each other by name." not in desk_of(shown, ours.amara)
    entry = Entry.objects.get(act="report_back.struck")
    assert (entry.by, entry.on) == (ours.bo.pk, shown.ours.pk)
    assert strike("let_go", ours.dee, item_id=shown.let_go.pk)[0] == 200
    assert "The state sets the test dates." not in desk_of(shown, ours.bo)


def test_E3_a_leader_removes_no_words_of_the_group_and_is_told_whom_to_ask(ours: Ours) -> None:
    shown = everything(ours)
    for name, about in (
        ("ours", {"item_id": shown.ours.pk}),
        ("let_go", {"item_id": shown.let_go.pk}),
        ("concern", {"concern_id": shown.waiting.pk}),
        ("reply", {"answer_id": shown.question.pk}),
    ):
        status, page = strike(name, ours.amara, **about)
        assert (status, "ask a facilitator of the group" in page) == (403, True), name
    page = desk_of(shown, ours.amara)
    for words in ("We greet each other by name.", "The state sets the test dates.", shown.waiting.wording):
        assert words in page
    assert reverse("report_back.concern_striking", kwargs={"concern_id": shown.waiting.pk}) not in page
    assert "Leadership removes only its own words" in page

    actions.give_role(ours.amara, kind=Role.Kind.FACILITATOR, at=ours.group)  # a leader who also runs the meetings
    assert strike("concern", ours.amara, concern_id=shown.waiting.pk)[0] == 200


def test_E3_leadership_removes_its_own_words_and_what_it_decided_stays(ours: Ours) -> None:
    shown = everything(ours)
    moved = Progress.objects.get()
    status, page = strike("answer", ours.bo, answer_id=shown.question.pk)
    assert (status, "ask a leader of the group" in page) == (403, True)
    assert strike("progress", ours.bo, progress_id=moved.pk)[0] == 403
    concern_page = reverse("report_back.concern", kwargs={"concern_id": shown.asked.pk})
    assert "Which meetings weigh most?" in as_(ours.amara).get(concern_page).content.decode()

    for _press in range(2):
        assert strike("answer", ours.amara, answer_id=shown.question.pk)[0] == 200
        assert strike("progress", ours.amara, progress_id=moved.pk)[0] == 200
    shown.question.refresh_from_db()
    assert (shown.question.question, shown.question.verdict) == ("", "understand")
    page = as_(ours.amara).get(concern_page).content.decode()
    assert "Which meetings weigh most?" not in page
    assert "Removed, because it named somebody." in page
    assert Entry.objects.filter(act__in=["report_back.answer_struck", "report_back.progress_struck"]).count() == 2
    for answer in (first for first in shown.answered.answers.order_by("version")):
        assert strike("answer", ours.dee, answer_id=answer.pk)[0] == 200  # also one that has to say why
    poster = poster_data(staff_page(shown.programme, scope="staff"), token="t", paper=Paper.A4)
    assert "The spare hour began" not in str(poster)


def test_D4_2_what_moves_later_hangs_in_common_areas_only_when_both_allow_it_too(ours: Ours) -> None:
    shown = everything(ours)
    moved = Progress.objects.get()
    Concern.objects.filter(pk=shown.answered.pk).update(wall_by_group=True, wall_by_leader=True)

    def hangs() -> str:
        page = staff_page(shown.programme, scope="wall")
        return str(page.view.concerns) + str(poster_data(page, token="t", paper=Paper.A4))

    assert shown.answered.wording in hangs()
    assert moved.text not in hangs()
    path = reverse("report_back.progress_wall", kwargs={"progress_id": moved.pk})
    assert as_(ours.bo).post(path, {"side": "leader", "on": "1"}).status_code == 404
    as_(ours.bo).post(path, {"side": "group", "on": "1"})
    assert moved.text not in hangs()
    as_(ours.amara).post(path, {"side": "leader", "on": "1"})
    assert moved.text in hangs()
    assert moved.text in desk_of(shown, ours.bo)


def test_the_desk_asks_the_same_questions_of_the_database_however_much_there_is(ours: Ours) -> None:
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    from tests.report_back.pages import many

    shown = everything(ours)
    counts = []
    for more in (0, 40):
        many(shown.programme, more, by=ours.amara)
        desk_of(shown, ours.bo)
        with CaptureQueriesContext(connections["default"]) as asked:
            desk_of(shown, ours.bo)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_replies_on_the_desk_stay_closed_until_their_day(ours: Ours) -> None:
    shown = everything(ours)
    assert "Until then nobody sees any, or how many there are." in desk_of(shown, ours.amara)
