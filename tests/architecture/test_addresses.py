"""Addresses are made of the words of the glossary, and every address is written down."""

import re

from holdfast.config.routes import ROUTES
from tests.architecture.tree import ROOT, layers

GLOSSARY = ROOT / "docs" / "reference" / "words.md"
CONVERTER = re.compile(r"<[^>]+>")


def words_of(pattern: str) -> set[str]:
    """Return the fixed words of an address."""
    return {word for word in re.split(r"[/.]", CONVERTER.sub("", pattern)) if word}


def known_words() -> set[str]:
    """Return the words the glossary allows in addresses: everything it sets in code type."""
    return set(re.findall(r"`([a-z-]+)`", GLOSSARY.read_text(encoding="utf-8")))


def test_addresses_use_the_words_of_the_glossary() -> None:
    assert words_of("desk/rounds/<int:round_id>/reveal/") == {"desk", "rounds", "reveal"}
    assert len(ROUTES) > 10
    strange = {route.name: words for route in ROUTES if (words := words_of(route.pattern) - known_words())}
    assert strange == {}


def test_a_route_is_named_after_its_app_and_written_once() -> None:
    apps = {app for layer in layers() for app in layer}
    names = [route.name for route in ROUTES]
    assert len(names) == len(set(names))
    assert [name for name in names if "." in name and name.split(".")[0] not in apps] == []


def test_signed_in_pages_live_where_their_cookies_live() -> None:
    outside = [r.name for r in ROUTES if r.access == "signed_in" and not r.pattern.startswith("desk/")]
    assert outside == []
