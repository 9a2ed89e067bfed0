"""The source tree as the architecture tests read it."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SRC = ROOT / "src"
PRODUCT = SRC / "holdfast"


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file of the product: its path, its dotted name and its syntax tree."""

    path: Path
    name: str
    tree: ast.Module

    @property
    def app(self) -> str:
        """The app it belongs to, or an empty string for the modules beside the apps."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 2 or (self.path.name == "__init__.py" and len(parts) > 1) else ""

    @property
    def place(self) -> str:
        """The name inside the app, for example `actions` for `holdfast.people.actions`."""
        return self.name.removeprefix(f"holdfast.{self.app}.") if self.app else self.name


def parse(path: Path, name: str) -> Module:
    """Read one file."""
    return Module(path, name, ast.parse(path.read_text(encoding="utf-8"), str(path)))


def python_files(*folders: str) -> Iterator[Path]:
    """Yield the Python files below folders of the repository, migrations and generated files left out."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not {"migrations", "__pycache__"} & set(path.parts):
                yield path


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the product."""
    found = []
    for path in python_files("src/holdfast"):
        parts = path.relative_to(SRC).with_suffix("").parts
        found.append(parse(path, ".".join(parts[:-1] if parts[-1] == "__init__" else parts)))
    return tuple(found)


@cache
def pyproject() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def layers() -> list[set[str]]:
    """Return the import order as import-linter reads it, the highest layer first; optional apps included."""
    contracts = pyproject()["tool"]["importlinter"]["contracts"]
    order = next(contract for contract in contracts if contract["id"] == "order")
    return [{name.strip(" ()") for name in layer.split("|")} for layer in order["layers"]]


def shown(path: Path) -> str:
    """Return a path as a person would write it."""
    return str(path.relative_to(ROOT))
