"""A session from the opening to the goodbye: a desk, a wall and eight phones, one of them the leader's."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.durability.installation import free_port
from tests.journeys.desks import House, a_device, at_the_desk, is_taken, on_the_wall, pile, press
from tests.journeys.phones import add, says, sees
from tests.journeys.seen import violations

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
DRAINS, RESTORES = "Drains", "Restores"
PICTURES = os.environ.get("PICTURES", "")
WIDTHS = {"desk": (320, 390, 1280), "phone": (320, 390), "wall": (1280, 1600)}
PROJECTORS = ((1280, 720), (1600, 900), (1920, 1080))
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
pytestmark = pytest.mark.journey


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A server of its own, with a session to hold."""
    house = House(tmp_path, free_port())
    yield house
    house.stop()


def looks_right(page: Page, kind: str, name: str) -> None:
    """Hold a page to WCAG 2.2 AA as far as a machine can see, light and dark, and to the width of every screen."""
    size = page.viewport_size
    assert size is not None
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # no colour is caught on its way
        for width in WIDTHS[kind]:
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(200)  # colours move for a moment
            if PICTURES:
                page.screenshot(path=f"{PICTURES}/{kind}-{name}-{width}-{scheme}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (kind, name, width)
        if kind == "wall":  # a projector cannot scroll
            for width, height in PROJECTORS:
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(200)
                assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), (name, width, height)
        assert violations(page, rules=RULES) == [], f"{kind}, {name}, {scheme}"
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    page.set_viewport_size(size)


def join_by_code(page: Page, house: House, typed: str) -> Page:
    """Type the code as one heard it."""
    page.goto(f"{house.address}/join/")
    page.get_by_role("textbox").fill(typed)
    page.keyboard.press("Enter")
    sees(page, "You are in. Nothing to do yet.")
    return page


@dataclass
class Session:
    """Everybody's screens: bo's desk, the wall, seven phones of staff and one of the leader."""

    house: House
    browser: Browser
    devices: ExitStack
    bo: Page
    wall: Page
    staff: list[Page] = field(default_factory=list)
    leader: Page | None = None

    @property
    def phones(self) -> list[Page]:
        """All eight phones."""
        assert self.leader is not None
        return [*self.staff, self.leader]

    def device(self, width: int) -> BrowserContext:
        """Take one more device out of its bag."""
        return self.devices.enter_context(a_device(self.browser, width=width))


STAFF = [f"drains {n}" for n in range(7)] + [f"restores {n}" for n in range(7)]
LEADER = "I pass pressure on"


def bo_opens_the_room_and_the_wall(house: House, browser: Browser, devices: ExitStack) -> Session:
    laptop = devices.enter_context(a_device(browser, width=1280, height=900))
    bo = at_the_desk(laptop, house, "Bo")
    looks_right(bo, "desk", "before")
    press(bo, "Open the room")
    with laptop.expect_page() as opened:
        bo.get_by_role("link", name="Open the wall").click()
    wall = opened.value
    wall.set_viewport_size({"width": 1600, "height": 900})
    looks_right(wall, "wall", "welcome")
    return Session(house, browser, devices, bo, wall)


def seven_join_by_the_code_read_aloud_and_the_eighth_says_that_they_lead(session: Session) -> None:
    code = "".join(session.wall.locator(".wall__code").inner_text().split())
    assert len(code) == 6
    spellings = [code, code.lower(), f"{code[:3]} {code[3:]}", f"{code[:4]}-{code[4:]}".lower()] * 2
    *session.staff, session.leader = [
        join_by_code(session.device(390).new_page(), session.house, typed) for typed in spellings
    ]
    session.leader.get_by_text("Do you lead this group?").click()
    session.leader.get_by_role("button", name="Yes, I lead this group").click()
    sees(session.leader, "You are here as a leader of this group.")
    sees(session.bo, "8 people are here")


def the_opening_circle_is_spoken_with_phones_face_down(session: Session) -> None:
    press(session.bo, "Start this activity")
    for screen in (session.wall, session.staff[0]):
        sees(screen, "Phones face-down now.")
    looks_right(session.wall, "wall", "talk")
    the_leader_sits_between_others(session.bo)
    press(session.bo, "This activity is over")


