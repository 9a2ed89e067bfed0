"""What everybody who works there may read, and what nobody reads there: drafts, cookies, what is not for the wall."""

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from holdfast.programmes.models import Programme
from holdfast.report_back.actions import staff as actions
from holdfast.report_back.models import Concern, OursItem
from holdfast.report_back.staff import page_at
from holdfast.report_back.staff_pages import _draw_page
from tests.given import Ours
from tests.privacy.loot import every_byte
from tests.report_back.pages import TODAY, a_programme, concern, everything, get, many, on_the_wire, post

BOTH = ["default", "voices"]
pytestmark = pytest.mark.django_db(transaction=True, databases=BOTH)


def test_D4_2_the_page_shows_every_list_in_order_without_an_account(ours: Ours) -> None:
    shown = everything(ours)

    page = _draw_page(shown.staff.token)

    in_order = [
        "So that people stay well.", "I want to listen better.",
        "We greet each other by name.", "Begin on Monday.", "Pat and Chi",
        "Cover is asked for with no notice.", "exploring this year", "We found a way",
        "not within two years", "Before that,",
        "The need is real.", "The spare hour began on Monday.",
        "Nobody knows who decides about the rota.", "Answers due",
        "Which meetings weigh most?", "Reply without your name",
        "we will keep and protect this",
        "The state sets the test dates.",
        "never used in an appraisal", "Whom you can call",
    ]  # fmt: skip
    page = page[page.index("<main") :]
    places = [page.find(words) for words in in_order]
    assert [words for words, at in zip(in_order, places, strict=True) if at < 0] == []
    assert places == sorted(places)


def test_not_a_byte_of_a_draft_is_on_the_page(ours: Ours) -> None:
    shown = everything(ours)
    draft = shown.waiting.answers.get()
    assert draft.reason == "DRAFT-ONLY words."  # there is one to leak

    page = _draw_page(shown.staff.token)

    assert "DRAFT-ONLY" not in page
    assert str(draft.pk) not in page
    assert "cannot be changed" not in page


def test_E3_no_cookie_is_set_or_read_and_the_page_is_not_kept_by_caches(ours: Ours) -> None:
    shown = everything(ours)
    client = Client()
    client.force_login(ours.amara)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    assert cookie

    async def ask_twice() -> None:
        for path in (f"/s/{shown.staff.token}/", f"/s/{shown.wall.token}/", "/s/nothing/"):
            alone, signed_in = await get(path), await get(path, cookie=cookie)
            for reply in (alone, signed_in):
                assert "set-cookie" not in reply.headers
                assert "cookie" not in reply.headers["vary"][0]
                assert reply.headers["cache-control"] == ["no-store"]
                assert reply.headers["referrer-policy"] == ["no-referrer"]
                assert reply.headers["x-robots-tag"] == ["noindex"]
            assert alone.status == signed_in.status
            assert b"Amara" not in signed_in.body
            assert b"sessionid" not in signed_in.body

    on_the_wire(ask_twice)


def test_a_renewed_address_says_so_and_an_unknown_one_has_nothing(ours: Ours) -> None:
    shown = everything(ours)
    new = actions.renew_address(shown.programme, scope="staff", instead_of=shown.staff.pk, by=ours.bo)

    async def ask_all() -> None:
        old, unknown = await get(f"/s/{shown.staff.token}/"), await get(f"/s/{'A' * 43}/")
        assert (old.status, unknown.status) == (410, 404)
        assert b"has been renewed" in old.body
        for reply in (old, unknown):
            assert b"Cover is asked" not in reply.body
            assert b"Northgate" not in reply.body
        assert (await get(f"/s/{new.token}/")).status == 200
        assert (await post(f"/s/{shown.staff.token}/replies/", {"question": "1"})).status == 410

    on_the_wire(ask_all)


def test_renewing_twice_from_two_desks_renews_once(ours: Ours) -> None:
    shown = everything(ours)
    first = actions.renew_address(shown.programme, scope="staff", instead_of=shown.staff.pk, by=ours.bo)
    second = actions.renew_address(shown.programme, scope="staff", instead_of=shown.staff.pk, by=ours.amara)
    assert first.pk == second.pk
    assert first.token != shown.staff.token
    assert shown.programme.staff_links.filter(scope="staff", ended_at__isnull=True).count() == 1
    assert shown.programme.staff_links.get(scope="wall", ended_at__isnull=True).pk == shown.wall.pk


@pytest.mark.parametrize(("group", "leader", "there"), [(0, 0, False), (1, 0, False), (0, 1, False), (1, 1, True)])
def test_common_areas_see_only_what_both_sides_marked(ours: Ours, group: bool, leader: bool, there: bool) -> None:
    shown = everything(ours)
    for item in (shown.answered, shown.ours, shown.asked):
        actions.mark_for_wall(item, by_leader=False, on=bool(group), by=ours.bo)
        actions.mark_for_wall(item, by_leader=True, on=bool(leader), by=ours.amara)

    page = _draw_page(shown.wall.token)

    for words in ("Cover is asked for with no notice.", "We greet each other by name."):
        assert (words in page) is there
    for never in (
        "So that people stay well.", "Pat and Chi", "The state sets the test dates.", "The quiet room",
        "Which meetings weigh most?", "Reply without your name", "555 0100", "Ms Okafor", "secret",
    ):  # fmt: skip
        assert never not in page, never
    assert "Which meetings weigh most?" in _draw_page(shown.staff.token)  # there was something to leave out


