"""Takes a small picture of phone, desk and wall for each kind of activity: `python -m tools.kind_pictures`."""

import base64
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.phones import ON_THE_NETWORK, Room, join
from tests.journeys.test_desk_drivers import Phone, come_in, go_to_the_desk
from tools.browser import chromium

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images" / "kinds"
LARGEST = 40_000
WIDTHS = {"phone": 300, "desk": 640, "wall": 640}
SMALLER = """async ([picture, width]) => {
  const image = new Image();
  image.src = picture;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, Math.round(image.height * width / image.width)];
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/webp", .82);
}"""
NOTES = {
    "drains": (
        "The bell rings while I am still with a child who is crying", "Cover with no notice", "Forms nobody reads",
        "Messages at nine in the evening", "Plans that change on the day",
    ),
    "restores": ("Lunch, door closed", "Somebody who says: I’ve got this", "Planning with my year team"),
}  # fmt: skip
NAMES = ("Ada", "Ben", "Cara", "Dev")
WORDS = ("tired, and curious", "here, with a cold", "hopeful", "glad it is this afternoon")
Choose = Callable[[int, Sequence[str]], dict[str, str]]


class Shown(Room):
    """A room whose wall says an address that is no machine's."""

    def start(self) -> None:
        """Start under the name of the pictures; other phones come in past it."""
        self.address = f"http://{ON_THE_NETWORK}"
        super().start()


class Studio:
    """One room with its desk, its wall, a phone that is looked at and seven others."""

    def __init__(self, room: Room, browser: Browser) -> None:
        self.room, self.dark = room, browser.new_page()
        self.desk = come_in(browser, room)
        go_to_the_desk(self.desk)
        self.wall = self.desk.context.new_page()
        self.wall.goto(f"{room.address}{self.desk.get_by_role('link', name='Open the wall').get_attribute('href')}")
        self.phone = join(browser.new_context(viewport={"width": 320, "height": 600}, device_scale_factor=2), room)
        self.wall.set_viewport_size({"width": 1280, "height": 720})
        self.desk.set_viewport_size({"width": 1280, "height": 800})
        room.address = f"http://127.0.0.1:{room.port}"
        self.others = [Phone(room) for _ in range(7)]
        streams = f"{room.address}/r/{room.code}/stream?ticket="
        self.here = [urlopen(f"{streams}{phone.ticket}") for phone in self.others]  # noqa: S310 - so that they count

    def shoot(self, kind: str, *surfaces: str) -> None:
        """Keep a small picture of each surface as it is now."""
        for surface in surfaces or WIDTHS:
            page: Page = getattr(self, surface)
            page.bring_to_front()
            page.emulate_media(reduced_motion="reduce")
            page.wait_for_timeout(900)
            page.evaluate("scrollTo(0, 0)")
            if surface == "desk":
                page.locator("#stage").evaluate("(stage) => scrollBy(0, stage.getBoundingClientRect().top - 24)")
            picture = base64.b64encode(page.screenshot()).decode()
            small = self.dark.evaluate(SMALLER, [f"data:image/png;base64,{picture}", WIDTHS[surface]])
            made = base64.b64decode(small.partition(",")[2])
            if len(made) > LARGEST:
                raise ValueError(f"{kind}-{surface} has {len(made)} bytes")
            (IMAGES / f"{kind}-{surface}.webp").write_bytes(made)
            print(f"  docs/images/kinds/{kind}-{surface}.webp {len(made) // 1000} kB", flush=True)

    def choose(self, said: Choose) -> None:
        """Let the others hand in their ballots."""
        for n, phone in enumerate(self.others):
            phone.hand_in("ballots", choices=said(n, list(phone.items().values())))

    def say(self, *entries: Mapping[str, object]) -> None:
        """Let the others write in the open."""
        for phone, entry in zip(self.others, entries, strict=False):
            phone.hand_in("sayings", **entry)


