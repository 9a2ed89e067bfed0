"""Rows are written in actions and in the few named places beside them, nowhere else."""

import ast
import re

import pytest

from tests.architecture.tree import ROOT, Module, modules

WRITES = {
    "create",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "bulk_update",
    "save",
    "delete",
    "aupdate",
    "acreate",
    "asave",
    "adelete",
}
QUERIES = {"objects", "filter", "exclude", "all", "select_for_update", "order_by", "using"}
SQL = re.compile(r"\s*(insert|update|delete|replace|drop|alter|create)\b", re.IGNORECASE)
WRITERS = {
    "actions": "the only code that writes",
    "demo": "fills an example through actions, and makes what no action makes",
}
"""Places of any app that write, with the reason."""
NAMED = {
    "holdfast.config.backup": "cleans the copy in a backup, never the running databases",
    "holdfast.voices.intake": "the one door in",
    "holdfast.voices.seal": "turns what came in into what stays",
    "holdfast.voices.writer": "the writer thread: many notes, one commit",
}
"""Single modules that write, with the reason."""


def _chain(node: ast.expr) -> set[str]:
    """Return the names in a chain of attributes and calls such as Answer.objects.filter(...)."""
    names: set[str] = set()
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        else:
            node = node.value
    return names


def writes(module: Module) -> list[str]:
    """Return the calls of a module that write rows, as `line: name`."""
    found = []
    for node in ast.walk(module.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, chain = node.func.attr, _chain(node.func.value)
        sql = node.args[0] if node.args else None
        by_sql = (
            name in {"execute", "executemany"}
            and isinstance(sql, ast.Constant)
            and isinstance(sql.value, str)
            and SQL.match(sql.value)
        )
        if name in WRITES or (name == "update" and chain & QUERIES) or by_sql:
            found.append(f"{node.lineno}: {name}")
    return found


def may_write(module: Module) -> bool:
    """Tell whether this module is one of the writers."""
    return module.place.split(".")[0] in WRITERS or module.name in NAMED


def test_nothing_but_actions_writes_rows() -> None:
    writers = [module for module in modules() if may_write(module)]
    assert any(writes(module) for module in writers)  # there is something that writes
    found = {module.name: lines for module in modules() if not may_write(module) and (lines := writes(module))}
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "Answer.objects.create(text='x')",
        "answer.save(update_fields=['text'])",
        "Answer.objects.filter(pk=1).update(text='x')",
        "Answer.objects.bulk_create([])",
        "answers.delete()",
        "cursor.execute('DELETE FROM answer')",
    ],
)
def test_a_planted_write_is_noticed(line: str) -> None:
    assert writes(Module(ROOT, "holdfast.people.views", ast.parse(line)))


@pytest.mark.parametrize("line", ["words.update(more)", "digest.update(b'x')", "cursor.execute('SELECT 1')"])
def test_what_writes_no_row_is_let_be(line: str) -> None:
    assert writes(Module(ROOT, "holdfast.people.views", ast.parse(line))) == []
