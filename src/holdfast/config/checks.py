"""System checks: the promises about storage are read back from live connections, not trusted."""

import os
import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import connections

PROMISED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "secure_delete": 1}
WANTED = {"default": PROMISED, "voices": PROMISED}


@register(Tags.database)
def storage_keeps_what_it_says(databases: Any = None, **_options: Any) -> list[CheckMessage]:
    """Read the pragmas of both databases back. Without them an acknowledged note can be lost, or a deleted one kept."""
    problems: list[CheckMessage] = []
    for alias in databases or ():
        if connections[alias].vendor != "sqlite":
            continue
        with connections[alias].cursor() as cursor:
            for pragma, wanted in WANTED[alias].items():
                cursor.execute(f"PRAGMA {pragma}")
                found = cursor.fetchone()[0]
                if found != wanted:
                    problems.append(
                        Error(
                            f"Database {alias}: {pragma} is {found!r}, not {wanted!r}.",
                            hint="Put the data folder on a local disk and leave the connection options alone.",
                            id="holdfast.E001",
                        )
                    )
    return problems


@register()
def keys_are_out_of_reach(**_options: Any) -> list[CheckMessage]:
    """Look at where keys lie: apart from the data, and closed to other accounts of the machine."""
    problems: list[CheckMessage] = []
    keys, data = Path(settings.KEY_DIR).resolve(), Path(settings.DATA_DIR).resolve()
    if keys == data or data in keys.parents:
        problems.append(
            Error(
                "The key folder lies inside the data folder.",
                hint="Set HOLDFAST_KEY_DIR to a folder that no backup takes along.",
                id="holdfast.E002",
            )
        )
    if os.name == "posix" and keys.exists() and stat.S_IMODE(keys.stat().st_mode) & 0o077:
        problems.append(
            Error(
                "Other accounts of this machine can look into the key folder.",
                hint=f"Run: chmod 700 {keys}",
                id="holdfast.E003",
            )
        )
    return problems


@register(deploy=True)
def people_are_not_shown_demo_links(**_options: Any) -> list[CheckMessage]:
    """Say so when an installation for real people runs as a demo, or without HTTPS."""
    problems: list[CheckMessage] = []
    if settings.DEMO:
        problems.append(Error("HOLDFAST_DEMO is on: anyone can sign in as anyone.", id="holdfast.E004"))
    if not settings.HTTPS:
        problems.append(
            Caution("The public address has no HTTPS: people in the same Wi-Fi can read along.", id="holdfast.W001")
        )
    return problems
