"""One run against one server, and the search for the highest rate that holds; repeated when other work disturbs it."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from bench import prepare
from bench.crowd import Crowd
from bench.machine import Load, Server, Watch, busy_seconds, resident_mb
from bench.page import weigh
from bench.phones import Outcome

DISTURBED = 15.0
"""Points of one core that other work may take before a run is repeated."""
GENERATOR_LIMIT = 80.0
LATEST_MS = 250.0
REPEATS = 3
FAR_TOO_MANY = 24_000.0
STEP = 1.15
SLOWEST, BEGIN_WITH = 5.0, 50.0
"""Notes a second: what is not searched below, and what a search begins with where nothing came through."""


@dataclass(frozen=True, slots=True)
class Side:
    """What is measured: the product or a yardstick. servers: how many processes share the port."""

    name: str
    start: Callable[[Path, int], Server]
    template: Path | None = None
    servers: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """When posts are due, in seconds from the start, and which of them are measured.

    searching: the run may end as soon as it is clear that this rate does not hold.
    """

    rate: float
    schedule: Sequence[float]
    measured: range
    patience: float = 2.0
    searching: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """One run of posts. Times in milliseconds; lost: posts that were not acknowledged or not on every screen.

    through: how many were acknowledged in a second. remarks: what else was seen, and errors: what must not be.
    """

    phones: int
    rate: float
    through: float
    lost: int
    doubled: int
    cut: int
    given_up: bool
    screens_p95: float
    ack_p95: float
    load: Load
    memory_mb: float
    remarks: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Tell whether nothing went wrong, however long it took."""
        return not (self.lost or self.doubled or self.cut or self.given_up or self.errors)

    @property
    def holds(self) -> bool:
        """Tell whether this rate is sustained: nothing went wrong, and quick enough."""
        return self.whole and max(self.screens_p95, self.ack_p95) < LATEST_MS

    @property
    def disturbed(self) -> bool:
        """Tell whether somebody else used the machine meanwhile."""
        return self.load.foreign > DISTURBED


Take = Callable[[Plan], Run]


@dataclass(slots=True)
class Patience:
    """How many seconds the whole bench may still spend on waiting for a quiet machine."""

    left: float

    def wait(self) -> None:
        """Wait until nothing else runs, or until the patience has gone."""
        while self.left > 0:
            before, at = busy_seconds(), time.monotonic()
            time.sleep(1)
            seconds = time.monotonic() - at
            self.left -= seconds
            if 100 * (busy_seconds() - before) / seconds < DISTURBED:
                return


