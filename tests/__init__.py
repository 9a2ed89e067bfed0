"""Tests: each app has a folder of its name; journeys, privacy and architecture stand apart."""

import os
import shutil
import tempfile
from pathlib import Path

IN_MEMORY = Path("/dev/shm")
ROOM = 2 * 2**30

# A killed server leaves files in memory as it would leave them on a disk, and nothing here pulls a plug.
if "TMPDIR" not in os.environ and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM:
    os.environ["TMPDIR"] = str(IN_MEMORY)
    tempfile.tempdir = None
