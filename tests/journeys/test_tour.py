"""The guided tour can be walked as it is written: a demo, rehearsed phones, and the whole loop in one sitting."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.days import today
from tests.journeys.desks import pile
from tests.journeys.desks import press as press_at

pytestmark = pytest.mark.journey
COMMAND = [sys.executable, "-m", "holdfast.config.command"]
LINK = re.compile(r"^\s+(.+?)\s{2,}(.+?)\s+(http\S+)$")
TOUR = Path(__file__).parents[2] / "docs" / "tutorials" / "five-minutes.md"
PICTURES = os.environ.get("PICTURES", "")


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that runs, with the ways in it printed."""

    address: str
    environment: dict[str, str]
    links: dict[str, str]

    @contextmanager
    def rehearsed(self, code: str) -> "Iterator[subprocess.Popen[str]]":
        """Let the phones of the tour in."""
        phones = ["--phones", "12", "--notes", "1", "--seconds", "3", "--leader"]
        crowd = subprocess.Popen(
            [*COMMAND, "rehearse", "--code", code, "--url", self.address, *phones],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        try:
            yield crowd
        finally:
            crowd.terminate()
            crowd.wait(timeout=20)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`holdfast demo` on a free port and empty folders."""
    folder = tmp_path_factory.mktemp("tour")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    own = {name: value for name, value in os.environ.items() if not name.startswith("HOLDFAST_")}
    environment = {**own, "HOLDFAST_DATA_DIR": f"{folder}/data", "HOLDFAST_KEY_DIR": f"{folder}/keys"}
    process = subprocess.Popen(
        [*COMMAND, "demo", "--port", str(port)], env=environment, stdout=subprocess.PIPE, text=True
    )
    links: dict[str, str] = {}
    for line in process.stdout or ():
        if found := LINK.match(line):
            links[found[2]] = found[3]
        if "is ready at" in line:
            break
    yield Demo(f"http://127.0.0.1:{port}", environment, links)
    process.terminate()
    process.wait(timeout=20)


def sign_in(browser: Browser, demo: Demo, name: str) -> Page:
    """Come in as one of the made-up people by a press on the first page."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(demo.address)
    page.locator(".rows__main", has_text=name).locator("..").get_by_role("button").click()
    expect(page).to_have_url(f"{demo.address}/desk/")
    return page


def press(page: Page, *names: str) -> None:
    """Press buttons of the stage one after another."""
    for name in names:
        press_at(page, name, within="#stage")


def wait_for_the_phones(page: Page, told: str) -> None:
    """Wait until the desk tells of nearly all phones, which it counts in fives, and as long again as each takes."""
    expect(page.locator("#stage").get_by_text(told)).to_be_visible(timeout=60_000)
    page.wait_for_timeout(4000)


def shoot(page: Page, name: str) -> None:
    """Keep a picture when somebody wants to look."""
    if PICTURES:
        page.wait_for_timeout(400)
        page.screenshot(path=Path(PICTURES) / f"tour-{name}.png", full_page=True)


def told_by_the_tour() -> set[str]:
    """Return what the tour tells its reader to press or look for."""
    return set(re.findall(r"\*\*(.+?)\*\*", TOUR.read_text(encoding="utf-8")))


def test_D4_2_the_tour_can_be_walked_as_it_is_written(browser: Browser, demo: Demo) -> None:
    desk = sign_in(browser, demo, "Bo Lindqvist")
    desk.get_by_role("link", name="Go to the room").click()
    desk.get_by_role("button", name="Open the room").click()
    code = re.sub(r"[^A-Z]", "", desk.locator("strong.code").first.inner_text())
    with demo.rehearsed(code) as crowd:
        expect(desk.get_by_text("12 people are here").first).to_be_visible(timeout=60_000)
        hold(desk)
        hand_over(desk)
        said, _ = crowd.communicate(timeout=20)
    assert "12 notes written, 12 saved." in said
    assert "22 times a phone chose about every item, 22 saved." in said  # eleven members of staff, twice

    leader = sign_in(browser, demo, "Amara Obi")
    answer(leader)
    read_as_staff(browser, desk, demo)


def hold(desk: Page) -> None:
    """Hold the session from the opening circle to the wordings everybody has read."""
    press(desk, "Start this activity", "This activity is over", "Start this activity", "Let everyone write")
    wait_for_the_phones(desk, "10 or more notes")
    press(desk, "Pens down: look through the notes")
    expect(pile(desk, "waiting")).to_have_count(12, timeout=60_000)
    press(desk, "Accept all that wait", "Show all notes at once")
    press(desk, "Close this activity", "Close for good now", "Start this activity", "This activity is over")
    press(desk, "Start this activity")
    bring_together(desk)
    press(desk, "Look at doubts")
    shoot(desk, "condense")
    press(desk, "Close this activity", "Close for good now", "Start this activity", "Let everyone choose")
    wait_for_the_phones(desk, "10 or more have handed in")
    press(desk, "Close this activity", "Close for good now")
    shoot(desk, "sorted")
    placed = confirm_places(desk)
    assert placed.get("For leadership", 0) >= 2, placed
    press(desk, "Start this activity", "Let everyone choose")
    wait_for_the_phones(desk, "10 or more have handed in")
    press(desk, "Close this activity", "Close for good now")
    shoot(desk, "agreed")


def hand_over(desk: Page) -> None:
    """Hand to leadership what is agreed, look at the two lists, and end the session."""
    room = desk.url
    desk.locator("#stage").get_by_role("link", name="Hand to leadership").click()
    desk.get_by_role("button", name="Hand to leadership").click()
    shoot(desk, "handed")
    desk.get_by_role("link", name="Our two lists").first.click()
    expect(desk.get_by_role("heading", name="Let go, for now")).to_be_visible()
    desk.goto(room)
    press(desk, "Start this activity", "This activity is over")
    press(desk, "End the session")
    expect(desk.get_by_text("The session is over.")).to_be_visible()


def answer(leader: Page) -> None:
    """Draft one answer, make the script, publish."""
    shoot(leader, "leader")
    leader.get_by_role("link", name=re.compile("Grade team waits for")).click()
    leader.locator(".rows__main a").first.click()
    leader.get_by_role("link", name=re.compile("exploring this year")).click()
    leader.locator("textarea[name=reason]").fill("We begin with one step in January.")
    leader.get_by_role("button", name="Save the draft").click()
    leader.goto(leader.url)
    leader.get_by_role("link", name="Answers", exact=True).first.click()
    leader.get_by_role("link", name=re.compile("Grade team")).first.click()
    leader.get_by_role("link", name="Work through the answers").first.click()
    leader.get_by_role("link", name="Prepare the report-back").click()
    drafts = leader.locator("input[name=answer_ids]")
    if not drafts.first.is_checked():
        drafts.first.check()
    leader.get_by_role("button", name="Make the script").click()
    expect(leader.get_by_text("We begin with one step in January.")).to_be_visible()
    shoot(leader, "script")
    leader.locator("input[name=said_on]").fill(today().isoformat())
    leader.get_by_role("button", name="Publish the answers").click()
    shoot(leader, "published")


def read_as_staff(browser: Browser, desk: Page, demo: Demo) -> None:
    """Open the staff page as somebody without an account."""
    desk.goto(f"{demo.address}/desk/answers/")
    desk.get_by_role("link", name=re.compile("Grade team")).first.click()
    desk.get_by_role("link", name="Staff page and posters").click()
    desk.get_by_role("button", name="Make the address").first.click()
    address = desk.locator(".address__url").first.get_attribute("href")
    staff = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    staff.goto(str(address))
    expect(staff.get_by_text("We begin with one step in January.").first).to_be_visible()
    shoot(staff, "staff")
    assert staff.context.cookies() == []


def bring_together(desk: Page) -> None:
    """Choose two of the first column and bring them together."""
    column = desk.locator("#together .together__column").first
    expect(column).to_be_visible()
    for place in (0, 1):
        column.locator("input[type=checkbox]").nth(place).check()
    before = desk.locator("#together .driver").count()
    desk.get_by_role("button", name="Bring together").click()
    expect(desk.locator("#together .driver")).to_have_count(before - 1)


def confirm_places(desk: Page) -> dict[str, int]:
    """Confirm each item where most placed it, two for leadership in any case; return how many went where."""
    placed: dict[str, int] = {}
    shown = 0
    todo = desk.locator(".placing:not([data-placed])")
    expect(todo.first).to_be_visible(timeout=20_000)
    while left := todo.count():
        most = todo.first.locator("button:has(.placing__most)")
        shown += most.count()
        by_hand = left <= 2 - placed.get("For leadership", 0)  # the chance of a rehearsal may want none there
        chosen = todo.first.get_by_role("button", name="For leadership") if by_hand or not most.count() else most
        label = (chosen.first.inner_text()).split("\n")[0].replace("most chose this", "").strip()
        placed[label] = placed.get(label, 0) + 1
        chosen.first.click()
        expect(todo).to_have_count(left - 1)
    assert shown > sum(placed.values()) / 2, "the phones chose, and the desk does not show what"
    return placed


def test_the_tour_names_buttons_and_people_that_are_there() -> None:
    product = Path(__file__).parents[2] / "src" / "holdfast"
    words = "".join(path.read_text(encoding="utf-8") for path in product.rglob("*.html"))
    words += "".join(path.read_text(encoding="utf-8") for path in (product / "homes" / "demo").glob("*.py"))
    words += (product / "report_back" / "apps.py").read_text(encoding="utf-8")
    assert len(told_by_the_tour()) > 15
    assert {told for told in told_by_the_tour() if told not in words} == set()
