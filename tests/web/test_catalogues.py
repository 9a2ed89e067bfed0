"""The interface in other languages: every sentence is in each catalogue, with its placeholders, and compiled."""

import ast
import re
from collections.abc import Iterator

import polib
import pytest

from tools import messages

LANGUAGES = pytest.mark.parametrize("language", messages.LANGUAGES)
SLOT = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{[^{}]*\}")
TAG = re.compile(r"</?\w+")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(messages.po_path(language)))


def pairs(language: str) -> list[tuple[str, str]]:
    """Return what is said and how it is translated; of plurals the last form."""
    found = []
    for entry in catalogue(language):
        if not entry.obsolete and entry.translated():
            plural = entry.msgid_plural
            found.append((plural or entry.msgid, entry.msgstr_plural[1] if plural else entry.msgstr))
    return found


def faults(said: str, translated: str) -> list[str]:
    """Return what a translation lost or made up."""
    wrong = []
    if sorted(SLOT.findall(said)) != sorted(SLOT.findall(translated)):
        wrong.append("placeholders")
    if sorted(TAG.findall(said)) != sorted(TAG.findall(translated)):
        wrong.append("tags")
    if said.startswith("\n") != translated.startswith("\n") or said.endswith("\n") != translated.endswith("\n"):
        wrong.append("line ends")
    if said.endswith((".", "!", "?")) and not translated.endswith((".", "!", "?", "»", "”", ")")):
        wrong.append("the end of a sentence")
    return wrong


@LANGUAGES
def test_a_catalogue_has_every_sentence_of_the_source_and_no_other(language: str) -> None:
    written = {(entry.msgid, entry.msgctxt, entry.msgid_plural) for entry in catalogue(language) if not entry.obsolete}
    in_source = {(one.msgid, one.msgctxt, one.msgid_plural) for one in messages.found().values()}
    assert written == in_source, "the catalogue is behind the source: run make messages"


@LANGUAGES
def test_no_translation_waits_for_a_second_look(language: str) -> None:
    assert [entry.msgid for entry in catalogue(language) if entry.fuzzy] == []


@LANGUAGES
def test_a_translation_keeps_placeholders_tags_and_full_stops(language: str) -> None:
    assert [
        (said, translated, wrong) for said, translated in pairs(language) if (wrong := faults(said, translated))
    ] == []


@LANGUAGES
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    compiled = polib.mofile(str(messages.po_path(language).with_suffix(".mo")))
    written = {(e.msgid, e.msgctxt, e.msgstr or str(e.msgstr_plural)) for e in catalogue(language) if e.translated()}
    assert {(e.msgid, e.msgctxt, e.msgstr or str(e.msgstr_plural)) for e in compiled} == written


@pytest.mark.parametrize(
    ("said", "translated", "wrong"),
    [
        ("%(n)s notes", "%(n)s notas", []),
        ("%(n)s notes", "notas", ["placeholders"]),
        ("{n} of {most}", "{n} de {mas}", ["placeholders"]),
        ("<b>No</b> name", "<b>Sin nombre", ["tags"]),
        ("Saved.", "Guardado", ["the end of a sentence"]),
        ("Really?", "¿De verdad?", []),
    ],
)
def test_a_planted_fault_is_noticed(said: str, translated: str, wrong: list[str]) -> None:
    assert faults(said, translated) == wrong


def test_sentences_are_found_where_they_stand() -> None:
    known = {key[0] for key in messages.found()}
    for said in (
        "Join a session",  # a template
        "{n} people are here.",  # the words of a script
        "%(count)s minutes",  # a plural's first form is its key
        "Check the newest mail",  # inside a longer one
    ):
        assert any(said in one or said.replace("minutes", "minute") == one for one in known), said


def said_too_early(text: str) -> list[int]:
    """Return the lines on which a sentence is finished while the module is loaded, in no reader's language."""
    found = [node for node in _outside_of_functions(ast.parse(text)) if isinstance(node, ast.BinOp)]
    return [node.lineno for node in found if any(_is_a_sentence(side) for side in (node.left, node.right))]


def _outside_of_functions(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _outside_of_functions(child)


def _is_a_sentence(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"


def test_no_sentence_is_finished_before_somebody_reads_it() -> None:
    found = {path.name: said_too_early(path.read_text(encoding="utf-8")) for path in messages.PRODUCT.rglob("*.py")}
    assert len(found) > 100
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ('HELP = _("At most %(n)s.") % {"n": 10}', [1]),
        ('class F:\n    help = "a" + _("b")', [2]),
        ('def f():\n    return _("%(n)s") % {"n": 1}', []),
        ('HELP = _("At most ten.")', []),
    ],
)
def test_a_planted_early_sentence_is_noticed(line: str, lines: list[int]) -> None:
    assert said_too_early(line) == lines
