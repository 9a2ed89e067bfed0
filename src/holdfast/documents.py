"""A column that holds a checked document as JSON."""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class Document(models.JSONField):
    """JSON without a constraint in the database: SQLite refuses JSON_VALID() in a schema it is told not to trust.

    Django writes it, so it is always JSON; what it must contain is checked where it is made.
    """

    def db_check(self, connection: BaseDatabaseWrapper) -> None:
        """Leave the check out."""
        return
