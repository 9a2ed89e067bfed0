"""A facilitator at the desk while phones write: signs in through a link, presses, and sees the page that follows."""

import re
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Event, Thread
from time import monotonic as clock
from urllib.parse import urlencode

from bench import prepare

FIELD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
STEPS = (("closure", "closing"), ("closure/undoing", "writing"))
"""The address of each press and the phase it leads to: begin to close, and go on after all."""


class Desk:
    """One signed-in browser with one connection. token: of a sign-in link."""

    def __init__(self, port: int, token: str) -> None:
        self.connection, self.cookies, self.csrf = HTTPConnection("127.0.0.1", port, timeout=30), dict[str, str](), ""
        self.port = port
        self.pressed: list[tuple[float, str]] = []
        link = f"/desk/sign-in/link/{token}/"
        self.ask("GET", link)
        self.ask("POST", link, then="/desk/me/")

    @classmethod
    def of(cls, folder: Path, port: int) -> "Desk":
        """Sign in at an installation that `prepare` made."""
        return cls(port, (folder / prepare.LINK).read_text(encoding="utf-8"))

    def ask(self, method: str, path: str, *, then: str = "", fields: Mapping[str, str | int] | None = None) -> str:
        """Send one request; return the page it leads to, or another one. Raises RuntimeError when it is refused."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = urlencode({"csrfmiddlewaretoken": self.csrf, **(fields or {})}) if method == "POST" else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        self.keep_cookies(answer)
        if answer.status == 302:
            return self.ask("GET", then or answer.headers["Location"])
        if answer.status != 200:
            raise RuntimeError(f"{method} {path} answers {answer.status}: {text[-300:]}")
        if found := FIELD.search(text):
            self.csrf = found[1]
        return text

    def keep_cookies(self, answer: HTTPResponse) -> None:
        """Take in the cookies of an answer."""
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value

    def press(self, found: str, step: str, phase: str) -> None:
        """Press one button of the round's step and load the desk again, as a browser does."""
        self.pressed.append((clock(), phase))
        self.ask("POST", f"/desk/rounds/{found}/{step}/")

    def seal(self, found: str) -> None:
        """Close the round for good."""
        if not self.pressed or self.pressed[-1][1] == "writing":
            self.press(found, *STEPS[0])
        self.press(found, "seal", "sealed")


class Presses(Thread):
    """Presses one button after the other until told to stop. every: seconds between two presses.

    turn: called at every sixth, for somebody comes or goes now and then.
    """

    def __init__(self, desk: Desk, found: str, *, every: float, turn: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self.desk, self.found, self.every, self.turn = desk, found, every, turn
        self.over = Event()
        self.failed: Exception | None = None

    def run(self) -> None:
        try:
            while not self.over.wait(self.every):
                if len(self.desk.pressed) % 6 == 0:
                    self.turn()
                self.desk.press(self.found, *STEPS[len(self.desk.pressed) % 2])
        except Exception as error:  # noqa: BLE001 - told to whoever waits for the end
            self.failed = error

    def end(self) -> None:
        """Stop pressing. Raises what a press failed with."""
        self.over.set()
        if self.is_alive():
            self.join()
        if self.failed:
            raise self.failed
