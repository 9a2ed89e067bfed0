"""From many notes to an answer, in one hand: bringing together, sorting and agreeing on a phone (D4.1, D4.2, E3)."""

import json
import secrets
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.phones import Room, join, sees, until
from tests.journeys.test_phone_page import looks_right, tab_to

DRAINS = [
    "No time to plan together",
    "Forms that nobody reads",
    "Being told last",
    "Rules that change from week to week",
]
RESTORES = ["Lunch with my team", "A child who says hello"]
FIFTEEN = (
    [f"What takes our strength, number {n}" for n in range(1, 10)],
    [f"What restores us, {n}" for n in range(1, 7)],
)
SCREENS = pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark")])
Scheme = Literal["light", "dark"]


def on_a_phone(browser: Browser, width: int = 320, scheme: Scheme = "light") -> BrowserContext:
    """Return a phone held in one hand."""
    return browser.new_context(
        viewport={"width": width, "height": 640}, color_scheme=scheme, has_touch=True, is_mobile=True
    )


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = on_a_phone(browser)
    yield context
    context.close()


@pytest.fixture
def named(room: Room) -> Room:
    """A room with a short list of what drains and restores."""
    room.does(f"drains: {' > '.join(DRAINS)}", f"restores: {' > '.join(RESTORES)}")
    return room


@pytest.fixture
def sorting(named: Room) -> Room:
    """A room in which everyone sorts."""
    named.does("sort", "write")
    return named


def card(page: Page, wording: str) -> Any:
    """Return the card of an item."""
    return page.locator("#items li").filter(has_text=wording)


def choose(page: Page, wording: str, choice: str) -> None:
    """Tap one of the three choices of an item."""
    card(page, wording).get_by_role("radio", name=choice).tap()
    expect(card(page, wording).get_by_role("radio", name=choice)).to_be_checked()


def wordings(page: Page) -> list[str]:
    """Return the items in the order in which they stand on the page."""
    return page.locator("#items .note-text").all_text_contents()


def others_sort(room: Room, page: Page, people: int, **choices: str) -> None:
    """Let others hand in their ballots, past their phones."""
    items = {item["wording"]: item["id"] for item in page.evaluate("things")}
    on_the_wire = {items[wording.replace("_", " ")]: choice for wording, choice in choices.items()}
    for _ in range(people):
        answer = send(room, page, "ballots", choices=on_the_wire)
        assert answer["status"] == 201, answer


def send(room: Room, page: Page, path: str, *, lead: bool = False, **fields: Any) -> dict[str, Any]:
    """Post something as a device of its own; return status and body."""
    api = page.request
    ticket = api.post(f"{room.address}/r/{room.code}/tickets/", data={"lead": lead}).json()["ticket"]
    slip = {
        "id": str(secrets.randbits(61) + 1),
        "secret": secrets.token_hex(16),
        "tag": secrets.token_hex(16),
        "rev": 1,
    }
    body = {"ticket": ticket, "round": page.evaluate("state.round.id"), **slip, **fields}
    answer = api.post(f"{room.address}/r/{room.code}/{path}/", data=body)
    return {"status": answer.status, **answer.json()}


def test_everyone_watches_likes_come_together_and_can_say_that_a_wording_is_wrong(
    named: Room, phone: BrowserContext
) -> None:
    page = join(phone, named)
    named.does("condense")
    sees(page, "Nobody sees who pressed.")
    sees(page, "The facilitator sees all of them together later, without names.")
    expect(page.locator("#items li")).to_have_count(6)
    named.does("together: Being told last > Rules that change from week to week > Rules change and we hear last")
    expect(card(page, "Rules change and we hear last")).to_contain_text("from 2 notes")
    expect(page.locator("#items li")).to_have_count(5)
    card(page, "Rules change and we hear last").get_by_role("button").tap()
    expect(card(page, "Rules change and we hear last")).to_contain_text("noted, unnamed")
    until(lambda: named.looks("doubts") == ["Rules change and we hear last"], page)
    page.reload()
    expect(card(page, "Rules change and we hear last")).to_contain_text("noted, unnamed")
    card(page, "Rules change and we hear last").get_by_role("button", name="Take it back").tap()
    until(lambda: named.looks("doubts") == [], page)
    card(page, "Forms that nobody reads").get_by_role("button").tap()
    until(lambda: named.looks("doubts") == ["Forms that nobody reads"], page)
    named.does("check", "reworded: Forms that nobody reads > Forms nobody needs", "close", "seal")
    sees(page, "This is what we named, brought together.")
    sees(page, "Forms nobody needs")
    expect(page.locator("#items button")).to_have_count(0)
    stored = page.evaluate("JSON.stringify(localStorage)")
    assert "secret" not in stored
    assert "/tag" not in stored


