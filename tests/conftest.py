"""What every test may ask for: file databases, and the people of two organisations that share nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections
from hypothesis import settings as hypothesis_settings

from tests.given import Ours, Theirs, our_district, their_clinic

# A slow machine is not a fault of the product, so no single example is timed; a failure prints how to repeat it.
hypothesis_settings.register_profile("patient", deadline=None, print_blob=True)
hypothesis_settings.load_profile("patient")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Put the databases into files of this run: the promises about storage mean files, not memory."""
    folder: Path = tmp_path_factory.mktemp("databases")
    for alias in ("default", "voices"):
        if connections[alias].vendor != "sqlite":
            continue
        test: dict[str, Path] = connections[alias].settings_dict["TEST"]
        test["NAME"] = folder / f"{alias}.sqlite3"


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
    """Empty PostgreSQL tables by DELETE between tests: TRUNCATE makes some hundred files anew each time."""
    if connections["default"].vendor != "postgresql":
        return
    from django.db.backends.postgresql.operations import DatabaseOperations

    def sql_flush(self: Any, style: Any, tables: list[str], **_options: Any) -> list[str]:
        return [f"DELETE FROM {self.quote_name(table)}" for table in tables]  # noqa: S608 - names from the schema

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[assignment, method-assign]
