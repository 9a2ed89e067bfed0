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


# What PostgreSQL must answer to SHOW. A log with statements would be a diary of who wrote when; the rest is "saved".
ASKED = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "remote_apply"),
    "track_commit_timestamp": ("off",),
    "log_statement": ("none", "ddl"),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
    "log_parameter_max_length_on_error": ("0",),
    "debug_print_parse": ("off",),
    "debug_print_plan": ("off",),
}


@register(Tags.database)
def storage_keeps_what_it_says(databases: Any = None, **_options: Any) -> list[CheckMessage]:
    """Read the settings of both databases back. Without them a saved note can be lost, or a deleted one kept."""
    problems: list[CheckMessage] = []
    for alias in databases or ():
        if connections[alias].vendor == "sqlite":
            problems += _promises_of_sqlite(alias)
        elif connections[alias].vendor == "postgresql":
            problems += _promises_of_postgresql(alias)
    return problems


def _promises_of_sqlite(alias: str) -> list[CheckMessage]:
    problems: list[CheckMessage] = []
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


def _promises_of_postgresql(alias: str) -> list[CheckMessage]:
    problems: list[CheckMessage] = []
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(ASKED)])
        for name, found in cursor.fetchall():
            if found not in ASKED[name]:
                problems.append(
                    Error(
                        f"Database {alias}: {name} is {found!r}, not {ASKED[name][0]!r}.",
                        hint=f"Set {name} to {ASKED[name][0]} in the server's configuration and restart it.",
                        id="holdfast.E005",
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
