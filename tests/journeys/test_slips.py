"""One person, one voice: phones that scan slips, share one, lose one, and never have a second ballot (D4.1, E3, E4)."""

from playwright.sync_api import Browser, BrowserContext, expect

from tests.journeys.items import choose, on_a_phone
from tests.journeys.phones import Room, sees, until


def test_D4_1_two_people_share_a_phone_and_a_slip_on_two_phones_is_one_ballot(
    named: Room, phone: BrowserContext, browser: Browser
) -> None:
    named.does("sort")
    mine, theirs = named.looks("slips")
    named.does("write")
    page, asked = phone.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{named.address}/r/{named.code}/")
    sees(page, "Scan your slip with the camera, or type its twelve letters.")  # the code alone lets nobody in
    page.get_by_role("textbox").fill(mine[:5])
    page.get_by_role("button", name="Come in").tap()
    sees(page, "A slip has 12 letters, and here are 5.")
    expect(page.get_by_role("textbox")).to_have_value(mine[:5])
    page.get_by_role("textbox").fill(f"{mine[:4].lower()} {mine[4:8]}-{mine[8:]}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Come in").tap()
    choose(page, "Being told last", "Ours")
    until(lambda: named.looks("ballots") == [{"Being told last": "ours"}], page)

    page.goto(f"{named.address}/slip/#{theirs}")
    sees(page, "Another slip was used on this phone for this session.")
    assert "#" not in page.url
    page.get_by_role("button", name="Go on with this slip").tap()
    expect(page.get_by_role("radio", name="Ours").first).not_to_be_checked()
    choose(page, "Being told last", "Nobody here")
    both = [{"Being told last": "nobody"}, {"Being told last": "ours"}]
    until(lambda: sorted(named.looks("ballots"), key=str) == both, page)

    other = on_a_phone(browser, 390, "dark")
    second = other.new_page()
    second.goto(f"{named.address}/slip/#{mine}")
    choose(second, "Being told last", "Leadership")
    until(lambda: {"Being told last": "leadership"} in named.looks("ballots"), second)
    assert len(named.looks("ballots")) == 2
    watched = [url for url in asked if "/stream" in url or "/poll" in url]
    assert watched
    assert not [url for url in asked if "~" in url or "%7E" in url or mine in url or theirs in url]
    other.close()
