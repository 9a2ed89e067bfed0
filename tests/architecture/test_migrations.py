"""The migrations say what the models say, and every app that has tables has them."""

from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

OURS = {config.label for config in apps.get_app_configs() if config.name.startswith("holdfast.")}


def missing(state: ProjectState) -> set[str]:
    """Return our apps whose migrations are behind this state of the models."""
    loader = MigrationLoader(None)
    changes = MigrationAutodetector(loader.project_state(), state).changes(graph=loader.graph)
    return OURS & set(changes)


def test_no_model_is_ahead_of_its_migrations() -> None:
    assert missing(ProjectState.from_apps(apps)) == set()


def test_a_model_without_a_migration_would_be_noticed() -> None:
    state = ProjectState.from_apps(apps)
    state.add_model(ModelState("audit", "Planted", [("id", models.BigIntegerField(primary_key=True))]))
    assert missing(state) == {"audit"}
