"""Looking at a link never makes the server ask its own neighbours: not by name, not by number, not by redirect."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from holdfast.support.looking import look_at
from holdfast.support.rules import LinkState


class Planted(BaseHTTPRequestHandler):
    """A server beside ours, such as a database's status page."""

    asked: list[str] = []

    def _answer(self) -> None:
        type(self).asked.append(f"{self.command} {self.path}")
        status = int(self.path.split("/")[1] or 200) if self.path.split("/")[1].isdigit() else 200
        self.send_response(405 if self.command == "HEAD" and self.path == "/get-only" else status)
        if self.path.startswith("/302/"):
            self.send_header("Location", self.path.removeprefix("/302/"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = _answer  # noqa: N815 - the names the library calls

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as the library has it
        """Say nothing."""


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def planted() -> Iterator[str]:
    """The planted server, which was asked nothing yet."""
    Planted.asked = []
    with serving(Planted) as place:
        yield place


def everywhere(address: str) -> bool:
    """Let the server ask anybody, as no installation does."""
    return True


def test_DV_a_server_beside_ours_is_never_asked_though_it_would_answer(planted: str) -> None:
    assert look_at(f"http://{planted}/", allowed=everywhere) is LinkState.WORKS  # there was something to find
    assert Planted.asked == ["HEAD /"]
    port = planted.rsplit(":", 1)[1]
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001", "127.1", "0"):
        assert look_at(f"http://{host}:{port}/") in {LinkState.REFUSED, LinkState.SILENT}, host
    assert Planted.asked == ["HEAD /"]


def test_DV_a_name_that_leads_here_is_refused_after_it_was_looked_up(
    planted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(planted.rsplit(":", 1)[1])
    answers = [[(2, 1, 6, "", ("8.8.8.8", port)), (2, 1, 6, "", ("127.0.0.1", port))]]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: answers[0])
    assert look_at(f"http://rebinding.example:{port}/") is LinkState.REFUSED
    assert Planted.asked == []


def test_DV_the_connection_goes_to_the_address_that_was_judged_not_to_the_name_anew(
    planted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, looked_up, went_to = int(planted.rsplit(":", 1)[1]), [], []

    def look_up(host: str, *_a: Any, **_k: Any) -> list[Any]:
        looked_up.append(host)
        return [(2, 1, 6, "", ("8.8.8.8", port))]

    def connect(place: tuple[str, int], timeout: float) -> None:
        went_to.append(place)
        raise TimeoutError

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    monkeypatch.setattr("socket.create_connection", connect)
    assert look_at(f"http://changing.example:{port}/") is LinkState.SILENT
    assert looked_up == ["changing.example"]
    assert went_to == [("8.8.8.8", port)]


def test_DV_a_redirect_to_a_server_beside_ours_is_refused(planted: str) -> None:
    def outside_first(address: str) -> bool:
        """Take the planted server for one of the internet, once: it then sends us on to where nobody may go."""
        seen.append(address)
        return len(seen) == 1

    seen: list[str] = []
    onward = f"http://{planted}/302/http://{planted}/inside"
    assert look_at(onward, allowed=everywhere) is LinkState.WORKS
    assert Planted.asked[-1] == "HEAD /inside"  # where it would have led
    Planted.asked.clear()
    assert look_at(onward, allowed=outside_first) is LinkState.REFUSED
    assert [one.split("/")[1] for one in Planted.asked] == ["302"]
    assert seen == ["127.0.0.1", "127.0.0.1"]


@pytest.mark.parametrize("onward", ["file:///etc/passwd", "ftp://example.org/", "gopher://example.org/"])
def test_DV_a_redirect_out_of_the_web_is_refused(planted: str, onward: str) -> None:
    assert look_at(f"http://{planted}/302/{onward}", allowed=everywhere) is LinkState.REFUSED


@pytest.mark.parametrize(
    ("path", "state"), [("/404", "gone"), ("/403", "sign_in"), ("/500", "silent"), ("/get-only", "works")]
)
def test_DV_what_a_server_answers_is_said(planted: str, path: str, state: str) -> None:
    assert look_at(f"http://{planted}{path}", allowed=everywhere) is LinkState(state)


def test_DV_a_circle_of_redirects_ends(planted: str) -> None:
    class Circle(Planted):
        def _answer(self) -> None:
            type(self).asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/on")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD = _answer  # noqa: N815 - the names the library calls

    Circle.asked = []
    with serving(Circle) as place:
        assert look_at(f"http://{place}/", allowed=everywhere) is LinkState.SILENT
    assert len(Circle.asked) == 6


@pytest.mark.parametrize("drips", ["nothing", "header", "body"])
def test_DV_a_server_that_keeps_us_waiting_is_left(drips: str) -> None:
    stop = threading.Event()

    class Slow(Planted):
        def _answer(self) -> None:
            begin = {"nothing": b"", "header": b"HTTP/1.1 200 OK\r\nX-Long: ", "body": b"HTTP/1.1 200 OK\r\n\r\n"}[
                drips
            ]
            try:
                self.wfile.write(begin)
                while not stop.wait(0.02):
                    self.wfile.write(b"" if drips == "nothing" else b"a")
                    self.wfile.flush()
            except OSError:
                return

        do_GET = do_HEAD = _answer  # noqa: N815 - the names the library calls

    with serving(Slow) as place:
        found: list[LinkState] = []

        def look() -> None:
            found.append(look_at(f"http://{place}/", allowed=everywhere, seconds=0.4))

        looking = threading.Thread(target=look)
        looking.start()
        looking.join(timeout=8)
        alive = looking.is_alive()
        stop.set()
    assert not alive
    assert len(found) == 1


def test_DV_an_endless_answer_is_read_a_little() -> None:
    sent: list[int] = []

    class Endless(Planted):
        def _answer(self) -> None:
            self.send_response(200 if self.command == "GET" else 405)
            self.end_headers()
            try:
                while self.command == "GET" and sum(sent) < 50_000_000:
                    sent.append(self.wfile.write(b"x" * 65536))
            except OSError:
                return

        do_GET = do_HEAD = _answer  # noqa: N815 - the names the library calls

    with serving(Endless) as place:
        assert look_at(f"http://{place}/", allowed=everywhere, seconds=5) is LinkState.WORKS
    assert sum(sent) < 50_000_000
