"""Pictures of the way from a note to its answer: bringing together, sorting, agreeing, answering, the staff page."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from playwright.sync_api import Browser, Page, expect


class Shoot(Protocol):
    """Takes a picture of what is on the screen, in each colour scheme."""

    def __call__(self, page: Page, name: str, *schemes: Literal["light", "dark"]) -> None: ...


@dataclass(frozen=True, slots=True)
class Room:
    """The three surfaces of a session whose notes are sealed; the wall and one phone have it open."""

    desk: Page
    wall: Page
    phone: Page


def step(page: Page, *names: str) -> None:
    """Press buttons of the stage one after another; a page that has just changed takes no press, so look again."""
    for name in names:
        stage = page.locator("#stage")
        button = stage.get_by_role("button", name=name, exact=True)
        expect(button).to_be_visible(timeout=20000)
        before = stage.inner_text()
        for _ in range(10):
            page.wait_for_timeout(700)
            if button.count():
                button.click()
            page.wait_for_timeout(500)
            if stage.inner_text() != before:
                break


def the_loop(room: Room, shoot: Shoot) -> None:
    """Bring together, sort and read the wordings, with a picture of each surface at each step."""
    step(room.desk, "Close this activity", "Close for good now", "Start this activity", "This activity is over")
    condense(room, shoot)
    sort(room, shoot)
    agree(room, shoot)


def condense(room: Room, shoot: Shoot) -> None:
    """Bring two notes of one column together."""
    step(room.desk, "Start this activity")
    column = room.desk.locator("#together .together__column").first
    for place in (0, 1):
        column.locator("input[type=checkbox]").nth(place).check()
    room.desk.wait_for_timeout(600)
    shoot(room.desk, "desk-together", "light")
    room.desk.get_by_role("button", name="Bring together").click()
    room.desk.wait_for_timeout(1500)
    shoot(room.phone, "phone-together", "light")
    shoot(room.wall, "wall-together", "light")
    step(room.desk, "Look at doubts")
    step(room.desk, "Close this activity", "Close for good now")


def sort(room: Room, shoot: Shoot) -> None:
    """Let everyone place every item, and settle where each belongs."""
    step(room.desk, "Start this activity")
    shoot(room.phone, "phone-sort-promise", "light")
    step(room.desk, "Let everyone choose")
    room.phone.wait_for_timeout(1500)
    for card, choice in enumerate(("Leadership", "Ours", "Nobody here")):
        radios = room.phone.locator("#items li").nth(card).get_by_role("radio", name=re.compile(choice))
        radios.first.check(force=True)
        room.phone.wait_for_timeout(900)
    room.phone.evaluate("scrollTo(0, 0)")
    shoot(room.phone, "phone-sort")
    shoot(room.desk, "desk-sorting", "light")
    shoot(room.wall, "wall-sorting", "light")
    room.desk.wait_for_timeout(6000)
    step(room.desk, "Close this activity", "Close for good now")
    shoot(room.desk, "desk-sorted")
    shoot(room.wall, "wall-sorted")
    shoot(room.phone, "phone-sorted", "light")
    todo = room.desk.locator(".placing:not([data-placed])")
    while left := todo.count():
        todo.first.get_by_role("button", name="For leadership" if left % 2 else "Ours").first.click()
        expect(todo).to_have_count(left - 1)


def agree(room: Room, shoot: Shoot) -> None:
    """Let everyone read what would go to leadership."""
    step(room.desk, "Start this activity", "Let everyone choose")
    room.phone.wait_for_timeout(1500)
    room.phone.locator("#items li").first.get_by_role("radio", name="Yes").check(force=True)
    room.phone.wait_for_timeout(900)
    room.phone.evaluate("scrollTo(0, 0)")
    shoot(room.phone, "phone-agree", "light")
    room.desk.wait_for_timeout(6000)
    step(room.desk, "Close this activity", "Close for good now")
    shoot(room.desk, "desk-agreed", "light")
    shoot(room.wall, "wall-agreed", "light")
    room.desk.locator("#stage").get_by_role("link", name="Hand to leadership").click()
    room.desk.wait_for_timeout(500)
    shoot(room.desk, "hand-over", "light")


def the_answers(browser: Browser, sign_in: Callable[[str], Page], shoot: Shoot) -> None:
    """Show the second year: what waits, one answer, the script, the group's lists, staff page and poster."""
    leader = sign_in("Noor Haddad")
    leader.get_by_role("link", name="Answers", exact=True).first.click()
    leader.locator("main a").filter(has_text="Office and aides").first.click()
    leader.wait_for_load_state()
    shoot(leader, "group-answers", "light")
    leader.get_by_role("link", name=re.compile("Work through")).first.click()
    leader.wait_for_load_state()
    shoot(leader, "leader-answers", "light")
    leader.locator(".rows__main a").first.click()
    leader.wait_for_load_state()
    shoot(leader, "leader-answer", "light")
    leader.goto(leader.url)
    staff(browser, sign_in("Uma Feld"), shoot)


def staff(browser: Browser, facilitator: Page, shoot: Shoot) -> None:
    """Open the page for everyone who works there as somebody without an account."""
    facilitator.get_by_role("link", name="Answers", exact=True).first.click()
    facilitator.locator("main a").filter(has_text="Office and aides").first.click()
    facilitator.get_by_role("link", name="Staff page and posters").first.click()
    facilitator.wait_for_load_state()
    shoot(facilitator, "staff-desk", "light")
    address = facilitator.locator(".address__url").first.get_attribute("href")
    page = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2).new_page()
    page.goto(str(address))
    shoot(page, "staff-page")
