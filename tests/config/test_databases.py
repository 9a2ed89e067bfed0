"""One setting puts PostgreSQL behind Holdfast: what it may say, and what it never says aloud."""

from pathlib import Path

import pytest

from holdfast.config.databases import databases_at
from holdfast.config.env import SettingError

NOWHERE = Path("/nowhere")


def test_without_the_setting_there_are_two_sqlite_files() -> None:
    found = databases_at("", NOWHERE)

    assert {alias: Path(one["NAME"]).name for alias, one in found.items()} == {
        "default": "holdfast.sqlite3",
        "voices": "voices.sqlite3",
    }


def test_voices_have_a_database_of_their_own_beside_the_one_that_is_named() -> None:
    found = databases_at("postgresql://ann:p%40ss@db.example.org:5433/school?sslmode=verify-full", NOWHERE)

    assert [one["NAME"] for one in found.values()] == ["school", "school_voices"]
    for one in found.values():
        assert (one["USER"], one["PASSWORD"], one["HOST"], one["PORT"]) == ("ann", "p@ss", "db.example.org", "5433")
        assert one["OPTIONS"]["sslmode"] == "verify-full"
        assert one["OPTIONS"]["server_side_binding"]  # a statement a server logs holds no word of anybody
        assert "synchronous_commit=on" in one["OPTIONS"]["options"]


def test_a_socket_is_named_after_a_question_mark() -> None:
    found = databases_at("postgresql:///school?host=/run/postgresql", NOWHERE)

    assert found["default"]["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://ann:secret@host/school",
        "postgresql://ann:secret@host",
        "postgresql://ann:secret@host:port/school",
        "postgresql://ann:secret@host/school/more",
        "postgresql://ann:secret@host/school?sslmode",
    ],
)
def test_what_cannot_be_read_is_refused_without_saying_the_password(url: str) -> None:
    with pytest.raises(SettingError) as refused:
        databases_at(url, NOWHERE)

    assert "HOLDFAST_DATABASE_URL" in str(refused.value)
    assert "secret" not in str(refused.value)
