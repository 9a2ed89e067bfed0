"""A story told in English and once more in Spanish: the same steps, the interface's own words, and no English left."""

import re
from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext, ngettext
from playwright.sync_api import Page

from tests.journeys.seen import violations

ENGLISH = re.compile(r"\b(the|and|with|you|your|they|this|that|who|what|is|are)\b", re.IGNORECASE)
SHOWN = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && !one.closest("[dir=auto], select"))
  .flatMap((one) => [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent.trim()))
  .filter(Boolean)"""


class Spoken:
    """The words of the interface in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, words: str, **named: object) -> str:
        """Return a sentence of the interface, with what it is about."""
        with translation.override(self.language):
            said = gettext(words)
        assert self.language == "en" or said != words, words
        return said % named if named else said

    def minutes(self, count: int) -> str:
        """Return so many minutes."""
        with translation.override(self.language):
            return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}

    def is_spoken_on(self, page: Page, *, but: Sequence[str] = ()) -> None:
        """Hold a page to the language. but: names that are written the same in both."""
        assert page.locator("html").get_attribute("lang") == self.language
        shown = page.evaluate(SHOWN)
        assert len(shown) > 5
        if self.language != "en":
            found = [text for text in shown if ENGLISH.search(text)]
            left = [text for text in found if text not in but]
            assert left == [], f"{page.url} says {left}"

    def is_clean_on(self, page: Page) -> None:
        """Hold a page to the language, to what axe knows, and to the width of the phone."""
        self.is_spoken_on(page)
        assert violations(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
