"""Asking unknown authors on real phones: the holder alone is offered a box, and every phone sends an envelope."""

import os
from functools import partial

from playwright.sync_api import Browser, Page, Request, expect

from tests.journeys.phones import Room, add, join, own, says, sees
from tests.journeys.test_phone_page import looks_right

QUESTION = "Which hour is the hardest?"
ANSWER = "The last one, when the cover has gone."
SHOTS = os.environ.get("SHOTS", "")


def watch(up: list[tuple[Page, int]], page: Page, request: Request) -> None:
    """Write down which phone sends an envelope, and of how many bytes."""
    if request.url.endswith("/envelopes/"):
        up.append((page, len(request.post_data_buffer or b"")))


def shot(page: Page, name: str) -> None:
    """Keep a picture to look at, when somebody wants to."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def test_an_unknown_author_answers_in_an_envelope_among_those_of_every_phone(room: Room, browser: Browser) -> None:
    contexts = [
        browser.new_context(viewport={"width": 320, "height": 800}, color_scheme=scheme)
        for scheme in ("light", "dark", "light")
    ]
    author, other, third = pages = [join(context, room) for context in contexts]
    up: list[tuple[Page, int]] = []
    for page in pages:
        page.on("request", partial(watch, up, page))
    room.does("gather", "write")
    for page, text in zip(pages, ("Cover with no notice.", "Two", "Three"), strict=True):
        add(page, text)
        says(page, text, "saved")
    room.does("look", "accept", "reveal")
    for page in pages:
        sees(page, "Here is what everyone wrote, mixed.")

    room.does(f"asked: Cover with no notice. > {QUESTION}")
    for page in pages:
        sees(page, "If it is yours, the question stands at your own note")
        sees(page, QUESTION)
    box = own(author, "Cover with no notice.").locator(".question")
    expect(box.get_by_text("Asked about your note:")).to_be_visible()
    assert other.locator(".question").count() == third.locator(".question").count() == 0
    looks_right(author, "asked")
    looks_right(other, "somebody was asked")
    shot(author, "asked-320-light")
    shot(other, "other-320-dark")
    box.get_by_role("textbox").fill(ANSWER)
    box.get_by_role("button", name="Put it in my envelope").click()
    expect(box.get_by_text("This lies in the envelope on your phone.")).to_be_visible()
    author.reload()
    box = own(author, "Cover with no notice.").locator(".question")
    expect(box.get_by_text(ANSWER)).to_be_visible()
    assert up == []  # nothing goes up before every phone sends

    room.does("envelopes")
    expect(box.get_by_text("Saved, among the envelopes of every phone.")).to_be_visible(timeout=15_000)
    for _ in range(100):
        if len(up) == 3:
            break
        author.wait_for_timeout(100)
    assert {page for page, _ in up} == set(pages)
    assert {size for _, size in up} == {2048}
    room.does("accept_answers")
    for page in pages:
        expect(page.locator("#everyone").get_by_text(ANSWER)).to_be_visible()
    looks_right(author, "answered")
    shot(author, "answered-320-light")
    for context in contexts:
        context.close()
