"""People in two roles, leaders who are not there, days that have passed: each has a kind outcome (D4.2, E2, E3)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from holdfast.notifications.models import Mail
from holdfast.people import actions as people
from holdfast.people.models import Person, Role
from holdfast.programmes.models import Gathering
from holdfast.report_back import queries
from holdfast.report_back.models import Concern
from tests.given import Ours
from tests.report_back.given import NOT_SOON, TODAY, a_driver, drafted, handed_over, published, signed_in, text_of

pytestmark = pytest.mark.django_db


def test_E3_a_leader_who_is_also_a_member_answers_as_leader_and_decides_nothing_for_the_group(
    ours: Ours, session: Gathering
) -> None:
    people.give_role(ours.amara, kind=Role.Kind.PARTICIPANT, at=ours.group)
    [concern] = handed_over(session, "Cover with no notice", by=ours.bo)
    amara = signed_in(ours.amara)
    inside = reverse("report_back.concern", kwargs={"concern_id": concern.pk})
    assert amara.get(inside).status_code == 200
    for name, about in (
        ("hand_over", {"gathering_id": session.pk}),
        ("our_list", {"programme_id": session.programme_id}),
    ):
        assert amara.get(reverse(f"report_back.{name}", kwargs=about)).status_code == 404
    mark = reverse("report_back.concern_wall", kwargs={"concern_id": concern.pk})
    assert amara.post(mark, {"side": "group", "on": "1"}).status_code == 404
    assert amara.post(mark, {"side": "leader", "on": "1"}).status_code == 302
    concern.refresh_from_db()
    assert (concern.wall_by_group, concern.wall_by_leader) == (False, True)


def test_D4_2_a_leader_who_never_signed_in_and_has_no_address_finds_what_waits_when_they_come(
    ours: Ours, session: Gathering
) -> None:
    Person.objects.filter(pk=ours.amara.pk).update(email=None)
    a_driver(session, "Too many forms")
    page = signed_in(ours.bo).get(reverse("report_back.hand_over", kwargs={"gathering_id": session.pk}))
    assert "It goes to Amara" in page.content.decode()
    [concern] = handed_over(session, "Cover with no notice", by=ours.bo)
    assert not Mail.objects.exists()  # nobody is written to, and nothing is lost
    assert [one.concern.pk for one in queries.waiting_for(ours.amara)] == [concern.pk]
    inside = reverse("report_back.concerns", kwargs={"programme_id": session.programme_id})
    assert "Cover with no notice" in signed_in(ours.amara).get(inside).content.decode()


def test_E2_what_a_leader_leaves_open_with_a_draft_is_the_coordinators_then_the_next_leaders(
    ours: Ours, session: Gathering
) -> None:
    [concern] = handed_over(session, "Cover with no notice", by=ours.bo)
    drafted(concern, by=ours.amara, verdict="not_soon", **NOT_SOON)
    people.end_access(ours.amara, by=ours.dee)
    address = reverse("report_back.concern", kwargs={"concern_id": concern.pk})
    page = text_of(signed_in(ours.dee).get(address).content.decode())
    assert "Nobody looks after it yet." in page
    assert NOT_SOON["reason"] in page  # the draft is there for whoever comes next
    people.give_role(ours.nia, kind=Role.Kind.LEADER, at=ours.group)
    assert signed_in(ours.nia).get(address).status_code == 200
    assert signed_in(ours.dee).get(address).status_code == 404  # it has a leader again


def test_D4_2_answers_a_date_too_late_are_published_all_the_same_and_the_count_of_days_ends(
    ours: Ours, session: Gathering
) -> None:
    [concern] = handed_over(session, "Cover with no notice", by=ours.bo)
    Concern.objects.update(handed_over_on=TODAY() - timedelta(days=40), due_on=TODAY() - timedelta(days=12))
    address = reverse("report_back.programme", kwargs={"programme_id": session.programme_id})
    assert "12 days past the agreed date" in text_of(signed_in(ours.bo).get(address).content.decode())
    published(drafted(concern, by=ours.amara), by=ours.amara)
    page = text_of(signed_in(ours.bo).get(address).content.decode())
    assert "past the agreed date" not in page
    assert "exploring this year" in page
