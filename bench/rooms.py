"""Many small rooms on one server, beside one room with as many phones: `python -m bench --only rooms`."""

import shutil
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic as clock

from bench import prepare
from bench.bodies import Notes
from bench.crowd import Crowd
from bench.machine import Load, Server, Watch, resident_mb
from bench.rows import Row
from bench.runs import DISTURBED, LATEST_MS, Bench, percentile

ROOMS, PHONES = 100, 12
TOGETHER = 3
"""Phones of one room that write at the same moment: fewer would wait for company, and the wait would be measured."""
RATE = 200.0
"""Notes a second in all rooms together."""
PATIENCE = 3.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of it; times in milliseconds."""

    notes: int
    lost: int
    screens_p95: float
    ack_p95: float
    load: Load
    memory_mb: float


def many_rooms(bench: Bench) -> Row:
    """A hundred rooms of twelve write at once; beside them, in the same run, one room of 1,200 at the same rate."""
    with tempfile.TemporaryDirectory(prefix="holdfast-rooms-") as scratch:
        template = prepare.prepare(Path(scratch) / "rooms", phase="revealed", rooms=ROOMS)
        many, one = (_quiet(bench, template, rooms) for rooms in (ROOMS, 1))
    return Row(
        f"{ROOMS} rooms of {PHONES} at once, {RATE:.0f} notes/s in all",
        f"all screens p95 < {LATEST_MS:.0f} ms, none lost",
        f"{many.screens_p95:.0f} ms, ack p95 {many.ack_p95:.1f} ms, {many.lost} of {many.notes:,} lost, "
        f"{many.load.server:.0f} % of a core, {many.memory_mb:.0f} MB; one room of {ROOMS * PHONES:,} "
        f"{one.screens_p95:.0f} ms, {one.load.server:.0f} %, {one.lost} lost",
        not many.lost and many.screens_p95 < LATEST_MS,
        many.load,
    )


def _quiet(bench: Bench, template: Path, rooms: int) -> Seen:
    for _ in range(2):
        seen = _run(bench, template, rooms)
        bench.say(
            f"  {rooms} rooms: all screens p95 {seen.screens_p95:.0f} ms, ack p95 {seen.ack_p95:.1f} ms, "
            f"{seen.lost} of {seen.notes} lost, server {seen.load.server:.0f} %, "
            f"generator {seen.load.generator:.0f} %, others {seen.load.foreign:.0f} %"
        )
        if seen.load.foreign <= DISTURBED or bench.patience.left <= 0:
            break
        bench.patience.wait()
    return seen


def _run(bench: Bench, template: Path, rooms: int) -> Seen:
    with _crowds(bench, template, rooms) as (crowds, server):
        rng, start, end = Random(bench.seed), clock() + 0.5, bench.seconds + 1
        due: list[list[float]] = [[] for _ in crowds]
        for _ in range(int(RATE * end / TOGETHER)):
            due[rng.randrange(rooms)] += [start + rng.uniform(0, end)] * TOGETHER
        for each in due:
            each.sort()
            each.extend([start + end + 0.5] * TOGETHER)  # whoever waits for company finds it then; not measured
        requests = [
            crowd.ready(Notes(crowd.sender(), _columns(crowd), in_turn=True), each)
            for crowd, each in zip(crowds, due, strict=True)
        ]
        coming = deque(sorted((at, room, i) for room, each in enumerate(due) for i, at in enumerate(each)))
        watch = Watch(server.pid)
        _post(crowds, requests, coming)
        load, memory = watch.read(), resident_mb(server.pid)
        acks, screens, notes = [], [], 0
        for crowd, each in zip(crowds, due, strict=True):
            measured = range(len(each) - TOGETHER)
            acks += crowd.outcome.acks(measured)
            screens += crowd.outcome.all_screens(measured)
            notes += len(measured)
    shown, kept = sorted(screens), sorted(acks)
    lost = notes - min(len(shown), len(kept))
    return Seen(notes, lost, 1000 * percentile(shown, 0.95), 1000 * percentile(kept, 0.95), load, memory)


def _post(crowds: Sequence[Crowd], requests: Sequence[list[bytes]], coming: deque[tuple[float, int, int]]) -> None:
    """Post what is due by whichever phone of the room is free, until everything has arrived or patience has gone."""
    last = coming[-1][0] + PATIENCE
    while clock() < last:
        while coming and coming[0][0] <= clock():
            at, room, i = coming.popleft()
            if crowds[room].free:
                crowds[room].send(crowds[room].free.popleft(), i, requests[room][i])
            else:
                coming.append((at, room, i))
                break
        crowds[0].turn(0.005)  # they share their connections
        if not coming and all(crowd.complete(range(len(made))) for crowd, made in zip(crowds, requests, strict=True)):
            return


@contextmanager
def _crowds(bench: Bench, template: Path, rooms: int) -> Iterator[tuple[list[Crowd], Server]]:
    """Start a server and bring all phones in: into many rooms, or into one."""
    folder = Path(tempfile.mkdtemp(prefix="holdfast-bench-"))
    shutil.copytree(template, folder, dirs_exist_ok=True)
    server = bench.product.start(folder, bench.port)
    crowds = [Crowd(bench.port, prepare.code_of(number), seed=bench.seed + number) for number in range(rooms)]
    try:
        for crowd in crowds[1:]:
            crowd.poll.close()
            crowd.poll, crowd.handlers = crowds[0].poll, crowds[0].handlers
        for crowd in crowds:
            crowd.join(ROOMS * PHONES // rooms, at_once=12)
        yield crowds, server
    finally:
        for crowd in reversed(crowds):
            crowd.leave()
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _columns(crowd: Crowd) -> list[str]:
    return [column["key"] for column in crowd.streams[0].state["round"]["columns"]]
