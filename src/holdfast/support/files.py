"""Where the files of handouts lie: in the data folder, each under the key of its row, never under a chosen name."""

import os
from pathlib import Path

from django.conf import settings

from holdfast.support.models import Handout

FOLDER = "handouts"


def folder() -> Path:
    """Return the folder of handouts, made when it is first needed."""
    path = Path(settings.DATA_DIR) / FOLDER
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def path_of(handout: Handout) -> Path:
    """Return where the file of a handout lies."""
    return folder() / str(handout.pk)


def keep(handout: Handout, content: bytes) -> None:
    """Write a file whole or not at all, and onto the disk before anybody is told that it is saved."""
    path = path_of(handout)
    partial = path.with_name(f"{path.name}.partial")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
