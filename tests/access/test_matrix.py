"""Every address, asked for by everyone: a route nobody thought about fails here."""

import re

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from holdfast.audit.models import Entry
from holdfast.config.routes import PAGES, ROOM, ROUTES
from holdfast.people.models import Person
from holdfast.web.routes import Access
from tests.access.doors import DOORS
from tests.access.matrix import ROWS
from tests.access.sessions import let_in
from tests.access.world import CAST, FOREIGNERS, OUR_WORDS, World, absent, undone

BOTH = ["default", "voices"]
pytestmark = pytest.mark.django_db(databases=BOTH)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
BY_ADDRESS = ("people.link", "programmes.unnamed_barrier")
"""Whoever holds such an address may read whom it signs in, or which group it is for and whom to call there."""
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|X-CSRFToken&quot;: &quot;\w+')
MAY_BE_KEPT = {
    # A picture of the toolkit says nothing about anybody; a calendar program asks whether its dates are still right.
    "curriculum.picture": "private, max-age=600",
    "programmes.picture": "private, max-age=600",
    "programmes.feed": "private, no-cache",
    "programmes.calendar_file": "private, no-cache",
}
PAGE = {route.name: route for route in PAGES}
CELLS = [(name, method) for name, row in ROWS.items() for method in row.outcomes]


def ask(method: str, path: str, person: Person | None, form: object = None, *, strict: bool = False) -> HttpResponse:
    """Ask as somebody, from a browser of their own."""
    client = Client(enforce_csrf_checks=strict)
    if person is not None:
        let_in(client, person)
    send = getattr(client, method.lower())
    response: HttpResponse = send(path, form) if form and method == "POST" else send(path)
    return response


def seen(response: HttpResponse) -> tuple[object, ...]:
    """Return everything of an answer that could tell two cases apart."""
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    return response.status_code, headers, sorted(response.cookies), TOKEN.sub(b"", response.content)


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert len(ROUTES) == len({route.name for route in ROUTES}) > 40
    assert {route.name for route in PAGES} ^ set(ROWS) == set()
    assert {route.name for route in ROOM} ^ set(DOORS) == set()


def test_rows_answer_exactly_the_methods_of_their_routes_and_everybody_of_the_cast() -> None:
    for name, row in ROWS.items():
        assert set(row.outcomes) == set(PAGE[name].methods), name
        for outcome in row.outcomes.values():
            assert set(outcome) == set(CAST), name


def test_django_knows_no_address_beside_the_route_table() -> None:
    patterns = get_resolver().url_patterns
    known = [(p.name, str(p.pattern)) for p in patterns if isinstance(p, URLPattern)]
    assert len(known) == len(patterns)  # no include() hides others
    assert known == [(route.name, route.pattern) for route in PAGES]


def test_whoever_is_not_signed_in_gets_in_only_where_the_route_says_so() -> None:
    for name, row in ROWS.items():
        if PAGE[name].access is Access.SIGNED_IN:
            assert all(outcome["nobody"] == 302 for outcome in row.outcomes.values()), name


@pytest.mark.parametrize(("name", "method"), CELLS, ids=[f"{method} {name}" for name, method in CELLS])
def test_everyone_gets_what_the_table_says(world: World, name: str, method: str) -> None:
    row, route = ROWS[name], PAGE[name]
    arguments, form = dict(row.about(world)), dict(row.send(world))
    path = reverse(name, kwargs=arguments)
    not_there = reverse(name, kwargs=absent(arguments)) if arguments else f"{path}nothing/"
    got = {}
    for who in CAST:
        person, done_before = world.person(who), Entry.objects.count()
        with undone():
            answer = ask(method, path, person, form)
            got[who] = answer.status_code
            kept = answer["Cache-Control"]
            assert "no-store" in kept or kept == MAY_BE_KEPT.get(name), f"{who}'s browser keeps it"
            if answer.status_code == 404:
                assert Entry.objects.count() == done_before, f"{who} changed something"
        if answer.status_code == 404:
            with undone():
                nothing = ask(method, not_there, person, form)
            assert seen(answer) == seen(nothing), f"{who} can tell that it exists"
        if who == "nobody" and route.access is Access.SIGNED_IN:
            assert answer["Location"].startswith(reverse("account_request_login_code") + "?next="), who
    assert got == dict(row.outcomes[method])


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if "POST" in row.outcomes])
def test_a_form_without_its_token_is_refused_and_changes_nothing(world: World, name: str) -> None:
    row = ROWS[name]
    path, form = reverse(name, kwargs=dict(row.about(world))), dict(row.send(world))
    for who in ("dee", "bo", "nobody"):
        before = Entry.objects.count()
        with undone():
            answer = ask("POST", path, world.person(who), form, strict=True)
            assert Entry.objects.count() == before
        expected = 403 if row.guarded else row.outcomes["POST"][who]
        if who == "nobody" and PAGE[name].access is Access.SIGNED_IN:
            expected = answer.status_code if answer.status_code in (302, 403) else 403
        assert answer.status_code == expected, who


def test_a_method_that_is_not_in_the_table_is_refused(world: World) -> None:
    for name, row in ROWS.items():
        path = reverse(name, kwargs=dict(row.about(world)))
        for method in sorted(set(METHODS) - set(PAGE[name].methods)):
            assert ask(method, path, None).status_code == 405, (name, method)
        assert ask("DELETE", path, world.ours.dee).status_code == 405, name


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/desk/nothing/",
        "/admin/",
        "/accounts/login/",
        "/static/nothing.css",
        "/media/x",
        "/desk/sign-in/x/",
    ],
)
def test_where_nothing_is_everyone_finds_nothing(world: World, path: str) -> None:
    for who in CAST:
        answer = ask("GET", path, world.person(who))
        assert answer.status_code == 404, who
        assert path.encode() not in answer.content


def test_no_page_of_another_organisation_holds_a_word_of_ours(world: World) -> None:
    for name, row in ROWS.items():
        if row.get is None or name in BY_ADDRESS:
            continue
        path = reverse(name, kwargs=dict(row.about(world)))
        for who in (*FOREIGNERS, "nobody"):
            content = ask("GET", path, world.person(who)).content.decode(errors="replace")  # some pages are sheets
            assert [word for word in OUR_WORDS if word in content] == [], (name, who)


def test_there_are_words_of_ours_to_find(world: World) -> None:
    pages = [reverse("people.roster"), reverse("people.organisation"), reverse("programmes.programmes")]
    pages += [reverse("people.site", kwargs={"site_id": world.ours.site.pk})]
    content = "".join(ask("GET", path, world.person("dee")).content.decode() for path in pages)
    assert [word for word in OUR_WORDS if word not in content] == []


def test_pages_outside_the_desk_set_no_cookie_and_do_not_look_at_one(world: World) -> None:
    outside = [name for name, row in ROWS.items() if row.get and not PAGE[name].pattern.startswith("desk/")]
    assert len(outside) > 2
    for name in outside:
        path = reverse(name, kwargs=dict(ROWS[name].about(world)))
        assert not ask("GET", path, None).cookies, name


def test_the_databases_of_these_tests_are_files() -> None:
    for alias in BOTH:
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA database_list")
            assert cursor.fetchone()[2].endswith(f"{alias}.sqlite3")
