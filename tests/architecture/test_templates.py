"""Every template compiles, holds nothing the browser is told to refuse, and shows no word of ours from backstage."""

import ast
import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template

from tests.architecture.tree import PRODUCT, modules

TEMPLATES = sorted(path for folder in PRODUCT.glob("*/templates") for path in folder.rglob("*") if path.is_file())
INLINE = re.compile(
    r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)"""
)
BACKSTAGE = re.compile(r"\b(fidelity|gates?|guardrails?|admission|intake|coverage)\b|successfully", re.IGNORECASE)
MARKUP = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>", re.DOTALL)
SENTENCES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def name_of(path: Path) -> str:
    """Return a template's name as a view writes it."""
    return str(path.relative_to(next(parent for parent in path.parents if parent.name == "templates")))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_compiles_and_stays_inside_the_browsers_rules(path: Path) -> None:
    get_template(name_of(path))
    text = path.read_text(encoding="utf-8")
    assert INLINE.search(text) is None
    assert [line for line in text.splitlines() if line.count("{#") != line.count("#}")] == []  # it would be read aloud
    assert BACKSTAGE.search(MARKUP.sub(" ", text)) is None


def test_a_wrong_argument_fails_when_the_template_compiles() -> None:
    with pytest.raises(Exception, match="colour"):
        engines["django"].from_string('{% status colour="red" %}')


@pytest.mark.parametrize(
    "planted", ['<p style="color:red">', '<a onclick="x()">', "<script>x()</script>", "<style>p{}</style>"]
)
def test_a_planted_inline_thing_is_noticed(planted: str) -> None:
    assert INLINE.search(planted)


def test_no_backstage_word_stands_in_a_sentence_of_the_interface() -> None:
    assert BACKSTAGE.search("Sent to the intake.")
    sentences = [
        (module.name, node.args[0].value)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in SENTENCES
        and node.args
        and isinstance(node.args[0], ast.Constant)
    ]
    assert len(sentences) > 20
    assert [found for found in sentences if BACKSTAGE.search(str(found[1]))] == []