def test_a_doubt_about_an_item_that_is_gone_says_so_and_asks_to_look_again(named: Room, phone: BrowserContext) -> None:
    page = join(phone, named)
    named.does("condense")
    expect(page.locator("#items li")).to_have_count(6)
    page.evaluate("slip(state.round, { what: 'doubt', item: '1' }); drain()")
    expect(page.locator("#notice")).to_contain_text("Look at the list again")
    assert named.looks("doubts") == []


def test_what_somebody_reads_stays_where_it_is_while_the_list_changes(named: Room, phone: BrowserContext) -> None:
    page = join(phone, named)
    named.does("condense")
    expect(page.locator("#items li")).to_have_count(6)
    reading = card(page, "A child who says hello")
    reading.scroll_into_view_if_needed()
    before = reading.bounding_box()
    assert page.evaluate("scrollY") > 100
    named.does("together: No time to plan together > Being told last > No time and no word")
    sees(page, "No time and no word")
    page.wait_for_timeout(400)
    after = reading.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 3


def test_fifteen_items_are_sorted_under_one_thumb_in_well_under_two_minutes(room: Room, phone: BrowserContext) -> None:
    room.does(f"drains: {' > '.join(FIFTEEN[0])}", f"restores: {' > '.join(FIFTEEN[1])}", "sort")
    page = join(phone, room)
    sees(page, "Only how many placed it where, after everyone is done; never who.")
    expect(page.locator("#items input")).to_have_count(0)
    room.does("write")
    cards = page.locator("#items li")
    expect(cards).to_have_count(15)
    assert page.evaluate("Math.min(...[...document.querySelectorAll('#items .chip')].map((e) => e.offsetHeight))") >= 48
    thumb: list[float] = []
    for n in range(15):
        chip = cards.nth(n).locator(".chip").nth(n % 3)
        box = chip.bounding_box()
        assert box
        assert 0 <= box["y"] < 640 - 60, f"item {n + 1} did not come into view by itself"
        thumb.append(box["y"])
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(page.locator("#placed")).to_have_text(f"{n + 1} of 15" if n < 14 else "All 15 placed.")
        page.wait_for_timeout(900)  # a person reads now; the page comes to rest
    assert max(thumb[1:11]) - min(thumb[1:11]) < 30, thumb  # the thumb stays where it is
    expect(page.locator("#ballot-state")).to_have_text("saved")
    (ballot,) = room.looks("ballots")
    assert len(ballot) == 15
    assert set(ballot.values()) == {"ours", "leadership", "nobody"}


def test_a_change_of_mind_counts_until_the_close_and_a_device_has_one_ballot(
    sorting: Room, phone: BrowserContext
) -> None:
    page = join(phone, sorting)
    choose(page, "Being told last", "Nobody here")
    choose(page, "Lunch with my team", "Ours")
    until(lambda: sorting.looks("ballots") == [{"Being told last": "nobody", "Lunch with my team": "ours"}], page)
    page.evaluate("scrollTo(0, 9999)")
    sorting.does("close")
    sees(page, "Make your last changes now.")
    expect(page.locator("#closing")).to_be_in_viewport()  # also for whoever is far down the list
    choose(page, "Being told last", "Leadership")
    until(lambda: sorting.looks("ballots") == [{"Being told last": "leadership", "Lunch with my team": "ours"}], page)
    sorting.does("undo")
    page.get_by_role("button", name="Take back all my choices").tap()
    until(lambda: sorting.looks("ballots") == [{}], page)
    page.get_by_role("button", name="Put them back").tap()
    until(lambda: sorting.looks("ballots") == [{"Being told last": "leadership", "Lunch with my team": "ours"}], page)
    sorting.does("close", "seal")
    sees(page, "Here is how everyone sorted.")
    assert sorting.looks("tallies")["Being told last"] == {"leadership": 1}
    assert "choices" not in page.evaluate("JSON.stringify(localStorage)")


