"""A programme that was tried is deleted, a real one archived: read as before, changed no more, taken up again (E2)."""

import pytest
from django.test import Client
from django.urls import reverse

from holdfast.audit.models import Entry
from holdfast.gatherings import actions as rooms
from holdfast.homes.overview import rows_of
from holdfast.people.models import Person
from holdfast.people.queries import groups_for
from holdfast.programmes import actions as plans
from holdfast.programmes import queries
from holdfast.programmes.actions.archiving import archive_programme, take_up_programme
from holdfast.programmes.models import Gathering, Programme
from holdfast.programmes.rules.stalling import Stall
from holdfast.refusals import Refused
from holdfast.report_back.actions import hand_over
from holdfast.report_back.queries import waiting_for
from tests.given import Ours
from tests.report_back.given import a_driver


def as_(person: Person) -> Client:
    """Return the browser of somebody who is signed in."""
    client = Client()
    client.force_login(person)
    return client


def at(name: str, programme: Programme) -> str:
    """Return an address of a programme."""
    return reverse(f"programmes.{name}", kwargs={"programme_id": programme.pk})


@pytest.mark.parametrize("name", ["archiving", "archiving_return", "programme_removal"])
def test_E2_only_who_coordinates_the_group_archives_and_deletes(
    ours: Ours, programme: Programme, session: Gathering, name: str
) -> None:
    for who in (ours.bo, ours.amara, ours.pat, ours.sam, ours.cole):
        assert as_(who).post(at(name, programme)).status_code == 404
    assert as_(ours.dee).post(at(name, programme)).status_code == 302


def test_E2_what_is_archived_is_read_and_not_changed_until_it_is_taken_up_again(
    ours: Ours, programme: Programme, session: Gathering
) -> None:
    dee, bo = as_(ours.dee), as_(ours.bo)
    rename = reverse("programmes.gathering_when", kwargs={"gathering_id": session.pk})
    new = {"day": "2031-04-10", "starts": "15:00", "ends": "16:00"}
    dee.post(at("archiving", programme))
    page = bo.get(at("programme", programme)).content.decode()
    assert "This programme is archived." in page
    assert "Set a date" not in page
    refused = bo.post(rename, new)
    assert refused.status_code == 409
    assert "it can be read, and not changed" in refused.content.decode()
    assert Gathering.objects.get().starts_at == session.starts_at
    with pytest.raises(Refused, match=r"programmes\.archived"):
        rooms.open_room(session, by=ours.bo)

    dee.post(at("archiving_return", programme))
    assert bo.post(rename, new).status_code == 302
    assert Gathering.objects.get().starts_at != session.starts_at


def test_E2_what_is_archived_is_out_of_the_way(ours: Ours, programme: Programme, session: Gathering) -> None:
    dee, bo = as_(ours.dee), as_(ours.bo)
    assert "Thursday 13 March 2031" in bo.get("/desk/").content.decode()
    dee.post(at("archiving", programme))
    assert "Thursday 13 March 2031" not in bo.get("/desk/").content.decode()
    assert "Small pack" not in dee.get("/desk/").content.decode()
    assert "One archived programme" in bo.get("/desk/programmes/").content.decode()


def test_E2_a_programme_that_was_only_tried_is_deleted_with_its_plans(
    ours: Ours, programme: Programme, session: Gathering
) -> None:
    dee = as_(ours.dee)
    assert "Delete it: it was only tried" in dee.get(at("programme", programme)).content.decode()
    dee.post(at("programme_removal", programme))
    assert not Programme.objects.exists()
    assert not Gathering.objects.exists()


def test_E2_a_programme_in_which_a_session_was_opened_stays_and_the_refusal_says_what_to_do(
    ours: Ours, programme: Programme, session: Gathering
) -> None:
    rooms.open_room(session, by=ours.bo)
    dee = as_(ours.dee)
    page = dee.get(at("programme", programme)).content.decode()
    assert "Archive this programme" in page
    assert "Delete it: it was only tried" not in page
    answer = dee.post(at("programme_removal", programme))
    assert answer.status_code == 409
    assert "Archive it instead" in answer.content.decode()
    assert Programme.objects.exists()


def test_E2_what_is_still_open_is_said_before_and_nobody_is_reminded_of_it_afterwards(
    ours: Ours, programme: Programme, session: Gathering
) -> None:
    dee, amara = as_(ours.dee), as_(ours.amara)
    assert "Before you archive it" not in dee.get(at("programme", programme)).content.decode()
    room = rooms.open_room(session, by=ours.bo)
    hand_over(session, driver_ids=[a_driver(session, "Cover.").pk], due_on=queries.today_at(programme), by=ours.bo)
    plans.name_barrier(programme, kind="cover", text="", by=ours.pat)
    page = dee.get(at("programme", programme)).content.decode()
    assert "The room of “Drivers of strength” is open." in page
    assert "One thing waits for an answer." in page
    assert "One thing waits" not in as_(ours.bo).get(at("programme", programme)).content.decode()
    assert [len(waiting_for(ours.amara)), len(queries.open_barriers_led(ours.amara))] == [1, 1]

    dee.post(at("archiving", programme))
    assert [len(waiting_for(ours.amara)), len(queries.open_barriers_led(ours.amara))] == [0, 0]
    assert "Nobody waits for anything from you." in amara.get("/desk/").content.decode()
    rooms.end_room(room, by=ours.bo)  # as was said: it can be ended
    dee.post(at("archiving_return", programme))
    assert len(waiting_for(ours.amara)) == 1


def test_E2_taking_up_what_is_not_archived_leaves_no_entry(ours: Ours, programme: Programme) -> None:
    taken_up = Entry.objects.filter(act="programmes.taken_up")
    take_up_programme(programme, by=ours.dee)
    assert not taken_up.exists()
    archive_programme(programme, by=ours.dee)
    take_up_programme(programme, by=ours.dee)
    assert taken_up.count() == 1


def test_E2_a_group_whose_programme_is_archived_reads_so_and_is_not_said_to_wait(
    ours: Ours, programme: Programme
) -> None:
    waits_for = {row.group: row.stalls for row in rows_of(groups_for(ours.dee))}
    assert Stall.NO_PROGRAMME not in waits_for[ours.group]
    archive_programme(programme, by=ours.dee)
    rows = {row.group: row for row in rows_of(groups_for(ours.dee))}
    assert rows[ours.group].is_archived
    assert Stall.NO_PROGRAMME not in rows[ours.group].stalls
    never = rows[ours.other_group]
    assert not never.is_archived
    assert Stall.NO_PROGRAMME in never.stalls
    assert "archived" in as_(ours.dee).get("/desk/").content.decode()
