"""Whether people come, what keeps them from it, and that nobody finds the sender of what has no name (B1, E3)."""

import logging
import re
from datetime import datetime

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from holdfast.audit.models import Entry
from holdfast.config.logs import NoSecretAddresses
from holdfast.people.models import Person, Role
from holdfast.programmes import actions, queries
from holdfast.programmes.models import Barrier, Coming, Gathering, Programme
from holdfast.refusals import Refused
from tests.given import Ours, somebody_who


def signed_in(person: Person) -> Client:
    """Return a browser of this person."""
    client = Client()
    client.force_login(person)
    return client


def of(name: str, programme: Programme) -> str:
    """Return an address of a programme."""
    return reverse(f"programmes.{name}", kwargs={"programme_id": programme.pk})


def unnamed(programme: Programme) -> str:
    """Return the address where nobody is known."""
    return reverse("programmes.unnamed_barrier", kwargs={"token": queries.barrier_token(programme)})


# --- coming ---


def test_B1_a_member_says_by_one_tap_whether_they_come_and_takes_it_back_by_another(
    ours: Ours, session: Gathering
) -> None:
    pat, address = signed_in(ours.pat), reverse("programmes.coming", kwargs={"gathering_id": session.pk})
    for answer in ("yes", "no", "unsure"):
        pat.post(address, {"answer": answer})
        assert Coming.objects.get().answer == answer
    assert 'aria-pressed="true">Not sure yet' in pat.get(of("taking_part", session.programme)).content.decode()
    pat.post(address, {"answer": ""})
    assert not Coming.objects.exists()
    assert pat.post(address, {"answer": "perhaps"}).status_code == 404


def test_B1_the_others_see_a_number_rounded_down_and_nobody_sees_who_does_not_come(
    ours: Ours, session: Gathering
) -> None:
    page = reverse("programmes.gathering", kwargs={"gathering_id": session.pk})
    people = [somebody_who(Role.Kind.PARTICIPANT, f"Zed{n}", ours.group) for n in range(8)]
    for number, person in enumerate(people):
        actions.answer_coming(session, answer="no" if number < 2 else "yes", by=person)
        html = signed_in(ours.amara).get(page).content.decode()
        assert ("At least 5 members say that they come." in html) is (number in {6, 7})
        assert "Zed" not in html
    assert Coming.objects.filter(answer="no").count() == 2  # there was somebody not to name
    assert not Entry.objects.filter(by__in=[person.pk for person in people]).exclude(act__startswith="people").exists()


# --- what stands in the way, with a name ---


def test_B1_a_named_barrier_reaches_the_leader_who_acts_and_its_sender_sees_what_came_of_it(
    ours: Ours, programme: Programme
) -> None:
    pat, amara = signed_in(ours.pat), signed_in(ours.amara)
    before = pat.get(of("in_the_way", programme)).content.decode()
    assert before.index("Few people may fit what you write.") < before.index("<textarea")  # said before it is filled
    assert "One person takes part in this group." in before
    pat.post(of("in_the_way", programme), {"kind": "cover", "text": "Nobody takes my bus duty."})

    assert "one thing keeps people from coming" in amara.get("/desk/").content.decode()
    html = amara.get(of("barriers", programme)).content.decode()
    assert "Nobody takes my bus duty." in html
    assert "Pat" in html
    address = reverse("programmes.barrier", kwargs={"barrier_id": Barrier.objects.get().pk})
    amara.post(address, {"done": "Cole takes the buses on Thursdays.", "close": "on"})

    assert "Cole takes the buses on Thursdays." in pat.get(of("in_the_way", programme)).content.decode()
    assert "keeps people from coming" not in amara.get("/desk/").content.decode()
    others = signed_in(somebody_who(Role.Kind.PARTICIPANT, "Rosa", ours.group))
    assert "Cole takes the buses" not in others.get(of("in_the_way", programme)).content.decode()


def test_B1_the_group_reads_what_was_done_when_the_leader_says_so_and_never_what_was_written(
    ours: Ours, programme: Programme
) -> None:
    barrier = actions.name_barrier(programme, kind="cover", text="My own words.", by=ours.pat)
    actions.act_on_barrier(barrier, done="There is cover now.", close=True, told_group=True, by=ours.amara)
    rosa = signed_in(somebody_who(Role.Kind.PARTICIPANT, "Rosa", ours.group))
    for name in ("in_the_way", "taking_part"):
        html = rosa.get(of(name, programme)).content.decode()
        assert "There is cover now." in html
        assert "My own words." not in html
        assert "Pat" not in html


def test_B1_only_those_who_lead_the_group_read_what_was_named(ours: Ours, programme: Programme) -> None:
    actions.name_barrier(programme, kind="cover", text="My own words.", by=ours.pat)
    assert "My own words." in signed_in(ours.amara).get(of("barriers", programme)).content.decode()
    for other in (ours.bo, ours.dee, ours.pat, ours.cole, ours.eve, ours.sam):
        assert signed_in(other).get(of("barriers", programme)).status_code == 404


