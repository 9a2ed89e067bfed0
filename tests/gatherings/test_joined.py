"""Servers that share PostgreSQL hear of each other's rooms, share one duty, and mend what they missed."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping

import pytest
from django.db import connections

from holdfast.gatherings import joined
from holdfast.gatherings.joined import CHANNEL, Joint
from holdfast.voices import sharing
from tests import postgresql

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "voices"]),
    pytest.mark.skipif(not postgresql.WANTED, reason="SQLite files have one server"),
]


class Rooms:
    """Remembers what a joint asked for."""

    def __init__(self) -> None:
        self.again: list[int] = []
        self.everywhere = threading.Event()
        self.elsewhere: Mapping[int, int] = {}
        self.done: list[tuple[int, str, bool, bool]] = []

    def look_again(self, room_id: int) -> None:
        self.again.append(room_id)

    def look_everywhere(self) -> None:
        self.everywhere.set()

    def people_here(self) -> dict[int, int]:
        return {7: 3}

    def people_elsewhere(self, counts: Mapping[int, int]) -> None:
        self.elsewhere = counts

    def note_done(self, round_id: int, mark: str, *, done: bool, elsewhere: bool) -> None:
        self.done.append((round_id, mark, done, elsewhere))


Server = tuple[Joint, Rooms]


@pytest.fixture
def servers(transactional_db: None) -> Iterator[tuple[Server, Server]]:
    """Two servers, started one after the other."""
    made = [(Joint(rooms), rooms) for rooms in (Rooms(), Rooms())]
    for joint, _ in made:
        joint.start()
    yield made[0], made[1]
    for joint, _ in made:
        joint.stop()


def say(payload: str) -> None:
    """Say something as a third server would."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])


def soon(true: Callable[[], object]) -> bool:
    """Wait up to ten seconds for something."""
    end = time.monotonic() + 10
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(true())


def test_one_of_two_servers_is_on_duty_and_the_other_takes_over(servers: tuple[Server, Server]) -> None:
    (first, _), (second, _) = servers
    assert (first.on_duty, second.on_duty) == (True, False)

    first.stop()

    assert soon(lambda: second.on_duty)


def test_a_room_that_another_server_changed_is_read_anew_and_ones_own_is_not(servers: tuple[Server, Server]) -> None:
    (_, rooms), (_, others) = servers

    say(f"{sharing.server()} room 5")
    say("third room 6")

    assert soon(lambda: rooms.again == [6] and others.again == [6])


def test_phones_of_another_server_count_until_it_falls_silent(
    servers: tuple[Server, Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    (_, rooms), _ = servers

    say("third people 7:4 8:1")
    say("fourth people 7:2")
    assert soon(lambda: rooms.elsewhere == {7: 6, 8: 1})

    monkeypatch.setattr(joined, "FORGOTTEN_SECONDS", 0.0)
    assert soon(lambda: rooms.elsewhere == {})


def test_a_phone_that_is_done_is_counted_by_the_other_server_too(servers: tuple[Server, Server]) -> None:
    (first, rooms), (_, others) = servers

    first.tell_done(5, "a" * 32, done=True)  # what this process says itself is passed over
    say(f"third done 5 {'b' * 32} 1")
    say(f"third done 5 {'b' * 32} 0")

    heard = [(5, "b" * 32, True, True), (5, "b" * 32, False, True)]
    assert soon(lambda: rooms.done == heard and others.done == heard)


def test_after_a_lost_connection_every_room_is_read_anew(servers: tuple[Server, Server]) -> None:
    (joint, rooms), _ = servers
    assert not rooms.everywhere.is_set()

    with postgresql.connect() as server:
        for what in ("LISTEN%", "%pg_try_advisory%"):
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE %s AND pid <> %s",
                [what, server.info.backend_pid],
            )

    assert rooms.everywhere.wait(10)
    assert soon(lambda: joint.on_duty or servers[1][0].on_duty)
