"""The anonymous tables, as they stand in a real file, cannot remember who wrote, when, or in which order."""

import sqlite3

import pytest
from django.db import connections

from tests.architecture.schema_guard import ALLOWED_COLUMNS, findings

SOUND = """
CREATE TABLE voices_voiceround (id integer NOT NULL PRIMARY KEY, state varchar(8) NOT NULL);
CREATE TABLE voices_note (
    id integer NOT NULL PRIMARY KEY, round_id integer NOT NULL REFERENCES voices_voiceround (id), text text NOT NULL);
CREATE INDEX voices_note_round ON voices_note (round_id);
"""
PLANTED = {
    "a UUID as key": ("id integer NOT NULL PRIMARY KEY, round_id", "id char(32) NOT NULL PRIMARY KEY, round_id"),
    "a bigint as key": ("id integer NOT NULL PRIMARY KEY, round_id", "id bigint NOT NULL PRIMARY KEY, round_id"),
    "no key": ("id integer NOT NULL PRIMARY KEY, round_id", "id integer NOT NULL, round_id"),
    "a counted key": ("PRIMARY KEY, round_id", "PRIMARY KEY AUTOINCREMENT, round_id"),
    "a table in the order of another key": ("text text NOT NULL);", "text text NOT NULL) WITHOUT ROWID;"),
    "a time": ("text text", "written datetime NOT NULL, text text"),
    "a time as a number": ("text text", "created_at real NOT NULL, text text"),
    "a date as text": ("text text", "day date NOT NULL, text text"),
    "an author": ("text text", "author_id integer NOT NULL, text text"),
    "a person": ("text text", "somebody integer REFERENCES people_person (id), text text"),
    "a session": ("text text", "session varchar(40), text text"),
    "an address": ("text text", "ip varchar(40), text text"),
    "a revision": ("text text", "rev integer, text text"),
    "any column nobody argued for": ("text text", "colour varchar(8), text text"),
    "a unique text": ("text text NOT NULL", "text text NOT NULL UNIQUE"),
    "a second order": ("voices_note (round_id)", "voices_note (text)"),
    "a trigger": ("CREATE INDEX", "CREATE TRIGGER log AFTER INSERT ON voices_note BEGIN SELECT 1; END; CREATE INDEX"),
    "another table": ("CREATE INDEX", "CREATE TABLE people_log (id integer NOT NULL PRIMARY KEY); CREATE INDEX"),
}


def built(sql: str) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(sql)
    return connection


@pytest.mark.django_db(databases=["default", "voices"])
def test_the_real_store_can_remember_nobody() -> None:
    connection = connections["voices"]
    connection.ensure_connection()
    raw = connection.connection
    tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert set(ALLOWED_COLUMNS) <= tables  # there was something to look at
    assert list(findings(raw)) == []


def test_a_sound_table_is_let_be() -> None:
    assert list(findings(built(SOUND))) == []


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_table_is_noticed(planted: str) -> None:
    old, new = PLANTED[planted]
    assert old in SOUND
    assert list(findings(built(SOUND.replace(old, new))))