def test_B1_whoever_facilitates_names_what_keeps_people_from_coming_and_reads_what_came_of_it(
    ours: Ours, programme: Programme
) -> None:
    bo = signed_in(ours.bo)
    assert of("in_the_way", programme) in bo.get(of("programme", programme)).content.decode()
    html = bo.get(of("in_the_way", programme)).content.decode()
    assert "What keeps people from coming?" in html
    assert of("taking_part", programme) not in html  # that page is for whoever takes part
    bo.post(of("in_the_way", programme), {"kind": "cover", "text": "The aides have no cover."})

    assert "The aides have no cover." in signed_in(ours.amara).get(of("barriers", programme)).content.decode()
    actions.act_on_barrier(Barrier.objects.get(), done="Cole covers them.", close=True, told_group=False, by=ours.amara)
    assert "Cole covers them." in bo.get(of("in_the_way", programme)).content.decode()
    assert bo.get(of("barriers", programme)).status_code == 404
    assert signed_in(ours.cole).get(of("in_the_way", programme)).status_code == 404


def test_B1_nothing_is_settled_before_it_says_what_was_done(ours: Ours, programme: Programme) -> None:
    barrier = actions.name_barrier(programme, kind="clash", text="", by=ours.pat)
    address = reverse("programmes.barrier", kwargs={"barrier_id": barrier.pk})
    answer = signed_in(ours.amara).post(address, {"done": "", "close": "on"})
    assert answer.status_code == 422
    assert "It does not say yet what was done." in answer.content.decode()
    barrier.refresh_from_db()
    assert barrier.closed_on is None


def test_something_else_needs_a_few_words_and_what_was_chosen_stays(ours: Ours, programme: Programme) -> None:
    answer = signed_in(ours.pat).post(of("in_the_way", programme), {"kind": "other", "text": ""})
    assert answer.status_code == 422
    assert "Say in a few words what it is." in answer.content.decode()
    assert re.search(r'value="other"[^>]*checked', answer.content.decode())


# --- without a name: the attacks ---


def send(programme: Programme, text: str, **headers: str) -> None:
    """Send a message without a name, from a browser that would send every cookie it may."""
    answer = Client().post(unnamed(programme), {"kind": "cover", "text": text}, headers=headers)
    assert answer.status_code == 302
    assert not answer.cookies


def test_E3_the_address_is_the_same_for_everybody_and_always(ours: Ours, programme: Programme) -> None:
    rosa = somebody_who(Role.Kind.PARTICIPANT, "Rosa", ours.group)
    found = {
        re.findall(r'href="(/barrier/[^"]+)"', signed_in(person).get(of("in_the_way", programme)).content.decode())[0]
        for person in (ours.pat, rosa, ours.pat)
    }
    assert found == {unnamed(programme)}
    assert not unnamed(programme).startswith(settings.SESSION_COOKIE_PATH)  # a browser sends no cookie there


def test_E3_the_row_holds_a_day_and_no_one(ours: Ours, programme: Programme) -> None:
    send(programme, "Cover.", **{"User-Agent": "Pats phone", "X-Forwarded-For": "203.0.113.7"})
    row = Barrier.objects.filter(sender__isnull=True).values().get()
    assert {type(field) for field in Barrier._meta.get_fields()} & {models.DateTimeField, models.TimeField} == set()
    assert not any(isinstance(value, datetime) for value in row.values())
    assert "203.0.113.7" not in str(row)


def test_E3_no_other_table_changes_when_an_unnamed_message_is_kept(ours: Ours, programme: Programme) -> None:
    """The attack: look for a row with a time, or a person, that came into being in the same moment."""

    def everything() -> dict[str, list[tuple[object, ...]]]:
        with connection.cursor() as cursor:
            tables = [table for table in connection.introspection.table_names(cursor) if "barrier" not in table]
            found = {}
            for table in tables:
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
                found[table] = sorted(cursor.fetchall(), key=repr)
        return found

    pat = signed_in(ours.pat)
    pat.get(of("in_the_way", programme))  # as people do: first the page, then without a name
    before = everything()
    assert before["django_session"]  # there was a session that could have been touched
    send(programme, "Cover.")
    assert everything() == before

    pat.post(of("in_the_way", programme), {"kind": "clash", "text": ""})  # with a name, the trail says so
    assert everything() != before
    assert Entry.objects.filter(act="programmes.barrier_named", by=ours.pat.pk).count() == 1
    assert Entry.objects.filter(on=Barrier.objects.get(sender=None).pk).count() == 0


