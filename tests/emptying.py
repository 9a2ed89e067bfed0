"""Empties the databases after a test whose writes were committed, and leaves what never changes where it is."""

from functools import cache

from django.db import connections
from django.test import TransactionTestCase

STAY = ("django_content_type", "auth_permission")
"""Django fills them once for all models. To fill them anew after each test took longer than most tests."""


def empty_quickly() -> None:
    """Let every such test end with DELETE from all other tables, instead of Django's flush."""
    TransactionTestCase._fixture_teardown = _delete_rows  # type: ignore[attr-defined]


def _delete_rows(test: TransactionTestCase) -> None:
    for alias in test._databases_names(include_mirrors=False):  # type: ignore[attr-defined]
        rows = [f"DELETE FROM {name}" for name in _tables(alias)]  # noqa: S608 - names from the schema
        connections[alias].ops.execute_sql_flush(rows)


@cache
def _tables(alias: str) -> tuple[str, ...]:
    connection = connections[alias]
    found = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return tuple(connection.ops.quote_name(name) for name in found if name not in STAY)
