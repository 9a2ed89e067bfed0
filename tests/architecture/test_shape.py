"""Files stay small, say in one sentence what they are, and are named after what they do."""

import ast
import re

import pytest

from tests.architecture.tree import PRODUCT, ROOT, Module, modules, parse, python_files, shown

LONGEST = 400
FORBIDDEN = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "core",
    "misc",
    "base",
    "services",
    "service",
    "managers",
    "manager",
}
PURE = re.compile(r"\.rules(\.|$)|^holdfast\.privacy(\.|$)")
CLOCKS = {"now", "today", "utcnow"}


def test_no_file_is_longer_than_400_lines() -> None:
    files = [path for path in PRODUCT.rglob("*") if path.suffix in {".css", ".js", ".html"}]
    files += python_files("src", "tests", "tools", "bench")
    lines = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert max(lines.values()) > 100  # there was something to measure
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    names = {shown(path) for path in [*python_files("src"), *PRODUCT.rglob("*/")] if path.stem in FORBIDDEN}
    assert names == {"src/holdfast/config/postgresql/base.py"}  # Django looks for a database under this name


def is_one_sentence(text: str | None) -> bool:
    """Tell whether a docstring is one sentence: one line, one full stop, at its end."""
    return bool(text) and "\n" not in str(text) and len(re.findall(r"[.!?](?=\s|$)", str(text))) == 1


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Reads settings.", True),
        ("Reads config.env, and holdfast.keys too.", True),
        ("Reads. Writes.", False),
        ("Reads", False),
        (None, False),
    ],
)
def test_a_sentence_is_told_from_two(text: str | None, fits: bool) -> None:
    assert is_one_sentence(text) is fits


def test_every_module_says_in_one_sentence_what_it_is() -> None:
    written = [path for path in python_files("src", "tools", "bench", "tests") if path.stat().st_size]
    trees = {shown(path): parse(path, "").tree for path in written}
    assert {name for name, tree in trees.items() if not is_one_sentence(ast.get_docstring(tree))} == set()


def clock_readings(module: Module) -> list[int]:
    """Return the lines on which a module asks what time it is."""
    return [
        node.lineno
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    ]


def test_rules_are_told_the_time_instead_of_asking() -> None:
    pure = [module for module in modules() if PURE.search(module.name)]
    assert len(pure) >= 3
    assert {module.name: lines for module in pure if (lines := clock_readings(module))} == {}


def test_asking_for_the_time_would_be_noticed() -> None:
    planted = Module(ROOT, "holdfast.people.rules", ast.parse("from datetime import date\nlate = date.today()"))
    assert clock_readings(planted) == [2]


def signals_used(module: Module) -> bool:
    """Tell whether a module listens to Django's signals or overrides save()."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith((".signals", ".dispatch")):
            return True
        if isinstance(node, ast.ClassDef) and any(
            isinstance(part, ast.FunctionDef) and part.name == "save" for part in node.body
        ):
            return True
    return False


def test_nothing_happens_behind_a_signal_or_an_overridden_save() -> None:
    planted = Module(ROOT, "holdfast.x", ast.parse("class A:\n    def save(self): ..."))
    assert signals_used(planted)
    # Connection settings are the one thing Django offers no other way to reach.
    assert {module.name for module in modules() if signals_used(module)} <= {"holdfast.config.checks"}
