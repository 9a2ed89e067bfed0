"""What the desk does reaches every phone, and what phones say the desk, whichever of two servers each of them meets."""

import asyncio
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.desk import Desk
from holdfast.gatherings.rehearsal.wire import Line
from holdfast.keys import random_key
from tests.durability.conftest import NewInstallation, Say
from tests.durability.installation import Installation
from tests.durability.test_several_servers import connections_of
from tests.durability.writers import Busy, Crowd

PHONES, SEED, LOOKS = 12, 90, 6
"""LOOKS: so many new connections meet both servers but once in thirty times, and more often than one of them."""
ASKED = 'name="seat" value="%s"'
TALK = """
INSERT INTO programmes_planitem
    (id, gathering_id, position, activity_key, title, prompt, minutes, kind, mode, columns, make, came)
VALUES (%s, %s, 1, '', 'What surprises you?', '', 10, 'talk', 'spoken', '[]', 'usual', '')
"""


@dataclass(slots=True)
class Session:
    """A room with two servers, a crowd in it, and somebody at the desk whose every press meets any of them."""

    installation: Installation
    crowd: Crowd
    desk: Desk = field(init=False)
    room: int = field(init=False)
    gathering: int = field(init=False)

    def __post_init__(self) -> None:
        """Sign in."""
        self.desk = Desk.of(self.installation.folder, self.installation.port)
        ((self.room, self.gathering),) = self.installation.rows(
            "holdfast", "SELECT id, gathering_id FROM gatherings_room"
        )

    def round(self) -> int:
        """Return the newest activity."""
        newest = "SELECT id FROM gatherings_round ORDER BY position DESC LIMIT 1"
        return int(self.installation.rows("holdfast", newest)[0][0])

    def page(self) -> str:
        """Return the desk as whichever server draws it."""
        self.desk.connection.close()  # the next one is a new one
        return " ".join(self.desk.ask("GET", f"/desk/gatherings/{self.gathering}/room/").split())

    def press(self, path: str, **fields: str | int) -> None:
        """Press a button."""
        self.desk.connection.close()
        self.desk.ask("POST", f"/desk/{path}/", fields=fields)

    async def reaches(self, what: str, true: Callable[[Busy], object], path: str, **fields: str | int) -> None:
        """Press a button and wait until every phone shows what came of it."""
        assert not any(true(phone) for phone in self.crowd.phones), what
        await asyncio.to_thread(self.press, path, **fields)
        await self.crowd.until(lambda: all(true(phone) for phone in self.crowd.phones), what)

    async def shows(self, pattern: str) -> None:
        """Wait until the desk says something, whichever server draws it."""

        def said() -> bool:
            return all(re.search(pattern, self.page()) for _ in range(LOOKS))

        for _ in range(20):
            if await asyncio.to_thread(said):
                return
            await asyncio.sleep(0.2)
        raise AssertionError(f"not on every server: {pattern}")

    async def say_done(self, marks: list[str], *, done: bool) -> None:
        """Say from as many connections as marks that a phone is done, or not yet."""
        for mark in marks:
            phone, line = self.crowd.phones[0], Line(self.installation.url)
            fields = {"ticket": phone.ticket, "round": phone.state["round"]["id"], "mark": mark, "done": done}
            assert (await line.ask("POST", phone.outbox.room + "done/", fields)).status == 200
            line.close()


def began_just_now(installation: Installation) -> None:
    """Let the activity begin now: it was prepared for all tests of the run, perhaps longer ago than it is to take."""
    with installation.connect("holdfast") as server:
        server.execute("UPDATE gatherings_round SET writing_since = now()")


async def hold(installation: Installation) -> int:
    """Hold a session; return how many servers its phones were on."""
    async with Crowd(installation, seed=SEED, phones=PHONES, most=1) as crowd:
        began_just_now(installation)
        await asyncio.to_thread(installation.start)
        await crowd.until(lambda: all(phone.has_written() for phone in crowd.phones), "everybody to have written")
        busy = sum(connections_of(pid) > 2 for pid in installation.servers())
        at = await asyncio.to_thread(Session, installation, crowd)
        room, found = f"rooms/{at.room}", f"rounds/{at.round()}"
        await at.reaches("the pause", lambda phone: phone.state["paused"], f"{room}/pause")
        await at.reaches("its end", lambda phone: not phone.state["paused"], f"{room}/pause/ending")
        longer = {"minutes": 5, "seen": 10}
        await at.reaches(
            "more time", lambda phone: phone.state["round"]["minutes"] == 15, f"{found}/extension", **longer
        )
        marks = [secrets.token_hex(16) for _ in range(6)]
        await at.say_done(marks, done=True)
        await at.shows("5 or more say they are done")
        await at.say_done(marks[:2], done=False)
        await at.shows("<span data-done hidden>")
        await asyncio.to_thread(at.press, f"gatherings/{at.gathering}/kept-for-later", text="The rota for May.")
        await at.shows("The rota for May.")
        await at.reaches("the notes", lambda phone: len(phone.on_screen) == PHONES, f"{found}/reveal", seen="writing")
        await at.reaches("the seal", lambda phone: phone.phase() == "sealed", f"{found}/closure", seen="revealed")
        item = random_key()
        with installation.connect("holdfast") as server:
            server.execute(TALK, [item, at.gathering])
        await at.reaches("talk", lambda phone: phone.state["round"]["kind"] == "talk", f"{room}/rounds", item=item)
        await asyncio.to_thread(at.press, f"rounds/{at.round()}/seats", seats=6, leader=3)
        first = await asyncio.to_thread(seat_of, at)
        await asyncio.to_thread(at.press, f"rounds/{at.round()}/turns", seat=first, did="spoke")
        second = await asyncio.to_thread(seat_of, at)
        assert second != first
        await at.shows(ASKED % second)
        await at.reaches("the end", lambda phone: phone.ended, f"{room}/ending")
        return busy


def seat_of(at: Session) -> int:
    """Return the seat whose turn it is, as a person at the desk reads it."""
    return int(re.findall(ASKED % r"(\d+)", at.page())[0])


def test_the_desk_and_the_phones_of_two_servers_hold_one_session(
    new_shared_installation: NewInstallation, say: Say
) -> None:
    busy = asyncio.run(hold(new_shared_installation()))

    assert busy == 2
    say(f"{PHONES} phones on {busy} servers: pause, more time, done, kept for later, reveal, seal, circle, end")