def test_E3_neighbours_of_the_row_and_its_key_tell_no_order(ours: Ours, programme: Programme) -> None:
    """The attack: read the file in the order in which its rows lie, and set it beside what was done around it."""
    for number in range(8):
        send(programme, str(number))
        actions.name_barrier(programme, kind="clash", text=f"named {number}", by=ours.pat)
    table = Barrier._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid, id, text FROM {table} ORDER BY rowid")  # noqa: S608 - our own table
        rows = cursor.fetchall()
    assert len(rows) == 16
    assert all(rowid == key for rowid, key, _text in rows)  # no counter hides behind the key
    lying = [text for _rowid, _key, text in rows if text.isdecimal()]
    assert lying != [str(number) for number in range(8)]  # 1 in 40,320 by chance


def test_E3_no_log_line_says_that_somebody_was_there(
    ours: Ours, programme: Programme, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        send(programme, "Nobody takes my bus duty.")
    token = queries.barrier_token(programme)
    kept = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert not [record for record in kept if token in record.getMessage() or "bus duty" in record.getMessage()]

    line = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", (unnamed(programme),), None)
    assert NoSecretAddresses().filter(line)
    assert token not in line.getMessage()  # even when Django itself would name the address


def test_E3_a_cookie_somebody_sends_there_all_the_same_changes_nothing(ours: Ours, programme: Programme) -> None:
    pat = signed_in(ours.pat)
    before = Session.objects.values_list("session_data", flat=True).get()
    pat.cookies["sessionid"]["path"] = "/"  # a browser gone wrong
    assert pat.post(unnamed(programme), {"kind": "cover", "text": ""}).status_code == 302
    assert Session.objects.values_list("session_data", flat=True).get() == before
    assert Barrier.objects.get().sender is None


def test_E3_the_way_back_to_the_desk_does_not_say_where_somebody_was(ours: Ours, programme: Programme) -> None:
    for address in (unnamed(programme), f"{unnamed(programme)}?sent=1"):
        answer = Client().get(address)
        assert answer["Referrer-Policy"] == "no-referrer"
    assert (
        f'href="{of("in_the_way", programme)}"' in answer.content.decode()
    )  # there is a way on which it could be said
    assert signed_in(ours.pat).get(of("in_the_way", programme))["Referrer-Policy"] == "same-origin"


def test_who_chose_a_language_there_keeps_it_to_the_end(ours: Ours, programme: Programme) -> None:
    spanish = f"{unnamed(programme)}?language=es"
    assert 'lang="es"' in Client().get(spanish).content.decode()
    answer = Client().post(spanish, {"kind": "cover", "text": ""}, follow=True)
    assert answer.redirect_chain == [(f"{unnamed(programme)}?sent=1&language=es", 302)]
    assert '<html lang="es"' in answer.content.decode()


def test_E7_the_page_says_that_nobody_could_be_found_and_whom_to_call(ours: Ours, programme: Programme) -> None:
    html = Client().get(unnamed(programme)).content.decode()
    assert "If somebody is in danger, don’t write it here: nobody could find you." in html
    assert "555 0100" in html
    assert html.index("Few people may fit what you write.") < html.index("<textarea")


def test_a_flood_of_unnamed_messages_stops_and_what_was_typed_stays(ours: Ours, programme: Programme) -> None:
    for _ in range(30):
        actions.name_barrier_unnamed(programme, kind="cover", text="")
    answer = Client().post(unnamed(programme), {"kind": "cover", "text": "The one too many."})
    assert answer.status_code == 422
    assert "no more are taken at the moment" in answer.content.decode()
    assert "The one too many." in answer.content.decode()
    actions.name_barrier(programme, kind="cover", text="", by=ours.pat)  # with a name it still goes through


@pytest.mark.parametrize("token", ["nonsense", "1.abc", "1"])
def test_an_address_nobody_gave_out_is_not_there(ours: Ours, token: str) -> None:
    assert Client().get(reverse("programmes.unnamed_barrier", kwargs={"token": token})).status_code == 404


def test_a_closed_programme_takes_no_more_and_is_closed_once(ours: Ours, programme: Programme) -> None:
    assert Client().get(unnamed(programme)).status_code == 200
    actions.close_programme(programme, by=ours.bo)
    assert Client().get(unnamed(programme)).status_code == 404
    assert "/barrier/" not in signed_in(ours.pat).get(of("in_the_way", programme)).content.decode()
    with pytest.raises(Refused) as refused:
        actions.close_programme(programme, by=ours.bo)
    assert refused.value.code == "programmes.already_closed"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_ask_the_same_questions_for_one_row_and_three(
    ours: Ours, session: Gathering, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        barrier = actions.name_barrier(session.programme, kind="cover", text="", by=ours.pat)
        actions.act_on_barrier(barrier, done="Done.", close=False, told_group=True, by=ours.amara)
    queries.content_of(session.programme)
    pat, amara = signed_in(ours.pat), signed_in(ours.amara)
    with django_assert_num_queries(10):
        pat.get(of("in_the_way", session.programme))
    with django_assert_num_queries(7):
        amara.get(of("barriers", session.programme))
