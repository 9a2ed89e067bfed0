"""One backup file of a running installation, with its handouts, without open rounds and keys; brought back verified."""

import argparse
import hashlib
import json
import shutil
import sqlite3
import sys
import tempfile
import zipfile
import zlib
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connections

from holdfast.support import files

FORMAT = 1
DATABASES = {"default": "holdfast.sqlite3", "voices": "voices.sqlite3"}
NOT_TAKEN_ALONG = ("django_session", "people_signinlink", "gatherings_hand")
"""Tables that would let whoever holds a backup in: signed-in browsers and one-time links; and hands that are up now."""
MANIFEST = "manifest.json"
OPEN_PHASES = ("promise", "writing", "screening", "revealed", "closing", "kept")


def path_of(alias: str) -> Path:
    """Return the file of a database of this installation."""
    return Path(str(connections[alias].settings_dict["NAME"]))


class BackupError(Exception):
    """A backup cannot be made or brought back; the text says why and what to do."""


def backup_command(parsed: argparse.Namespace) -> int:
    """Write a backup and say what is in it."""
    return _told(lambda: _say_backup(make_backup(parsed.file), parsed.file))


def restore_command(parsed: argparse.Namespace) -> int:
    """Bring a backup back and say that every table agrees."""
    return _told(lambda: _say_restore(restore_backup(parsed.file)))


def make_backup(target: Path) -> dict[str, Any]:
    """Write one file with both databases as they are at this moment, and return its manifest.

    Rounds that are not sealed are left out of the copy: their notes exist only where their key is. Raises BackupError.
    """
    _check_that_these_are_files()
    if target.exists():
        raise BackupError(f"{target} exists already. Choose another name; a backup is never overwritten.")
    with tempfile.TemporaryDirectory(dir=path_of("voices").parent, prefix="backup-") as scratch:
        copies = {alias: Path(scratch) / name for alias, name in DATABASES.items()}
        for alias, copy in copies.items():
            _copy_database(path_of(alias), copy)
        with closing(sqlite3.connect(copies["voices"])) as voices:
            left_out = _leave_out_open_rounds(voices)
            sealed = voices.execute("SELECT id FROM voices_voiceround ORDER BY id").fetchall()
        with closing(sqlite3.connect(copies["default"])) as default:
            _leave_out_ways_in(default)
            # The copies are made one after the other: a round may have been sealed in between.
            handouts = [row[0] for row in default.execute("SELECT id FROM support_handout ORDER BY id")]
            default.executemany(
                "UPDATE gatherings_round SET phase = 'sealed' WHERE id = ? AND phase IN ('closing', 'kept')", sealed
            )
            _mark_rounds_left_out(default, left_out)
        manifest = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "rounds_left_out": len(left_out),
            "tables": {alias: _digests(copy) for alias, copy in copies.items()},
        }
        partial = target.with_name(target.name + ".partial")
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(MANIFEST, json.dumps(manifest, indent=1))
            for alias, copy in copies.items():
                packed.write(copy, DATABASES[alias])
            for key in handouts:
                if (handout := files.folder() / str(key)).exists():  # it may have been removed meanwhile
                    packed.write(handout, f"{files.FOLDER}/{key}")
        partial.replace(target)
    return manifest


def restore_backup(source: Path) -> dict[str, Any]:
    """Bring a backup into an empty data folder, compare counts and digests of every table, and return the manifest.

    Raises BackupError; then the data folder is as empty as it was.
    """
    _check_that_these_are_files()
    places = {alias: path_of(alias) for alias in DATABASES}
    if there := [place.name for place in places.values() if place.exists()]:
        raise BackupError(f"The data folder already holds {' and '.join(there)}. Restore into an empty data folder.")
    with tempfile.TemporaryDirectory(dir=places["voices"].parent, prefix="restore-") as scratch:
        manifest = _unpack(source, Path(scratch))
        for alias, name in DATABASES.items():
            expected = manifest["tables"][alias]
            try:
                found = _digests(Path(scratch) / name)
            except sqlite3.Error as error:
                raise BackupError(f"{source} holds a damaged {name}. Use another backup.") from error
            if wrong := sorted(t for t in found.keys() | expected.keys() if found.get(t) != expected.get(t)):
                raise BackupError(f"{source} does not agree with its own list: {', '.join(wrong)}. Use another backup.")
        _check_handouts(Path(scratch), source)
        for alias, place in places.items():
            shutil.move(Path(scratch) / DATABASES[alias], place)
        for handout in _handouts_in(Path(scratch)):
            shutil.move(handout, files.folder() / handout.name)
    return manifest


def _check_that_these_are_files() -> None:
    if connections["default"].vendor != "sqlite":
        raise BackupError(
            "This installation uses PostgreSQL, which is copied with its own pg_dump. "
            "The how-to page about several servers shows which tables to leave out."
        )


def _copy_database(source: Path, copy: Path) -> None:
    if not source.exists():
        raise BackupError(f"{source} is not there. Run this where the installation's HOLDFAST_DATA_DIR points.")
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as running, closing(sqlite3.connect(copy)) as to:
        running.backup(to)


def _leave_out_open_rounds(voices: sqlite3.Connection) -> list[int]:
    """Remove intake and rounds that are not sealed, and rewrite the file so that no page remembers them."""
    voices.execute("PRAGMA secure_delete=ON")
    unsealed = [
        row[0] for row in voices.execute("SELECT id FROM voices_voiceround WHERE state <> 'sealed' ORDER BY id")
    ]
    voices.execute("DELETE FROM voices_intake")
    voices.execute("DELETE FROM voices_voiceround WHERE state <> 'sealed'")
    voices.commit()
    voices.execute("VACUUM")
    return unsealed