def test_what_restores_asks_who_can_protect_it(sorting: Room, phone: BrowserContext) -> None:
    page = join(phone, sorting)
    expect(page.get_by_role("radiogroup", name="Lunch with my team Who can protect this?")).to_be_visible()
    expect(page.get_by_role("radiogroup", name="Being told last Who can change this?")).to_be_visible()


def test_each_phone_has_an_order_of_its_own_and_keeps_it(room: Room, browser: Browser) -> None:
    room.does(f"drains: {' > '.join(FIFTEEN[0])}", f"restores: {' > '.join(FIFTEEN[1])}", "sort", "write")
    orders = []
    for _ in range(3):
        context = on_a_phone(browser)
        page = join(context, room)
        expect(page.locator("#items li")).to_have_count(15)
        order = wordings(page)
        page.reload()
        expect(page.locator("#items li")).to_have_count(15)
        assert wordings(page) == order
        orders.append(tuple(order))
        context.close()
    assert len(set(orders)) == 3
    assert {frozenset(order) for order in orders} == {frozenset(FIFTEEN[0] + FIFTEEN[1])}


def test_choices_made_without_network_wait_and_go_by_themselves(sorting: Room, phone: BrowserContext) -> None:
    page = join(phone, sorting)
    choose(page, "Being told last", "Leadership")
    expect(page.locator("#ballot-state")).to_have_text("saved")
    phone.set_offline(True)
    choose(page, "Forms that nobody reads", "Ours")
    expect(page.locator("#ballot-state")).to_have_text("waiting for network")
    expect(page.locator("#placed")).to_have_text("2 of 6")
    assert sorting.looks("ballots") == [{"Being told last": "leadership"}]
    phone.set_offline(False)
    expect(page.locator("#ballot-state")).to_have_text("saved")
    assert sorting.looks("ballots") == [{"Being told last": "leadership", "Forms that nobody reads": "ours"}]


def test_a_reload_and_a_second_tab_are_the_same_ballot(sorting: Room, phone: BrowserContext) -> None:
    first = join(phone, sorting)
    choose(first, "Being told last", "Leadership")
    expect(first.locator("#ballot-state")).to_have_text("saved")
    first.reload()
    expect(card(first, "Being told last").get_by_role("radio", name="Leadership")).to_be_checked()
    second = join(phone, sorting)
    expect(card(second, "Being told last").get_by_role("radio", name="Leadership")).to_be_checked()
    assert wordings(second) == wordings(first)
    choose(second, "Forms that nobody reads", "Ours")
    expect(card(first, "Forms that nobody reads").get_by_role("radio", name="Ours")).to_be_checked()
    choose(first, "Lunch with my team", "Nobody here")
    for page in (first, second):
        expect(page.locator("#placed")).to_have_text("3 of 6")
        expect(page.locator("#ballot-state")).to_have_text("saved")
    assert len(sorting.looks("ballots")) == 1
    assert len(sorting.looks("ballots")[0]) == 3


def test_a_choice_that_comes_after_the_close_is_told_and_what_came_before_counts(
    sorting: Room, phone: BrowserContext
) -> None:
    page = join(phone, sorting)
    choose(page, "Being told last", "Leadership")
    expect(page.locator("#ballot-state")).to_have_text("saved")
    phone.set_offline(True)
    choose(page, "Being told last", "Ours")
    sorting.does("close", "seal")
    phone.set_offline(False)
    sees(page, "The activity had closed before your last change arrived.", seconds=15)
    assert sorting.looks("tallies")["Being told last"] == {"leadership": 1}


