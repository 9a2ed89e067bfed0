"""What every test may ask for: file databases, and the people of two organisations that share nothing."""

import shutil
from collections.abc import Iterator
from functools import cache as cache_of
from itertools import islice
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from holdfast.config.serving import look_after_memory_seldom
from holdfast.curriculum.reading import Reading, read_pack
from tests import made_once
from tests.emptying import empty_quickly
from tests.given import Ours, Theirs, our_district, their_clinic

# A slow machine is not a fault of the product, so no single example is timed; a failure prints how to repeat it.
hypothesis_settings.register_profile("patient", deadline=None, print_blob=True)
hypothesis_settings.load_profile("patient")

LONGEST = (
    "test_killed_under_load.py", "test_linking.py", "test_room_journey.py", "test_tour.py", "test_every_kind.py",
)  # fmt: skip
LONG = ("tests/durability/", "tests/journeys/", "tests/privacy/test_linking.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long files first, each followed by two short ones: at the end no core waits for another."""
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.nodeid.partition("::")[0], []).append(item)
    long = [name for name in files if name.startswith(LONG)]
    long.sort(key=lambda name: not name.endswith(LONGEST))  # stable
    short = iter([name for name in files if name not in long])
    order = [each for name in long for each in (name, *islice(short, 2))]
    items[:] = [item for name in (*order, *short) for item in files[name]]


def pytest_sessionstart() -> None:
    """Look for garbage as seldom as a server does."""
    look_after_memory_seldom()


def pytest_collection_finish() -> None:
    """Do not look for it among the tests themselves."""
    look_after_memory_seldom()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Put the databases into files of this run: the promises about storage mean files, not memory.

    On PostgreSQL each process of a run has databases of its own, which are named after it.
    """
    folder: Path = tmp_path_factory.mktemp("databases")
    for alias in ("default", "voices"):
        if connections[alias].vendor != "sqlite":
            continue
        test: dict[str, Path] = connections[alias].settings_dict["TEST"]
        test["NAME"] = folder / f"{alias}.sqlite3"


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
) -> None:
    """Begin from a copy of databases that are migrated once for all processes of a run."""
    if connections["default"].vendor != "sqlite":
        request.getfixturevalue("django_db_setup")  # pytest-django's own
        return
    with django_db_blocker.unblock():
        for alias, made in (("default", "holdfast"), ("voices", "voices")):
            connections[alias].close()
            database = connections[alias].settings_dict
            database["NAME"] = database["TEST"]["NAME"]
            shutil.copyfile(made_once.databases() / f"{made}.sqlite3", database["NAME"])


@pytest.fixture(autouse=True)
def _no_limit_left_over() -> Iterator[None]:
    """Begin each test as if nobody had tried to sign in yet."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ours(db: None) -> Ours:
    """A district with two schools."""
    return our_district()


@pytest.fixture
def theirs(db: None) -> Theirs:
    """Another organisation, with the same roles."""
    return their_clinic()


@pytest.fixture(scope="session", autouse=True)
def _quick_emptying() -> None:
    """Take back quickly what tests have committed."""
    empty_quickly()


@pytest.fixture(scope="session", autouse=True)
def _toolkit_read_once() -> Iterator[None]:
    """Read the toolkit that comes with Holdfast once: no test changes it, and many begin by loading it."""
    once, bundled = cache_of(read_pack), settings.PACKS_DIR / "compassion-resilience"

    def read(folder: Path) -> Reading:
        return once(folder) if folder == bundled else read_pack(folder)

    with patch("holdfast.curriculum.actions.read_pack", read):
        yield