@dataclass(frozen=True, slots=True)
class Bench:
    """The servers to compare, where to listen, and how long to look. seconds: of each run, after one to warm up.

    product: its round gathers notes; sorting: the same server, its round takes ballots.
    """

    product: Side
    sorting: Side
    bare: Side
    plain: Side
    port: int
    seed: int
    seconds: float
    quick: bool
    patience: Patience
    say: Callable[[str], None]

    @contextmanager
    def room(self, side: Side, phones: int, *, at_once: int = 32) -> Iterator[tuple[Crowd, Server, list[float]]]:
        """Start a server in a folder of its own and bring phones in."""
        folder = Path(tempfile.mkdtemp(prefix="holdfast-bench-"))
        if side.template:
            shutil.copytree(side.template, folder, dirs_exist_ok=True)
        server = side.start(folder, self.port)
        crowd = Crowd(self.port, prepare.CODE, seed=self.seed, servers=side.servers)
        try:
            assets = weigh(self.port, prepare.CODE).assets if at_once >= phones else ()
            yield crowd, server, crowd.join(phones, at_once=at_once, assets=assets)
        finally:
            crowd.leave()
            server.stop()
            shutil.rmtree(folder, ignore_errors=True)

    def notes(self, side: Side, phones: int, plan: Plan) -> Run:
        """Post notes in a fresh room and say what came of it."""
        with self.room(side, phones) as (crowd, server, _):
            watch: list[Watch] = []
            out = crowd.write(
                crowd.notes(),
                plan.schedule,
                patience=plan.patience,
                needed=plan.measured,
                warm=lambda: watch.append(Watch(server.pid)),
                hopeless=plan.searching,
            )
            run = result(crowd, out, plan, load=watch[0].read(), memory=resident_mb(server.pid))
        self.tell(side, run, out)
        return run

    def tell(self, side: Side, run: Run, out: Outcome) -> None:
        """Print what came of a run."""
        refused = f", refused {out.refused}" if out.refused else ""
        end = ", given up" if run.given_up else f", lost {run.lost}{refused}"
        screens = f"all screens p95 {run.screens_p95:.0f} ms, " if out.shown else ""
        self.say(
            f"  {side.name}: N={run.phones}, {run.rate:,.0f}/s: {screens}"
            f"ack p95 {run.ack_p95:.1f} ms{end}, server {run.load.server:.0f} %, "
            f"generator {run.load.generator:.0f} %, others {run.load.foreign:.0f} %"
            + "".join(f", {said}" for said in (*run.remarks, *run.errors))
        )

    def settled(self, take: Take, plan: Plan) -> Run:
        """Take a run; again when other work disturbed it, unless it only had to hold and did, or patience has gone."""
        for _ in range(REPEATS):
            run = take(plan)
            if not run.disturbed or (plan.searching and run.holds) or self.patience.left <= 0:
                break
            self.patience.wait()
        return run

    def steady(self, side: Side, phones: int, rate: float) -> Run:
        """Post notes at a steady average rate, at random moments, for the chosen time."""
        return self.settled(partial(self.notes, side, phones), poisson(rate, self.seconds, seed=self.seed))

    def most(self, take: Take) -> tuple[float, Run]:
        """Search the highest rate that holds, within an eighth (a fifth when quick); a rate fails when it fails twice.

        It begins at four fifths of what comes through when far too much comes in. Returns the rate and its run.
        """
        rate = max(BEGIN_WITH, 0.8 * take(overload(self.seed)).through)
        best, failed = None, 0.0
        while True:
            plan = poisson(rate, self.seconds, seed=self.seed, searching=True)
            run = self.settled(take, plan)
            if not run.holds:
                run = self.settled(take, plan)
            if run.holds:
                best = run
            else:
                failed = rate
            if best is None:
                rate /= STEP**2
                if rate < SLOWEST:
                    return 0.0, run
            elif best.load.generator > GENERATOR_LIMIT and not failed:
                return best.rate, best
            elif not failed:
                rate *= STEP
            elif failed / best.rate <= (1.2 if self.quick else 1.12):
                return best.rate, best
            else:
                rate = (best.rate * failed) ** 0.5


def result(crowd: Crowd, out: Outcome, plan: Plan, *, load: Load, memory: float) -> Run:
    """Turn what the crowd saw into figures."""
    acks = sorted(out.acks(plan.measured))
    screens = sorted(out.all_screens(plan.measured)) if out.shown else acks
    moments = sorted(at for at in out.acknowledged if at)
    return Run(
        phones=out.phones,
        rate=plan.rate,
        through=len(moments) / max(0.001, moments[-1] - moments[0]) if moments else 0.0,
        lost=len(plan.measured) - min(len(screens), len(acks)),
        doubled=out.doubled,
        cut=sum(stream.cut for stream in crowd.streams),
        given_up=out.given_up,
        screens_p95=1000 * percentile(screens, 0.95),
        ack_p95=1000 * percentile(acks, 0.95),
        load=load,
        memory_mb=memory,
    )


def poisson(rate: float, seconds: float, *, seed: int, searching: bool = False) -> Plan:
    """Return moments of a Poisson process: a second to warm up, the time measured, and a tail that nobody measures.

    The tail keeps notes coming, because a late note waits for two more before it is shown.
    """
    rng, at, schedule = Random(f"{seed} {rate}"), 0.0, list[float]()
    while at < seconds + 2:
        at += rng.expovariate(rate)
        schedule.append(at)
    first = next(i for i, s in enumerate(schedule) if s >= 1)
    past = next(i for i, s in enumerate(schedule) if s >= 1 + seconds)
    return Plan(rate, schedule, range(first, past), searching=searching)


def overload(seed: int) -> Plan:
    """Return far more posts than any server takes, all due within a second, and no patience with the rest."""
    rng = Random(seed)
    schedule = sorted(rng.random() for _ in range(int(FAR_TOO_MANY)))
    return Plan(FAR_TOO_MANY, schedule, range(len(schedule)), patience=0.5)


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile of ascending values; infinity when there are none."""
    if not ordered:
        return float("inf")
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]
