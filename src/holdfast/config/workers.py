"""Several servers on one port: processes that share PostgreSQL, each started again when it ends."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

AGAIN_SECONDS = 1.0
LOOK_SECONDS = 0.2
GOODBYE_SECONDS = 10.0


def port_of_all(host: str, port: int) -> socket.socket:
    """Return a socket on a port that several processes of this account may listen on; the system spreads the phones."""
    family, kind, number, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    found = socket.socket(family, kind, number)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        found.bind(address)
    except OSError:
        found.close()
        raise
    return found


@dataclass(slots=True)
class Worker:
    """One server process. It ends when the pipe `alive` closes, and says on `ready` that it listens."""

    process: subprocess.Popen[bytes]
    ready: int

    def says_ready(self) -> bool:
        """Wait until it listens; False when it ended before."""
        return os.read(self.ready, 1) == b"r"


class Workers:
    """Keeps a number of servers running until it is told to stop."""

    def __init__(self, host: str, port: int, *, count: int) -> None:
        self._host, self._port, self._count = host, port, count
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
        print(f"{self._count} servers are ready.", flush=True)
        while not self._stopping.wait(LOOK_SECONDS):
            for place, worker in enumerate(self._running):
                if worker.process.poll() is not None and not self._stopping.wait(AGAIN_SECONDS):
                    print(f"holdfast: a server ended ({worker.process.returncode}); starting another.", file=sys.stderr)
                    os.close(worker.ready)
                    self._running[place] = self._start()
        self._end()
        return 0

    def _start(self) -> Worker:
        ready, says = os.pipe()
        command = [sys.executable, "-m", "holdfast.config.workers", "--host", self._host, "--port", str(self._port)]
        pipes = ["--alive", str(self._alive), "--ready", str(says)]
        process = subprocess.Popen([*command, *pipes], pass_fds=(self._alive, says))  # noqa: S603 - ourselves
        os.close(says)
        return Worker(process, ready)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping.set()

    def _end(self) -> None:
        end = time.monotonic() + GOODBYE_SECONDS
        for worker in self._running:
            with suppress(ProcessLookupError):
                worker.process.terminate()
        for worker in self._running:
            try:
                worker.process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()


def main() -> int:
    """Be one of the servers."""
    import django  # noqa: PLC0415 - the first thing of a process

    options = argparse.ArgumentParser()
    options.add_argument("--host")
    for name in ("--port", "--alive", "--ready"):
        options.add_argument(name, type=int)
    given = options.parse_args()
    os.umask(0o077)
    django.setup()
    from holdfast.config.serving import serve_here  # noqa: PLC0415 - needs the app registry

    def until_alone() -> None:
        os.read(given.alive, 1)  # returns when the process that started this one has ended, however it ended
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=until_alone, name="until-alone", daemon=True).start()
    listening = port_of_all(given.host, given.port)
    serve_here(listening, ready=lambda: os.write(given.ready, b"r"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
