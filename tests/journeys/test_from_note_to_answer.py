"""Note, driver, sort, hand-over, answer, meeting script, staff page, progress, let-go: once through, as it is lived."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.phones import Room
from tests.journeys.test_desk_drivers import (
    Phone,
    card,
    come_in,
    go_to_the_desk,
    is_accessible,
    placing,
    press,
    take_picture,
)

pytestmark = pytest.mark.journey
COVER, NOTICE, FORMS, HABIT, TESTS = (
    "No cover", "Cover with no notice", "Forms nobody reads", "Complaining in the break room", "The state’s test dates",
)  # fmt: skip
LUNCH, HEARD = "Lunch, door closed", "We hear of cover too late"
PLACES = {HEARD: "leadership", FORMS: "leadership", LUNCH: "leadership", HABIT: "ours", TESTS: "nobody"}
IN_WORDS = {"leadership": "For leadership", "ours": "Ours", "nobody": "Nobody here controls it"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A server with its signed-in pages."""
    room = Room(tmp_path)
    yield room
    room.stop()


def test_D4_1_D4_2_D4_4_D4_5_from_note_to_driver_to_sort_to_hand_over_to_answer_to_what_moved_and_what_is_let_go(
    browser: Browser, room: Room
) -> None:
    phones, desk = [Phone(room) for _ in range(8)], come_in(browser, room)
    go_to_the_desk(desk)
    eight_phones_write_notes(room, phones)
    two_notes_become_one_driver(room, desk)
    everybody_sorts_and_the_group_confirms(room, desk, phones)
    the_group_reads_each_wording(desk, phones)
    they_are_handed_over(desk)

    leader = come_in(browser, room, "leader")
    leadership_answers(leader)
    the_answers_are_said_aloud_and_published(leader)
    staff = everybody_reads_the_staff_page(browser, desk)
    something_moves(leader, staff)
    the_group_lets_go_of_an_honest_no(desk, staff)


def eight_phones_write_notes(room: Room, phones: list[Phone]) -> None:
    room.does("gather", "write")
    for phone, text in zip(phones, (COVER, NOTICE, FORMS, HABIT, TESTS), strict=False):
        phone.hand_in("notes", column="drains", text=text)
    phones[7].hand_in("notes", column="restores", text=LUNCH)
    room.does("look", "accept", "reveal", "close", "seal", "condense")


def two_notes_become_one_driver(room: Room, desk: Page) -> None:
    for wording in (COVER, NOTICE):
        card(desk, wording).get_by_role("checkbox").check()
    desk.get_by_label("Wording").fill(HEARD)
    desk.get_by_role("button", name="Bring together").click()
    expect(card(desk, HEARD).get_by_text("2 notes")).to_be_visible()
    room.does("close", "seal", "sort", "write")


def everybody_sorts_and_the_group_confirms(room: Room, desk: Page, phones: list[Phone]) -> None:
    for phone in phones:
        items = phone.items()
        phone.hand_in("ballots", choices={items[wording]: place for wording, place in PLACES.items()})
    room.does("close", "seal")
    for wording, place in PLACES.items():
        button = placing(desk, wording).get_by_role("button", name=IN_WORDS[place])
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    expect(desk.get_by_role("heading", name="Everything has its place.")).to_be_visible()


def the_group_reads_each_wording(desk: Page, phones: list[Phone]) -> None:
    press(desk, "Ask the group about the wordings")
    expect(desk.get_by_text("at least half of those who were here")).to_be_visible()
    desk.get_by_label("Everyone here knows that they are few, and agrees.").check()
    press(desk, "Let everyone choose")
    for phone in phones:
        phone.hand_in("ballots", choices=dict.fromkeys(phone.items().values(), "yes"))
    press(desk, "Close this activity")
    press(desk, "Close for good now")
    expect(desk.get_by_role("heading", name="The group agrees to every wording.")).to_be_visible()


def they_are_handed_over(desk: Page) -> None:
    desk.get_by_role("link", name="Hand to leadership").click()
    take_picture(desk, "handing-over")
    is_accessible(desk)
    desk.get_by_role("button", name="Hand to leadership").click()
    expect(desk.get_by_text("3 things are handed over.")).to_be_visible()
    desk.get_by_role("link", name="Our two lists").first.click()
    desk.get_by_role("button", name="Put on our own list").first.click()
    expect(desk.get_by_text("It is on our own list.")).to_be_visible()
    take_picture(desk, "two-lists")
    is_accessible(desk)


