"""Finds Chromium for the journeys, or installs it: `python -m tools.browser` prints its path."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "Chromium is missing: install it (on Debian: apt install chromium), or set CHROMIUM to its path."


def from_playwright() -> str | None:
    """Return the Chromium that Playwright has downloaded, when there is one."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only there with the test packages

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find() -> str | None:
    """Return the path of a Chromium on this machine: the variable CHROMIUM, the system's, or Playwright's."""
    if named := os.environ.get("CHROMIUM"):
        return named if Path(named).exists() else None
    return next((path for name in NAMES if (path := shutil.which(name))), None) or from_playwright()


def attempt(*command: str) -> None:
    """Run one command, its words on stderr; whether it worked is for find() to say."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment)


def install() -> None:
    """Try the system's packages as root, then Playwright's own download."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("· Installing Chromium with apt", file=sys.stderr, flush=True)
        attempt("apt-get", "-q", "update")
        attempt("apt-get", "-q", "-y", "install", "--no-install-recommends", "chromium")
    if not find():
        print("· Installing Chromium with Playwright", file=sys.stderr, flush=True)
        attempt(sys.executable, "-m", "playwright", "install", "chromium")


def chromium() -> str:
    """Return the path of Chromium, installing it when it is missing. Raises SystemExit with one sentence."""
    if not find():
        install()
    path = find()
    if not path:
        raise SystemExit(MISSING)
    return path


if __name__ == "__main__":
    print(chromium())
