"""What every request passes before anything answers it."""

from collections.abc import Iterator

import pytest

from holdfast.config.gate import STRIPPED, Gate
from holdfast.web.routes import Access, Receive, RoomRoute, Scope, Send
from tests import wire as wires
from tests.gatherings.rooms import a_room
from tests.wire import Wire, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


@pytest.fixture
def wire(transactional_db: None) -> Iterator[Wire]:
    """The real application, running."""
    with running() as wire:
        yield wire


def test_another_host_is_refused(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    assert wire.get("/join/").status == 200
    before = wires._scope

    def elsewhere(method: str, path: str, headers: tuple[tuple[bytes, bytes], ...]) -> tuple[wires.Message, str]:
        scope, plain = before(method, path, headers)
        scope["headers"] = [(b"host", b"evil.example")]
        return scope, plain

    monkeypatch.setattr(wires, "_scope", elsewhere)
    assert wire.get("/join/").status == 400
    assert wire.get("/desk/").status == 400


@pytest.mark.parametrize(
    "path", ["/", "/join/", "/join/?code=x", "/r/QQQQQQ/", "/help/", "/desk/", "/nowhere/", "/r/assets/x.css"]
)
def test_every_answer_carries_the_security_headers(wire: Wire, path: str) -> None:
    headers = wire.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] in {"no-referrer", "same-origin"}
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_E3_no_room_route_sets_a_cookie_or_names_an_entity(wire: Wire) -> None:
    stage = a_room()
    for path in (f"/r/{stage.room.code}/", f"/r/{stage.room.code}/plain/", "/join/", "/r/QQQQQQ/"):
        headers = wire.get(path).headers
        assert not {"set-cookie", "etag", "last-modified"} & headers.keys()


def test_E3_what_tells_one_phone_from_another_is_stripped_before_voice_code_sees_it(wire: Wire) -> None:
    seen: list[Scope] = []

    async def spy(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def nothing() -> None: ...

    async def no_page(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("not a page")

    route = RoomRoute(name="x", pattern="x/", methods=("GET",), access=Access.EVERYONE, handler=spy)
    gate = Gate(rooms=[route], pages=no_page, start=nothing, stop=nothing)
    sent = tuple((name, b"secret") for name in sorted(STRIPPED))
    scope, _ = wires._scope("GET", "/x/", sent)
    assert scope["client"] is not None  # there was something to strip

    async def receive() -> wires.Message:
        return {"type": "http.request", "body": b""}

    async def send(message: wires.Message) -> None: ...

    wire.run(gate(scope, receive, send))
    (given,) = seen
    assert given["client"] is None
    assert b"secret" not in dict(given["headers"]).values()


@pytest.mark.parametrize(("path", "is_bare"), [("/barrier/1.x/", True), ("/desk/", False)])
def test_E3_the_page_for_messages_without_a_name_learns_as_little_as_a_room(
    wire: Wire, path: str, is_bare: bool
) -> None:
    seen: list[Scope] = []

    async def spy(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def nothing() -> None: ...

    async def receive() -> wires.Message:
        return {"type": "http.request", "body": b""}

    async def send(message: wires.Message) -> None: ...

    scope, _ = wires._scope("GET", path, tuple((name, b"secret") for name in sorted(STRIPPED)))
    wire.run(Gate(rooms=[], pages=spy, start=nothing, stop=nothing)(scope, receive, send))
    (given,) = seen
    assert (given["client"] is None) is is_bare
    assert (b"secret" not in dict(given["headers"]).values()) is is_bare


def test_a_method_a_route_does_not_know_is_refused(wire: Wire) -> None:
    answer = wire.request("DELETE", "/join/")
    assert (answer.status, answer.headers["allow"]) == (405, "GET")


def test_a_page_is_refused_kindly_when_too_much_is_sent_in_pieces(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("holdfast.config.gate.PAGE_LIMIT", 10)
    answer = wire.request("POST", "/desk/sign-in/", b"a" * 11)
    assert answer.status == 413
    assert "That is more than this page takes at once" in answer.body.decode()


def test_two_hosts_in_one_request_are_refused(wire: Wire) -> None:
    assert wire.request("GET", "/join/", headers=((b"host", b"evil.example"),)).status == 400
    assert wire.request("GET", "/desk/sign-in/", headers=((b"host", b"testserver"),)).status == 400


def test_E3_a_failure_is_logged_by_route_and_kind_only(
    wire: Wire, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = a_room()

    def breaks(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("the text was: canary")

    monkeypatch.setattr("holdfast.gatherings.contributions.read_contribution", breaks)
    answer = stage.phone(wire).write("canary")
    assert (answer.status, answer.json()["code"]) == (500, "gatherings.something_broke")
    assert "gatherings.notes failed: RuntimeError" in caplog.text
    assert "canary" not in caplog.text


def test_an_address_typed_without_its_last_stroke_leads_to_the_page(wire: Wire) -> None:
    code = a_room().room.code
    for typed, leads_to in (
        ("/join", "/join/"),
        ("/join?code=x", "/join/?code=x"),
        (f"/r/{code}", f"/r/{code}/"),
        (f"/r/{code}/plain", f"/r/{code}/plain/"),
        ("/s/a-token", "/s/a-token/"),
    ):
        answer = wire.get(typed)
        assert (answer.status, answer.headers.get("location")) == (308, leads_to), typed
    assert wire.get("/nowhere").status == 404
    assert wire.get("/r").status == 404