def written(studio: Studio) -> None:
    """Check-in, talk, gather and bring together."""
    room = studio.room
    room.does("check_in", "write")
    studio.say(*({"name": name, "parts": {"said": words}} for name, words in zip(NAMES, WORDS, strict=True)))
    studio.shoot("check-in", "phone")
    room.does("reveal")
    studio.shoot("check-in", "desk", "wall")
    room.does("finish", "talk")
    studio.shoot("talk")
    room.does("finish", "gather", "write")
    for column, texts in NOTES.items():
        for n, text in enumerate(texts):
            studio.others[n].hand_in("notes", column=column, text=text)
    studio.phone.get_by_role("textbox", name="Your note").fill("My planning time goes into cover")
    studio.phone.get_by_role("button", name="Add", exact=True).click()
    studio.shoot("gather", "phone")
    room.does("look", "accept", "reveal")
    studio.shoot("gather", "desk", "wall")
    room.does("close", "seal", "condense")
    room.does("together: Cover with no notice > Plans that change on the day > We hear of changes too late")
    studio.shoot("condense")


def chosen(studio: Studio) -> None:
    """Sort, agree and prioritise."""
    room = studio.room
    room.does("close", "seal", "sort", "write")
    studio.shoot("sort", "phone")
    studio.choose(
        lambda n, items: {one: ("leadership", "ours", "nobody")[n * at % (1 + at % 3)] for at, one in enumerate(items)}
    )
    room.does("close", "seal")
    studio.shoot("sort", "desk", "wall")
    for at, wording in enumerate(studio.others[0].items()):
        room.does(f"placed: {wording} > {'ours' if at % 2 else 'leadership'}")
    room.does("agree", "write")
    studio.shoot("agree", "phone")
    studio.choose(lambda n, items: {**dict.fromkeys(items, "yes"), **({items[0]: "reword"} if n == 0 else {})})
    room.does("close", "seal")
    studio.shoot("agree", "desk", "wall")
    room.does("prioritise", "write")
    studio.shoot("prioritise", "phone")
    studio.choose(lambda n, items: dict.fromkeys((items[n % 2], items[2 + n // 4]), "dot"))
    room.does("close", "seal")
    for wording in list(studio.others[0].items())[:2]:
        room.does(f"forward: {wording}")
    studio.shoot("prioritise", "desk", "wall")
    room.does("again: consent > forward", "write")
    studio.shoot("consent", "phone")
    steps = ("gladly", "gladly", "mostly", "live", "gladly", "talk", "mostly")
    studio.choose(lambda n, items: {one: steps[n - at] for at, one in enumerate(items)})
    room.does("close", "seal")
    studio.shoot("consent", "desk", "wall")


def said(studio: Studio) -> None:
    """Form, stories, reflect, commit and close."""
    room = studio.room
    room.does("form")
    studio.say(
        {
            "place": "unclear",
            "parts": {"about": "Mails are answered at once", "why": "So that nobody waits", "what": "Within the day"},
        }
    )
    studio.shoot("form")
    room.does("finish", "stories", "write")
    for n, phone in enumerate(studio.others):
        phone.hand_in("notes", column="said", text=f"Somebody who learned to walk again, the {n + 1}. time they tried.")
    studio.shoot("stories", "phone", "wall")
    room.does("look")
    studio.shoot("stories", "desk")
    room.does("accept", "hand", "close", "seal", "reflect")
    studio.shoot("reflect")
    room.does("finish", "commit", "write")
    studio.shoot("commit", "phone")
    promise = {"if": "It is Monday at eight", "then": "I stop at the stairs and breathe"}
    studio.say(*({"name": name, "by_when": "2030-12-02", "parts": promise} for name in NAMES[:3]))
    room.does("reveal")
    studio.shoot("commit", "desk", "wall")
    room.does("finish", "close_round", "ask", "write")
    studio.shoot("close", "phone")
    answers = (("yes", "yes", "partly"), ("yes", "partly", "yes"), ("partly", "yes", "no"))
    for n, phone in enumerate(studio.others):
        phone.hand_in("ballots", choices=dict(zip("123", answers[n % 3], strict=True)))
    room.does("close", "seal")
    studio.shoot("close", "desk", "wall")


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="holdfast-") as folder, sync_playwright() as playwright:
        room = Shown(Path(folder))
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=[f"--host-resolver-rules=MAP {ON_THE_NETWORK} 127.0.0.1:{room.port}"]
        )
        try:
            studio = Studio(room, browser)
            for part in (written, chosen, said):
                part(studio)
        finally:
            browser.close()
            room.stop()


if __name__ == "__main__":
    main()
