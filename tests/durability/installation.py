"""An installation in a folder of its own, whose server can be started, killed and looked into."""

import asyncio
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.prepare import CODE, environment

__all__ = ["CODE", "Installation", "free_port", "until"]


def free_port() -> int:
    """Return a port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Installation:
    """One installation with one room. The server is the real one, in its own process."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.program = "holdfast.config.command"
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and return when it answers."""
        argv = ["-m", self.program, "serve", "--port", str(self.port)]
        env = {**os.environ, **environment(self.folder, HOLDFAST_CLOSING_SECONDS="0")}
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen([sys.executable, *argv], stdout=log, stderr=log, env=env)
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        self.kill()
        raise RuntimeError(f"the server did not start:\n{self.log()}")

    def kill(self) -> None:
        """End the server the hard way: nothing it still meant to do is done."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def log(self) -> str:
        """Return what the server said."""
        return (self.folder / "server.log").read_text(errors="replace")[-4000:]

    def rows(self, database: str, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Read a database of the installation, as a person with every file could."""
        with closing(sqlite3.connect(f"file:{self.folder}/data/{database}.sqlite3?mode=ro", uri=True)) as db:
            return db.execute(query, values).fetchall()

    def change(self, query: str, *values: object) -> None:
        """Change the main database while no server runs."""
        assert self.process is None
        with closing(sqlite3.connect(self.folder / "data" / "holdfast.sqlite3")) as db, db:
            db.execute(query, values)

    def phase(self) -> str:
        """Return the phase of the only round."""
        return str(self.rows("holdfast", "SELECT phase FROM gatherings_round")[0][0])

    def close_for_good(self) -> None:
        """Begin to close the round while no server runs; the next start finds its time is up, and seals it."""
        self.change("UPDATE gatherings_round SET phase_before_closing = phase, phase = 'closing'")

    def keys(self) -> list[Path]:
        """Return the key files of open rounds."""
        return sorted((self.folder / "keys" / "rounds").glob("*"))


async def until(true: Callable[[], object], what: str, *, seconds: float = 30.0) -> None:
    """Wait for something; fail when it does not happen."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:g} s in vain for {what}")
        await asyncio.sleep(0.01)
