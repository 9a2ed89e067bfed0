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
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from bench.prepare import CODE, environment
from tests import postgresql

__all__ = ["CODE", "Installation", "free_port", "until"]


def free_port() -> int:
    """Return a port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Installation:
    """One installation with one room. The server is the real one, in its own process.

    database: the first of its two PostgreSQL databases; "" for SQLite files. workers: how many servers share it.
    """

    def __init__(self, folder: Path, *, database: str = "", workers: int = 1) -> None:
        self.database, self.workers = database, workers
        self.folder, self.port = folder, free_port()
        self.program = "holdfast.config.command"
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and return when it answers."""
        argv = ["-m", self.program, "serve", "--port", str(self.port)]
        if self.workers > 1:
            argv += ["--workers", str(self.workers)]
        # Reading the toolkit that comes with Holdfast is a fifth of a start, and no room here is about it.
        (packs := self.folder / "packs").mkdir(exist_ok=True)
        env = {**os.environ, **self.environment(HOLDFAST_CLOSING_SECONDS="0", HOLDFAST_PACKS_DIR=str(packs))}
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *argv], stdout=log, stderr=log, env=env, start_new_session=True
            )
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

    def environment(self, **settings: str) -> dict[str, str]:
        """Return the settings of this installation."""
        url = postgresql.url_of(self.database) if self.database else ""
        return environment(self.folder, HOLDFAST_DATABASE_URL=url, **settings)

    def servers(self) -> list[int]:
        """Return the process numbers of the servers that share the port."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(child) for child in children.split()]

    def kill(self) -> None:
        """End the server the hard way: nothing it still meant to do is done."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def log(self) -> str:
        """Return what the server said."""
        return (self.folder / "server.log").read_text(errors="replace")[-4000:]

    def rows(self, database: str, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Read a database of the installation, as a person with every file could."""
        if self.database:
            with self.connect(database) as server:
                return list(server.execute(query.replace("?", "%s"), values).fetchall())
        with closing(sqlite3.connect(f"file:{self.folder}/data/{database}.sqlite3?mode=ro", uri=True)) as db:
            return db.execute(query, values).fetchall()

    def change(self, query: str, *values: object) -> None:
        """Change the main database while no server runs."""
        assert self.process is None
        if self.database:
            with self.connect("holdfast") as server:
                server.execute(query.replace("?", "%s"), values)
            return
        with closing(sqlite3.connect(self.folder / "data" / "holdfast.sqlite3")) as db, db:
            db.execute(query, values)

    def connect(self, database: str) -> Any:
        """Return a connection to one of the two PostgreSQL databases."""
        return postgresql.connect(f"{self.database}{'_voices' if database == 'voices' else ''}")

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