def the_leader_sits_between_others(bo: Page) -> None:
    """Seat a circle by the keyboard, go round it once, and begin the next question the other way (B4)."""
    for left in (2, 1):
        bo.get_by_role("button", name="Somebody else has spoken").click()
        sees(bo, f"waits for {left} more voices" if left > 1 else "waits for one more voice")
    bo.get_by_text("It goes round a circle with a leader in it").click()
    bo.get_by_label("Chairs with people").fill("2")
    bo.get_by_label("The leader’s seat").fill("1")
    bo.keyboard.press("Enter")
    sees(bo, "Fewer than two others sit in this circle")
    expect(bo.get_by_label("The leader’s seat")).to_have_value("1")  # nothing typed is lost
    bo.get_by_label("Chairs with people").fill("7")
    bo.get_by_label("The leader’s seat").fill("3")
    bo.keyboard.press("Enter")
    sees(bo, "The leader comes as number 4 of 7.")
    expect(bo.get_by_label("Chairs with people")).to_be_hidden()  # seated is seated: what comes next is in view
    looks_right(bo, "desk", "circle")
    bo.locator("#circle-passed").focus()
    for said in ("Now seat 1", "Now seat 2", "Now seat 4", "Now the leader, seat 3"):
        bo.keyboard.press("Enter" if said != "Now the leader, seat 3" else "Shift+Tab")
        if said == "Now the leader, seat 3":
            bo.keyboard.press("Enter")
        sees(bo, said)
    bo.get_by_role("button", name="Next question").click()
    sees(bo, "against the clock")


def everybody_reads_the_promise_and_where_to_report_danger(session: Session) -> None:
    press(session.bo, "Start this activity")
    for page in session.phones:
        sees(page, "We do not keep who wrote a note.")
    for screen in (session.staff[0], session.wall):
        sees(screen, "Ms Okafor, room 12, 555 0112")
    looks_right(session.wall, "wall", "promise")
    looks_right(session.bo, "desk", "promise")


def everybody_writes_in_silence_and_nobody_sees_anything_of_others(session: Session) -> None:
    press(session.bo, "Let everyone write")
    for n, page in enumerate(session.staff):
        add(page, f"drains {n}", DRAINS)
        add(page, f"restores {n}", RESTORES)
    assert session.leader is not None
    add(session.leader, LEADER, DRAINS)
    for n, page in enumerate(session.staff):
        says(page, f"drains {n}", "saved")
        says(page, f"restores {n}", "saved")
    says(session.leader, LEADER, "saved")
    sees(session.bo, "15 or more notes")
    own = {session.bo: [], session.wall: [], session.staff[0]: ["drains 0", "restores 0"], session.leader: [LEADER]}
    for page, notes in own.items():
        seen = page.locator("main").inner_text()
        assert [text for text in (*STAFF, LEADER) if text in seen] == notes
    looks_right(session.wall, "wall", "writing")
    looks_right(session.staff[1], "phone", "writing")


def bo_looks_through_the_notes_and_holds_one(session: Session) -> None:
    bo = session.bo
    press(bo, "Pens down: look through the notes")
    expect(pile(bo, "waiting")).to_have_count(15)
    assert on_the_wall(session.wall) == []
    looks_right(bo, "desk", "screening")
    pile(bo, "waiting").filter(has_text="drains 3").get_by_role("button", name="Hold").click()
    expect(pile(bo, "held")).to_have_count(1)
    expect(pile(bo, "waiting")).to_have_count(14)
    press(bo, "Accept all that wait")


def all_notes_appear_at_once_and_the_wall_shows_each_once(session: Session) -> None:
    bo, wall, staff = session.bo, session.wall, session.staff
    press(bo, "Show all notes at once")
    for page in session.phones:
        sees(page, "Here is what everyone wrote, mixed.")
        expect(page.locator("#everyone li")).to_have_count(14)
    expect(wall.locator(".wall__note").first).to_be_visible()
    looks_right(bo, "desk", "revealed")
    looks_right(wall, "wall", "notes")
    looks_right(staff[0], "phone", "revealed")
    shown, number = on_the_wall(wall), 1
    while bo.get_by_role("button", name="Next page on the wall").count():
        press(bo, "Next page on the wall")
        number += 1
        expect(wall.get_by_text(f"page {number} of")).to_be_visible()
        sees(bo, f"Wall: page {number} of")
        shown += on_the_wall(wall)
    assert sorted(shown) == sorted({*STAFF, LEADER} - {"drains 3"})
    labelled = staff[0].locator("#everyone li").filter(has_text="leader’s perspective")
    expect(labelled).to_have_count(1)
    expect(labelled).to_contain_text(LEADER)


def chi_takes_over_and_the_close_can_be_undone_until_it_is_for_good(session: Session) -> None:
    bo = session.bo
    chi = at_the_desk(session.device(1280), session.house, "Chi")
    press(chi, "Close this activity")
    sees(bo, "Closes for good in")
    looks_right(chi, "desk", "closing")
    press(bo, "Undo")
    press(chi, "Close this activity")
    press(chi, "Close for good now")
    for page in session.phones:
        sees(page, "This activity is closed.")
    for desk in (bo, chi):
        sees(desk, "Nobody can find out who wrote what from what is stored.")
    expect(pile(bo, "held")).to_have_count(1)
    looks_right(bo, "desk", "sealed")


