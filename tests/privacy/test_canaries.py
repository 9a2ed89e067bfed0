"""Marked texts, ids, secrets, tags and addresses are looked for in every file the server writes (E3)."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as product

from holdfast.gatherings import actions
from tests.gatherings.rooms import Stage, a_room
from tests.privacy.loot import folders_of_the_databases, is_log_of_a_server
from tests.privacy.world import listening
from tests.wire import Phone, Wire, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


@pytest.fixture
def wire(transactional_db: None, settings: object) -> Iterator[Wire]:
    """The real application, running."""
    settings.CLOSING_SECONDS = 600  # type: ignore[attr-defined]
    with running() as wire:
        yield wire


def everything_written() -> dict[str, bytes]:
    """Return every file in the data and key folders."""
    folders = {*folders_of_the_databases(), Path(product.DATA_DIR), Path(product.KEY_DIR)}
    files = {path for folder in folders for path in folder.rglob("*") if path.is_file() and "static" not in path.parts}
    return {str(path): path.read_bytes() for path in files}


def found_in(files: dict[str, bytes], needle: str) -> list[str]:
    """Return the files that hold a text."""
    return sorted(path for path, body in files.items() if needle.encode() in body)


def write_canaries(wire: Wire, stage: Stage) -> Phone:
    """Write one note that stays, one that is edited and one that is withdrawn."""
    mine = stage.phone(wire)
    for text in ("canary stays", "canary before edit", "canary withdrawn"):
        assert mine.write(text).status == 201
    _, edited, gone = mine.notes
    assert mine.edit(edited, "canary after edit").status == 200
    assert mine.withdraw(gone).status == 200
    return mine


def test_E3_while_a_round_is_open_no_file_holds_a_word_of_it(wire: Wire) -> None:
    stage = a_room()
    with listening() as lines:
        mine = write_canaries(wire, stage)
    files = everything_written()
    assert len(files) >= 4  # two databases, a log, a key
    assert found_in(files, "canary") == []
    for note in mine.notes.values():
        assert found_in(files, note["secret"]) == []
        assert found_in(files, note["tag"]) == []
        assert note["secret"] not in lines.getvalue()
        assert note["id"] not in lines.getvalue()
    assert "canary" not in lines.getvalue()
    assert "10.1.2.3" not in lines.getvalue()


def test_E3_after_the_seal_files_hold_the_published_text_once_and_nothing_else(wire: Wire) -> None:
    stage = a_room()
    with listening() as lines:
        logging.getLogger("holdfast").warning("the log is being listened to")
        mine = write_canaries(wire, stage)
        actions.close_round(stage.round, by=stage.bo)
        actions.seal_round(stage.round.pk)
    files = everything_written()
    assert found_in(files, "canary stays")  # published: it is there to be read
    assert found_in(files, "canary after edit")
    assert found_in(files, "canary before edit") == []
    assert found_in(files, "canary withdrawn") == []
    assert not any(path.endswith(f"{stage.round.pk}.key") for path in files)
    for note in mine.notes.values():
        big, little = int(note["id"]).to_bytes(8, "big"), int(note["id"]).to_bytes(8, "little")
        for needle in (note["id"].encode(), big, little, note["secret"].encode(), note["tag"].encode()):
            assert not any(needle in body for path, body in files.items() if not is_log_of_a_server(path))
    assert "the log is being listened to" in lines.getvalue()
    assert "canary" not in lines.getvalue()
