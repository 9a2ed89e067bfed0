"""Tests write into memory only where there is room for all they write, and use the cores there are."""

import os
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.test import TransactionTestCase

from holdfast.people.models import Organisation
from tests import made_once
from tests.emptying import empty_quickly
from tools import testing

Usage = namedtuple("Usage", "total used free")


@pytest.mark.parametrize(
    ("free", "told", "in_memory"),
    [
        (testing.ROOM, f"MemTotal: 1 kB\nMemAvailable: {testing.ROOM // 1024} kB\n", True),
        (testing.ROOM - 1, f"MemAvailable: {testing.ROOM // 1024} kB\n", False),
        (testing.ROOM, f"MemAvailable: {testing.ROOM // 1024 - 1} kB\n", False),
        (testing.ROOM, "MemTotal: 99999999 kB\n", False),
    ],
)
def test_tests_write_into_memory_only_when_it_is_roomy(
    free: int, told: str, in_memory: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text(told)
    monkeypatch.setattr("tools.testing.shutil.disk_usage", lambda _path: Usage(free, 0, free))
    assert (testing.scratch(tmp_path, meminfo) == tmp_path) is in_memory


def test_where_there_is_no_such_folder_they_write_where_programs_do(tmp_path: Path) -> None:
    assert testing.scratch(tmp_path / "none", tmp_path / "none").exists()


@pytest.mark.parametrize(("cores", "at_once"), [(1, 2), (2, 3), (3, 4), (64, 4)])
def test_one_more_process_than_cores_runs_tests_and_never_more_than_four(cores: int, at_once: int) -> None:
    assert testing.processes(cores) == at_once


def test_servers_that_tests_start_find_what_is_compiled_and_nothing_is_kept_beside_the_source_where_that_is_unwanted(
    tmp_path: Path,
) -> None:
    assert testing.with_bytecode({"HOME": "/home"}, tmp_path) == {"HOME": "/home"}
    told = testing.with_bytecode({"HOME": "/home", "PYTHONDONTWRITEBYTECODE": "1"}, tmp_path)
    assert told == {"HOME": "/home", "PYTHONPYCACHEPREFIX": str(tmp_path / "bytecode")}


def test_each_process_has_folders_of_its_own_though_it_inherits_those_of_the_process_that_started_it() -> None:
    asked = "from tests import settings; print(settings.KEY_DIR, settings.DATA_DIR)"
    told = [
        subprocess.run(
            [sys.executable, "-c", asked],
            env={**os.environ, "PYTEST_XDIST_WORKER": worker},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split()
        for worker in ("first", "second")
    ]
    inherited = [os.environ["HOLDFAST_KEY_DIR"], os.environ["HOLDFAST_DATA_DIR"]]
    assert len({*told[0], *told[1], *inherited}) == 6


def test_databases_are_migrated_once_for_all_processes_of_a_run_and_copied_for_each(tmp_path: Path) -> None:
    assert os.environ[made_once.SHARED] == str(made_once.shared())  # which a process that is started inherits
    made = made_once.databases() / "holdfast.sqlite3"
    before = made.stat().st_mtime_ns
    assert made_once.databases() / "holdfast.sqlite3" == made
    assert made.stat().st_mtime_ns == before

    copied = made_once.with_databases(tmp_path) / "data" / "holdfast.sqlite3"
    assert copied.read_bytes() == made.read_bytes()


@pytest.mark.django_db(transaction=True)
def test_what_a_test_commits_is_gone_at_its_end_and_what_never_changes_stays() -> None:
    Organisation.objects.create(name="Lakeside")
    kept = Permission.objects.count()
    assert kept > 100
    empty_quickly()
    TransactionTestCase()._fixture_teardown()  # type: ignore[attr-defined]

    assert Organisation.objects.count() == 0
    assert Permission.objects.count() == kept
