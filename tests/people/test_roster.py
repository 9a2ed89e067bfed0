"""A roster is read, looked at beside who is there, and taken over by a press; nobody is removed by it (E2)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from holdfast.people import actions
from holdfast.people.models import Person, Role, RosterDraft
from holdfast.people.reading import MOST_LINES, NotARoster, Unreadable, Wrong, decoded, read
from holdfast.people.roster import compare
from tests.given import Ours, Theirs, somebody

HEADER = "name,email,site,group,role\n"
FILE = "/desk/people/roster/"
PREVIEW = f"{FILE}preview/"


def wrongs(text: str) -> list[Wrong | None]:
    """Return what is wrong in each line of a roster."""
    return [line.wrong for line in read(HEADER + text)]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("Ana,ana@x.example,,,", None),
        ("Ana,,,,", None),
        (",ana@x.example,,,", Wrong.NO_NAME),
        ("Ana,not an address,,,", Wrong.NO_ADDRESS),
        ("Ana,,,,director", Wrong.NO_ROLE),
        ("Ana,,,,Leader", None),
        ("\"=cmd|'/c calc'!A1\",,,,", Wrong.FORMULA),
        ("  =1+1,,,,", Wrong.FORMULA),
        ("+49 Ana,,,,", Wrong.FORMULA),
        ("@Ana,,,,", Wrong.FORMULA),
        ("Ana,,,-1,", Wrong.FORMULA),
        ("x" * 121 + ",,,,", Wrong.TOO_LONG),
        ("משה לוי,,,,", None),
        ("\u202eAna\u202c,,,,", None),
        ("Ana", None),
        ("Ana,,,,participant,more,than,headings", None),
    ],
)
def test_E2_each_kind_of_line_has_one_outcome(line: str, wrong: Wrong | None) -> None:
    assert wrongs(f"{line}\n") == [wrong]


def test_E2_signs_that_turn_the_reading_around_are_left_out_and_the_name_is_kept() -> None:
    assert [line.name for line in read(f"{HEADER}\u202eevil\u202c  Ana,,,,\nמשה לוי,,,,\n")] == ["evil Ana", "משה לוי"]


def test_E2_a_line_that_stands_twice_counts_once_and_two_roles_are_no_duplicate() -> None:
    twice = "Ana,ana@x.example,,,\nANA,Ana@X.example,,,\nAna,ana@x.example,,,leader\nBen,,,,\nben,,,,\n"
    assert wrongs(twice) == [None, Wrong.TWICE, None, None, Wrong.TWICE]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_E2_any_usual_separator_and_encoding_is_read(separator: str, encoding: str) -> None:
    text = f"Nombre{separator}Correo\r\nAna Núñez{separator}ana@x.example\r\n"
    read_text, guessed = decoded(text.encode(encoding))
    assert [(line.name, line.email) for line in read(read_text)] == [("Ana Núñez", "ana@x.example")]
    assert guessed is (encoding == "cp1252")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Unreadable.EMPTY),
        (b"\n\n ,,\n", Unreadable.EMPTY),
        (b"PK\x03\x04 a spreadsheet", Unreadable.SPREADSHEET),
        (b"name\n\0\1\2", Unreadable.NOT_TEXT),
        (b"\xff\xfea", Unreadable.NOT_TEXT),
        (b"Ana,ana@x.example\n", Unreadable.NO_NAME_COLUMN),
        (b"name\n" + b"Ana\n" * (MOST_LINES + 1), Unreadable.TOO_MANY),
        (b"name\n" + b"x" * 200_000 + b"\n", Unreadable.NOT_TEXT),
    ],
)
def test_E2_what_is_no_roster_is_named(content: bytes, why: Unreadable) -> None:
    with pytest.raises(NotARoster) as raised:
        read(decoded(content)[0])
    assert raised.value.why is why


@given(st.binary(max_size=400))
def test_E2_whatever_bytes_come_they_are_read_or_refused_and_nothing_breaks(content: bytes) -> None:
    try:
        lines = read(decoded(b"name;email\n" + content)[0])
    except NotARoster:
        return
    assert all(line.wrong or line.name for line in lines)


@pytest.fixture
def desk(ours: Ours) -> Client:
    """Dee's browser; she coordinates the district."""
    client = Client()
    client.force_login(ours.dee)
    return client


def look(desk: Client, rows: str) -> str:
    """Send a roster as a file and return the page that shows what would happen."""
    answer = desk.post(FILE, {"file": SimpleUploadedFile("roster.csv", (HEADER + rows).encode()), "text": ""})
    assert answer.status_code == 302
    return desk.get(PREVIEW).content.decode()


ROWS = (
    "Ana Ruiz,ana@x.example,Northgate School,Northgate team,leader\n"
    "Ben Osei,,Northgate School,Northgate team,\n"
    "Beau,bo@lakeside.example,Northgate School,Northgate team,facilitator\n"
    "Pat,pat@lakeside.example,Northgate School,Northgate team,\n"
    "Fay,,Southgate School,Southgate team,facilitator\n"
    "Zoe,,Northgate School,Choir,\n"
)


