"""The import contracts hold, and each of them notices the import it exists for."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, SRC, layers, pyproject

PLANTED = {
    "order": [
        ("curriculum/models.py", "from holdfast.gatherings import models"),
        ("voices/models.py", "from holdfast.programmes import models"),
        ("people/models.py", "import holdfast.curriculum.models"),
        ("curriculum/models.py", "import holdfast.people.models"),
        ("audit/models.py", "import holdfast.web.routes\nimport holdfast.people.models"),
        ("keys.py", "import holdfast.refusals"),
        ("refusals.py", "import holdfast.keys"),
        ("web/routes.py", "from holdfast.config import env"),
        ("elsewhere.py", '"""A module in no layer."""'),
    ],
    "inside": [
        ("people/models.py", "import holdfast.people.queries"),
        ("people/queries.py", "import holdfast.people.actions"),
        ("people/rules.py", "import holdfast.people.models"),
    ],
    "pure": [
        ("people/rules.py", "from django.db import models"),
        ("people/rules.py", "import time"),
        ("people/rules.py", "from random import Random"),
        ("people/rules.py", "import socket"),
        ("people/rules.py", "import holdfast.keys"),
        ("privacy/__init__.py", "import secrets"),
    ],
    "tables": [
        ("gatherings/models.py", "from holdfast.voices.models import Note"),
        ("homes/__init__.py", "import holdfast.voices.models"),
    ],
    "door": [
        ("homes/__init__.py", "from holdfast.voices import intake"),
        ("programmes/models/plan.py", "import holdfast.voices.intake"),
    ],
    "strangers": [
        ("voices/models.py", "from holdfast.people import models"),
        ("voices/models.py", "import holdfast.curriculum.models"),
        ("voices/models.py", "import allauth.account"),
    ],
}


def lint(src: Path, cache: Path, *only: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter on a source folder, by the contracts of pyproject.toml."""
    code = (
        f"import sys; sys.path.insert(0, {str(src)!r}); from importlinter.cli import lint_imports_command as go; go()"
    )
    command = [
        sys.executable,
        "-c",
        code,
        "--no-logo",
        "--cache-dir",
        str(cache),
        "--config",
        str(ROOT / "pyproject.toml"),
    ]
    command += [word for contract in only for word in ("--contract", contract)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "200"})


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which import-linter remembers files that did not change."""
    return tmp_path_factory.mktemp("import-linter")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """A copy of the product that a test may spoil, and that is sound to begin with."""
    src = tmp_path_factory.mktemp("planted") / "src"
    shutil.copytree(SRC, src, ignore=shutil.ignore_patterns("__pycache__", "static", "templates", "locale"))
    assert lint(src, cache).returncode == 0
    return src


def test_the_contracts_hold(cache: Path) -> None:
    outcome = lint(SRC, cache)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize(
    ("contract", "where", "line"),
    [(contract, where, line) for contract, breaches in PLANTED.items() for where, line in breaches],
)
def test_a_planted_import_is_noticed(copy: Path, cache: Path, contract: str, where: str, line: str) -> None:
    module = copy / "holdfast" / where
    before = module.read_text(encoding="utf-8") if module.exists() else None
    module.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
    try:
        outcome = lint(copy, cache, contract)
    finally:
        module.unlink() if before is None else module.write_text(before, encoding="utf-8")

    assert outcome.returncode == 1
    assert "BROKEN" in outcome.stdout


def test_no_contract_is_left_without_a_planted_breach() -> None:
    assert {contract["id"] for contract in pyproject()["tool"]["importlinter"]["contracts"]} == set(PLANTED)


def test_the_order_names_every_app_of_the_design() -> None:
    apps = {name for layer in layers() for name in layer}
    assert {"config", "homes", "gatherings", "voices", "privacy", "keys", "refusals", "reports", "report_back"} <= apps
