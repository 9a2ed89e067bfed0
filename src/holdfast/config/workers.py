"""Several servers on one port: processes that share PostgreSQL, each started again when it ends."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

AGAIN_SECONDS = 1.0
LOOK_SECONDS = 0.1
GOODBYE_SECONDS = 10.0
Serve = Callable[[socket.socket, Callable[[], object]], None]


def port_on(host: str, port: int, *, shared: bool) -> socket.socket:
    """Return a socket on a port. Raises OSError when somebody else listens there.

    shared: several processes of this account may listen on it, and the system spreads the phones.
    """
    family, kind, number, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    found = socket.socket(family, kind, number)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        found.bind(address)
    except OSError:
        found.close()
        raise
    return found


@dataclass(slots=True)
class Worker:
    """One server process; it says on the pipe `ready` that it listens."""

    number: int
    ready: int
    ended: bool = False

    def says_ready(self) -> bool:
        """Wait until it listens; False when it ended before."""
        return os.read(self.ready, 1) == b"r"

    def has_ended(self) -> bool:
        """Tell whether the process is gone."""
        if not self.ended:
            self.ended = os.waitpid(self.number, os.WNOHANG) != (0, 0)
        return self.ended

    def send(self, number: int) -> None:
        """Send a signal to the process if it still runs."""
        if not self.has_ended():
            with suppress(ProcessLookupError):
                os.kill(self.number, number)


class Workers:
    """Keeps a number of servers running until it is told to stop.

    Each is a fork of this process, which has read the whole program but has no thread, no connection and no key: a new
    one serves in the time of a blink. It ends by itself when this process ends, however that happens.

    ready: called once, when all of them listen.
    """

    def __init__(self, host: str, port: int, *, count: int, serve: Serve, ready: Callable[[], object]) -> None:
        self._host, self._port, self._count, self._serve, self._ready = host, port, count, serve, ready
        self._alive, self._held = os.pipe()
        self._stopping = threading.Event()
        self._running: list[Worker] = []

    def run(self) -> int:
        """Serve until stopped; return the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        self._running = [self._start() for _ in range(self._count)]
        if not all(worker.says_ready() for worker in self._running):
            print("holdfast: a server could not start; what it said stands above.", file=sys.stderr)
            self._end()
            return 1
        self._ready()
        while not self._stopping.wait(LOOK_SECONDS):
            for place, worker in enumerate(self._running):
                if worker.has_ended():
                    print("holdfast: a server ended; starting another.", file=sys.stderr, flush=True)
                    os.close(worker.ready)
                    self._running[place] = self._start()
                    self._stopping.wait(AGAIN_SECONDS)
        self._end()
        return 0

    def _start(self) -> Worker:
        ready, says = os.pipe()
        number = os.fork()
        if number == 0:
            try:
                self._be_a_server(says)
            finally:
                os._exit(1)  # what this process had begun is not for its child to end
        os.close(says)
        return Worker(number, ready)

    def _be_a_server(self, says: int) -> None:
        os.close(self._held)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        threading.Thread(target=self._until_alone, name="until-alone", daemon=True).start()
        self._serve(port_on(self._host, self._port, shared=True), lambda: os.write(says, b"r"))
        os._exit(0)

    def _until_alone(self) -> None:
        os.read(self._alive, 1)  # returns when the process that holds the other end has ended
        os.kill(os.getpid(), signal.SIGTERM)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping.set()

    def _end(self) -> None:
        end = time.monotonic() + GOODBYE_SECONDS
        for worker in self._running:
            worker.send(signal.SIGTERM)
        while time.monotonic() < end and not all(worker.has_ended() for worker in self._running):
            time.sleep(LOOK_SECONDS)
        for worker in self._running:
            worker.send(signal.SIGKILL)
