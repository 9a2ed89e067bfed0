"""A backup of a running server holds what is sealed, no open note and no key; and it comes back whole (E3)."""

import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as product
from django.db import connections
from django.utils import timezone

from holdfast.config import backup
from holdfast.config.backup import BackupError, make_backup, restore_backup
from holdfast.gatherings import actions
from holdfast.gatherings.actions.slips import draw_slips
from holdfast.gatherings.models import CircleOfTalk, Round, Saying
from holdfast.programmes.models import Aside, Gathering, Mode, Sitting
from tests.gatherings.rooms import Stage, a_room
from tests.gatherings.test_in_the_open import Pen, begin
from tests.gatherings.test_sittings import written_on_monday
from tests.wire import Wire, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


@pytest.fixture
def wire(transactional_db: None) -> Iterator[Wire]:
    """The real application, running."""
    with running() as wire:
        yield wire


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place to restore into, once a test switches to it."""
    place = tmp_path / "elsewhere"
    place.mkdir()
    return place


def sealed_and_open(wire: Wire) -> Stage:
    """Return a room with a sealed round, and an open one with a note in it."""
    stage = a_room()
    for n in range(3):
        stage.phone(wire).write(f"sealed note {n}")
    actions.close_round(stage.round, by=stage.bo)
    actions.seal_round(stage.round.pk, by=stage.bo)
    stage.round = actions.start_round(stage.room, item=stage.gather, by=stage.bo)
    stage.round = actions.begin_writing(stage.round, by=stage.bo, small_is_agreed=True)
    assert stage.phone(wire).write("open note, not for a backup").status == 201
    return stage


def restore_at(place: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Restore as an empty installation would."""
    with monkeypatch.context() as patch:
        patch.setattr(backup, "path_of", lambda alias: place / backup.DATABASES[alias])
        restore_backup(source)


