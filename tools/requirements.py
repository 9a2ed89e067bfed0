"""Reads what is asked for, and which tests show it, by the ids in their names."""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "docs" / "reference" / "requirements.toml"
NAMED = re.compile(r"test_([A-E](?:V|\d+))(?:_(\d+))?_")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing people are asked for. since: the version in which it was finished, or nothing yet.

    where: its place in the product. partly: what there is of one that is not finished.
    """

    id: str
    what: str
    where: str = ""
    since: str = ""
    partly: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """One test that shows a requirement, as the file it stands in and the sentence it is named with."""

    file: str
    sentence: str


def parts() -> dict[str, list[Requirement]]:
    """Return every requirement by the part it belongs to. Raises TypeError for a field nobody knows."""
    read = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return {part["title"]: [Requirement(id=key, **row) for key, row in part["rows"].items()] for part in read["part"]}


def requirements() -> list[Requirement]:
    """Return every requirement, in order."""
    return [one for rows in parts().values() for one in rows]


def id_in(name: str, known: Collection[str]) -> str:
    """Return the id a test is named with, or nothing: test_D4_1_… shows D4.1, test_E3_… shows E3."""
    found = NAMED.match(name)
    if found is None:
        return ""
    longer = f"{found[1]}.{found[2]}"
    return longer if longer in known else found[1] if found[1] in known else ""


def proofs_by_id(folder: Path = ROOT / "tests") -> dict[str, list[Proof]]:
    """Return the tests that show each requirement, by file and name."""
    known = {one.id for one in requirements()}
    found: dict[str, list[Proof]] = defaultdict(list)
    for path in sorted(folder.rglob("test_*.py")):
        for name in _tests_in(path):
            if shown := id_in(name, known):
                sentence = name.removeprefix(f"test_{shown.replace('.', '_')}_").replace("_", " ")
                found[shown].append(Proof(str(path.relative_to(folder.parent)), sentence))
    return found


def _tests_in(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node.name
