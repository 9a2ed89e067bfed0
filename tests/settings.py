"""The product's settings, with folders of their own, quick static files and no mail leaving the machine."""

import os
import tempfile
from pathlib import Path

_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
if os.environ.get("TESTS_OF") != _WORKER:  # a worker inherits what the process that started it has set
    _SCRATCH = Path(tempfile.mkdtemp(prefix="holdfast-test-"))
    os.environ["TESTS_OF"] = _WORKER
    os.environ["HOLDFAST_DATA_DIR"] = str(_SCRATCH / "data")
    os.environ["HOLDFAST_KEY_DIR"] = str(_SCRATCH / "keys")

from tests import made_once, postgresql  # noqa: E402

made_once.shared()  # before workers are started, which share it

if postgresql.WANTED:
    os.environ.setdefault("HOLDFAST_DATABASE_URL", postgresql.url_of("holdfast"))

from holdfast.config.settings import *  # noqa: E402, F403

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
