"""Tables refer only downwards: a string foreign key may not reach where an import may not."""

import pytest
from django.apps import apps
from django.db.models import Field, Model

from tests.architecture.tree import layers


def may_refer(source: str, target: str) -> bool:
    """Tell whether a table of one app may hold a key of another: the same app, or a layer below."""
    height = {app: position for position, layer in enumerate(reversed(layers())) for app in layer}
    return source == target or height[target] < height[source]


def relations() -> list[tuple[str, str, str]]:
    """Return every relation between our tables as (where it stands, its app, the app it points to)."""
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith("holdfast."):
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if isinstance(field, Field) and isinstance(target, type) and issubclass(target, Model):
                found.append((f"{model._meta.label}.{field.name}", model._meta.app_label, target.__module__))
    return found


def test_relations_follow_the_import_order() -> None:
    assert len(relations()) >= 10
    wrong = [
        f"{where} → {target}"
        for where, source, target in relations()
        if not target.startswith("holdfast.") or not may_refer(source, target.split(".")[1])
    ]
    assert wrong == []


def test_the_anonymous_store_and_everything_else_do_not_refer_to_each_other() -> None:
    crossing = [
        where for where, source, target in relations() if (source == "voices") != target.startswith("holdfast.voices.")
    ]
    assert crossing == []


@pytest.mark.parametrize(
    ("source", "target", "may"),
    [
        ("gatherings", "programmes", True),
        ("programmes", "gatherings", False),
        ("curriculum", "people", False),
        ("people", "people", True),
        ("audit", "people", False),
    ],
)
def test_reaching_up_or_aside_would_be_noticed(source: str, target: str, may: bool) -> None:
    assert may_refer(source, target) is may
