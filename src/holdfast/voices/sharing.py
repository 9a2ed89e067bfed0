"""Several servers write into the same rounds: PostgreSQL's locks keep them apart, its notifications join them."""

import os
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connections, transaction

CHANNEL = "holdfast_voices"
NAMES: dict[int, str] = {}

# A row written later has a younger xmin: commits to one round come one after the other, and each takes its number after
# the lock. So "what is younger than the last I know" needs no column that keeps an order.
NEWER = """
SELECT xmin::text::bigint, id, sealed FROM voices_intake
WHERE round_id = %s AND age(xmin) < age(%s::text::xid) ORDER BY age(xmin) DESC, id
"""
STATES = "SELECT id, state FROM voices_voiceround WHERE id = ANY(%s)"
BEFORE_ALL_UNFINISHED = "SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)"
LOCK = "SELECT pg_advisory_xact_lock(%s)"
TELL = "SELECT pg_notify(%s, %s || ' ' || %s || ' ' || pg_current_xact_id()::text), pg_current_xact_id()::text::bigint"
NUMBERS = 2**32


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the intake and the number of the commit that wrote it."""

    version: int
    id: int
    sealed: bytes


def server() -> str:
    """Return this process's name in what it tells the others: drawn at its start, also when it began as a fork."""
    return NAMES.setdefault(os.getpid(), secrets.token_hex(8))


def is_shared() -> bool:
    """Tell whether other servers may write into the same store: a SQLite file has one."""
    return connections["voices"].vendor == "postgresql"


@contextmanager
def alone_in(round_ids: Collection[int]) -> Iterator[None]:
    """Write to rounds with no other server in between: one transaction, which on PostgreSQL holds their locks.

    The locks come before the first write, so that a commit's number is younger than all earlier ones of each round.
    """
    with transaction.atomic(using="voices"):
        if is_shared():
            with connections["voices"].cursor() as cursor:
                for round_id in sorted(set(round_ids)):  # in one order, or two servers wait for each other
                    cursor.execute(LOCK, [round_id])
        yield


def states_of(round_ids: Collection[int]) -> dict[int, str]:
    """Return the state of each round the store knows."""
    with connections["voices"].cursor() as cursor:
        cursor.execute(STATES, [list(round_ids)])
        return dict(cursor.fetchall())


def newer_rows(round_id: int, *, than: int) -> list[Row]:
    """Return the rows of a round that were committed after a version, oldest first."""
    with connections["voices"].cursor() as cursor:
        cursor.execute(NEWER, [round_id, str(than % NUMBERS)])
        return [Row(version, note_id, bytes(sealed)) for version, note_id, sealed in cursor.fetchall()]


def version_before_all_unfinished() -> int:
    """Return the number of a commit after which nothing can be missing from what is read next."""
    with connections["voices"].cursor() as cursor:
        cursor.execute(BEFORE_ALL_UNFINISHED)
        return int(cursor.fetchone()[0])


def tell(round_ids: Collection[int]) -> int:
    """Let the other servers know, with the commit, that rounds have changed: "round R is at version V", never more.

    Returns V.
    """
    version = 0
    if is_shared():
        with connections["voices"].cursor() as cursor:
            for round_id in round_ids:
                cursor.execute(TELL, [CHANNEL, server(), str(round_id)])
                version = int(cursor.fetchone()[1])
    return version


def rounds_told(payloads: Collection[str]) -> list[int]:
    """Return the rounds other servers have told about; what this one said itself is passed over."""
    said = [payload.split() for payload in payloads]
    return sorted({int(words[1]) for words in said if len(words) == 3 and words[0] != server()})
