"""From an empty installation to a programme with dates, people and a launch kit, in minutes, in both languages."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, Locator, Page, expect

from tests.durability.installation import free_port
from tests.journeys.desks import House
from tests.journeys.languages import ENGLISH, SHOWN
from tests.journeys.seen import violations
from tests.journeys.test_room_journey import RULES

pytestmark = pytest.mark.journey
TEN_MINUTES = 600
READING, PRESSING, TYPING = 15.0, 3.0, 0.5
"""Seconds somebody takes who sees all of it for the first time: for a page, for a press, for a letter."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One empty installation for both coordinators; neither sees anything of the other's."""
    house = House(tmp_path_factory.mktemp("first-day"), free_port(), prepared_by="tests.journeys.coordinators")
    yield house
    house.stop()


class Coordinator:
    """Somebody at a desk who reads each page, and how many seconds that has taken so far."""

    def __init__(self, browser: Browser, language: str) -> None:
        self.language, self.seconds = language, 0.0
        self.looked_at: set[str] = set()
        zone = "America/Chicago"
        scheme: Literal["light", "dark"] = "light" if language == "en" else "dark"
        context = browser.new_context(
            locale=language, viewport={"width": 390, "height": 844}, timezone_id=zone, color_scheme=scheme,
            reduced_motion="reduce",
        )  # fmt: skip
        self.page: Page = context.new_page()

    def says(self, words: str) -> str:
        """Return a sentence of the interface in the language of this coordinator."""
        with translation.override(self.language):
            return gettext(words)

    def reads(self, title: str) -> None:
        """Arrive at a page; it is sound, fits a phone, and speaks one language."""
        self.seconds += READING
        page = self.page
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(re.escape(title)))
        expect(page.locator("html")).to_have_attribute("lang", self.language)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), title
        kind = re.sub(r"\d+", "", page.url)
        if kind in self.looked_at:
            return
        self.looked_at.add(kind)
        assert violations(page, rules=RULES) == [], title
        if self.language == "es":
            assert [text for text in page.evaluate(SHOWN) if ENGLISH.search(text)] == [], title

    def presses(self, thing: Locator) -> None:
        """Press a button or a link."""
        self.seconds += PRESSING
        thing.first.click()

    def follows(self, words: str) -> None:
        """Follow a link of the page."""
        self.presses(self.page.locator("main").get_by_role("link", name=self.says(words)))

    def saves(self, words: str = "Save") -> None:
        """Press the button of a form."""
        self.presses(self.page.locator("main").get_by_role("button", name=self.says(words), exact=True))

    def types(self, label: str, words: str) -> None:
        """Fill a box."""
        self.seconds += PRESSING + TYPING * len(words)
        self.page.locator("main").get_by_label(self.says(label)).first.fill(words)

    def chooses(self, label: str, choice: str) -> None:
        """Choose from a list by what it says."""
        self.seconds += 2 * PRESSING
        self.page.get_by_label(self.says(label), exact=True).first.select_option(label=self.says(choice))


@pytest.mark.parametrize("language", ["en", "es"])
def test_E1_a_coordinator_starts_a_programme_in_less_than_ten_minutes(
    browser: Browser, house: House, language: str
) -> None:
    she = Coordinator(browser, language)
    she.page.goto(house.links[language])
    she.saves("Sign in")
    expect(she.page.locator("main")).to_contain_text(she.says("No site yet."))

    adds_a_group_with_its_people(she)
    starts_with_a_school_day_in_the_week(she)
    gives_every_section_a_date_around_a_closed_week(she)
    takes_the_invitation_along(she)

    she.page.goto(f"{house.address}/desk/")
    overview = she.page.locator("main")
    expect(overview).not_to_contain_text(she.says("no programme yet"))
    expect(overview).not_to_contain_text(she.says("nobody facilitates"))
    assert she.seconds < TEN_MINUTES, she.seconds
    she.page.context.close()


def adds_a_group_with_its_people(she: Coordinator) -> None:
    """Add a site, which is offered in the device's own time zone, a group, a leader and two facilitators."""
    she.follows("Add a site")
    she.reads(she.says("Add a site"))
    expect(she.page.get_by_label(she.says("Time zone"))).to_have_value("America/Chicago")
    she.types("Name", "Eastside")
    she.saves()
    she.reads("Eastside")
    she.follows("Add a group")
    she.types("Name", "Grade 3")
    she.saves()
    she.reads("Grade 3")
    for role, name in (("Leader", "Lena Ortiz"), ("Facilitator", "Ada Kim"), ("Facilitator", "Joel Roy")):
        she.follows("Add somebody to this group")
        she.chooses("Role", role)
        she.types("Name", name)
        she.saves()
        she.reads(name)
        she.page.get_by_role("navigation").get_by_role("link", name=she.says("People"), exact=True).first.click()
        she.presses(she.page.get_by_role("link", name="Grade 3"))


def starts_with_a_school_day_in_the_week(she: Coordinator) -> None:
    """Start with three answers from the first page; the only group is chosen already."""
    she.presses(she.page.get_by_role("link", name=she.says("Home"), exact=True))
    she.follows("Start a programme")
    she.reads(she.says("Start a programme"))
    she.chooses("Where you work", "A school")
    she.saves("Start the programme")
    she.reads(she.says("Getting ready"))


def gives_every_section_a_date_around_a_closed_week(she: Coordinator) -> None:
    """Close a week, see that no date is proposed in it, and accept all."""
    she.follows("Dates for the sections")
    she.reads(she.says("Dates for the sections"))
    second = she.page.locator("input[name=s2-0-day]").input_value()
    she.follows("Holidays, exams and other closed days")
    she.types("What it is", "Exámenes")
    first = date.fromisoformat(second) - timedelta(days=1)
    for label, day in (("First day", first), ("Last day", first + timedelta(days=3))):
        she.types(label, day.isoformat())
    she.saves("Close them")
    she.reads(she.says("Closed days"))
    she.follows("Dates for the sections")
    assert she.page.locator("input[name=s2-0-day]").input_value() not in {"", second}
    she.saves("Accept all ticked dates")
    she.reads(she.says("Getting ready"))


def takes_the_invitation_along(she: Coordinator) -> None:
    """Open the launch kit; what it says is true of this group."""
    she.follows("Launch kit")
    she.reads(she.says("Launch kit"))
    expect(she.page.locator("main")).to_contain_text("Grade 3")