def the_session_ends_on_every_screen(session: Session) -> None:
    bo = session.bo
    bo.get_by_text("Taking over, attendance, ending").click()
    bo.get_by_text("End the session", exact=True).first.click()
    press(bo, "Yes, end it")
    for screen in (*session.phones, session.wall):
        sees(screen, "This session has ended. Thank you for being here.")
    looks_right(session.wall, "wall", "ended")
    sees(bo, "No session after this one has a date yet.")
    looks_right(bo, "desk", "ended")
    bo.get_by_role("link", name="Write down who was there").click()
    looks_right(bo, "desk", "attendance")


def test_D4_1_B4_B6_E3_a_session_with_eight_phones_a_desk_and_a_wall(house: House, browser: Browser) -> None:
    with ExitStack() as devices:
        session = bo_opens_the_room_and_the_wall(house, browser, devices)
        seven_join_by_the_code_read_aloud_and_the_eighth_says_that_they_lead(session)
        the_opening_circle_is_spoken_with_phones_face_down(session)
        everybody_reads_the_promise_and_where_to_report_danger(session)
        everybody_writes_in_silence_and_nobody_sees_anything_of_others(session)
        bo_looks_through_the_notes_and_holds_one(session)
        all_notes_appear_at_once_and_the_wall_shows_each_once(session)
        chi_takes_over_and_the_close_can_be_undone_until_it_is_for_good(session)
        the_session_ends_on_every_screen(session)


def by_key(page: Page, words: str, key: str = "Enter") -> None:
    """Go on with Tab until something with these words has the focus, and press it until the desk takes it."""
    for _ in range(5):
        page.wait_for_timeout(800)
        go_by_key_to(page, words)
        if is_taken(page, key):
            return
    raise AssertionError(f"{words!r} was never taken")


def go_by_key_to(page: Page, words: str) -> None:
    """Go on with Tab, all the way round if need be, until something with these words has the focus and shows it."""
    for _ in range(120):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(() => { const on = document.activeElement;"
            " return on.tagName === 'INPUT' ? on.labels[0]?.innerText || '' : on.innerText || ''; })()"
        )
        if words in focused and "\n\n" not in focused:
            assert page.evaluate("document.activeElement.matches(':focus-visible')"), words
            return
    raise AssertionError(f"no key leads to {words!r}")


def test_D4_1_the_whole_desk_by_keyboard(house: House, browser: Browser) -> None:
    with a_device(browser, width=1280) as laptop, a_device(browser, width=390) as pocket:
        bo = at_the_desk(laptop, house, "Bo")
        by_key(bo, "Open the room")
        expect(bo.get_by_text("The room is open.")).to_be_visible()
        code = bo.locator(".joining__code").inner_text().replace(" ", "").replace("\xa0", "")
        phone = join_by_code(pocket.new_page(), house, code)
        by_key(bo, "Start this activity")
        by_key(bo, "This activity is over")
        by_key(bo, "Start this activity")
        by_key(bo, "Everyone here knows", "Space")
        by_key(bo, "Let everyone write")
        for n in range(4):
            add(phone, f"note {n}", DRAINS)
            says(phone, f"note {n}", "saved")
        by_key(bo, "Pens down")
        expect(pile(bo, "waiting")).to_have_count(4)
        by_key(bo, "Hold")
        expect(pile(bo, "held")).to_have_count(1)
        bo.keyboard.press("Enter")  # the same button of the next note has the focus now
        expect(pile(bo, "held")).to_have_count(2)
        by_key(bo, "Accept all that wait")
        by_key(bo, "Show all notes at once")
        expect(phone.locator("#everyone li")).to_have_count(2)
        by_key(bo, "Close this activity")
        bo.keyboard.press("Enter")  # pressed twice in haste: the next step is not taken with it
        expect(bo.get_by_text("Closes for good in")).to_be_visible()
        by_key(bo, "Close for good now")
        expect(phone.get_by_text("This activity is closed.", exact=True)).to_be_visible()


def test_E4_desk_and_wall_work_without_a_script(house: House, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    bo = at_the_desk(context, house, "Bo")
    bo.get_by_role("button", name="Open the room").click()
    bo.get_by_role("button", name="Start this activity").click()
    bo.get_by_role("button", name="This activity is over").click()
    bo.get_by_role("button", name="Start this activity").click()
    bo.get_by_role("checkbox", name="Everyone here knows that they are few").check()
    bo.get_by_role("button", name="Let everyone write").click()
    wall = context.new_page()
    wall.goto(house.address + str(bo.get_by_role("link", name="Open the wall").get_attribute("href")))
    expect(wall.get_by_text("Write in silence.")).to_be_visible()
    bo.get_by_role("button", name="Pens down: look through the notes").click()
    wall.reload()  # a browser without scripts does so every five seconds; this one only forbids them
    expect(wall.get_by_text("Pens down.")).to_be_visible()
    context.close()
