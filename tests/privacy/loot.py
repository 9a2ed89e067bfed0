"""What an attacker who holds every file can collect from the databases, on SQLite and on PostgreSQL alike."""

import shutil
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connections

from tests import postgresql

BOTH = ("voices", "default")
SEGMENT = 16 * 1024 * 1024


class SqliteFiles:
    """Two files and their write-ahead logs."""

    def begin(self) -> None:
        """Begin a meeting: the files hold nothing of the one before."""

    def copy_of_intake(self) -> dict[int, bytes]:
        """Copy the voices files as a backup tool would, and read the intake out of the copy."""
        source = _path("voices")
        copy = source.with_name("copied.sqlite3")
        for suffix in ("", "-wal"):
            if Path(f"{source}{suffix}").exists():
                shutil.copyfile(f"{source}{suffix}", f"{copy}{suffix}")
        connection = sqlite3.connect(copy)
        try:
            return dict(connection.execute("SELECT id, sealed FROM voices_intake ORDER BY rowid"))
        finally:
            connection.close()
            for suffix in ("", "-wal", "-shm"):
                Path(f"{copy}{suffix}").unlink(missing_ok=True)

    def files(self) -> dict[str, bytes]:
        """Return both databases with their logs."""
        return {
            f"{alias}{suffix}": Path(f"{_path(alias)}{suffix}").read_bytes()
            for alias in BOTH
            for suffix in ("", "-wal")
            if Path(f"{_path(alias)}{suffix}").exists()
        }

    def rows(self) -> list[tuple[int, str]]:
        """Return the sealed notes in the order of the table."""
        return _ask("voices", "SELECT id, text FROM voices_note ORDER BY rowid")

    def bookkeeping(self) -> dict[str, list[str]]:
        """Return what the tables beside the notes hold, in the order of their rows; the rest is in the files."""
        return {"rows": [row for alias in BOTH for table in _others(alias) for row in self._rows_of(alias, table)]}

    def _rows_of(self, alias: str, table: str) -> list[str]:
        return [" ".join(map(str, row)) for row in _ask(alias, f'SELECT * FROM "{table}" ORDER BY rowid')]  # noqa: S608 - names from the schema

    def log(self) -> list[str]:
        """Return what the database logged; SQLite has no log."""
        return []

    def empty(self) -> None:
        """Leave nothing of a meeting that is over."""
        with connections["voices"].cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@dataclass(slots=True)
