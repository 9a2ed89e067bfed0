"""A proxy that behaves like bad Wi-Fi: it cuts, swallows, delays, reorders and holds back, drawn from a seed."""

import asyncio
import threading
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from random import Random

LIMIT = 2**22
GONE = (OSError, EOFError, ValueError, asyncio.LimitOverrunError)
End = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Fault(StrEnum):
    """What the network does to one request."""

    LOST = "lost on the way there"
    CUT = "cut in the middle of the answer"
    UNANSWERED = "dropped after the commit, before the answer"
    LATE = "arrives after what was sent later"
    HALF_OPEN = "half-open: nothing comes back"
    SLOW = "two seconds late"


ODDS: Mapping[Fault, float] = {
    Fault.LOST: 0.03,
    Fault.CUT: 0.06,
    Fault.UNANSWERED: 0.06,
    Fault.LATE: 0.06,
    Fault.HALF_OPEN: 0.01,
    Fault.SLOW: 0.02,
}
"""How likely each is, for one request; the rest passes as it should."""


@dataclass(slots=True)
class Chaos:
    """One proxy in front of one server.

    holds_back: bytes of a stream it collects before it hands any on. deaf: streams stay open, and nothing comes.
    """

    to: int
    seed: int
    odds: Mapping[Fault, float] = field(default_factory=lambda: ODDS)
    holds_back: int = 0
    deaf: bool = False
    port: int = 0
    met: Counter[Fault] = field(default_factory=Counter)
    streams: int = 0
    open_streams: int = 0
    _numbers: Iterator[int] = field(default_factory=count)
    _late: set["asyncio.Task[None]"] = field(default_factory=set)
    _meetings: set["asyncio.Task[None]"] = field(default_factory=set)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Chaos"]:
        """Stand between phones and server."""
        server = await asyncio.start_server(self._met, "127.0.0.1", self.port, limit=LIMIT)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for task in self._meetings:
                task.cancel()
            await asyncio.gather(*self._meetings, return_exceptions=True)

    @property
    def url(self) -> str:
        """Return the address phones are given."""
        return f"http://127.0.0.1:{self.port}"

    async def until_nothing_is_late(self) -> None:
        """Wait for the copies that are still on their way."""
        while self._late:
            await asyncio.gather(*self._late)

    def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._soon(self._meet(reader, writer), self._meetings)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        rng, server = Random(f"{self.seed} {next(self._numbers)}"), None
        try:
            while request := await _message(reader):
                server = server or await asyncio.open_connection("127.0.0.1", self.to, limit=LIMIT)
                if _is_stream(request):
                    server[1].write(request)
                    await self._stream(reader, writer, server, rng)
                    return
                if not await self._pass(request, writer, server, rng):
                    return
        except GONE:
            pass
        finally:
            for end in (writer, server[1] if server else writer):
                end.close()

    async def _pass(self, request: bytes, writer: asyncio.StreamWriter, server: End, rng: Random) -> bool:
        """Hand on one request and its answer; False when the connection is over."""
        fault = self._draw(rng)
        if fault is Fault.LOST:
            server[1].write(request[: rng.randrange(len(request))])
            return False
        if fault is Fault.LATE:
            self._soon(self._deliver(request, after=rng.uniform(0.2, 1.5)), self._late)
            return False
        server[1].write(request)
        answer = await _message(server[0])
        if fault is Fault.UNANSWERED:
            return False
        if fault is Fault.HALF_OPEN:
            await asyncio.sleep(60)
        if fault is Fault.SLOW:
            await asyncio.sleep(2)
        writer.write(answer[: rng.randrange(1, len(answer))] if fault is Fault.CUT else answer)
        await writer.drain()
        return fault is not Fault.CUT

    async def _stream(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, server: End, rng: Random
    ) -> None:
        """Hand on a stream; faults cut it or let it fall silent after a while."""
        self.streams += 1
        self.open_streams += 1
        fault = self._draw(rng)
        ends = rng.uniform(0.1, 3) if fault in {Fault.LOST, Fault.CUT, Fault.UNANSWERED, Fault.LATE} else None
        silent_after = rng.uniform(0.1, 3) if fault is Fault.HALF_OPEN else None
        copying = asyncio.ensure_future(self._copy(server[0], writer, silent_after))
        leaving = asyncio.ensure_future(reader.read())
        try:
            await asyncio.wait({copying, leaving}, timeout=ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.open_streams -= 1
            copying.cancel()
            leaving.cancel()
            await asyncio.gather(copying, leaving, return_exceptions=True)

    async def _copy(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, silent_after: float | None
    ) -> None:
        began, held = asyncio.get_running_loop().time(), b""
        while piece := await reader.read(65536):
            held += piece
            if len(held) <= self.holds_back:
                continue
            if not self.deaf and (silent_after is None or asyncio.get_running_loop().time() < began + silent_after):
                writer.write(held)
                await writer.drain()
            held = b""

    async def _deliver(self, request: bytes, *, after: float) -> None:
        await asyncio.sleep(after)
        with suppress(*GONE):
            server = await asyncio.open_connection("127.0.0.1", self.to, limit=LIMIT)
            server[1].write(request)
            await _message(server[0])
            server[1].close()

    def _draw(self, rng: Random) -> Fault | None:
        turn = rng.random()
        for fault, odds in self.odds.items():
            if turn < odds:
                self.met[fault] += 1
                return fault
            turn -= odds
        return None

    def _soon(self, work: Coroutine[None, None, None], among: set["asyncio.Task[None]"]) -> None:
        task = asyncio.create_task(work)
        among.add(task)
        task.add_done_callback(among.discard)


@contextmanager
def in_a_thread(chaos: Chaos) -> Iterator[Chaos]:
    """Run a proxy beside a test that has no loop of its own."""
    loop, started, stopping = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def run() -> None:
        async with chaos.running():
            started.set()
            await stopping.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    assert started.wait(10)
    yield chaos
    loop.call_soon_threadsafe(stopping.set)
    thread.join(10)


def _is_stream(request: bytes) -> bool:
    return b"/stream" in request.split(b"\r\n", 1)[0]


async def _message(reader: asyncio.StreamReader) -> bytes:
    """Read one request or answer, whole; nothing when the other end has hung up in between."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return b""
    lines = head.lower().split(b"\r\n")
    for line in lines:
        if line.startswith(b"content-length:"):
            return head + await reader.readexactly(int(line.partition(b":")[2]))
    if b"transfer-encoding: chunked" in lines:
        size = 1
        while size:
            line = await reader.readuntil(b"\r\n")
            size = int(line.split(b";")[0], 16)
            head += line + await reader.readexactly(size + 2)
    return head
