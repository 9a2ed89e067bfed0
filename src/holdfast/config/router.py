"""Which database a table lives in: voices in its own, everything else in the default one."""

from typing import Any

from django.db.models import Model


class VoicesRouter:
    """Keeps the anonymous store apart, so that no transaction can hold a person and a voice together."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return "voices" if model._meta.app_label == "voices" else "default"

    db_for_write = db_for_read

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return (one._meta.app_label == "voices") == (other._meta.app_label == "voices")

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == "voices") == (app_label == "voices")