class ServerFiles:
    """The files, the log and the bookkeeping of a PostgreSQL server, in the hands of its superuser.

    began, logged: how far its write-ahead log and its log had come when the meeting began.
    """

    began: int = 0
    logged: int = 0

    def begin(self) -> None:
        """Note where the logs stand."""
        ((self.began,),) = _ask("voices", "SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint")
        self.logged = (self._folder() / "log").stat().st_size

    def copy_of_intake(self) -> dict[int, bytes]:
        """Read the intake in the order of the file."""
        rows = _ask("voices", "SELECT id, sealed FROM voices_intake ORDER BY ctid")
        return {note_id: bytes(sealed) for note_id, sealed in rows}

    def files(self) -> dict[str, bytes]:
        """Return the bytes of the tables that hold something, and of the write-ahead log since the beginning."""
        ((end,),) = _ask("voices", "SELECT (pg_current_wal_flush_lsn() - '0/0')::bigint")
        written = self._log_to(end)
        _ask("voices", "SELECT 1", before="CHECKPOINT")  # until then pages are in memory only
        return {"voices": self._tables("voices"), "default": self._tables("default"), "voices-wal": written}

    def rows(self) -> list[tuple[int, str]]:
        """Return the sealed notes in the order of the file."""
        return _ask("voices", "SELECT id, text FROM voices_note ORDER BY ctid")

    def bookkeeping(self) -> dict[str, list[str]]:
        """Return the rows in the order of their transactions, and in the order of a dump: the notes, and all others."""
        notes = "SELECT text FROM voices_note ORDER BY age(xmin) DESC, ctid"
        others = [row for alias in BOTH for table in _others(alias) for row in self._rows_of(alias, table)]
        connection = connections["voices"]
        connection.ensure_connection()
        with connection.connection.cursor() as cursor, cursor.copy("COPY voices_note (text) TO STDOUT") as dump:
            dumped = b"".join(bytes(part) for part in dump).decode().splitlines()
        return {"rows": others, "xmin": [text for (text,) in _ask("voices", notes)], "dump": dumped}

    def _rows_of(self, alias: str, table: str) -> list[str]:
        query = f'SELECT one::text FROM "{table}" one ORDER BY age(xmin) DESC, ctid'  # noqa: S608 - names from the schema
        return [str(row) for (row,) in _ask(alias, query)]

    def log(self) -> list[str]:
        """Return what the server logged, and the statements its activity view shows."""
        with (self._folder() / "log").open("rb") as file:
            file.seek(self.logged)
            lines = file.read().decode(errors="replace").splitlines()
        return lines + [str(query) for (query,) in _ask("voices", "SELECT query FROM pg_stat_activity ORDER BY pid")]

    def empty(self) -> None:
        """Leave nothing of a meeting that is over."""
        for table in ("voices_note", "voices_intake", "voices_tally", "voices_voiceround"):
            _ask("voices", "SELECT 1", before=f"VACUUM FULL {table}")

    def _folder(self) -> Path:
        return Path(postgresql.start())

    def _tables(self, alias: str) -> bytes:
        paths = _ask(
            alias,
            "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 't') AND relpages >= 0 "
            "AND pg_relation_size(oid) > 0 AND oid >= 16384 ORDER BY relname",
        )
        return b"".join((self._folder() / path).read_bytes() for (path,) in paths if (self._folder() / path).exists())

    def _log_to(self, end: int) -> bytes:
        found = []
        for number in range(self.began // SEGMENT, end // SEGMENT + 1):
            name = f"{1:08X}{number // 256:08X}{number % 256:08X}"
            segment = (self._folder() / "pg_wal" / name).read_bytes()
            first, last = max(0, self.began - number * SEGMENT), min(SEGMENT, end - number * SEGMENT)
            found.append(segment[first:last])
        return b"".join(found)


def loot() -> SqliteFiles | ServerFiles:
    """Return what there is to collect from."""
    return ServerFiles() if connections["voices"].vendor == "postgresql" else SqliteFiles()


def every_byte(alias: str) -> bytes:
    """Return what the files of a database hold, SQLite's log included."""
    if connections[alias].vendor == "sqlite":
        file = _path(alias)
        return b"".join(path.read_bytes() for path in file.parent.glob(file.name + "*"))
    folder = folders_of_the_databases()[1 + BOTH.index(alias)]
    return b"".join(path.read_bytes() for path in folder.iterdir())


def folders_of_the_databases() -> list[Path]:
    """Return the folders that hold everything both databases have written; PostgreSQL is asked to write it now."""
    if connections["voices"].vendor == "sqlite":
        return [_path(alias).parent for alias in BOTH]
    found = [Path(postgresql.start()) / "pg_wal"]
    for alias in BOTH:
        ((number,),) = _ask(
            alias, "SELECT oid FROM pg_database WHERE datname = current_database()", before="CHECKPOINT"
        )
        found.append(Path(postgresql.start()) / "base" / str(number))
    return found


def is_log_of_a_server(path: str) -> bool:
    """Tell whether a file is PostgreSQL's write-ahead log, which no program may empty: the docs say what it keeps."""
    return "/pg_wal/" in path


@cache
def _others(alias: str) -> list[str]:
    """Return every table of a database but those of the anonymous store, which have attackers of their own."""
    with connections[alias].cursor() as cursor:
        tables = connections[alias].introspection.table_names(cursor)
    return sorted(table for table in tables if not table.startswith("voices_"))


def _path(alias: str) -> Path:
    return Path(str(connections[alias].settings_dict["NAME"]))


def _ask(alias: str, query: str, *, before: str = "") -> list[Any]:
    with connections[alias].cursor() as cursor:
        if before:
            cursor.execute(before)
        cursor.execute(query)
        rows: Iterable[Any] = cursor.fetchall()
        return list(rows)
