"""What a section gives a group: a page to read with its own date and names, a poster, and where it hangs."""

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from holdfast.people.models import Person
from holdfast.programmes import actions, queries
from holdfast.programmes.messages import MESSAGES
from holdfast.programmes.models import Gathering, Hanging, Programme
from holdfast.refusals import Refused
from tests.days import today
from tests.given import Ours
from tests.programmes.given import a_session

TODAY = today().isoformat()


def page(name: str, programme: Programme, number: int | None = 4) -> str:
    """Return the address of a page of a programme, or of one of its sections."""
    arguments = {"programme_id": programme.pk} | ({"number": number} if number else {})
    return reverse(f"programmes.{name}", kwargs=arguments)


def signed_in(person: Person) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(person)
    return client


def html_of(person: Person, address: str) -> str:
    """Return a page as somebody sees it."""
    answer = signed_in(person).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def pdf_of(person: Person, address: str, size: str) -> PdfReader:
    """Return a sheet, read back."""
    answer = signed_in(person).get(address, {"size": size})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return PdfReader(io.BytesIO(answer.content))


def words_of(pdf: PdfReader) -> str:
    """Return the text of a sheet on one line."""
    return " ".join("".join(page.extract_text() for page in pdf.pages).split())


# --- the page to read (C1) ---


@pytest.mark.parametrize("name", ["pat", "bo", "amara", "dee"])
def test_C1_everybody_of_the_group_reads_the_page_with_their_own_date_and_names(
    ours: Ours, session: Gathering, name: str
) -> None:
    html = html_of(getattr(ours, name), page("share", session.programme))
    assert "On Thursday 13 March, 15:30 we meet in Library, for 60 minutes." in html
    assert f"Ask {ours.bo.name} or {ours.chi.name}. In danger, Ms Okafor, room 12, 555 0112." in html
    assert "555 0100" in html  # the help card is the school's


def test_C1_a_sentence_whose_blank_nobody_can_fill_is_left_out(ours: Ours, programme: Programme) -> None:
    html = html_of(ours.pat, page("share", programme))
    assert "Bring nothing." in html  # there was a sentence before it
    assert "we meet in" not in html
    assert "All may pass." in html
    assert "[" not in re.sub(r"<[^>]+>", "", html.split("<main")[1].split("</main>")[0])


def test_C1_before_and_after_it_is_the_date_of_the_session_it_belongs_to(ours: Ours, programme: Programme) -> None:
    ago = timezone.now().replace(hour=18, minute=0, second=0, microsecond=0) - timedelta(days=20)
    earlier = a_session(programme, ours.bo, starts_at=ago)
    assert queries.session_on(programme, 4) == earlier
    later = a_session(programme, ours.bo)
    assert queries.session_on(programme, 4) == later
    assert queries.session_on(programme, 1) is None


@pytest.mark.parametrize(("size", "points"), [("a4", (595, 842)), ("us-letter", (612, 792))])
def test_C1_the_page_can_be_printed(ours: Ours, session: Gathering, size: str, points: tuple[int, int]) -> None:
    pdf = pdf_of(ours.pat, page("share_on_paper", session.programme), size)
    [sheet] = pdf.pages
    assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == points
    words = words_of(pdf)
    assert "On Thursday 13 March, 15:30 we meet in Library, for 60 minutes." in words
    assert ours.group.name in words


def test_a_paper_nobody_makes_is_not_there(ours: Ours, session: Gathering) -> None:
    for name in ("share_on_paper", "visual_on_paper"):
        assert signed_in(ours.bo).get(page(name, session.programme), {"size": "b5"}).status_code == 404
    assert signed_in(ours.bo).get(page("share_on_paper", session.programme), {"size": "a3"}).status_code == 404
    assert signed_in(ours.bo).get(page("share", session.programme, 7)).status_code == 404  # not in this toolkit


def test_C1_the_share_page_is_linked_where_the_session_is(ours: Ours, session: Gathering) -> None:
    plan = reverse("programmes.gathering", kwargs={"gathering_id": session.pk})
    assert page("share", session.programme) in html_of(ours.bo, plan)
    assert page("visual", session.programme) in html_of(ours.amara, plan)
    assert page("share", session.programme) in html_of(ours.pat, page("taking_part", session.programme, None))


def test_C1_the_page_is_sent_by_its_address(ours: Ours, session: Gathering) -> None:
    address = page("share", session.programme)
    html = html_of(ours.bo, address)
    assert f"<code>http://testserver{address}</code>" in html
    [mail] = re.findall(r'href="(mailto:[^"]*)"', html)
    assert "subject=A%20page%20to%20read" in mail
    assert f"http%3A//testserver{address}" in mail
    assert "mailto:" not in html_of(ours.pat, address)