def test_the_spread_is_shown_after_the_close_the_contested_first_and_then_the_place(
    sorting: Room, phone: BrowserContext
) -> None:
    page = join(phone, sorting)
    expect(page.locator("#items li")).to_have_count(6)
    others_sort(sorting, page, 4, Being_told_last="leadership", Lunch_with_my_team="ours")
    others_sort(sorting, page, 3, Being_told_last="ours", Lunch_with_my_team="ours", A_child_who_says_hello="ours")
    assert '"spread":{' not in page.evaluate("JSON.stringify(things)")
    sorting.does("close", "seal")
    sees(page, "Here is how everyone sorted. What you see differently comes first.")
    assert wordings(page)[0] == "Being told last"
    rows = card(page, "Being told last").get_by_role("row")
    assert [row.inner_text().split() for row in rows.all()] == [
        ["Ours", "3"],
        ["Leadership", "4"],
        ["Nobody", "here", "0"],
    ]
    expect(card(page, "Being told last")).to_contain_text("You see this differently.")
    expect(card(page, "Lunch with my team")).to_contain_text("You all see this alike.")
    expect(card(page, "A child who says hello")).to_contain_text("Too few placed this one to show numbers.")
    expect(card(page, "A child who says hello").get_by_role("table")).to_have_count(0)
    sorting.does(
        "placed: Being told last > leadership",
        "cut: Lunch with my team > We keep the table free > A lunch without calls",
    )
    expect(card(page, "Being told last")).to_contain_text("Together: for leadership")
    expect(card(page, "A lunch without calls")).to_contain_text("Together: for leadership")
    expect(card(page, "We keep the table free")).to_contain_text("Together: ours")


def test_too_few_who_sorted_see_no_numbers(sorting: Room, phone: BrowserContext) -> None:
    page = join(phone, sorting)
    expect(page.locator("[data-small]:visible")).to_contain_text("You are few, so the numbers may stay hidden.")
    choose(page, "Being told last", "Leadership")
    expect(page.locator("#ballot-state")).to_have_text("saved")
    sorting.does("close", "seal")
    sees(page, "Too few people sorted to show how many placed it where. Talk about each item instead.")
    expect(page.get_by_role("table")).to_have_count(0)
    assert sorting.looks("tallies")["Being told last"] == {"leadership": 1}  # there was something to withhold
    assert '"leadership":1' not in page.evaluate("JSON.stringify(things)")


def test_the_group_reads_each_wording_and_sees_agreed_or_not_yet(sorting: Room, phone: BrowserContext) -> None:
    page = join(phone, sorting)
    sorting.does("close", "seal")
    for wording in DRAINS[:3]:
        sorting.does(f"placed: {wording} > leadership")
    sorting.does("agree")
    sees(page, "Nobody sees who said what, and nobody sees how many.")
    sorting.does("write")
    assert wordings(page) == DRAINS[:3]
    choose(page, DRAINS[0], "Yes")
    choose(page, DRAINS[1], "Reword")
    expect(card(page, DRAINS[1])).to_contain_text("Say aloud what would fit better, or wait")
    choose(page, DRAINS[2], "No")
    expect(page.locator("#placed")).to_have_text("All 3 answered.")
    expect(page.locator("#ballot-state")).to_have_text("saved")
    sorting.does("close", "seal")
    expect(card(page, DRAINS[0]).locator(".place")).to_have_text("agreed")
    expect(card(page, DRAINS[1]).locator(".place")).to_have_text("not yet")
    expect(card(page, DRAINS[2]).locator(".place")).to_have_text("not yet")


