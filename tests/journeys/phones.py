"""Phones in a room: one server with a desk on a string, one browser, and what people do with their thumbs."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.made_once import with_databases

CHROMIUM = os.environ.get("CHROMIUM") or next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
ON_THE_NETWORK = "holdfast.test"
"""A name that is not this machine to the browser: without https it is no secure context."""
expect.set_options(timeout=8000)


class Room:
    """A server with one open room, in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.code = ""
        with_databases(folder)
        self.start()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "holdfast.config.settings",
            "HOLDFAST_DATA_DIR": str(self.folder / "data"),
            "HOLDFAST_KEY_DIR": str(self.folder / "keys"),
            "HOLDFAST_PUBLIC_URL": self.address,
            "HOLDFAST_ALLOWED_HOSTS": ON_THE_NETWORK,
            "HOLDFAST_CLOSING_SECONDS": "600",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.room_server", str(self.port)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.code = self._answer()["code"]
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError("the server does not answer")

    def kill(self) -> None:
        """Stop the server without warning."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Stop the server in order."""
        self.process.terminate()
        self.process.wait(timeout=20)

    def does(self, *acts: str) -> dict[str, Any]:
        """Let the desk do something; return what the last act answers."""
        answer: dict[str, Any] = {}
        for act in acts:
            assert self.process.stdin is not None
            self.process.stdin.write(f"{act}\n")
            self.process.stdin.flush()
            answer = self._answer()
            assert "error" not in answer, (act, answer)
        return answer

    def notes(self) -> list[list[Any]]:
        """Return column, text and leader's label of each note that is stored and not withdrawn."""
        return list(self.does("notes")["notes"])

    def looks(self, at: str) -> Any:
        """Return what a look into the store shows: doubts, ballots or tallies."""
        return self.does(at)[at]

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("{"):
                return dict(json.loads(line))
        raise RuntimeError(f"the server stopped with {self.process.wait()}")


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Open Chromium: the system's, or Playwright's own."""
    with sync_playwright() as playwright:
        known_there = f"--host-resolver-rules=MAP {ON_THE_NETWORK} 127.0.0.1"
        slow_here = ("--disable-gpu", "--disable-gpu-rasterization")  # without a card they cost more than they save
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[known_there, *slow_here])
        yield browser
        browser.close()


def join(context: BrowserContext, room: Room) -> Page:
    """Open the room on a phone and wait until it is in."""
    page = context.new_page()
    page.goto(f"{room.address}/r/{room.code}/")
    expect(page.get_by_text("Connecting to the session.")).to_be_hidden()
    return page


def add(page: Page, text: str, column: str = "Drains") -> None:
    """Write a note and press Add."""
    page.locator("#chips").get_by_role("radio", name=column).check()
    page.get_by_role("textbox", name="Your note").fill(text)
    page.get_by_role("button", name="Add", exact=True).click()


def own(page: Page, text: str) -> Any:
    """Return the card of a note of one's own."""
    return page.locator("#mine-list > li").filter(has_text=text)


def says(page: Page, text: str, state: str, *, seconds: int = 8) -> None:
    """Wait until a note shows this state."""
    expect(own(page, text).locator(".note-state")).to_have_text(state, timeout=seconds * 1000)


def until(what: Callable[[], bool], page: Page) -> None:
    """Wait until something is so on the server."""
    for _ in range(80):
        if what():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never became so")


def sees(page: Page, text: str, *, seconds: int = 8) -> None:
    """Wait until this can be read on the page; what is only read aloud does not count."""
    expect(page.locator("main").get_by_text(text).first).to_be_visible(timeout=seconds * 1000)
