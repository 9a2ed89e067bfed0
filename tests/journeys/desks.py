"""An installation with a session to hold, served for real, and what a facilitator does at a desk in a browser."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect

from tests.made_once import with_databases

SCHEMES = ("light", "dark")


class House:
    """A server started as anybody would start it. links: by name an address that signs in once."""

    def __init__(self, folder: Path, port: int, prepared_by: str = "tests.journeys.desks") -> None:
        self.port, self.folder = port, folder
        self.address, self.code = f"http://127.0.0.1:{port}", ""
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "holdfast.config.settings",
            "HOLDFAST_DATA_DIR": str(folder / "data"),
            "HOLDFAST_KEY_DIR": str(folder / "keys"),
            "HOLDFAST_PUBLIC_URL": self.address,
            "HOLDFAST_CLOSING_SECONDS": "600",
        }
        with_databases(folder)
        made = subprocess.run(
            [sys.executable, "-m", prepared_by], env=self.environment, capture_output=True, check=False
        )
        if made.returncode:
            raise RuntimeError(made.stderr.decode()[-2000:])
        self.links: dict[str, str] = json.loads(made.stdout.splitlines()[-1])
        command = [sys.executable, "-m", "holdfast.config.command", "serve", "--port", str(port)]
        with (folder / "server.log").open("wb") as log:
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        self._wait()

    def stop(self) -> None:
        """Stop the server."""
        self.process.terminate()
        self.process.wait(30)

    def _wait(self) -> None:
        log = self.folder / "server.log"
        for _ in range(600):
            if self.process.poll() is not None:
                raise RuntimeError(log.read_text()[-2000:])
            if "is ready at" in log.read_text() and _answers(self.port):
                return
            time.sleep(0.05)
        raise TimeoutError("the server does not answer")


def _answers(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def prepare() -> None:
    """Make the district with a programme whose section 4 has a date, and print sign-in links for its people."""
    import django

    django.setup()
    from django.conf import settings

    from holdfast.config.serving import prepare_databases
    from holdfast.curriculum.actions import load_pack
    from holdfast.people.actions import make_sign_in_link
    from holdfast.people.slips import address_with
    from tests.access.world import a_session
    from tests.given import our_district

    prepare_databases()
    ours = our_district()
    a_session(ours.group, load_pack(settings.PACKS_DIR / "compassion-resilience"), by=ours.bo)
    cast = (ours.bo, ours.chi, ours.dee, ours.fay, ours.amara)
    print(json.dumps({person.name: address_with(make_sign_in_link(person)) for person in cast}))


@contextmanager
def a_device(browser: Browser, *, width: int, height: int = 800) -> Iterator[BrowserContext]:
    """A device of its own."""
    context = browser.new_context(viewport={"width": width, "height": height})
    yield context
    context.close()


def at_the_desk(context: BrowserContext, house: House, name: str) -> Page:
    """Sign in with one's link and go to the room of the session, as from one's first page."""
    page = context.new_page()
    page.goto(house.links[name])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Go to the room").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Session 4")
    return page


def press(page: Page, name: str, *, within: str = "body") -> None:
    """Press a button of the desk by its name."""
    press_this(page, page.locator(within).get_by_role("button", name=name, exact=True))


def press_this(page: Page, button: Locator) -> None:
    """Press a button of the desk once it is there, and again when the desk says that it was just changing."""
    for _ in range(5):
        expect(button).to_be_visible()
        page.wait_for_timeout(600)
        step = button.evaluate("(button) => button.form && button.form.getAttribute('action')")
        button.click()
        if not page.locator(f"form[action='{step}'] .too-soon").count():  # it may be said of another press by now
            return
    raise AssertionError("the press was never taken")


def pile(page: Page, standing: str) -> Locator:
    """Return the notes of one pile on the desk."""
    return page.locator(f"[data-pile={standing}] li")


def on_the_wall(wall: Page) -> list[str]:
    """Return the notes on the page the wall shows."""
    return wall.locator(".wall__note > p:first-child").all_inner_texts()


if __name__ == "__main__":
    prepare()


HEARS = "window.heard = false; addEventListener('click', () => { window.heard = true; }, { once: true, capture: true })"
"""A key that falls into the moment in which the page is drawn again meets the heading, and presses nothing."""


def is_taken(page: Page, key: str) -> bool:
    """Press a key on what has the focus; tell whether the page has heard it, and was not just changing."""
    page.evaluate(HEARS)
    page.keyboard.press(key)
    try:
        heard = page.evaluate("window.heard !== false")
    except Error:  # another page comes
        return True
    return bool(heard) and not page.locator(".too-soon").count()