def test_E3_sealed_notes_come_back_and_every_table_agrees(
    wire: Wire, tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = sealed_and_open(wire)
    made = make_backup(tmp_path / "holdfast.backup")
    assert made["rounds_left_out"] == 1
    restore_at(elsewhere, tmp_path / "holdfast.backup", monkeypatch)
    voices = sqlite3.connect(elsewhere / "voices.sqlite3")
    default = sqlite3.connect(elsewhere / "holdfast.sqlite3")
    assert {row[0] for row in voices.execute("SELECT text FROM voices_note")} == {f"sealed note {n}" for n in range(3)}
    assert voices.execute("SELECT count(*) FROM voices_intake").fetchone() == (0,)
    phase = default.execute("SELECT phase FROM gatherings_round WHERE id = ?", [stage.round.pk]).fetchone()
    assert phase == ("not_kept",)
    assert default.execute("SELECT count(*) FROM gatherings_room WHERE ended_at IS NULL").fetchone() == (0,)
    assert stage.phone(wire).write("the running server went on").status == 201


def kept_closed(wire: Wire) -> Stage:
    """Return a room whose notes wait for a sitting that is taken off the plan after they were written."""
    stage = a_room(writing=False)
    at = stage.gathering.starts_at + timedelta(days=3)
    night = Sitting.objects.create(gathering=stage.gathering, starts_at=at, ends_at=at + timedelta(hours=1))
    actions.read_together(stage.round, together=True, by=stage.bo)
    actions.begin_writing(stage.round, by=stage.bo, small_is_agreed=True)
    assert stage.phone(wire).write("kept for the night").status == 201
    actions.keep_closed(stage.round, by=stage.bo)
    night.delete()
    return stage


def phase_in(place: Path, stage: Stage) -> str:
    """Return where the activity stands in a restored copy."""
    with closing(sqlite3.connect(place / "holdfast.sqlite3")) as default:
        found = default.execute("SELECT phase FROM gatherings_round WHERE id = ?", [stage.round.pk]).fetchone()
    return str(found[0])


def test_E3_what_is_kept_closed_for_another_sitting_is_in_no_backup_and_the_copy_says_so(
    wire: Wire, tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = kept_closed(wire)
    assert make_backup(tmp_path / "holdfast.backup")["rounds_left_out"] == 1
    restore_at(elsewhere, tmp_path / "holdfast.backup", monkeypatch)
    assert phase_in(elsewhere, stage) == "not_kept"
    with closing(sqlite3.connect(elsewhere / "voices.sqlite3")) as voices:
        assert voices.execute("SELECT count(*) FROM voices_intake").fetchone() == (0,)
    stage.round.refresh_from_db()
    assert stage.round.phase == "kept"  # of the running server nothing was taken


def test_E3_what_is_sealed_alone_while_a_backup_is_made_does_not_wait_for_its_sitting_in_the_copy(
    wire: Wire, tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = kept_closed(wire)
    copy = backup._copy_database

    def sealed_between(source: Path, to: Path) -> None:
        copy(source, to)
        if source == backup.path_of("default"):
            actions.seal_alone(stage.round, by=stage.bo)

    with monkeypatch.context() as patch:
        patch.setattr(backup, "_copy_database", sealed_between)
        make_backup(tmp_path / "holdfast.backup")
    restore_at(elsewhere, tmp_path / "holdfast.backup", monkeypatch)
    assert phase_in(elsewhere, stage) == "sealed"


def test_E3_no_key_no_open_note_and_no_way_in_lies_in_a_backup(wire: Wire, tmp_path: Path) -> None:
    sealed_and_open(wire)
    keys = [path.read_bytes() for path in (Path(product.KEY_DIR) / "rounds").glob("*.key")]
    assert keys  # there was something that could have come along
    with connections["voices"].cursor() as cursor:
        cursor.execute("SELECT sealed FROM voices_intake")
        (intake,) = [bytes(row[0]) for row in cursor.fetchall()]
    make_backup(tmp_path / "holdfast.backup")
    with zipfile.ZipFile(tmp_path / "holdfast.backup") as packed:
        inside = b"".join(packed.read(name) for name in packed.namelist())
    assert b"sealed note 1" in inside
    assert intake[:64] not in inside
    assert not any(key in inside for key in keys)
    assert product.SECRET_KEY.encode() not in inside


def test_slips_of_a_session_that_is_going_on_stay_behind_and_those_of_one_ahead_come_along(
    wire: Wire, tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, now = a_room(writing=False), timezone.now()
    ahead = Gathering.objects.create(
        programme=stage.gathering.programme, section=5, title="Later", starts_at=now, ends_at=now + timedelta(hours=1)
    )
    draw_slips(stage.gathering, count=3, by=stage.bo)
    draw_slips(ahead, count=2, by=stage.bo)
    make_backup(tmp_path / "holdfast.backup")
    restore_at(elsewhere, tmp_path / "holdfast.backup", monkeypatch)
    default = sqlite3.connect(elsewhere / "holdfast.sqlite3")
    kept = "SELECT gathering_id, count(slip.id) FROM gatherings_slipdraw drawn LEFT JOIN gatherings_slip slip"
    kept += " ON slip.draw_id = drawn.id GROUP BY gathering_id"
    assert dict(default.execute(kept)) == {stage.gathering.pk: 0, ahead.pk: 2}


def rows(database: sqlite3.Connection, question: str) -> list[tuple[object, ...]]:
    """Ask a restored database."""
    return database.execute(question).fetchall()


def test_E3_what_was_written_with_a_name_is_over_in_a_backup_and_nobody_has_the_right_to_change_it(
    wire: Wire, tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = a_room(writing=False)
    found = actions.begin_writing(begin(stage, "commit", Mode.NAMED), by=stage.bo)
    wire.settle(0.05)
    assert Pen(wire, stage, found).say(name="Ada", then="I rest").status == 201
    assert Saying.objects.exclude(secret="").exists()  # there is a right that could come along
    make_backup(tmp_path / "holdfast.backup")
    restore_at(elsewhere, tmp_path / "holdfast.backup", monkeypatch)
    default = sqlite3.connect(elsewhere / "holdfast.sqlite3")
    assert rows(default, "SELECT name, secret FROM gatherings_saying") == [("Ada", "")]
    assert rows(default, "SELECT phase FROM gatherings_round WHERE kind = 'commit'") == [("finished",)]


def test_B4_E3_a_backup_knows_how_often_a_circle_went_round_and_not_who_sat_where(
    wire: Wire, tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = a_room(writing=False)
    gone = {"seats": 7, "leaders": [2], "spoke": [0, 1], "passed": [4], "waiting": [5], "gone": [6], "start": 3}
    for questions in (2, 0):
        found = begin(stage, "talk", Mode.SPOKEN)
        CircleOfTalk.objects.create(round=found, questions=questions, speakers=3, **gone)
        actions.finish_talk(found, by=stage.bo)
        CircleOfTalk.objects.filter(round=found).update(**gone)  # broken off in the middle
    make_backup(tmp_path / "holdfast.backup")
    restore_at(elsewhere, tmp_path / "holdfast.backup", monkeypatch)
    default = sqlite3.connect(elsewhere / "holdfast.sqlite3")
    kept = rows(
        default, "SELECT questions, seats, leaders, spoke, passed, waiting, gone, start FROM gatherings_circleoftalk"
    )
    assert kept == [(2, 0, "[]", "[]", "[]", "[]", "[]", 0)]


def test_E3_what_is_kept_closed_for_another_sitting_is_left_out_and_not_waited_for(
    wire: Wire, tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, _, desk = written_on_monday(wire)
    desk.press("waiting", seen="writing")
    assert Round.objects.get(pk=stage.round.pk).phase == Round.Phase.KEPT
    assert make_backup(tmp_path / "holdfast.backup")["rounds_left_out"] == 1
    restore_at(elsewhere, tmp_path / "holdfast.backup", monkeypatch)
    default = sqlite3.connect(elsewhere / "holdfast.sqlite3")
    assert rows(default, "SELECT phase FROM gatherings_round") == [("not_kept",)]
    assert rows(sqlite3.connect(elsewhere / "voices.sqlite3"), "SELECT count(*) FROM voices_intake") == [(0,)]


def test_what_facilitators_keep_for_themselves_comes_back_with_a_backup(
    wire: Wire, tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = a_room()
    Aside.objects.create(item=stage.gather, text="Two minutes of silence first.", written_on=date(2026, 11, 2))
    make_backup(tmp_path / "holdfast.backup")
    restore_at(elsewhere, tmp_path / "holdfast.backup", monkeypatch)
    default = sqlite3.connect(elsewhere / "holdfast.sqlite3")
    assert rows(default, "SELECT text FROM programmes_aside") == [("Two minutes of silence first.",)]


def test_a_damaged_backup_is_refused_and_leaves_nothing_behind(
    wire: Wire, tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed_and_open(wire)
    good = tmp_path / "holdfast.backup"
    make_backup(good)
    bad = tmp_path / "bad.backup"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            target.writestr(name, body.replace(b"sealed note 1", b"sealed note 7") if "voices" in name else body)
    with pytest.raises(BackupError, match="voices_note"):
        restore_at(elsewhere, bad, monkeypatch)
    bad.write_bytes(good.read_bytes()[:500])
    with pytest.raises(BackupError, match="cannot be read"):
        restore_at(elsewhere, bad, monkeypatch)
    assert list(elsewhere.iterdir()) == []
    restore_at(elsewhere, good, monkeypatch)  # the good one does come back


def test_a_backup_with_one_wrong_byte_anywhere_is_refused_in_a_sentence(
    wire: Wire, tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed_and_open(wire)
    good, bad = tmp_path / "holdfast.backup", tmp_path / "bad.backup"
    make_backup(good)
    body = good.read_bytes()
    for place in range(0, len(body), max(1, len(body) // 60)):
        bad.write_bytes(body[:place] + bytes([body[place] ^ 0xFF]) + body[place + 1 :])
        try:
            restore_at(elsewhere, bad, monkeypatch)
        except BackupError:
            assert list(elsewhere.iterdir()) == []
        else:  # a byte that carries nothing, such as a date inside the archive
            for path in elsewhere.iterdir():
                path.unlink()


def test_E3_a_round_sealed_while_the_backup_runs_is_kept_whole(
    wire: Wire, tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = a_room()
    stage.phone(wire).write("in time")
    actions.close_round(stage.round, by=stage.bo)
    copy = backup._copy_database

    def and_then_sealed(source: Path, to: Path) -> None:
        copy(source, to)
        if "default" in source.name or "holdfast" in source.name:
            actions.seal_round(stage.round.pk, by=stage.bo)

    monkeypatch.setattr(backup, "_copy_database", and_then_sealed)
    make_backup(tmp_path / "holdfast.backup")
    restore_at(elsewhere, tmp_path / "holdfast.backup", monkeypatch)
    found = sqlite3.connect(elsewhere / "voices.sqlite3").execute("SELECT text FROM voices_note").fetchall()
    phase = sqlite3.connect(elsewhere / "holdfast.sqlite3").execute("SELECT phase FROM gatherings_round").fetchall()
    assert (found, phase) == ([("in time",)], [("sealed",)])


def test_nothing_is_ever_overwritten(
    wire: Wire, tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed_and_open(wire)
    make_backup(tmp_path / "holdfast.backup")
    with pytest.raises(BackupError, match="exists already"):
        make_backup(tmp_path / "holdfast.backup")
    (elsewhere / "voices.sqlite3").write_bytes(b"something")
    with pytest.raises(BackupError, match="already holds"):
        restore_at(elsewhere, tmp_path / "holdfast.backup", monkeypatch)
    assert (elsewhere / "voices.sqlite3").read_bytes() == b"something"