def leadership_answers(leader: Page) -> None:
    leader.get_by_role("link", name="Answers", exact=True).first.click()
    leader.get_by_role("link", name="Northgate team").first.click()
    leader.get_by_role("link", name="Work through the answers").first.click()
    expect(leader.get_by_role("link", name="Answers", exact=True).first).to_have_attribute("aria-current", "page")
    take_picture(leader, "leaders-list")
    is_accessible(leader)
    inside = leader.url
    for wording, verdict, said in (
        (HEARD, "exploring this year", {"reason": "A list of covers hangs out at seven."}),
        (FORMS, "not within two years", {"validation": "It costs hours.", "reason": "The district asks for them."}),
        (LUNCH, "we will keep and protect this", {"reason": "No meeting is put into lunch."}),
    ):
        leader.goto(inside)
        leader.get_by_role("link", name=wording).click()
        leader.locator(".verdicts a", has_text=verdict).click()
        for name, text in said.items():
            leader.locator(f"textarea[name={name}]").fill(text)
        if verdict == "not within two years":
            leader.locator("input[name=look_again_on]").fill("2033-09-01")
            take_picture(leader, "answer-form")
            is_accessible(leader)
        leader.get_by_role("button", name="Save the draft").click()
        expect(leader.get_by_text("The draft is saved.")).to_be_visible()


def the_answers_are_said_aloud_and_published(leader: Page) -> None:
    leader.get_by_role("link", name="Prepare the report-back").click()
    leader.get_by_role("button", name="Make the script").click()
    script = leader.locator(".script")
    expect(script.get_by_text("A list of covers hangs out at seven.")).to_be_visible()
    expect(script.get_by_role("heading", name="The honest no")).to_be_visible()
    take_picture(leader, "script")
    is_accessible(leader)
    leader.get_by_role("button", name="Publish the answers").click()
    expect(leader.get_by_text("The answers are published.")).to_be_visible()


def everybody_reads_the_staff_page(browser: Browser, desk: Page) -> Page:
    desk.get_by_role("link", name="Answers", exact=True).first.click()
    desk.get_by_role("link", name="Northgate team").first.click()
    desk.get_by_role("link", name="Staff page and posters").click()
    desk.get_by_role("button", name="Make the address").first.click()
    take_picture(desk, "staff-desk")
    is_accessible(desk)
    staff = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    staff.goto(str(desk.locator(".address__url").first.get_attribute("href")))
    expect(staff.locator("#ours + *", has_text=HABIT)).to_be_visible()
    expect(staff.get_by_text("A list of covers hangs out at seven.").first).to_be_visible()
    take_picture(staff, "staff-page")
    is_accessible(staff)
    staff.set_viewport_size({"width": 390, "height": 844})
    return staff


def something_moves(leader: Page, staff: Page) -> None:
    leader.get_by_role("link", name="Answers", exact=True).first.click()
    leader.get_by_role("link", name="Northgate team").first.click()
    leader.get_by_role("link", name="Work through the answers").first.click()
    leader.get_by_role("link", name=HEARD).click()
    leader.get_by_role("link", name="Say what has moved").click()
    leader.get_by_label("What has moved").fill("The list hangs out since Monday.")
    leader.get_by_role("button", name="Show it to the group").click()
    staff.reload()
    expect(staff.locator(".moves").get_by_text("The list hangs out since Monday.")).to_be_visible()


def the_group_lets_go_of_an_honest_no(desk: Page, staff: Page) -> None:
    assert staff.locator("#let-go").count() == 0  # nothing goes there by itself
    desk.get_by_role("link", name="Northgate team").first.click()
    desk.get_by_role("link", name="Our two lists").click()
    for wording in (FORMS, TESTS):
        desk.locator(".choose__one", has_text=wording).get_by_role("checkbox").check()
    desk.get_by_role("button", name="The group lets these go").click()
    staff.reload()
    let_go = staff.locator("section[aria-labelledby=let-go]")
    for wording in (FORMS, TESTS):
        expect(let_go.get_by_text(wording)).to_be_visible()
    assert staff.context.cookies() == []
