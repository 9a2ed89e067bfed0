"""A page that the server drew in time and that arrives late, when what came by the stream is newer."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import APIResponse, Page, Route


@contextmanager
def a_page_that_takes_its_time(page: Page, *, says: str) -> Iterator[list[tuple[Route, APIResponse]]]:
    """Hold back the page that is drawn again next, until what comes by the stream is newer. Yields what is held.

    says: what stands on the page that is held, and what is no longer so when it arrives.
    """
    held: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        held.append((route, route.fetch()))

    page.route(page.url, hold, times=1)
    yield held
    ((route, drawn),) = held
    assert says in drawn.text()
    route.fulfill(response=drawn)