def test_a_leader_looks_on_and_is_refused_on_the_wire_too(named: Room, phone: BrowserContext) -> None:
    page = join(phone, named)
    named.does("condense")
    expect(page.locator("#items li")).to_have_count(6)
    item = page.evaluate("things[0].id")
    answer = send(named, page, "doubts", lead=True, item=item)
    assert (answer["status"], answer["code"]) == (403, "gatherings.leaders_do_not_choose")
    assert send(named, page, "doubts", item=item)["status"] == 201  # it is the leader who is refused, not the doubt
    card(page, "Lunch with my team").get_by_role("button").tap()
    expect(card(page, "Lunch with my team")).to_contain_text("noted, unnamed")
    page.get_by_text("Do you lead this group?").tap()
    page.get_by_role("button", name="Yes, I lead this group").tap()
    sees(page, "Here you look on, and that helps.")
    sees(page, "Note for yourself what you want to communicate later.")
    expect(page.locator("#items li")).to_have_count(6)
    expect(page.locator("#items button:visible")).to_have_count(0)
    until(lambda: len(named.looks("doubts")) == 1, page)
    named.does("close", "seal", "sort", "write")
    expect(page.get_by_role("heading", name="Ours, leadership’s")).to_be_visible()
    sees(page, "About 6 minutes left")
    sees(page, "Here you look on, and that helps.")
    expect(page.locator("#items li")).to_have_count(6)
    expect(page.locator("#items input, #progress:visible")).to_have_count(0)
    answer = send(named, page, "ballots", lead=True, choices={item: "ours"})
    assert (answer["status"], answer["code"]) == (403, "gatherings.leaders_do_not_choose")
    page.get_by_role("button", name="I do not lead this group").tap()
    choose(page, "Being told last", "Ours")
    until(lambda: named.looks("ballots") == [{"Being told last": "ours"}], page)
    page.get_by_text("Do you lead this group?").tap()
    page.get_by_role("button", name="Yes, I lead this group").tap()
    until(lambda: named.looks("ballots") == [{}], page)


def test_sorting_by_keyboard_stays_where_the_focus_is(sorting: Room, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 640})
    page = join(context, sorting)
    expect(page.locator("#items li")).to_have_count(6)
    order = wordings(page)
    tab_to(page, "radio")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(600)
    expect(card(page, order[0]).get_by_role("radio", name="Leadership")).to_be_focused()
    page.keyboard.press("Tab")
    expect(card(page, order[1]).get_by_role("radio").first).to_be_focused()
    page.keyboard.press("Space")
    until(lambda: sorting.looks("ballots") == [{order[0]: "leadership", order[1]: "ours"}], page)
    focused = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
    assert focused < page.evaluate("document.getElementById('progress').getBoundingClientRect().top")
    page.get_by_role("button", name="Next open").press("Enter")
    expect(card(page, order[2]).get_by_role("radio").first).to_be_focused()
    context.close()


@SCREENS
def test_every_state_of_the_new_activities_is_accessible(
    named: Room, browser: Browser, width: int, scheme: Scheme
) -> None:
    context = on_a_phone(browser, width, scheme)
    page = join(context, named)
    named.does("condense")
    card(page, DRAINS[0]).get_by_role("button").tap()
    expect(card(page, DRAINS[0])).to_contain_text("noted, unnamed")
    looks_right(page, "bringing together")
    named.does("close")
    expect(page.locator("#closing")).to_be_visible()
    looks_right(page, "closing")
    named.does("seal")
    sees(page, "This is what we named, brought together.")
    looks_right(page, "brought together")
    named.does("sort")
    sees(page, "Before you sort")
    looks_right(page, "before sorting")
    named.does("write")
    for wording, choice in zip(DRAINS, ("Ours", "Leadership", "Nobody here"), strict=False):
        choose(page, wording, choice)
    expect(page.locator("#ballot-state")).to_have_text("saved")
    looks_right(page, "sorting")
    others_sort(named, page, 6, No_time_to_plan_together="leadership", Lunch_with_my_team="nobody")
    named.does("close", "seal", f"placed: {DRAINS[0]} > leadership", f"placed: {DRAINS[1]} > leadership")
    sees(page, "Together: for leadership")
    looks_right(page, "the spread")
    named.does("agree")
    sees(page, "Before you agree")
    looks_right(page, "before agreeing")
    named.does("write")
    choose(page, DRAINS[0], "Yes")
    choose(page, DRAINS[1], "Reword")
    looks_right(page, "agreeing")
    page.get_by_text("Do you lead this group?").tap()
    page.get_by_role("button", name="Yes, I lead this group").tap()
    sees(page, "Here you look on, and that helps.")
    looks_right(page, "looking on")
    named.does("close", "seal")
    sees(page, "This is what the group says to each wording.")
    looks_right(page, "agreed")
    named.does("end")
    sees(page, "This session has ended. Thank you for being here.")
    assert "secret" not in page.evaluate("JSON.stringify(localStorage)")
    context.close()