def test_nothing_people_write_becomes_markup_or_a_link(ours: Ours) -> None:
    programme = a_programme(ours)
    nasty = '<script>alert(1)</script> https://evil.example/ "x" <img src=x onerror=1>'
    concern(programme, nasty, position=1)
    OursItem.objects.create(programme=programme, wording=nasty, step=nasty, who="<b>Pat</b>", position=1)
    programme.let_go.create(wording=nasty, added_on=TODAY)

    page = _draw_page(actions.open_address(programme, scope="staff").token)

    assert page.count("&lt;script&gt;") == 4
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>Pat" not in page
    assert "evil.example" in page
    assert 'href="https://evil' not in page


def test_a_struck_text_is_gone_from_everything_a_programme_keeps(ours: Ours) -> None:
    shown = everything(ours)
    named = "CANARY Ms Okafor shouts in meetings."
    Concern.objects.filter(pk=shown.answered.pk).update(wording=named, wall_by_group=True, wall_by_leader=True)
    shown.let_go.concern, shown.let_go.wording = shown.answered, named
    shown.let_go.save()
    OursItem.objects.filter(pk=shown.ours.pk).update(wording=named)
    assert named in _draw_page(shown.staff.token)
    assert named in _draw_page(shown.wall.token)
    assert _files_with(b"CANARY")  # there is something to remove

    actions.strike(shown.answered, by=ours.bo)
    actions.strike(shown.answered, by=ours.amara)

    page = _draw_page(shown.staff.token)
    assert "CANARY" not in page
    assert page.count("Removed, because it named somebody.") == 3
    assert "CANARY" not in _draw_page(shown.wall.token)
    assert _rows_with("CANARY") == []
    assert _files_with(b"CANARY") == []
    assert page_at(shown.staff.token).view.balance.handed_over == 4  # struck is not lost


def _rows_with(word: str) -> list[str]:
    found = []
    for alias in BOTH:
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
                found += [table for row in cursor.fetchall() if any(word in str(value) for value in row)]
    return found


def _files_with(word: bytes) -> list[str]:
    """Return the databases whose files hold a word: in freed pages and write-ahead logs too."""
    return [alias for alias in BOTH if word in every_byte(alias)]


def test_a_page_with_300_of_everything_asks_no_more_than_one_with_none(ours: Ours) -> None:
    programme = a_programme(ours)
    token = actions.open_address(programme, scope="staff").token
    counts = []
    for more in (0, 2, 298):
        many(programme, more, by=ours.amara)
        _draw_page(token)
        counts.append(_queries(token))
    # How long it takes is measured by bench/staff_page.py; in a test it would tell about the machine.
    # An empty list needs no second look at what hangs below it; from one item on nothing grows.
    assert counts[1] == counts[2] <= 10


def _queries(token: str) -> int:
    with CaptureQueriesContext(connections["default"]) as one, CaptureQueriesContext(connections["voices"]) as other:
        _draw_page(token)
    return len(one) + len(other)


def test_an_empty_programme_has_a_kind_page_and_so_has_a_late_answer(ours: Ours) -> None:
    programme = a_programme(ours)
    token = actions.open_address(programme, scope="staff").token
    assert "Nothing has been handed to leadership yet." in _draw_page(token)

    late = concern(programme, "Still open.", position=1, due_in=-3, wall_by_group=True, wall_by_leader=True)
    assert late.due_on < TODAY
    assert "Not answered yet; both sides had agreed on" in _draw_page(token)
    wall = _draw_page(actions.open_address(programme, scope="wall").token)
    assert "Not answered yet" in wall
    assert "both sides had agreed on" not in wall


def test_only_get_and_the_box_are_answered(ours: Ours) -> None:
    shown = everything(ours)

    async def ask_all() -> None:
        assert (await post(f"/s/{shown.staff.token}/", {})).status == 405
        back = await get(f"/s/{shown.staff.token}/replies/")
        assert (back.status, back.headers["location"]) == (303, [f"/s/{shown.staff.token}/"])

    on_the_wire(ask_all)


def test_the_page_belongs_to_one_programme(ours: Ours) -> None:
    shown = everything(ours)
    other = Programme.objects.create(group=ours.other_group, pack=shown.programme.pack, started_on=TODAY)
    concern(other, "Southgate matter.", position=1)
    actions.open_address(other, scope="staff")
    assert "Southgate matter." not in _draw_page(shown.staff.token)


def test_E6_the_page_speaks_the_language_of_each_reader_and_keeps_one_for_each(ours: Ours) -> None:
    shown = everything(ours)
    address = f"/s/{shown.staff.token}/"

    async def each_reads_it() -> None:
        english, spanish = await get(address), await get(address, language="es-MX,es;q=0.9")
        again, by_address = await get(address, language="en"), await get(address, query="language=es", language="en")
        pages = [reply.body.decode() for reply in (english, spanish, again, by_address)]
        assert [page.split('lang="')[1][:2] for page in pages] == ["en", "es", "en", "es"]
        for said, there in (("Our own list", [0, 2]), ("Nuestra lista", [1, 3])):
            assert [n for n, page in enumerate(pages) if f">{said}<" in page] == there, said
        for written in ("We greet each other by name.", "No budget for it."):
            assert all(written in page for page in pages)  # what people wrote stays as it was
        assert f'action="{address}replies/?language=es"' in pages[3]
        assert "accept-language" in spanish.headers["vary"][0]
        assert not spanish.headers.get("set-cookie")

    on_the_wire(each_reads_it)
