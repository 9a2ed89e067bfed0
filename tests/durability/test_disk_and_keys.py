"""When the disk is full or the keys cannot be read, the phone hears 503 and keeps its note; afterwards it is saved."""

import asyncio
import resource
from collections.abc import Callable
from pathlib import Path
from random import Random

from holdfast.gatherings.rehearsal.outbox import Note, Outbox
from holdfast.gatherings.rehearsal.wire import Answer, Line
from tests.durability.conftest import NewInstallation
from tests.durability.installation import CODE, Installation, until

SECRET, TAG = "5" * 32, "7" * 32


class OnePhone:
    """A phone that knows its ticket and round already, with its outbox."""

    def __init__(self, installation: Installation) -> None:
        self.line = Line(installation.url)
        self.outbox = Outbox(self.line, f"/r/{CODE}/", Random(1), longest_wait=0.2)
        self.fields: dict[str, object] = {
            "round": str(installation.rows("holdfast", "SELECT id FROM gatherings_round")[0][0]),
            "tag": TAG,
        }

    async def come_in(self) -> None:
        """Ask for a participant's ticket."""
        answer = await self.line.ask("POST", f"/r/{CODE}/tickets/", {"lead": False})
        self.fields["ticket"] = answer.json()["ticket"]

    async def post(self, number: int) -> Answer:
        """Send one note once and return the answer."""
        note = a_note(number)
        content = {"id": note.id, "secret": note.secret, "rev": 1, "column": note.column, "text": note.text}
        return await self.line.ask("POST", f"/r/{CODE}/notes/", {**self.fields, **content})


def a_note(number: int) -> Note:
    """Return a note long enough to need a new page on the disk."""
    return Note(id=str(number), secret=SECRET, column="drains", text=f"note {number}")


async def refused_then_saved(installation: Installation, repair: Callable[[], object]) -> None:
    """Show that a note is refused now, stays in its outbox, and is saved by itself after the repair."""
    phone = OnePhone(installation)
    await phone.come_in()
    answer = await phone.post(100)
    assert (answer.status, answer.json()["code"]) == (503, "gatherings.cannot_save_now")
    assert answer.json()["what"]
    assert answer.json()["next"]
    assert int(answer.headers["retry-after"]) > 0
    note = a_note(101)
    phone.outbox.put(note, **phone.fields)
    sending = asyncio.create_task(phone.outbox.run())
    await until(lambda: phone.outbox.attempts >= 3, "the phone to try again and again")
    assert (len(phone.outbox.waiting), note.saved, note.refused) == (1, 0, "")  # kept, and not called saved
    await asyncio.to_thread(repair)
    await until(lambda: not phone.outbox.waiting, "the note to be saved")
    sending.cancel()
    assert note.saved == 1
    assert (await phone.post(102)).status == 201


def what_is_sealed(installation: Installation) -> list[str]:
    """Kill the server, let the next start seal the round, and return the notes."""
    installation.kill()
    installation.close_for_good()
    installation.start()
    asyncio.run(until(lambda: installation.phase() == "sealed", "the seal"))
    return [text for (text,) in installation.rows("voices", "SELECT text FROM voices_note ORDER BY text")]


def test_on_a_full_disk_a_note_stays_on_its_phone_and_is_saved_when_there_is_room_again(
    new_installation: NewInstallation,
) -> None:
    installation = new_installation()
    installation.start()
    assert installation.process is not None
    server = installation.process.pid
    _, hard = resource.prlimit(server, resource.RLIMIT_FSIZE)

    async def before() -> int:
        phone = OnePhone(installation)
        await phone.come_in()
        return (await phone.post(99)).status

    assert asyncio.run(before()) == 201  # there was something that could be refused
    resource.prlimit(server, resource.RLIMIT_FSIZE, (1024, hard))  # no file of the server may grow: a full disk
    repair = lambda: resource.prlimit(server, resource.RLIMIT_FSIZE, (hard, hard))  # noqa: E731 - said once
    asyncio.run(refused_then_saved(installation, repair))
    assert what_is_sealed(installation) == ["note 101", "note 102", "note 99"]  # 100 was refused and not sent again


def test_without_its_key_nothing_is_saved_and_nothing_is_lost(new_installation: NewInstallation) -> None:
    installation = new_installation()
    key = hide_the_key(installation)
    installation.start()

    def repair() -> None:
        installation.kill()
        put_back(key)
        installation.start()

    asyncio.run(refused_then_saved(installation, repair))
    assert what_is_sealed(installation) == ["note 101", "note 102"]


def test_without_its_key_nothing_is_sealed_and_nothing_is_lost(new_installation: NewInstallation) -> None:
    installation = new_installation()
    installation.start()
    asyncio.run(write_one(installation))
    installation.kill()
    installation.close_for_good()
    key = hide_the_key(installation)
    installation.start()
    asyncio.run(asyncio.sleep(1.0))  # the time to close has come and gone

    assert installation.phase() == "closing"
    assert installation.rows("voices", "SELECT count(*) FROM voices_intake") == [(1,)]  # the note is where it was

    installation.kill()
    put_back(key)
    assert what_is_sealed(installation) == ["note 1"]


def test_a_server_that_cannot_read_its_key_folder_still_answers(new_installation: NewInstallation) -> None:
    installation = new_installation()
    folder = installation.folder / "keys" / "rounds"
    folder.rename(folder.with_name("away"))
    folder.touch()  # a file where the folder was: nobody can read it, root neither
    installation.start()

    def repair() -> None:
        installation.kill()
        folder.unlink()
        folder.with_name("away").rename(folder)
        installation.start()

    asyncio.run(refused_then_saved(installation, repair))


def hide_the_key(installation: Installation) -> Path:
    """Put a folder in the place of the round's key: nobody can read it, root neither."""
    (key,) = installation.keys()
    key.rename(key.with_suffix(".away"))
    key.mkdir()
    return key


def put_back(key: Path) -> None:
    """Give the server its key again."""
    key.rmdir()
    key.with_suffix(".away").rename(key)


async def write_one(installation: Installation) -> None:
    """Save one note."""
    phone = OnePhone(installation)
    await phone.come_in()
    assert (await phone.post(1)).status == 201
