"""What many tests begin from and one of them makes for all: two migrated databases and gathered static files."""

import atexit
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SHARED = "TESTS_SHARED_FOLDER"
"""Set by the first process of a run for all others."""
MAKE = """
import django
django.setup()
from django.core.management import call_command
from holdfast.config.serving import prepare_databases
prepare_databases()
call_command("collectstatic", verbosity=0, interactive=False)
"""


def shared() -> Path:
    """Return the folder all processes of this run share; whoever asks first makes it, and removes it at its end."""
    if SHARED not in os.environ:
        os.environ[SHARED] = tempfile.mkdtemp(prefix="holdfast-shared-")
        atexit.register(_remove, Path(os.environ[SHARED]), os.getpid())
    return Path(os.environ[SHARED])


def databases() -> Path:
    """Return a data folder with both databases, migrated and empty: making them takes longer than most tests."""
    data, made = shared() / "data", shared() / "made"
    with (shared() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            own = {name: value for name, value in os.environ.items() if not name.startswith("HOLDFAST_")}
            folders = {"HOLDFAST_DATA_DIR": str(data), "HOLDFAST_KEY_DIR": str(shared() / "keys")}
            environment = {**own, **folders, "DJANGO_SETTINGS_MODULE": "holdfast.config.settings"}
            subprocess.run([sys.executable, "-c", MAKE], env=environment, check=True, stdout=subprocess.DEVNULL)
            made.touch()
    return data


def with_databases(folder: Path) -> Path:
    """Give an installation that has not begun yet its databases and static files, and return its folder."""
    shutil.copytree(databases(), folder / "data", dirs_exist_ok=True)
    return folder


def _remove(folder: Path, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
