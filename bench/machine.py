"""Which machine this is, what it is busy with, and how processes are kept to their core."""

import os
import platform
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Collection
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from socket import create_connection
from sqlite3 import sqlite_version

TICKS = os.sysconf("SC_CLK_TCK")
GENERATOR_CORE, SERVER_CORE = 0, 1


def describe() -> str:
    """Return the machine and the versions in one line."""
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    names = ("django", "uvicorn", "uvloop", "httptools", "cryptography")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    kernel = platform.release().partition("-")[0]
    return (
        f"{cpu}, {os.cpu_count()} cores, {memory:.0f} GiB, Linux {kernel}; "
        f"Python {platform.python_version()}, SQLite {sqlite_version}, {versions}"
    )


def pin_generator() -> None:
    """Keep this process to its core and let it hold thousands of connections."""
    os.sched_setaffinity(0, {GENERATOR_CORE})
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def family(pid: int) -> list[int]:
    """Return a process and all it started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += family(int(child))
        except OSError:
            continue
    return found


def cpu_seconds(pid: int) -> float:
    """Return the processor time of a process and all it started."""
    total = 0
    for one in family(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        except OSError:
            continue
    return total / TICKS


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process and all it started, in MB of 10^6 bytes."""
    total = 0
    for one in family(pid):
        try:
            lines = Path(f"/proc/{one}/status").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
        except (OSError, StopIteration):
            continue
    return total * 1024 / 1e6


def busy_seconds() -> float:
    """Return the time all cores have been busy since start, whoever it was, and time taken away by the host."""
    user, nice, system, _idle, _iowait, irq, softirq, steal = map(
        int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    )
    return (user + nice + system + irq + softirq + steal) / TICKS


@dataclass(frozen=True, slots=True)
class Load:
    """Percent of one core over a window: the server, the generator, and whatever else ran on the machine."""

    server: float
    generator: float
    foreign: float


class Watch:
    """Measures the load between its start and `read`."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.at, self.server, self.own, self.all = (
            time.monotonic(),
            cpu_seconds(pid),
            time.process_time(),
            busy_seconds(),
        )

    def read(self) -> Load:
        seconds = time.monotonic() - self.at
        server, own = cpu_seconds(self.pid) - self.server, time.process_time() - self.own
        foreign = max(0.0, busy_seconds() - self.all - server - own)
        return Load(100 * server / seconds, 100 * own / seconds, 100 * foreign / seconds)


class Server:
    """A server in its own process on its own core, or on several, in a folder of its own."""

    def __init__(
        self,
        argv: list[str],
        *,
        port: int,
        folder: Path,
        env: dict[str, str] | None = None,
        cores: Collection[int] = (SERVER_CORE,),
    ) -> None:
        self.port, self.folder = port, folder
        self.log = folder / "server.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, *argv],
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(env or {})},
            )
        os.sched_setaffinity(self.process.pid, cores)
        self.pid = self.process.pid
        self.wait_until_up()

    def wait_until_up(self) -> None:
        """Return when the port answers. Raises RuntimeError with the server's last words when it does not."""
        until = time.monotonic() + 30
        while time.monotonic() < until and self.process.poll() is None:
            try:
                create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"the server did not start: {self.log.read_text()[-2000:]}")

    def stop(self) -> None:
        """End the server, by force if it does not go."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(3)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
