"""What somebody's roles let them see and change."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from holdfast.people import actions, queries
from holdfast.people.models import Role
from holdfast.people.rules import may_look_after
from holdfast.refusals import Refused
from tests.given import Ours, Theirs

pytestmark = pytest.mark.django_db
KIND = Role.Kind


def test_a_role_covers_the_groups_below_its_place(ours: Ours) -> None:
    assert list(queries.groups_for(ours.bo)) == [ours.group]
    assert list(queries.groups_for(ours.sam)) == [ours.other_group]
    assert list(queries.groups_for(ours.dee)) == [ours.group, ours.other_group]
    assert list(queries.groups_for(ours.nia)) == []


def test_a_role_counts_only_as_what_it_is(ours: Ours) -> None:
    assert queries.leads(ours.amara, ours.group)
    assert not queries.leads(ours.amara, ours.other_group)
    assert not queries.leads(ours.bo, ours.group)
    assert queries.facilitates(ours.bo, ours.group)
    assert list(queries.groups_for(ours.dee, [KIND.FACILITATOR])) == []


def test_a_leader_of_the_organisation_leads_every_group_of_it_and_none_of_another(ours: Ours, theirs: Theirs) -> None:
    actions.give_role(ours.nia, kind=KIND.LEADER, at=ours.organisation)

    assert queries.leads(ours.nia, ours.group)
    assert queries.leads(ours.nia, ours.other_group)
    assert not queries.leads(ours.nia, theirs.group)


def test_another_organisations_group_and_a_group_that_does_not_exist_are_the_same(ours: Ours, theirs: Theirs) -> None:
    assert queries.group_for(ours.dee, ours.group.pk) == ours.group  # there is something to find
    for key in (theirs.group.pk, 1):
        with pytest.raises(Http404):
            queries.group_for(ours.dee, key)


def test_a_coordinator_of_a_site_looks_after_those_whose_roles_all_lie_there(ours: Ours) -> None:
    assert list(queries.people_for(ours.sam)) == [ours.fay, ours.sam]

    actions.give_role(ours.fay, kind=KIND.FACILITATOR, at=ours.group)  # fay works at both schools now

    assert list(queries.people_for(ours.sam)) == [ours.sam]
    assert ours.fay in queries.people_for(ours.dee)
    assert ours.nia in queries.people_for(ours.dee)


def test_the_list_of_people_follows_the_rule_exactly(ours: Ours, theirs: Theirs) -> None:
    actions.give_role(ours.chi, kind=KIND.COORDINATOR, at=ours.group)
    actions.give_role(ours.pat, kind=KIND.COACH, at=ours.other_site)
    everybody = [p for who in (ours, theirs) for p in who.organisation.people.all()]
    for coordinator in (ours.dee, ours.sam, ours.chi, theirs.jun, ours.amara):
        mine = queries.coordinated_by(coordinator)
        expected = {
            person
            for person in everybody
            if may_look_after(
                [queries.place(role.place) for role in queries.roles_of(person)],
                home=queries.place(person.organisation),
                mine=mine,
            )
        }
        assert set(queries.people_for(coordinator)) == expected


def test_giving_a_role_twice_changes_nothing(ours: Ours) -> None:
    first = actions.give_role(ours.nia, kind=KIND.COACH, at=ours.site)
    assert actions.give_role(ours.nia, kind=KIND.COACH, at=ours.site) == first
    assert ours.nia.roles.count() == 1


def test_nobody_gives_a_role_where_they_do_not_coordinate(ours: Ours, theirs: Theirs) -> None:
    for by, person, at in (
        (ours.sam, ours.fay, ours.group),
        (ours.sam, ours.sam, ours.organisation),
        (ours.dee, theirs.gil, theirs.group),
        (ours.dee, ours.nia, theirs.group),
        (ours.amara, ours.pat, ours.group),
    ):
        with pytest.raises(Refused, match=r"^people\.not_your_place$"):
            actions.give_role(person, kind=KIND.LEADER, at=at, by=by)
    actions.give_role(ours.fay, kind=KIND.LEADER, at=ours.other_group, by=ours.sam)  # but there she may


def test_the_last_coordinator_of_an_organisation_stays(ours: Ours) -> None:
    role = ours.dee.roles.get()
    with pytest.raises(Refused, match=r"^people\.last_coordinator$"):
        actions.take_role(role, by=ours.dee)
    with pytest.raises(Refused, match=r"^people\.last_coordinator$"):
        actions.end_access(ours.dee, by=ours.dee)

    actions.give_role(ours.nia, kind=KIND.COORDINATOR, at=ours.organisation, by=ours.dee)
    actions.take_role(role, by=ours.nia)

    assert not queries.may_coordinate(ours.dee)


def test_a_coordinator_who_left_does_not_count_as_one_who_remains(ours: Ours) -> None:
    actions.give_role(ours.nia, kind=KIND.COORDINATOR, at=ours.organisation)
    actions.end_access(ours.nia, by=ours.dee)
    with pytest.raises(Refused, match=r"^people\.last_coordinator$"):
        actions.end_access(ours.dee, by=ours.dee)


def test_an_address_opens_one_account_only_however_it_is_written(ours: Ours, theirs: Theirs) -> None:
    with pytest.raises(Refused, match=r"^people\.email_taken$"):
        actions.add_person(ours.organisation, name="Another", email="GIL@Harbour.example")
    with pytest.raises(Refused, match=r"^people\.email_taken$"):
        actions.change_person(ours.pat, name="Pat", email="amara@lakeside.example", by=ours.dee)
    actions.change_person(ours.amara, name="Amara", email="Amara@lakeside.example", by=ours.dee)  # her own is hers


def test_the_help_card_somebody_sees_is_that_of_their_site(ours: Ours) -> None:
    assert queries.help_site_of(ours.pat) == ours.site
    assert queries.help_site_of(ours.fay) == ours.other_site
    assert queries.help_site_of(ours.nia) == ours.site


def test_the_database_itself_refuses_a_role_held_twice_and_a_role_for_nothing_or_two_places(ours: Ours) -> None:
    once: list[dict[str, Any]] = [{"group": ours.group}, {"site": ours.site}, {"organisation": ours.organisation}]
    for at in once:
        Role.objects.create(person=ours.nia, kind=KIND.COACH, **at)
    for refused in (*once, {}, {"group": ours.group, "site": ours.site}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Role.objects.create(person=ours.nia, kind=KIND.COACH, **refused)
