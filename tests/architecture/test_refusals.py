"""Every refusal has its two sentences, and every sentence has a refusal."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from holdfast.web.wording import messages_of
from tests.architecture.tree import Module, modules

PLACE = re.compile(r"%\((\w+)\)")


@dataclass(frozen=True, slots=True)
class Raised:
    """One place where something is refused; details is None when they are not written out there."""

    where: str
    code: str | None
    details: frozenset[str] | None


def literals(node: ast.expr) -> list[str] | None:
    """Return the texts an expression can be, when they are written out: a text, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        one, other = literals(node.body), literals(node.orelse)
        return one + other if one and other else None
    return None


def details_of(call: ast.Call) -> frozenset[str] | None:
    """Return the names of the details of a refusal, when they are written out."""
    given = call.args[1] if len(call.args) > 1 else next((k.value for k in call.keywords if k.arg == "details"), None)
    if given is None:
        return frozenset()
    if not isinstance(given, ast.Dict):
        return None
    return frozenset(key.value for key in given.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    """Yield the calls of a function or method by its plain name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name == getattr(node.func, "id", getattr(node.func, "attr", None)):
            yield node


def passed_on(module: Module) -> dict[ast.Call, list[str]]:
    """Return the refusals whose code is an argument of the function around them, with the codes it is called with."""
    found: dict[ast.Call, list[str]] = {}
    for function in ast.walk(module.tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        names = [argument.arg for argument in function.args.args]
        for refusal in calls(function, "Refused"):
            if isinstance(refusal.args[0], ast.Name) and refusal.args[0].id in names:
                given = [argument for call in calls(module.tree, function.name) for argument in call.args]
                found[refusal] = [code for argument in given for code in literals(argument) or [] if "." in code]
    return found


def refusals(module: Module) -> Iterator[Raised]:
    """Yield every `Refused(…)` of a module, one for each code it can carry."""
    through = passed_on(module)
    for call in calls(module.tree, "Refused"):
        for code in literals(call.args[0]) or through.get(call) or (None,):
            yield Raised(f"{module.name}:{call.lineno}", code, details_of(call))


RAISED = [raised for module in modules() for raised in refusals(module)]
APPS = sorted({module.app for module in modules() if module.place == "messages"})
WRITTEN = {code: message for app in APPS for code, message in messages_of(app).items()}


def test_a_planted_refusal_is_seen() -> None:
    tree = ast.parse('raise Refused("a.b" if x else "a.c", {"on": day}, status=422)\nraise Refused(code)')
    planted = Module(path=modules()[0].path, name="planted", tree=tree)
    assert [(r.code, r.details) for r in refusals(planted)] == [("a.b", {"on"}), ("a.c", {"on"}), (None, frozenset())]


def test_a_code_handed_through_a_function_is_seen() -> None:
    tree = ast.parse('def door(send, code):\n    raise Refused(code)\ndoor(1, "a.b")\ngate.door(2, "a.c")')
    planted = Module(path=modules()[0].path, name="planted", tree=tree)
    assert [r.code for r in refusals(planted)] == ["a.b", "a.c"]


def test_codes_are_written_out_where_something_is_refused() -> None:
    assert len(RAISED) > 10
    assert [raised.where for raised in RAISED if raised.code is None] == []


def test_every_refusal_has_its_sentences() -> None:
    assert sorted({f"{raised.code} ({raised.where})" for raised in RAISED if raised.code not in WRITTEN}) == []


def test_every_sentence_has_a_refusal() -> None:
    assert sorted(set(WRITTEN) - {raised.code for raised in RAISED}) == []


@pytest.mark.parametrize("app", APPS)
def test_codes_begin_with_their_app(app: str) -> None:
    assert [code for code in messages_of(app) if not re.fullmatch(rf"{app}\.[a-z0-9_]+", code)] == []


@pytest.mark.parametrize("code", sorted(WRITTEN))
def test_a_refusal_says_what_is_so_and_what_to_do_next(code: str) -> None:
    what, next_step = str(WRITTEN[code].what), str(WRITTEN[code].next)
    assert next_step.endswith((".", "?"))
    assert what.endswith((".", "?")) or PLACE.search(what)  # may end in what somebody else said
    assert what != next_step


def test_a_sentence_uses_only_details_it_is_given() -> None:
    missing = [
        f"{raised.where} {raised.code} {sorted(used - raised.details)}"
        for raised in RAISED
        if raised.code in WRITTEN and raised.details is not None
        for used in [set(PLACE.findall(f"{WRITTEN[raised.code].what} {WRITTEN[raised.code].next}"))]
        if used - raised.details
    ]
    assert missing == []
