"""Runs the tests on several cores, their files in memory where it is roomy: `python -m tools.testing [for pytest]`."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tools.browser import chromium

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ROOM = 6 * 2**30
"""Bytes that have to be free there and in memory: a whole run leaves about two thousand small databases."""
MEMINFO = Path("/proc/meminfo")
MOST = 4


def free_memory(told: str) -> int:
    """Return the bytes the system says can be had, from the text of /proc/meminfo; 0 when it does not say."""
    line = next((line for line in told.splitlines() if line.startswith("MemAvailable:")), "")
    return int(line.split()[1]) * 1024 if line else 0


def scratch(memory: Path = MEMORY, meminfo: Path = MEMINFO) -> Path:
    """Return where tests put their files: in memory when there is room, since a slow disk doubles their time."""
    try:
        roomy = shutil.disk_usage(memory).free >= ROOM and free_memory(meminfo.read_text()) >= ROOM
    except OSError:
        roomy = False
    return memory if roomy and os.access(memory, os.W_OK) else Path(tempfile.gettempdir())


def processes(cores: int) -> int:
    """Return how many run at once: one more than there are cores, since each waits half of its time for a browser."""
    return min(cores + 1, MOST)


def with_bytecode(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Let Python keep what it has compiled, in our folder where it was told to keep nothing.

    Some hundred servers are started: without it, most of each start is compiling.
    """
    if not environment.get("PYTHONDONTWRITEBYTECODE"):
        return dict(environment)
    others = {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**others, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def main(arguments: list[str]) -> int:
    """Run pytest on several cores and return its exit code; what it left in its folder is removed."""
    print("· Looking for Chromium", flush=True)
    browser = chromium()
    with tempfile.TemporaryDirectory(prefix="holdfast-", dir=scratch(), ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # PostgreSQL runs as somebody else
        print(f"· Running the tests with {browser}, their files in {folder}", flush=True)
        environment = {**with_bytecode(os.environ, Path(folder)), "CHROMIUM": browser, "TMPDIR": folder}
        spread = ("--numprocesses", str(processes(os.cpu_count() or 1)), "--dist", "loadfile", "--no-loadscope-reorder")
        return subprocess.run(
            [sys.executable, "-m", "pytest", *spread, *arguments], env=environment, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
