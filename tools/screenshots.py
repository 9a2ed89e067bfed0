"""Takes the pictures of README and documentation from a rehearsed session: `python -m tools.screenshots`."""

import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import chromium
from tools.loop_pictures import Room, the_answers, the_loop

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    PORT: int = probe.getsockname()[1]
ADDRESS = "http://holdfast.example"
"""What the pictures show; the browser is told where it is."""
SIZES = {"phone": (390, 844), "desk": (1280, 900), "wall": (1600, 900)}
MINE = ("The bell rings while I am still with a child who is crying.", "My team covers for me without being asked.")
LINK = re.compile(r"^\s+(\w+)\s+(.+?)\s+(http\S+)$")


@dataclass(frozen=True, slots=True)
class Server:
    """A demo that is running, and the way in for each of its people."""

    process: subprocess.Popen[str]
    links: dict[str, str]


@contextmanager
def a_demo() -> Iterator[Server]:
    """Serve a fresh demo in a folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="holdfast-") as folder:
        environment = {
            **os.environ,
            "HOLDFAST_DATA_DIR": f"{folder}/data",
            "HOLDFAST_KEY_DIR": f"{folder}/keys",
            "HOLDFAST_PUBLIC_URL": ADDRESS,
        }
        command = [sys.executable, "-m", "holdfast.config.command", "demo", "--port", str(PORT)]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            yield Server(process, wait_until_ready(process))
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_until_ready(process: subprocess.Popen[str]) -> dict[str, str]:
    """Read what the demo prints until it serves; return the sign-in links by name. Raises RuntimeError."""
    links: dict[str, str] = {}
    for line in process.stdout or ():
        if found := LINK.match(line):
            links[found[2]] = found[3]
        if "is ready at" in line:
            return links
    raise RuntimeError(f"the demo stopped with {process.wait()}")


def open_page(browser: Browser, surface: Literal["phone", "desk", "wall"]) -> Page:
    """Open an empty page as large as the surface it stands for; phones have sharper screens."""
    width, height = SIZES[surface]
    scale = 2 if surface == "phone" else 1
    context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=scale)
    return context.new_page()


def sign_in(browser: Browser, server: Server, name: str) -> Page:
    """Sign somebody in with their link."""
    page = open_page(browser, "desk")
    page.goto(server.links[name])
    page.locator("main form button").first.click()
    page.wait_for_url(f"{ADDRESS}/desk/**")
    return page


def shoot(page: Page, name: str, *schemes: Literal["light", "dark"]) -> None:
    """Take a picture of what is on the screen, in each colour scheme."""
    for scheme in schemes or ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_timeout(400)
        page.screenshot(path=IMAGES / f"{name}-{scheme}.png")
        print(f"  docs/images/{name}-{scheme}.png", flush=True)


def press(page: Page, action: str) -> None:
    """Press the button of the form that is sent to an address ending like this."""
    page.locator(f'form[action$="{action}"] button').first.click()
    page.wait_for_timeout(1500)


def rehearse(code: str) -> subprocess.Popen[bytes]:
    """Let simulated phones in; the first is the leader's."""
    command = [sys.executable, "-m", "holdfast.config.command", "rehearse", "--code", code]
    return subprocess.Popen(
        [*command, "--url", f"http://127.0.0.1:{PORT}", "--phones", "24", "--notes", "1", "--seconds", "6", "--leader"]
    )


def pages_before(browser: Browser, server: Server) -> Page:
    """Show where people arrive; return the facilitator's page, on the session of today."""
    door = open_page(browser, "phone")
    door.goto(f"{ADDRESS}/")
    shoot(door, "phone-join", "light")
    leader = sign_in(browser, server, "Amara Obi")
    shoot(leader, "leader-home")
    desk = sign_in(browser, server, "Bo Lindqvist")
    shoot(desk, "facilitator-home", "light")
    desk.locator('a[href*="/desk/gatherings/"]').first.click()
    desk.wait_for_load_state()
    shoot(desk, "desk-before", "light")
    return desk


def live(browser: Browser, desk: Page) -> None:
    """Run the activity with notes from its promise to its seal."""
    press(desk, "/room/opening/")
    address = desk.locator('a[href$="/wall/"]').first.get_attribute("href")
    wall = desk.context.new_page()
    wall.set_viewport_size({"width": SIZES["wall"][0], "height": SIZES["wall"][1]})
    wall.goto(f"{ADDRESS}{address}")
    code = re.sub(r"[^A-Z]", "", wall.locator(".wall__code").inner_text())
    phone = open_page(browser, "phone")
    phone.goto(f"{ADDRESS}/r/{code}/")
    shoot(wall, "wall-join", "light")
    crowd = rehearse(code)
    try:
        notes(desk, wall, phone)
        the_loop(Room(desk, wall, phone), shoot)
    finally:
        crowd.terminate()
        crowd.wait(timeout=20)


def notes(desk: Page, wall: Page, phone: Page) -> None:
    """Write, look through, show and close, with a picture of each surface at each step."""
    desk.wait_for_timeout(3000)
    press(desk, "/rounds/")
    while desk.locator('form[action$="/finish/"]').count():
        shoot(phone, "phone-talk", "light")
        press(desk, "/finish/")
        press(desk, "/rounds/")
    shoot(phone, "phone-promise", "light")
    press(desk, "/writing/")
    for text, column in zip(MINE, ("Drains", "Restores"), strict=True):
        phone.locator("#chips").get_by_role("radio", name=column).check()
        phone.get_by_role("textbox", name="Your note").fill(text)
        phone.get_by_role("button", name="Add", exact=True).click()
        phone.wait_for_timeout(700)
    phone.wait_for_timeout(8000)
    shoot(phone, "phone-writing")
    shoot(wall, "wall-writing", "light")
    shoot(desk, "desk-writing", "light")
    press(desk, "/screening/")
    desk.wait_for_timeout(1500)
    shoot(desk, "desk-screening")
    press(desk, "/acceptance/")
    press(desk, "/reveal/")
    wall.wait_for_timeout(2000)
    shoot(wall, "wall-revealed")
    shoot(phone, "phone-revealed", "light")
    shoot(desk, "desk-revealed", "light")


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with a_demo() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=[f"--host-resolver-rules=MAP holdfast.example 127.0.0.1:{PORT}"]
        )
        live(browser, pages_before(browser, server))
        the_answers(browser, lambda name: sign_in(browser, server, name), shoot)
        browser.close()


if __name__ == "__main__":
    main()
