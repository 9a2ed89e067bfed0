"""A hand that is raised on one server is seen, called and let down on the other, and by phones on both."""

import asyncio
import secrets
from pathlib import Path

from bench.desk import Desk
from holdfast.gatherings.rehearsal.wire import Line
from holdfast.keys import random_key
from tests.durability.conftest import NewInstallation, Say
from tests.durability.installation import Installation
from tests.durability.test_desk_over_servers import TALK, Session, began_just_now
from tests.durability.writers import Crowd

PHONES, SEED, TRIES = 6, 91, 60


def server_of(installation: Installation, port: int) -> int:
    """Return the process at the other end of a connection from this port of ours."""
    ends = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    theirs = {
        f"socket:[{e[9]}]" for e in ends if e[1].endswith(f":{installation.port:04X}") and e[2].endswith(f":{port:04X}")
    }
    for pid in installation.servers():
        if theirs & {str(fd.readlink()) for fd in Path(f"/proc/{pid}/fd").iterdir() if fd.is_symlink()}:
            return pid
    return 0


async def a_line_to_each(at: Session) -> dict[int, Line]:
    """Open connections until each server has one."""
    lines: dict[int, Line] = {}
    for _ in range(TRIES):
        line = Line(at.installation.url)
        await line.ask("GET", at.crowd.phones[0].outbox.room)
        assert line.kept is not None
        lines[server_of(at.installation, line.kept[1].get_extra_info("sockname")[1])] = line
        if len(lines.keys() - {0}) == 2:
            return lines
    raise AssertionError("one server gets every connection")


def the_desk_on(at: Session, pid: int) -> Desk:
    """Sign in over a connection that one server has."""
    for _ in range(TRIES):
        at.page()
        if server_of(at.installation, at.desk.connection.sock.getsockname()[1]) == pid:
            return at.desk
    raise AssertionError("this server gets no connection")


async def raise_and_call(installation: Installation) -> int:
    """Talk in the open; return how many servers hands were raised on."""
    async with Crowd(installation, seed=SEED, phones=PHONES, most=1) as crowd:
        began_just_now(installation)
        await asyncio.to_thread(installation.start)
        await crowd.until(lambda: all(phone.has_written() for phone in crowd.phones), "everybody to have written")
        at = await asyncio.to_thread(Session, installation, crowd)
        found = f"rounds/{at.round()}"
        await asyncio.to_thread(at.press, f"{found}/reveal", seen="writing")
        await at.reaches("the seal", lambda phone: phone.phase() == "sealed", f"{found}/closure", seen="revealed")
        item = random_key()
        with installation.connect("holdfast") as server:
            server.execute(TALK, [item, at.gathering])
        talk = f"rooms/{at.room}/rounds"
        await at.reaches("talk", lambda phone: phone.state["round"]["kind"] == "talk", talk, item=item)
        lines = await a_line_to_each(at)
        one, other = [pid for pid in lines if pid]
        await cross(at, lines[one], the_desk=other)
        await cross(at, lines[other], the_desk=one)
        for line in lines.values():
            line.close()
        return len({one, other})


async def cross(at: Session, line: Line, *, the_desk: int) -> None:
    """Raise two hands on one server; at a desk on the other call the first. Its phone lets the second down."""
    desk = await asyncio.to_thread(the_desk_on, at, the_desk)
    page, found = f"/desk/gatherings/{at.gathering}/room/", at.round()
    phone = at.crowd.phones[0]
    hands = [{"id": str(random_key()), "secret": secrets.token_hex(16)} for _ in range(2)]

    async def says(words: str) -> None:
        for _ in range(50):
            drawn = " ".join((await asyncio.to_thread(desk.ask, "GET", page)).split())
            if words in drawn:
                assert server_of(at.installation, desk.connection.sock.getsockname()[1]) == the_desk
                return
            await asyncio.sleep(0.1)
        raise AssertionError(words)

    async def send(hand: dict[str, str], *, up: bool) -> None:
        about = {"ticket": phone.ticket, "round": str(found), "up": up}
        assert (await line.ask("POST", phone.outbox.room + "hands/", {**about, **hand})).status in {200, 201}

    async def all_phones_see(*wanted: tuple[str, int]) -> None:
        same = lambda: all([tuple(h) for h in p.state["round"]["hands"]] == list(wanted) for p in at.crowd.phones)  # noqa: E731
        await at.crowd.until(same, f"{len(wanted)} hands on every phone")

    await says("No hand is up.")
    for hand in hands:
        await send(hand, up=True)
    first, second = (hand["id"] for hand in hands)
    await says("2 hands are up")
    await all_phones_see((first, 0), (second, 0))
    await asyncio.to_thread(desk.ask, "POST", f"/desk/rounds/{found}/hands/", fields={"did": "next", "seen": "0"})
    await says("Now the hand that was called")
    await all_phones_see((first, 1), (second, 0))
    await send(hands[1], up=False)
    await all_phones_see((first, 1))
    await asyncio.to_thread(desk.ask, "POST", f"/desk/rounds/{found}/hands/", fields={"did": "down", "seen": first})
    await says("No hand is up.")
    await all_phones_see()


def test_B3_a_hand_raised_on_one_server_is_called_at_a_desk_on_the_other(
    new_shared_installation: NewInstallation, say: Say
) -> None:
    crossed = asyncio.run(raise_and_call(new_shared_installation()))

    say(f"hands raised on each of {crossed} servers, called on the other, let down, seen by {PHONES} phones")
    assert crossed == 2
