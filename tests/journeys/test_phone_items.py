"""Bringing together and agreeing on a phone, leaders who look on, and all of it as plain forms (D4.1, D4.2, E3)."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, expect

from tests.journeys.items import DRAINS, card, choose, comes_to_rest, on_a_phone, others_sort, send
from tests.journeys.phones import Room, join, sees, until
from tests.journeys.test_desk_drivers import Phone
from tests.journeys.test_phone_page import SCREENS, Scheme, looks_right


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
    comes_to_rest(page)
    after = reading.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 3


def test_the_group_reads_each_wording_and_sees_agreed_or_not_yet(sorting: Room, phone: BrowserContext) -> None:
    page = join(phone, sorting)
    sorting.does("close", "seal")
    for wording in DRAINS[:3]:
        sorting.does(f"placed: {wording} > leadership")
    sorting.does("agree")
    sees(page, "Nobody sees who said what, and nobody sees how many.")
    sorting.does("write")
    expect(page.locator("#items .note-text")).to_have_text(DRAINS[:3])
    choose(page, DRAINS[0], "Yes")
    choose(page, DRAINS[1], "Reword")
    expect(card(page, DRAINS[1])).to_contain_text("Say aloud what would fit better, or wait")
    choose(page, DRAINS[2], "No")
    expect(page.locator("#placed")).to_have_text("All 3 answered.")
    expect(page.locator("#ballot-state")).to_have_text("saved")
    others_sort(sorting, page, 2, No_time_to_plan_together="yes")  # one person alone never agrees for a group
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
    sees(page, "All that is shown is how many placed it where, after everyone is done; never who.")
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
    for other in (Phone(named), Phone(named)):  # one person alone never agrees for a group
        other.hand_in("ballots", choices={other.items()["Being told last"]: "yes"})
    named.does("close", "seal")
    look()
    expect(row("Being told last")).to_contain_text("agreed")
    context.close()
