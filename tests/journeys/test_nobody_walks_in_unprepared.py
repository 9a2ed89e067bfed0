"""A leader and a facilitator get ready for session 5 on a phone, in English and in Spanish."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.durability.installation import free_port
from tests.journeys.desks import House
from tests.journeys.languages import Spoken

pytestmark = pytest.mark.journey
CAST = {"en": ("Amara", "Bo"), "es": ("Lucía", "Fay")}
"""By language, who leads a group and who facilitates it."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server with a school of each language, once for the file: each story looks at something else."""
    house = House(tmp_path_factory.mktemp("house"), free_port(), "tests.journeys.leaders")
    yield house
    house.stop()


@pytest.fixture(params=["en", "es"])
def say(request: pytest.FixtureRequest) -> Spoken:
    """The language of a story."""
    return Spoken(request.param)


@pytest.fixture
def phone(browser: Browser, say: Spoken) -> Iterator[BrowserContext]:
    """A phone that asks for this language, in the narrowest make there is."""
    context = browser.new_context(viewport={"width": 320, "height": 700}, locale=say.language)
    yield context
    context.close()


def arrive(phone: BrowserContext, house: House, say: Spoken, name: str) -> Page:
    """Come to somebody's first page. A link signs in once: the next story goes on with the cookies of the first."""
    page = phone.new_page()
    if link := house.links.pop(name, ""):
        page.goto(link)
        page.get_by_role("button", name=say("Sign in")).click()
        page.goto(f"{house.address}/desk/")
        phone.storage_state(path=house.folder / f"{name}.json")
    else:
        phone.add_cookies(json.loads((house.folder / f"{name}.json").read_text())["cookies"])
    page.goto(f"{house.address}/desk/")
    return page


def test_A1_E8_a_leader_is_ready_for_session_5_after_one_page_on_the_phone(
    house: House, phone: BrowserContext, say: Spoken
) -> None:
    leader, _facilitator = CAST[say.language]
    page = arrive(phone, house, say, leader)
    say.is_clean_on(page)
    page.get_by_role("link", name=say("Open your part")).click()
    expect(page.get_by_role("heading", name=say("Before the session"))).to_be_visible()
    say.is_clean_on(page)
    before = page.locator("#before .asked")
    assert before.count() >= 3
    for n in range(before.count()):
        before.nth(n).get_by_role("button", name=say("I am ready")).press("Enter")
        expect(before.nth(n).get_by_text(say("ready"), exact=True)).to_be_visible()
    say.is_clean_on(page)
    page.goto(f"{house.address}/desk/")
    expect(page.get_by_text(say("You are ready for it."))).to_be_visible()
    # Noted in one tap, without leaving the first page for long.
    page.get_by_text(say("Note something for later")).click()
    page.get_by_label(say("What to say more clearly, later")).fill("Señal: 15:30")
    page.get_by_role("button", name=say("Add to my list")).click()
    expect(page.get_by_text(say("still to be said"))).to_be_visible()
    say.is_clean_on(page)


def test_A1_B2_a_touch_base_takes_five_minutes_from_its_day_to_what_was_agreed(
    house: House, phone: BrowserContext, say: Spoken
) -> None:
    leader, facilitator = CAST[say.language]
    page = arrive(phone, house, say, facilitator)
    page.get_by_role("link", name=say("Programmes"), exact=True).click()
    page.locator("main a.card").first.click()
    page.get_by_role("link", name=say("Touch-bases")).click()
    say.is_clean_on(page)
    page.get_by_role("button", name=say("Accept these days")).click()
    page.locator(".rows a").first.click()
    expect(page.get_by_role("heading", name=say("Endorse: what the leader stands behind beforehand"))).to_be_visible()
    expect(page.get_by_role("heading", name=say("What the leader chose to share"))).to_be_visible()
    expect(page.get_by_role("link", name="PDF, A4")).to_be_visible()
    say.is_clean_on(page)
    page.get_by_label(say("Notes")).fill("15:30")
    page.get_by_label(say("We agreed")).first.fill("Señal a tiempo")
    page.get_by_label(say("Who looks after it")).first.fill(leader)
    page.get_by_role("button", name=say("We talked")).click()
    expect(page.get_by_text(say("It is kept. What was agreed comes up the next time."))).to_be_visible()
    expect(page.get_by_text("Señal a tiempo").first).to_be_visible()
    say.is_clean_on(page)
    page.goto(f"{house.address}/desk/")
    expect(page.get_by_role("button", name=say("We have caught up"))).to_have_count(0)


def test_E8_the_plan_of_a_60_minute_session_becomes_45_on_the_phone(
    house: House, phone: BrowserContext, say: Spoken
) -> None:
    _leader, facilitator = CAST[say.language]
    page = arrive(phone, house, say, facilitator)
    page.get_by_role("link", name=say("Programmes"), exact=True).click()
    page.locator("main a.card").first.click()
    page.locator(".pathway a[href*='/gatherings/']:not([href*='/new/'])").last.click()
    expect(page.locator(".plan__fit")).not_to_contain_text(say.minutes(45))
    page.get_by_label(say("Time for the plan")).select_option("45")
    page.get_by_role("button", name=say("Make it fit")).click()
    made = say("Make it fit %(time)s", time=say.minutes(45))
    expect(page.get_by_role("heading", level=1)).to_have_text(made)
    say.is_clean_on(page)
    page.get_by_role("button", name=say("Do all of this")).press("Enter")
    expect(page.locator(".plan__fit")).to_contain_text(say.minutes(45))
    expect(page.locator(".plan__fit .status")).to_have_attribute("data-tone", "done")
    say.is_clean_on(page)
