"""Late words survive a process that is killed between the end of a session and the desk, once each (E3)."""

import os
import signal
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.db import connection, connections

from holdfast.gatherings.actions import end_room, open_room, parking
from holdfast.gatherings.models import Parked, Room
from holdfast.keys import random_key
from holdfast.people.models import Person
from holdfast.voices import actions as voice_actions
from holdfast.voices import intake, keyring
from holdfast.voices.intake import Contribution, Standing
from holdfast.voices.models import Intake, Note, VoiceRound
from tests.gatherings.rooms import a_gathering

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
TEXTS = ["too late, one", "too late, two", "too late, three"]
POINTS: dict[str, tuple[Any, str]] = {
    "the end is stored": (parking, "states_of"),
    "the box is closing": (intake, "seal_round"),
    "the box is sealed": (parking, "sealed_notes"),
    "the lines stand at the desk": (voice_actions, "wipe_rounds"),
    "the box is wiped": (voice_actions, "erasing"),
}
"""What has happened → the next thing done, at which the process dies."""


def die(*_: object, **__: object) -> None:
    """Be killed here."""
    os.kill(os.getpid(), signal.SIGKILL)


def killed(act: Callable[[], object], at: tuple[Any, str]) -> None:
    """Do something in a process of its own, which is killed on its way."""
    intake.stop()
    connections.close_all()
    child = os.fork()
    if child == 0:
        place, name = at
        deadly = mock.Mock(side_effect=die, empty_the_log=die)
        with mock.patch.object(place, name, deadly):
            act()
        os._exit(0)  # it was not killed
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL


def come_late_and_end(room: Room, by: Person) -> None:
    """Send words to the box of a session, each saved, and end it."""
    parking.open_late_box(room.pk)
    for text in TEXTS:
        secret = f"{random_key():032x}"
        note = Contribution(random_key(), secret, secret, 1, "", text, from_leader=False)
        intake.write_and_wait(room.pk, note, standing=Standing.ACCEPTED)
    end_room(room, by=by)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a fork of this process shares a connection elsewhere")
@pytest.mark.parametrize("point", POINTS)
def test_E3_late_words_of_a_killed_process_come_to_the_desk_once_and_nowhere_else(point: str) -> None:
    bo, gathering, *_ = a_gathering()
    room = open_room(gathering, by=bo)
    killed(lambda: come_late_and_end(room, bo), POINTS[point])
    room.refresh_from_db()
    assert room.ended_at
    assert room.has_late_words  # that is how the next start knows
    intake.start()
    try:
        lines = list(Parked.objects.order_by("pk"))
        if lines:  # a facilitator was quicker than the server
            parking.let_go(lines[0], by=bo)
        parking.collect_what_is_left()
        parking.collect_what_is_left()
        left = sorted(TEXTS) if not lines else sorted(line.text for line in lines[1:])
        assert sorted(Parked.objects.values_list("text", flat=True)) == left
        assert not Room.objects.filter(has_late_words=True).exists()
        assert not any(table.objects.exists() for table in (Intake, Note, VoiceRound))
        assert room.pk not in keyring.kept()
    finally:
        intake.stop()
