"""Fifteen items sorted in one hand, whatever the network does; the numbers afterwards, and never who (D4.1, E3)."""

import json

from playwright.sync_api import Browser, BrowserContext, expect

from tests.journeys.items import FIFTEEN, card, choose, comes_to_rest, on_a_phone, others_sort, wordings
from tests.journeys.phones import Room, join, sees, until
from tests.journeys.test_phone_page import tab_to


def test_fifteen_items_are_sorted_under_one_thumb_in_well_under_two_minutes(room: Room, phone: BrowserContext) -> None:
    room.does(f"drains: {' > '.join(FIFTEEN[0])}", f"restores: {' > '.join(FIFTEEN[1])}", "sort")
    page = join(phone, room)
    sees(page, "All that is shown is how many placed it where, after everyone is done; never who.")
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
        comes_to_rest(page)  # a person reads now
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
    expect(card(page, "Being told last")).to_contain_text("You do not all see this alike.")
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


def test_sorting_by_keyboard_stays_where_the_focus_is(sorting: Room, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 640})
    page = join(context, sorting)
    expect(page.locator("#items li")).to_have_count(6)
    order = wordings(page)
    tab_to(page, "radio")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    comes_to_rest(page)
    expect(card(page, order[0]).get_by_role("radio", name="Leadership")).to_be_focused()
    page.keyboard.press("Tab")
    expect(card(page, order[1]).get_by_role("radio").first).to_be_focused()
    page.keyboard.press("Space")
    until(lambda: sorting.looks("ballots") == [{order[0]: "leadership", order[1]: "ours"}], page)
    comes_to_rest(page)
    focused = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
    assert focused < page.evaluate("document.getElementById('progress').getBoundingClientRect().top")
    page.get_by_role("button", name="Next open").press("Enter")
    expect(card(page, order[2]).get_by_role("radio").first).to_be_focused()
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
