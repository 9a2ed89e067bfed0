"""Nothing the phone calls saved is lost, and nothing is stored twice, whatever the network does."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from tests.journeys.phones import Room, add, join, own, says, sees, until


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    yield context
    context.close()


@pytest.fixture
def writing(room: Room) -> Room:
    """A room in which an activity is open for writing."""
    room.does("gather", "write")
    return room


def test_somebody_joins_and_a_note_is_saved_within_ten_seconds(room: Room, phone: BrowserContext) -> None:
    page = join(phone, room)
    sees(page, "You are in. Nothing to do yet.")
    room.does("gather")
    sees(page, "We do not keep who wrote a note.")
    sees(page, "Ms Okafor, room 12, 555 0112")
    room.does("write")
    add(page, "No time to plan together", "Drains")
    says(page, "No time to plan together", "saved")
    assert room.notes() == [["drains", "No time to plan together", 0]]


def test_without_network_a_note_waits_on_the_phone_and_goes_by_itself(writing: Room, phone: BrowserContext) -> None:
    page = join(phone, writing)
    expect(page.get_by_role("textbox", name="Your note")).to_be_visible()
    phone.set_offline(True)
    add(page, "Lunch with my team", "Restores")
    says(page, "Lunch with my team", "waiting for network")
    sees(page, "No network at the moment.")
    assert writing.notes() == []
    phone.set_offline(False)
    says(page, "Lunch with my team", "saved")
    expect(page.get_by_text("No network at the moment.")).to_be_hidden()
    assert writing.notes() == [["restores", "Lunch with my team", 0]]


def test_a_reload_keeps_notes_drafts_and_the_right_to_change_them(writing: Room, phone: BrowserContext) -> None:
    page = join(phone, writing)
    add(page, "First")
    says(page, "First", "saved")
    page.get_by_role("textbox", name="Your note").fill("Half a thou")
    page.wait_for_timeout(400)
    page.reload()
    says(page, "First", "saved")
    expect(page.get_by_role("textbox", name="Your note")).to_have_value("Half a thou")
    own(page, "First").get_by_role("button", name="Change").click()
    page.get_by_role("textbox", name="Your note").last.fill("First, better said")
    page.get_by_role("button", name="Save").click()
    says(page, "First, better said", "saved")
    assert writing.notes() == [["drains", "First, better said", 0]]


def test_a_note_written_just_before_a_reload_without_network_is_sent_afterwards(
    writing: Room, phone: BrowserContext
) -> None:
    page = join(phone, writing)
    expect(page.get_by_role("textbox", name="Your note")).to_be_visible()
    page.route("**/notes/", lambda route: route.abort())
    add(page, "Written in the lift")
    says(page, "Written in the lift", "waiting for network")
    page.unroute("**/notes/")
    page.reload()
    says(page, "Written in the lift", "saved")
    assert len(writing.notes()) == 1


def test_two_tabs_are_one_seat_and_nothing_is_sent_twice(writing: Room, phone: BrowserContext) -> None:
    sent: list[str] = []
    streams: list[str] = []
    phone.on("request", lambda request: sent.append(request.url) if request.url.endswith("/notes/") else None)
    phone.on("request", lambda request: streams.append(request.url) if "/stream" in request.url else None)
    first = join(phone, writing)
    second = join(phone, writing)
    expect(second.get_by_role("textbox", name="Your note")).to_be_visible()
    add(second, "From the second tab")
    add(first, "From the first tab")
    for page in (first, second):
        says(page, "From the first tab", "saved")
        says(page, "From the second tab", "saved")
    assert len(writing.notes()) == len(sent) == 2
    assert len(streams) == 1
    first.close()
    add(second, "The first is gone")
    says(second, "The first is gone", "saved")


def test_an_answer_that_is_lost_after_the_commit_makes_no_double(writing: Room, phone: BrowserContext) -> None:
    page = join(phone, writing)
    lost: list[int] = []

    def lose_three_answers(route: Route) -> None:
        if len(lost) < 3:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/notes/", lose_three_answers)
    add(page, "Only once")
    says(page, "Only once", "saved")
    assert lost == [201, 200, 200]
    assert writing.notes() == [["drains", "Only once", 0]]


def test_what_comes_after_the_close_stays_on_the_phone_to_copy(writing: Room, phone: BrowserContext) -> None:
    page = join(phone, writing)
    add(page, "In time")
    says(page, "In time", "saved")
    phone.set_offline(True)
    add(page, "Too late")
    page.get_by_role("textbox", name="Your note").fill("Not even added")
    says(page, "Too late", "waiting for network")
    writing.does("close", "seal")
    phone.set_offline(False)
    sees(page, "This activity is closed.")
    kept = page.locator("#kept-list > li")
    expect(kept).to_have_count(2)
    expect(kept.filter(has_text="Too late").get_by_role("button", name="Copy")).to_be_visible()
    expect(kept.filter(has_text="Not even added")).to_be_visible()
    stored = page.evaluate("JSON.stringify(localStorage)")
    assert "Too late" in stored
    assert "In time" not in stored
    assert "secret" not in stored
    assert "/tag" not in stored
    assert writing.notes() == [["drains", "In time", 0]]


def test_undoing_the_close_sends_what_was_late(writing: Room, phone: BrowserContext) -> None:
    page = join(phone, writing)
    add(page, "First")
    says(page, "First", "saved")
    writing.does("close")
    sees(page, "Make your last changes now.")
    add(page, "While closing")
    says(page, "While closing", "saved")
    writing.does("undo")
    add(page, "After the undo")
    says(page, "After the undo", "saved")
    assert len(writing.notes()) == 3


def test_a_session_that_ended_leaves_only_what_was_never_sent(writing: Room, phone: BrowserContext) -> None:
    page = join(phone, writing)
    add(page, "Sent")
    says(page, "Sent", "saved")
    phone.set_offline(True)
    add(page, "Never sent")
    says(page, "Never sent", "waiting for network")
    writing.does("close", "seal", "end")
    phone.set_offline(False)
    sees(page, "This session has ended. Thank you for being here.", seconds=20)
    expect(page.locator("#kept-list > li")).to_contain_text(["Never sent"])
    page.reload()
    expect(page.get_by_role("heading", name="This session is over.")).to_be_visible()
    sees(page, "Never sent")
    page.get_by_role("button", name="Delete").click()
    assert "Never sent" not in page.evaluate("JSON.stringify(localStorage)")


def test_phones_come_back_by_themselves_when_the_server_was_killed(writing: Room, phone: BrowserContext) -> None:
    page = join(phone, writing)
    add(page, "Before")
    says(page, "Before", "saved")
    writing.kill()
    add(page, "While it is away")
    says(page, "While it is away", "waiting for network")
    writing.start()
    says(page, "While it is away", "saved", seconds=25)
    assert [text for _, text, _ in writing.notes()] == ["Before", "While it is away"]


def test_a_server_that_cannot_save_is_asked_again(writing: Room, phone: BrowserContext) -> None:
    page = join(phone, writing)
    refusals: list[int] = []

    def refuse(route: Route) -> None:
        refusals.append(503)
        route.fulfill(status=503, headers={"Retry-After": "1"}, json={"code": "gatherings.cannot_save_now"})

    page.route("**/notes/", refuse)
    add(page, "Patience")
    says(page, "Patience", "waiting for the server")
    sees(page, "The server cannot save right now.")
    until(lambda: len(refusals) > 1, page)
    assert writing.notes() == []
    page.unroute("**/notes/")
    says(page, "Patience", "saved")
    expect(page.get_by_text("The server cannot save right now.")).to_be_hidden()


def test_where_streams_do_not_pass_the_phone_asks_again_and_again(room: Room, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.route("**/stream?*", lambda route: route.abort())
    page.goto(f"{room.address}/r/{room.code}/")
    sees(page, "You are in. Nothing to do yet.", seconds=20)
    room.does("gather", "write")
    add(page, "By another way")
    says(page, "By another way", "saved")
    room.does("look", "accept", "reveal")
    expect(page.locator("#everyone").get_by_text("By another way")).to_be_visible()


def test_withdrawing_one_and_all_and_writing_them_again(writing: Room, phone: BrowserContext) -> None:
    page = join(phone, writing)
    for text in ("One", "Two", "Three"):
        add(page, text)
        says(page, text, "saved")
    own(page, "Two").get_by_role("button", name="Change").click()
    page.get_by_role("button", name="Withdraw", exact=True).click()
    sees(page, "Withdrawn. It is gone from every screen.")
    until(lambda: [text for _, text, _ in writing.notes()] == ["One", "Three"], page)
    page.get_by_role("button", name="Write it again").click()
    says(page, "Two", "saved")
    page.get_by_role("button", name="Withdraw all of mine").click()
    page.get_by_role("button", name="Keep them").click()
    assert len(writing.notes()) == 3
    page.get_by_role("button", name="Withdraw all of mine").click()
    page.get_by_role("button", name="Withdraw all", exact=True).click()
    until(lambda: writing.notes() == [], page)
    expect(page.locator("#mine")).to_be_hidden()
    page.get_by_role("button", name="Write them again").click()
    until(lambda: len(writing.notes()) == 3, page)


def test_a_browser_that_keeps_nothing_can_still_write_and_says_what_that_means(
    writing: Room, phone: BrowserContext
) -> None:
    phone.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('private') } })")
    page = join(phone, writing)
    add(page, "In private")
    says(page, "In private", "saved")
    sees(page, "This browser keeps nothing.")


def test_text_of_every_kind_arrives_as_it_was_typed(writing: Room, phone: BrowserContext) -> None:
    page = join(phone, writing)
    markup = '<img src=x onerror=alert(1)> & "quotes"'
    texts = ["👩‍👩‍👧‍👦🫶🏽", "مكالمة قصيرة مع زميلة", markup, "a" * 600]
    for text in texts:
        add(page, text)
        says(page, text[:40], "saved")
    assert sorted(text for _, text, _ in writing.notes()) == sorted(texts)
    page.get_by_role("textbox", name="Your note").fill("b" * 601)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("600 characters is the limit. Please take away 1.")
    expect(page.get_by_role("textbox", name="Your note")).to_have_value("b" * 601)
    page.get_by_role("textbox", name="Your note").fill("   ")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("Nothing is written yet. Type your note first.")
    assert page.locator("img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
