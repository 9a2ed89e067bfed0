"""Ballots while an activity is sorted: what comes in, whether screens still hear of the rest, and whether all count."""

import socket
import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from time import monotonic as clock

from bench.bodies import Ballots
from bench.crowd import Crowd
from bench.desk import Desk, Presses
from bench.machine import Watch, resident_mb
from bench.phones import Outcome
from bench.rows import Row, beside_bare, doubts
from bench.runs import LATEST_MS, Bench, Plan, Run, Side, percentile, result

PRESS_EVERY = 0.25
COUNT_EVERY_MS = 1000
"""How often the room tells how many people are in it, at most."""
Tallies = dict[tuple[str, str], int]


def ballots_taken(bench: Bench, phones: int, *, budget: float | None) -> Row:
    """Ballots a second that are accepted while the desk goes to and fro, beside the bare server in the same run."""
    most, run = bench.most(partial(take, bench, bench.sorting, phones))
    bare, bare_run = bench.most(partial(take, bench, bench.bare, phones))
    row = beside_bare(
        f"*sort*: ballots/s kept from {phones:,} phones, ack and state on all screens p95 < 250 ms, tallies exact",
        budget,
        most,
        bare,
        "; ".join([f"ack p95 {run.ack_p95:.0f} ms", *run.remarks, f"{run.memory_mb:.0f} MB"]),
    )
    row.load = run.load
    row.notes += doubts(run) + [f"bare: {doubt}" for doubt in doubts(bare_run)]
    return row


def everybody_places(bench: Bench) -> Row:
    """A thousand phones place all fifteen items within two seconds, most of them early."""
    rng = Random(bench.seed)
    schedule = sorted(0.2 + rng.triangular(0, 2, 0.3) for _ in range(1000))
    plan = Plan(500, schedule, range(1000))
    run = bench.settled(partial(take, bench, bench.sorting, 1000, whole=True), plan)
    return Row(
        "*sort*: all 1,000 phones place 15 items within 2 s",
        "ack p95 ≤ 100 ms, none lost, tallies exact",
        "; ".join([f"{run.ack_p95:.0f} ms, {run.lost} lost", *run.remarks, f"{run.memory_mb:.0f} MB"]),
        run.whole and run.ack_p95 <= 100,
        run.load,
        doubts(run),
    )


def take(bench: Bench, side: Side, phones: int, plan: Plan, *, whole: bool = False) -> Run:
    """Hand in ballots in a fresh room. Where there is a desk it presses meanwhile, and seals everything at the end."""
    plan = replace(plan, schedule=plan.schedule[: plan.measured.stop])
    with bench.room(side, phones) as (crowd, server, _):
        ballots = Ballots(crowd.sender(), crowd.items, whole=whole)
        visitor = Visitor(crowd)
        presses = None
        if side.template:
            presses = Presses(Desk.of(server.folder, bench.port), crowd.round, every=PRESS_EVERY, turn=visitor.turn)
        watch: list[Watch] = []

        def warm() -> None:
            watch.append(Watch(server.pid))
            if presses:
                presses.start()

        out = crowd.write(
            ballots,
            plan.schedule,
            patience=plan.patience,
            needed=plan.measured,
            warm=warm,
            hopeless=plan.searching,
        )
        load, memory = watch[0].read(), resident_mb(server.pid)
        run = result(crowd, out, plan, load=load, memory=memory)
        if presses and not run.given_up and not run.lost:
            run = with_state(crowd, out, presses, visitor, run)
            run = sealed(crowd, out, presses.desk, ballots, server.folder, run)
    bench.tell(side, run, out)
    return run


class Visitor:
    """One phone more that comes and goes, so that the number of people changes."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.sock: socket.socket | None = None
        self.changed: list[tuple[float, int]] = []

    def turn(self) -> None:
        """Come in, or leave."""
        self.changed.append((clock(), len(self.crowd.streams) + (self.sock is None)))
        if self.sock is not None:
            self.sock.close()
            self.sock = None
        else:
            self.sock = socket.create_connection(self.crowd.address, timeout=10)
            self.sock.sendall(self.crowd.stream_request())


def with_state(crowd: Crowd, out: Outcome, presses: Presses, visitor: Visitor, run: Run) -> Run:
    """Stop pressing, and add how long presses and visits took to reach all screens."""
    presses.end()
    crowd.listen_for(1.5)
    screens = sorted(times(out, presses.desk.pressed, "phase"))
    people = sorted(times(out, visitor.changed, "people"))
    remarks = [f"phase p95 {1000 * percentile(screens, 0.95):.0f} ms on all screens"] if screens else []
    remarks += [f"people {1000 * people[-1]:.0f} ms"] if people else []
    late = screens and 1000 * percentile(screens, 0.95) >= LATEST_MS
    late = late or (people and 1000 * people[-1] >= COUNT_EVERY_MS + LATEST_MS)
    return replace(run, remarks=(*run.remarks, *remarks), errors=(*run.errors, *(["state too late"] if late else [])))


def times(out: Outcome, acts: list[tuple[float, str]] | list[tuple[float, int]], what: str) -> list[float]:
    """Return, for each act, the seconds until the last of all screens had been told; infinity where one was not."""
    found = []
    for at, wanted in acts:
        frames = (told.frame for told in out.told if told.says(what) == wanted and told.frame.first >= at)
        frame = next(frames, None)
        found.append(frame.last - at if frame and frame.count == out.phones else float("inf"))
    return found


def sealed(crowd: Crowd, out: Outcome, desk: Desk, ballots: Ballots, folder: Path, run: Run) -> Run:
    """Seal the round, and compare what the store counted and what screens show with what the phones sent last."""
    crowd.listen_for(2.0, until=lambda: all(out.acknowledged))
    desk.seal(crowd.round)
    crowd.listen_for(5.0, until=lambda: bool(shown_spreads(out)))
    sent, errors = ballots.tallies(), []
    if not all(out.acknowledged):
        errors.append("not every ballot was acknowledged")
    if (kept := tallies_kept(folder)) != (ballots.sent(), sent):
        errors.append(f"{kept[0]} ballots of {ballots.sent()} were counted, {sum(kept[1].values())} choices")
    if shown_spreads(out) != sent:
        errors.append("the screens show other tallies")
    remarks = [] if errors else [f"{ballots.sent():,} ballots = tallies"]
    return replace(run, remarks=(*run.remarks, *remarks), errors=(*run.errors, *errors))


def tallies_kept(folder: Path) -> tuple[int, Tallies]:
    """Read what the store kept: how many ballots it counted, and its tallies."""
    with closing(sqlite3.connect(f"file:{folder}/data/voices.sqlite3?mode=ro", uri=True)) as store:
        (counted,) = store.execute("SELECT shown FROM voices_voiceround").fetchone()
        rows = store.execute("SELECT item, choice, count FROM voices_tally").fetchall()
    return counted, {(str(item), choice): count for item, choice, count in rows}


def shown_spreads(out: Outcome) -> Tallies:
    """Return the tallies of the last list of items that all screens have been sent."""
    lists = [told.data["items"] for told in out.told if told.event == "items" and told.frame.count == out.phones]
    items = lists[-1] if lists else []
    return {(i["id"], choice): count for i in items for choice, count in (i["spread"] or {}).items() if count}