def test_the_page_without_a_script_doubts_sorts_and_agrees(named: Room, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{named.address}/r/{named.code}/plain/")

    def row(wording: str) -> Any:
        return page.locator(".item").filter(has_text=wording)

    def look() -> None:
        page.get_by_role("button", name="Look again").click()

    named.does("condense")
    look()
    sees(page, "Nobody sees who pressed.")
    row("Being told last").get_by_role("button").click()
    expect(row("Being told last")).to_contain_text("noted, unnamed")
    assert named.looks("doubts") == ["Being told last"]
    row("Being told last").get_by_role("button", name="Take it back").click()
    assert named.looks("doubts") == []
    named.does("close", "seal", "sort", "write")
    look()
    sees(page, "Only how many placed it where, after everyone is done; never who.")
    expect(page.get_by_role("radiogroup", name="Lunch with my team Who can protect this?")).to_be_visible()
    order = page.locator(".item .note-text").all_text_contents()
    row("Being told last").get_by_role("radio", name="Leadership").check()
    row("Lunch with my team").get_by_role("radio", name="Ours").check()
    page.get_by_role("button", name="Save my choices").click()
    sees(page, "2 of 6")
    assert page.locator(".item .note-text").all_text_contents() == order
    row("Lunch with my team").get_by_role("radio", name="Nobody here").check()
    page.get_by_role("button", name="Save my choices").click()
    expect(row("Being told last").get_by_role("radio", name="Leadership")).to_be_checked()
    assert named.looks("ballots") == [{"Being told last": "leadership", "Lunch with my team": "nobody"}]
    page.get_by_text("Do you lead this group?").click()
    page.get_by_role("button", name="Yes, I lead this group").click()
    sees(page, "Here you look on, and that helps.")
    assert named.looks("ballots") == [{}]
    page.get_by_role("button", name="I do not lead this group").click()
    row("Being told last").get_by_role("radio", name="Ours").check()
    named.does("close", "seal")
    page.get_by_role("button", name="Save my choices").click()
    expect(page.get_by_role("alert")).to_be_visible()
    sees(page, "Here is how everyone sorted.")
    sees(page, "Too few people sorted")
    named.does("placed: Being told last > leadership", "agree", "write")
    look()
    row("Being told last").get_by_role("radio", name="Yes").check()
    page.get_by_role("button", name="Save my choices").click()
    sees(page, "1 of 1")
    named.does("close", "seal")
    look()
    expect(row("Being told last")).to_contain_text("agreed")
    context.close()


def test_no_choice_and_no_doubt_travels_in_an_address(sorting: Room, phone: BrowserContext) -> None:
    asked: list[tuple[str, str]] = []
    phone.on("request", lambda request: asked.append((request.url, request.post_data or "")))
    page = join(phone, sorting)
    choose(page, "Being told last", "Leadership")
    expect(page.locator("#ballot-state")).to_have_text("saved")
    (sent,) = [json.loads(body) for url, body in asked if url.endswith("/ballots/")]
    assert list(sent["choices"].values()) == ["leadership"]
    for url, _ in asked:
        assert not any(word in url for word in (sent["secret"], sent["tag"], sent["id"], "leadership", "choices")), url
