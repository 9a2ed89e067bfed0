"""A phone of 320 pixels gives dots, rates, compares in pairs and answers a proposal, by thumb and by key (D7.1, E4)."""

from playwright.sync_api import Browser, BrowserContext, expect

from tests.journeys.items import card, comes_to_rest, on_a_phone, send, wordings
from tests.journeys.phones import Room, join, sees, until
from tests.journeys.test_phone_page import tab_to

LIST = [
    "We let each other finish",
    "We greet by name",
    "No mail after six",
    "We ask the aides",
    "We end on time",
    "We say it here",
]


def test_D7_1_what_matters_most_is_chosen_in_each_manner_on_one_phone(room: Room, phone: BrowserContext) -> None:
    room.does(f"drains: {' > '.join(LIST)}", "prioritise")
    page = join(phone, room)
    sees(page, "All that is shown is numbers, after everyone is done; never who.")
    sees(page, "You have 2 dots.")
    assert page.evaluate("document.scripts.length") == 2  # what this kind needs came when it was needed
    room.does("write")
    for wording in LIST[:2]:
        card(page, wording).get_by_role("checkbox").tap()
    expect(page.locator("#placed")).to_have_text("All 2 dots are given.")
    card(page, LIST[2]).get_by_role("checkbox").tap()
    sees(page, "All 2 dots are given. Take one back first, then give it to another.")
    expect(card(page, LIST[2]).get_by_role("checkbox")).not_to_be_checked()
    card(page, LIST[0]).get_by_role("checkbox").tap()
    card(page, LIST[2]).get_by_role("checkbox").tap()
    until(lambda: room.looks("ballots")[0][LIST[2]] == "dot" and room.looks("ballots")[0][LIST[0]] == "none", page)
    ids = {item["wording"]: item["id"] for item in page.evaluate("things")}
    for _ in range(5):
        assert send(room, page, "ballots", choices={ids[LIST[2]]: "dot", ids[LIST[3]]: "dot"})["status"] == 201
    leader = send(room, page, "ballots", lead=True, choices={ids[LIST[2]]: "dot"})
    assert (leader["status"], leader["code"]) == (403, "gatherings.leaders_do_not_weigh")
    assert not any(one["weight"] for one in page.evaluate("things"))
    room.does("close", "seal")
    sees(page, "Here is where the dots went.")
    assert wordings(page)[:2] == [LIST[2], LIST[3]]
    expect(card(page, LIST[2]).locator("td.n")).to_have_text("6")
    room.does(f"forward: {LIST[2]}", f"forward: {LIST[3]}", f"forward: {LIST[4]}")
    expect(card(page, LIST[4]).locator(".place")).to_have_text("goes forward")

    room.does("again: pairs > forward", "write")
    sees(page, "Which of these matters more?")
    expect(page.locator("#items li")).to_have_count(3)
    for n in range(3):
        page.locator("#items li").nth(n).get_by_role("radio").first.tap()
        comes_to_rest(page)
    expect(page.locator("#placed")).to_have_text("All 3 compared.")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    room.does("close", "seal")
    sees(page, "Too few people answered to show numbers. Talk about each item instead.")

    room.does("again: consent > forward", "write")
    card(page, LIST[4]).get_by_role("radio", name="I can live with it").tap()
    expect(page.locator("#ballot-state")).to_have_text("saved")
    assert "choices" in page.evaluate("JSON.stringify(localStorage)")
    room.does("close", "seal")
    sees(page, "Here is how well everyone can live with it.")
    assert "choices" not in page.evaluate("JSON.stringify(localStorage)")


def test_E4_a_rating_is_given_with_keys_alone_and_kept_through_a_reload(room: Room, browser: Browser) -> None:
    context = on_a_phone(browser, 390, "dark")
    room.does(f"drains: {' > '.join(LIST[:3])}", "prioritise", "manner: rating", "write")
    page = join(context, room)
    expect(page.locator("#items li")).to_have_count(3)
    first = wordings(page)[0]
    tab_to(page, "radio")
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    until(lambda: room.looks("ballots") == [{first: "4"}], page)
    expect(page.get_by_role("radiogroup", name=first)).to_be_visible()
    page.reload()
    expect(card(page, first).get_by_role("radio", name="4", exact=True)).to_be_checked()
    assert wordings(page)[0] == first  # the order of this phone stays
    context.close()