# --- the poster and where it hangs (C3, D2.2) ---


@pytest.mark.parametrize(
    ("size", "points"),
    [("a4", (595, 842)), ("a3", (842, 1191)), ("us-letter", (612, 792)), ("us-tabloid", (792, 1224))],
)
def test_C3_the_poster_comes_in_four_papers(ours: Ours, session: Gathering, size: str, points: tuple[int, int]) -> None:
    [sheet] = pdf_of(ours.amara, page("visual_on_paper", session.programme), size).pages
    assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == points
    assert "Uno, ñandú." in sheet.extract_text()


def test_C3_the_picture_has_its_words_beside_it(ours: Ours, session: Gathering) -> None:
    html = html_of(ours.pat, page("visual", session.programme))
    assert f'src="{page("picture", session.programme)}"' in html
    assert '<li dir="auto">Uno, ñandú.</li>' in html
    drawn = signed_in(ours.pat).get(page("picture", session.programme))
    assert drawn["Content-Type"] == "image/svg+xml"


def test_C3_who_hung_it_where_and_when(ours: Ours, programme: Programme) -> None:
    said = {"place": "Room 7B", "who": "Chi", "hung_on": "2026-03-12"}
    assert signed_in(ours.bo).post(page("visual", programme), said).status_code == 302

    hanging = Hanging.objects.get()
    assert (hanging.section, hanging.place, hanging.who, hanging.own_office) == (4, "Room 7B", "Chi", False)
    assert "Room 7B" in html_of(ours.amara, page("visual", programme))
    assert "It hangs here: Room 7B." in " ".join(html_of(ours.pat, page("visual", programme)).split())
    assert "Room 7B" not in html_of(ours.bo, page("visual", programme, 1))  # another section's

    gone = reverse("programmes.hanging_removal", kwargs={"hanging_id": hanging.pk})
    assert signed_in(ours.pat).post(gone).status_code == 404
    assert Hanging.objects.count() == 1
    assert signed_in(ours.amara).post(gone).status_code == 302
    assert Hanging.objects.count() == 0


def test_D2_2_a_leader_says_with_one_press_that_it_hangs_in_the_own_office(ours: Ours, programme: Programme) -> None:
    html = html_of(ours.amara, page("visual", programme))
    assert 'value="The leader’s own office"' in html
    assert re.search(r'name="own_office"[^>]*checked', html)
    assert f'value="{ours.amara.name}"' in html.replace("&lt;", "<").replace("&gt;", ">")
    assert not re.search(r'name="own_office"[^>]*checked', html_of(ours.bo, page("visual", programme)))

    said = {"place": "The leader’s own office", "who": "Amara", "hung_on": TODAY, "own_office": "on"}
    signed_in(ours.amara).post(page("visual", programme), said)
    assert Hanging.objects.get().own_office is True


def test_a_place_without_a_name_is_asked_for_and_what_was_typed_stays(ours: Ours, programme: Programme) -> None:
    answer = signed_in(ours.bo).post(page("visual", programme), {"place": "", "who": "Chi B.", "hung_on": TODAY})
    assert answer.status_code == 422
    assert "Write where it hangs." in answer.content.decode()
    assert "Chi B." in answer.content.decode()


def test_a_list_of_places_has_an_end(ours: Ours, programme: Programme) -> None:
    day = today()
    for n in range(actions.MOST_PLACES):
        actions.hang_up(programme, section=4, place=f"Room {n}", who="Bo", hung_on=day, by=ours.bo)
    with pytest.raises(Refused) as refused:
        actions.hang_up(programme, section=4, place="One more", who="Bo", hung_on=day, by=ours.bo)
    assert str(MESSAGES[refused.value.code].what)


def test_C3_the_circles_own_agreements_are_a_poster(ours: Ours, programme: Programme) -> None:
    actions.add_circle_agreement(programme, text="Cada quien puede pasar, sin explicación.", by=ours.bo)
    words = words_of(pdf_of(ours.pat, page("circle_on_paper", programme, None), "a3"))
    assert "Cada quien puede pasar, sin explicación." in words
    assert "How our circle meets" in words
    assert page("circle_on_paper", programme, None) in html_of(ours.bo, page("circle", programme, None))


@pytest.mark.parametrize("count", [1, 3])
def test_the_visual_page_asks_the_same_number_of_times_for_one_place_and_for_three(
    ours: Ours, programme: Programme, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for n in range(count):
        day = today()
        actions.hang_up(programme, section=4, place=f"Room {n}", who="Bo", hung_on=day, by=ours.bo)
    client = signed_in(ours.bo)
    client.get(page("visual", programme))
    with django_assert_num_queries(8):
        client.get(page("visual", programme))