def test_E2_nothing_changes_before_a_press_then_the_new_then_the_changed(desk: Client, ours: Ours) -> None:
    before = Person.objects.count()
    page = look(desk, ROWS)
    assert Person.objects.count() == before
    assert "New: 2. Changed: 2. As it is: 1. Not in the roster: 2. Lines that cannot be taken: 1." in page
    assert "There is no group of this name at this site" in page

    desk.post(f"{FILE}additions/")
    ana, ben = Person.objects.get(name="Ana Ruiz"), Person.objects.get(name="Ben Osei")
    assert (ana.email, ben.email) == ("ana@x.example", None)
    assert [role.kind for role in ana.roles.all()] == ["leader"]
    assert ben.roles.get().group == ours.group
    assert Person.objects.get(pk=ours.bo.pk).name == "Bo"  # what changed waits for a press of its own

    desk.post(f"{FILE}changes/")
    assert Person.objects.get(pk=ours.bo.pk).name == "Beau"
    assert Person.objects.get(pk=ours.pat.pk).email == "pat@lakeside.example"
    assert "Nothing is left to take over." in desk.get(PREVIEW).content.decode()


def test_E2_whoever_is_missing_is_only_listed_and_leaves_on_their_own_page(desk: Client, ours: Ours) -> None:
    page = look(desk, "Ben Osei,,Northgate School,Northgate team,\n")
    assert f'href="/desk/people/persons/{ours.pat.pk}/"' in page
    for press in ("additions", "changes", "removal"):
        desk.post(f"{FILE}{press}/")
    assert Person.objects.get(pk=ours.pat.pk).is_active
    assert ours.pat.roles.count() == 1
    for name in (ours.dee, ours.eve, ours.cole):  # a roster does not speak of them
        assert f"/persons/{name.pk}/" not in page


def test_E2_a_roster_taken_over_twice_adds_nobody_twice(desk: Client, ours: Ours) -> None:
    look(desk, ROWS)
    for press in ("additions", "additions", "changes", "changes"):
        desk.post(f"{FILE}{press}/")
    assert Person.objects.filter(name__in=["Ana Ruiz", "Ben Osei"]).count() == 2


def test_E2_an_address_of_another_organisation_is_refused_without_a_word_about_it(
    desk: Client, ours: Ours, theirs: Theirs
) -> None:
    page = look(desk, "Gil,gil@harbour.example,Northgate School,Northgate team,\n")
    assert "This address cannot be used here." in page
    assert "Harbour" not in page


def test_E2_two_people_of_one_name_and_somebody_who_left_are_not_guessed_at(desk: Client, ours: Ours) -> None:
    for _ in range(2):
        somebody(ours.organisation, "Sam Lee")
    actions.end_access(ours.nia, by=ours.dee)
    rows = "Sam Lee,,Northgate School,Northgate team,\nNia,,Northgate School,Northgate team,\n"
    found = compare(ours.dee, HEADER + rows)
    assert [line.wrong for line in found.wrong] == [Wrong.SEVERAL_PEOPLE, Wrong.HAS_LEFT]


def test_E2_who_coordinates_one_site_takes_people_into_its_groups_only(ours: Ours) -> None:
    rows = "Ana,,Northgate School,Northgate team,\nBen,,Southgate School,Southgate team,\nCay,,,,\n"
    found = compare(ours.sam, HEADER + rows)
    assert [one.name for one in found.new] == ["Ben"]
    assert [line.wrong for line in found.wrong] == [Wrong.NO_GROUP, Wrong.GROUP_MISSING]


def test_E2_one_name_of_a_group_at_two_sites_asks_for_the_site(ours: Ours) -> None:
    actions.add_group(ours.other_site, name="Northgate team")
    found = compare(ours.dee, f"{HEADER}Ana,,,Northgate team,\n")
    assert [line.wrong for line in found.wrong] == [Wrong.SEVERAL_GROUPS]


def test_E2_pasted_rows_that_cannot_be_read_stay_in_their_box(desk: Client) -> None:
    answer = desk.post(FILE, {"text": "Ana Ruiz;ana@x.example"})
    assert answer.status_code == 422
    assert "Ana Ruiz;ana@x.example" in answer.content.decode()
    assert "No column is called “name”." in answer.content.decode()
    assert not RosterDraft.objects.exists()


def test_E2_a_guessed_encoding_is_said(desk: Client) -> None:
    content = "name\nAna Núñez\n".encode("cp1252")
    desk.post(FILE, {"file": SimpleUploadedFile("roster.csv", content)})
    assert "Look at the names with accents." in desk.get(PREVIEW).content.decode()


def test_E2_a_roster_put_away_is_gone_and_is_nobody_elses(desk: Client, ours: Ours) -> None:
    look(desk, ROWS)
    other = Client()
    other.force_login(ours.sam)
    assert other.get(PREVIEW).status_code == 404
    assert desk.get(PREVIEW).status_code == 200
    desk.post(f"{FILE}removal/")
    assert desk.get(PREVIEW).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_E2_looking_asks_the_same_questions_for_one_row_and_three(
    desk: Client, ours: Ours, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        actions.add_person_with_role(
            ours.organisation, name=f"P{number}", email="", kind=Role.Kind.PARTICIPANT, at=ours.group, by=ours.dee
        )
    lines = "".join(
        f"N{n},n{n}@x.example,,Northgate team,\nP{n},p{n}@x.example,,Northgate team,\n" for n in range(rows)
    )
    look(desk, lines)
    with django_assert_num_queries(14):
        desk.get(PREVIEW)
