"""Where the two databases are: two SQLite files, or two PostgreSQL databases on one server."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from holdfast.config.env import SettingError

SETTING = "HOLDFAST_DATABASE_URL"
EXAMPLE = "postgresql://holdfast:password@127.0.0.1/holdfast"
PATIENCE_SECONDS = 20
LONGEST_IDLE_SECONDS = 60
COMMON_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
    "PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;"  # what is removed for good leaves no byte in the file
)
SESSION = (
    "-c synchronous_commit=on"  # "saved" means the disk has it
    f" -c lock_timeout={PATIENCE_SECONDS}s"
    # A server that hangs in the middle of a transaction must not keep all others waiting.
    f" -c idle_in_transaction_session_timeout={LONGEST_IDLE_SECONDS}s"
)


def databases_at(url: str, data_dir: Path) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES: what people write lives apart, never in a transaction with a person."""
    if not url:
        return {alias: sqlite(data_dir, name) for alias, name in (("default", "holdfast"), ("voices", "voices"))}
    address = postgresql(url)
    name = address["NAME"]
    return {
        "default": {**address, "ENGINE": "holdfast.config.postgresql"},
        "voices": {**address, "ENGINE": "django.db.backends.postgresql", "NAME": f"{name}_voices"},
    }


def sqlite(data_dir: Path, name: str) -> dict[str, Any]:
    """Return one SQLite file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "CONN_MAX_AGE": None,
        "NAME": data_dir / f"{name}.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": PATIENCE_SECONDS, "init_command": COMMON_PRAGMAS},
        "TEST": {"NAME": data_dir / f"test-{name}.sqlite3"},
    }


def postgresql(url: str) -> dict[str, Any]:
    """Read the address of a PostgreSQL database; what follows a question mark is handed to its client as it is.

    Raises SettingError, without the address: a password may be in it.
    """
    try:
        parts = urlsplit(url)
        port, options = parts.port, dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise SettingError(f"{SETTING} cannot be read. Set it to an address such as {EXAMPLE}.") from error
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgresql", "postgres"} or not name or "/" in name or parts.fragment:
        raise SettingError(f"{SETTING} is no address of a PostgreSQL database. Set it to one such as {EXAMPLE}.")
    host = options.pop("host", "") or parts.hostname or ""
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or options.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **options,
            "application_name": "holdfast",
            "options": SESSION,
            "server_side_binding": True,  # what people type never becomes part of a statement, which a server may log
        },
    }
