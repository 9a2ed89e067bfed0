"""Installations for the durability tests: made once, copied for each test, stopped at its end."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.prepare import copy, prepare
from tests import postgresql
from tests.durability.installation import Installation
from tests.made_once import with_databases

NewInstallation = Callable[[], Installation]
Say = Callable[[str], None]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one round in which everybody writes."""
    return prepare(with_databases(tmp_path_factory.mktemp("template")), phase="writing")


@pytest.fixture
def new_installation(template: Path, tmp_path: Path) -> Iterator[NewInstallation]:
    """Hands out copies of the installation; their servers are killed at the end of the test."""
    made: list[Installation] = []

    def new() -> Installation:
        made.append(Installation(copy(template, tmp_path / str(len(made)))))
        return made[-1]

    yield new
    for installation in made:
        installation.kill()


@pytest.fixture(scope="session")
def shared_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The same on PostgreSQL: its folder, and the first of its two databases."""
    name = postgresql.fresh()
    folder = tmp_path_factory.mktemp("shared-template")
    return prepare(folder, phase="writing", url=postgresql.url_of(name)), name


@pytest.fixture
def new_shared_installation(shared_template: tuple[Path, str], tmp_path: Path) -> Iterator[NewInstallation]:
    """Hands out copies on PostgreSQL, each with two servers."""
    made: list[Installation] = []

    def new() -> Installation:
        folder, name = shared_template
        place = copy(folder, tmp_path / str(len(made)))
        made.append(Installation(place, database=postgresql.fresh(of=name), workers=2))
        return made[-1]

    yield new
    for installation in made:
        installation.kill()


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Says a line about what was tried, also when the test passes."""

    def speak(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n  {line}\n")

    return speak
