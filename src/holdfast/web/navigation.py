"""The places a signed-in person can go: each app names its own when it is ready."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from holdfast.refusals import Words


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation.

    place: where it stands, smallest first; two entries with the same number are ordered by address.
    shown_to: is asked with the signed-in person. opens: how the names of the pages begin that belong to it, wherever
    their addresses lie; empty when they lie below its own.
    """

    label: Words
    url_name: str
    place: int
    shown_to: Callable[[Any], bool]
    opens: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as it is drawn."""

    label: Words
    href: str
    here: bool


_PLACES: dict[str, Place] = {}
_LANGUAGE_CHOICE: list[str] = []


def everybody(person: object) -> bool:
    """Show the entry to whoever is signed in."""
    return True


def register(
    label: Words, url_name: str, *, place: int, shown_to: Callable[[Any], bool] = everybody, opens: str = ""
) -> None:
    """Add an entry; called once by an app when it is ready. The address may not need arguments."""
    _PLACES[url_name] = Place(label, url_name, place, shown_to, opens)


def language_choice() -> str:
    """Return the page on which a signed-in person chooses a language; "" while no app keeps the choice."""
    return reverse(_LANGUAGE_CHOICE[0]) if _LANGUAGE_CHOICE else ""


def choose_language_at(url_name: str) -> None:
    """Name the page with a part `#language` that keeps somebody's choice; called once by the app that does."""
    _LANGUAGE_CHOICE[:] = [url_name]


def links_for(request: HttpRequest) -> list[Link]:
    """Return the entries this person may follow, in order; none for somebody who is not signed in."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    page = request.resolver_match.view_name if request.resolver_match else ""
    owner = next((p.url_name for p in _PLACES.values() if p.opens and page.startswith(p.opens)), "")
    found, answered = [], dict[Callable[[Any], bool], bool]()  # two entries with one question ask it once
    for place in sorted(_PLACES.values(), key=lambda p: (p.place, p.url_name)):
        try:
            href = reverse(place.url_name)
        except NoReverseMatch:  # the app is switched off in this installation
            continue
        if place.shown_to not in answered:
            answered[place.shown_to] = place.shown_to(person)
        if answered[place.shown_to]:
            found.append(Link(place.label, href, here=place.url_name == owner))
    if any(link.here for link in found):
        return found
    addresses = [link.href for link in found]
    return [Link(link.label, link.href, here=_is_here(request.path, link.href, addresses)) for link in found]


def _is_here(path: str, href: str, others: list[str]) -> bool:
    """Tell whether an address is in the part of the product an entry opens.

    An entry that others lie below, such as the first page of the desk, counts only for its own address.
    """
    above_others = any(other != href and other.startswith(href) for other in others)
    return path == href or (path.startswith(href) and not above_others)
