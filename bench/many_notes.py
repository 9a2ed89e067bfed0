"""A room of 2,000 notes on a slow phone, beside a bare page with the same: `python -m bench --only many-notes`."""

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from random import Random
from statistics import median
from threading import Thread
from typing import TYPE_CHECKING, Any

from bench import prepare
from bench.rows import Row
from bench.runs import Bench

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NOTES, WRITERS, SLOWER, TIMES = 2_000, 10, 4, 3
"""SLOWER: how many times slower than here the processor of the phone is."""
BUDGET = 2.0
WORDS = ("plan", "cover", "door", "lunch", "bell", "notes", "phone", "class", "form", "hall", "desk", "child", "shift")
OPENED = """async ([selector, wanted]) => {
  await new Promise((done) => {
    const look = () => document.querySelectorAll(selector).length >= wanted && (watch.disconnect(), done());
    const watch = new MutationObserver(look);
    watch.observe(document, { childList: true, subtree: true });
    look();
  });
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() / 1000;
}"""
SCROLLED = """async () => {
  let slowest = 0, last = performance.now();
  for (let n = 0; n < 40; n += 1) {
    scrollBy(0, innerHeight);
    await new Promise((done) => requestAnimationFrame(done));
    slowest = Math.max(slowest, performance.now() - last);
    last = performance.now();
  }
  return slowest;
}"""


@dataclass(frozen=True, slots=True)
class Opened:
    """One visit. first, whole: seconds until a screenful and until everything is painted. frame: ms, the slowest."""

    first: float
    whole: float
    frame: float


def many_notes(bench: Bench) -> Row:
    """How long a phone takes to open a room in which 2,000 notes are shown."""
    what, budget = f"{NOTES:,} notes on a phone {SLOWER} times slower", f"all there within {BUDGET:g} s"
    with bench.room(bench.product, 1), a_browser() as browser:
        if browser is None:
            return Row(what, budget, "not measured: there is no Chromium here", None)
        write(bench.port)
        room = f"http://127.0.0.1:{bench.port}/r/{prepare.CODE}/"
        pairs = [
            (visit(browser, room, "#everyone li", ""), visit(browser, room + "bare", "p", bare())) for _ in range(TIMES)
        ]
    ours, theirs = (typical([pair[n] for pair in pairs]) for n in (0, 1))
    bench.say(f"  {NOTES:,} notes: {ours}, bare {theirs}")
    return Row(
        what,
        budget,
        f"the first after {ours.first:.2f} s, all after {ours.whole:.2f} s, slowest frame {ours.frame:.0f} ms; "
        f"bare page {theirs.whole:.2f} s and {theirs.frame:.0f} ms; ratio {ours.whole / theirs.whole:.1f}",
        ours.whole <= BUDGET,
    )


def visit(browser: "Browser", address: str, selector: str, page_instead: str) -> Opened:
    """Open an address as a phone does for the first time. page_instead: what stands there, "" for the server's own."""
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, is_mobile=True, has_touch=True, device_scale_factor=2
    )
    page = context.new_page()
    if page_instead:
        page.route(address, lambda route: route.fulfill(body=page_instead, content_type="text/html"))
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="commit")
    first = page.evaluate(OPENED, [selector, 10])
    whole = page.evaluate(OPENED, [selector, NOTES])
    page.wait_for_timeout(500)
    seen = Opened(first, whole, page.evaluate(SCROLLED))
    context.close()
    return seen


def typical(visits: list[Opened]) -> Opened:
    """Return the middle of each figure."""
    return Opened(*(median(getattr(one, name) for one in visits) for name in ("first", "whole", "frame")))


def words(number: int) -> str:
    """Return a note nobody else writes, of a length people write."""
    rng = Random(number)
    return f"{' '.join(rng.choices(WORDS, k=rng.randint(3, 22)))} {number}"


def bare() -> str:
    """Return a page that holds the same words and nothing else."""
    head = '<!doctype html><meta name="viewport" content="width=device-width, initial-scale=1"><body>'
    return head + "".join(f"<p>{words(number)}</p>" for number in range(NOTES))


def write(port: int) -> None:
    """Write 2,000 notes, each as a phone of its own."""
    phone = HTTPConnection("127.0.0.1", port)
    ticket = ask(phone, "POST", "tickets/", {"lead": False})["ticket"]
    events = ask(phone, "GET", f"poll?ticket={ticket}")
    found = next(one["data"] for one in events if one["event"] == "state")["round"]
    columns = [column["key"] for column in found["columns"]]
    about = {"ticket": ticket, "round": found["id"], "rev": 1}

    def some(first: int) -> None:
        line = HTTPConnection("127.0.0.1", port)
        for number in range(first, NOTES, WRITERS):
            own = {"id": str(secrets.randbits(62) + 1), "secret": secrets.token_hex(16), "tag": secrets.token_hex(16)}
            ask(line, "POST", "notes/", {**about, **own, "column": columns[number % 2], "text": words(number)})

    writers = [Thread(target=some, args=(n,)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()


def ask(line: HTTPConnection, method: str, path: str, body: object = None) -> Any:
    """Ask the room something. Raises RuntimeError when it says no."""
    line.request(method, f"/r/{prepare.CODE}/{path}", json.dumps(body), {"Content-Type": "application/json"})
    answer = line.getresponse()
    text = answer.read()
    if answer.status not in {200, 201}:
        raise RuntimeError(f"{path}: {answer.status} {text[:100]!r}")
    return json.loads(text)


@contextmanager
def a_browser() -> Iterator["Browser | None"]:
    """Open Chromium on any core: it has several processes, and a phone has several cores; None where there is none."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this row needs it

    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        yield None
        return
    core = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        os.sched_setaffinity(0, core)
        yield browser
        browser.close()
