"""Random integer primary keys, so that no table remembers the order in which its rows arrived."""

import secrets
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import In

if TYPE_CHECKING:
    BigInteger = models.BigIntegerField[int, int]
else:  # Django's own class takes its types only while they are checked
    BigInteger = models.BigIntegerField

POSSIBLE = range(-(2**63), 2**63)
"""What a database can hold; anything else is the key of no row."""
LARGEST_KEY = 2**62
"""The largest key we draw, and the largest a device may draw."""


def random_key() -> int:
    """Return a random integer in 1 .. LARGEST_KEY."""
    return secrets.randbelow(LARGEST_KEY) + 1


class RandomKey(BigInteger):
    """A primary key drawn at random instead of counted.

    On SQLite the column type must be exactly `integer`: any other type leaves a hidden rowid that counts arrivals,
    and a backup then names the order in which people wrote. On PostgreSQL it is an ordinary `bigint`.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("primary_key", True)
        options.setdefault("editable", False)
        options.setdefault("default", random_key)
        super().__init__(**options)

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "integer" if connection.vendor == "sqlite" else "bigint"

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str:
        return self.db_type(connection)


@RandomKey.register_lookup
class OneOf(In):
    """`key__in` in which a number too large for any database belongs to no row; Django sees to every other lookup."""

    def get_prep_lookup(self) -> Any:
        wanted = super().get_prep_lookup()
        return [key for key in wanted if key in POSSIBLE] if self.rhs_is_direct_value() else wanted
