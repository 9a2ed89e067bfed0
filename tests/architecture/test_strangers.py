"""The anonymous store knows no person, no session and no request, whichever way they might come in."""

import ast

import pytest

from tests.architecture.tree import ROOT, Module, modules

ALLOWED = (
    "django.apps",
    "django.conf",
    "django.core.checks",
    "django.db",
    "django.utils.translation",
    "django.utils.crypto",
)
KNOWS = {
    "session",
    "person",
    "user",
    "ip",
    "remote_addr",
    "user_agent",
    "META",
    "COOKIES",
    "headers",
    "client",
    "now",
    "today",
}
"""Names that have no business in the store: whoever writes, where from, and when."""


def django_imports(module: Module) -> set[str]:
    """Return the parts of Django a module imports."""
    found: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return {name for name in found if name.split(".")[0] == "django"}


def names_used(module: Module) -> set[str]:
    """Return every name and attribute a module reads or defines."""
    found: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
    return found


def breaches(module: Module) -> set[str]:
    """Return what a module of the store should not know."""
    strangers = {name for name in django_imports(module) if not name.startswith(ALLOWED)}
    return strangers | (names_used(module) & KNOWS)


def test_the_store_imports_of_django_only_tables_and_settings() -> None:
    store = [module for module in modules() if module.app == "voices"]
    assert len(store) >= 5
    assert {module.name: found for module in store if (found := breaches(module))} == {}


@pytest.mark.parametrize(
    "line",
    [
        "from django.contrib.sessions.models import Session",
        "from django.contrib.auth import get_user_model",
        "import django.http",
        "from django.utils import timezone",
        "def take(text, person): ...",
        "written = clock.now()",
        "seen = request.META",
    ],
)
def test_a_planted_acquaintance_is_noticed(line: str) -> None:
    assert breaches(Module(ROOT, "holdfast.voices.intake", ast.parse(line)))
