"""What is installed is locked, hashed, and named without saying where it came from."""

import re

import pytest

from tests.architecture.tree import ROOT, pyproject

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_has_a_hash_for_every_package_and_no_address(path) -> None:  # type: ignore[no-untyped-def]
    text = path.read_text(encoding="utf-8")
    packages = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert len(packages) > 15
    assert [package.splitlines()[0] for package in packages if "--hash=sha256:" not in package] == []
    assert re.search(r"://|--(extra-)?index-url|--find-links|@ ", text) is None


def test_every_package_the_product_asks_for_is_in_the_lock() -> None:
    wanted = {re.split(r"[<>=;\[ ]", line)[0] for line in pyproject()["project"]["dependencies"]}
    locked = {line.split("==")[0] for line in (ROOT / "requirements/run.txt").read_text().splitlines() if "==" in line}
    assert wanted - locked == set()


def test_every_package_has_its_reason_written_down() -> None:
    page = (ROOT / "docs/explanation/dependencies.md").read_text(encoding="utf-8")
    groups = [pyproject()["project"]["dependencies"], *pyproject()["project"]["optional-dependencies"].values()]
    names = {re.split(r"[<>=;\[ ]", line)[0] for group in groups for line in group}
    assert {name for name in names if f"`{name}`" not in page} == set()


def test_the_licence_file_is_the_licence_that_is_declared() -> None:
    assert pyproject()["project"]["license"] == "AGPL-3.0-or-later"
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in (ROOT / "LICENSE").read_text(encoding="utf-8")
