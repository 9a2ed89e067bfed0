"""Makes .venv and puts the locked packages into it: `python3 tools/install.py run|test|check`."""

import hashlib
import os
import subprocess
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this may have an older one
    sys.exit(
        "Holdfast needs Python 3.11 or newer; this is {}.{}. "
        "Install a newer one, or name it: make demo PYTHON=python3.12".format(*sys.version_info[:2])
    )

from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
SETS = {"run": ("run",), "test": ("run", "test"), "check": ("run", "test", "check")}
"""Which sets of packages a lock covers: the test lock holds everything the run lock holds."""


def digest(kind: str) -> str:
    """Return what the set of packages depends on, as one word."""
    seen = hashlib.sha256()
    for name in (f"requirements/{kind}.txt", "pyproject.toml"):
        seen.update((HERE / name).read_bytes())
    seen.update(str(HERE).encode())
    return seen.hexdigest()


def stamp(kind: str) -> Path:
    """Return the file that says which packages are there already."""
    return VENV / f"installed-{kind}"


def is_ready(kind: str) -> bool:
    """Tell whether nothing has changed since the last time."""
    return PYTHON.exists() and stamp(kind).exists() and stamp(kind).read_text(encoding="ascii") == digest(kind)


def run(*command: str) -> None:
    """Run one command; when it fails, stop with its own words."""
    if subprocess.run(command, cwd=HERE, check=False).returncode:
        sys.exit("The step above did not work. Nothing else was changed; mend it and run the same command again.")


def make_venv() -> None:
    """Make .venv with the Python that runs this script, or keep the one that works."""
    works = (
        PYTHON.exists()
        and not subprocess.run([str(PYTHON), "-m", "pip", "--version"], check=False, capture_output=True).returncode
    )
    if works:
        return
    print("· Making .venv", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if made.returncode:
        sys.exit("Python could not make .venv. On Debian and Ubuntu: apt install python3-venv")


def install(kind: str) -> None:
    """Install a locked set of packages, each checked against its hash, and Holdfast itself from this folder."""
    if is_ready(kind):
        return
    make_venv()
    pip = (str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "-qq", "--no-input")
    print(f"· Installing the packages of requirements/{kind}.txt into .venv", flush=True)
    run(*pip, "--require-hashes", "-r", f"requirements/{kind}.txt")
    run(*pip, "--no-deps", "--no-build-isolation", "-e", ".")
    for part in SETS[kind]:
        stamp(part).write_text(digest(part), encoding="ascii")


if __name__ == "__main__":
    if sys.argv[1:] not in [[kind] for kind in SETS]:
        sys.exit(__doc__)
    install(sys.argv[1])