def _leave_out_ways_in(default: sqlite3.Connection) -> None:
    default.execute("PRAGMA secure_delete=ON")
    for table in NOT_TAKEN_ALONG:
        default.execute(f"DELETE FROM {table}")  # noqa: S608 - a fixed list
    default.commit()


def _mark_rounds_left_out(default: sqlite3.Connection, left_out: list[int]) -> None:
    """Say in the copy that these rounds' notes are not in it, and close their rooms: nobody can go on with them."""
    # What is written with a name is in the copy: such a round is over there. Rights and turns are nobody's any more.
    said = "SELECT round_id FROM gatherings_saying"
    default.execute(
        f"UPDATE gatherings_round SET phase = 'finished' WHERE phase IN ('writing', 'revealed', 'talking') AND id IN ({said})"  # noqa: S608, E501 - fixed words
    )
    default.execute("UPDATE gatherings_saying SET secret = ''")
    default.execute("DELETE FROM gatherings_circleoftalk WHERE questions = 0")
    default.execute(
        "UPDATE gatherings_circleoftalk SET seats = 0, leaders = '[]', gone = '[]', waiting = '[]', spoke = '[]',"
        " passed = '[]', start = 0, speakers = 0"
    )
    marks = ",".join("?" * len(left_out))
    phases = ",".join("?" * len(OPEN_PHASES))
    default.execute(
        f"UPDATE gatherings_round SET phase = 'not_kept' WHERE id IN ({marks}) OR phase IN ({phases})",  # noqa: S608 - only question marks
        [*left_out, *OPEN_PHASES],
    )
    default.execute(
        "DELETE FROM gatherings_slip WHERE draw_id IN (SELECT id FROM gatherings_slipdraw WHERE gathering_id IN"
        " (SELECT gathering_id FROM gatherings_room WHERE ended_at IS NULL AND NOT rehearsal))"
    )
    default.execute("UPDATE gatherings_room SET ended_at = opened_at WHERE ended_at IS NULL")
    default.commit()
    default.execute("VACUUM")


def _digests(path: Path) -> dict[str, list[Any]]:
    """Return for each table its number of rows and the SHA-256 of its rows in the order of their keys."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        names = [
            row[0]
            for row in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
        ]
        found: dict[str, list[Any]] = {}
        for name in names:
            digest, count = hashlib.sha256(), 0
            for row in database.execute(f'SELECT * FROM "{name}" ORDER BY 1'):  # noqa: S608 - names from the schema
                digest.update(repr(row).encode())
                count += 1
            found[name] = [count, digest.hexdigest()]
        return found


def _handouts_in(scratch: Path) -> list[Path]:
    return sorted((scratch / files.FOLDER).glob("*"))


def _check_handouts(scratch: Path, source: Path) -> None:
    """Compare each file with what its row says of it. Raises BackupError."""
    if not _handouts_in(scratch):  # there were none, or the backup is older than they are
        return
    with closing(sqlite3.connect(f"file:{scratch / DATABASES['default']}?mode=ro", uri=True)) as default:
        rows = default.execute("SELECT id, digest FROM support_handout").fetchall()
    expected = {str(key): digest for key, digest in rows}
    found = {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in _handouts_in(scratch)}
    if wrong := sorted(name for name, digest in found.items() if expected.get(name) != digest):
        raise BackupError(f"{source} holds {len(wrong)} damaged handouts. Use another backup.")


def _unpack(source: Path, scratch: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(source) as packed:
            manifest: dict[str, Any] = json.loads(packed.read(MANIFEST))
            if manifest.get("format") != FORMAT or not manifest["tables"].keys() >= DATABASES.keys():
                raise BackupError(f"{source} has another format. Restore it with the version that made it.")
            for name in DATABASES.values():
                with packed.open(name) as inside, (scratch / name).open("wb") as outside:
                    shutil.copyfileobj(inside, outside)
            (scratch / files.FOLDER).mkdir()
            for name in packed.namelist():
                folder, _, key = name.partition("/")
                if folder == files.FOLDER and key.isdecimal():  # never a path somebody wrote into the file
                    with packed.open(name) as inside, (scratch / files.FOLDER / key).open("wb") as outside:
                        shutil.copyfileobj(inside, outside)
    except (OSError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, AttributeError) as error:
        raise BackupError(f"{source} cannot be read as a backup ({type(error).__name__}). Use another one.") from error
    return manifest


def _say_backup(manifest: dict[str, Any], target: Path) -> None:
    rows = sum(count for tables in manifest["tables"].values() for count, _ in tables.values())
    print(f"Wrote {target}: {rows} rows. Keys are not in it.")
    if manifest["rounds_left_out"]:
        print(f"{manifest['rounds_left_out']} open activities were left out; make another backup when they are closed.")


def _say_restore(manifest: dict[str, Any]) -> None:
    for alias, tables in manifest["tables"].items():
        print(f"{alias}: {len(tables)} tables, {sum(count for count, _ in tables.values())} rows, all agree.")
    print("Restored. Everyone signs in anew; run `holdfast serve`.")


def _told(act: Any) -> int:
    try:
        act()
    except BackupError as error:
        print(f"holdfast: {error}", file=sys.stderr)
        return 1
    return 0
