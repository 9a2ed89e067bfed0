"""What is measured: each row of the table, with its budget, once or as often as other work disturbs it."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
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
SCREENS_MS = 250.0
REPEATS = 3


@dataclass(frozen=True, slots=True)
class Side:
    """One server to measure: the product or a yardstick."""

    name: str
    start: Callable[[Path, int], Server]
    template: Path | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """When notes are due, in seconds from the start, and which of them are measured."""

    rate: float
    schedule: Sequence[float]
    measured: range


@dataclass(frozen=True, slots=True)
class Run:
    """One run of posts. Times in milliseconds; lost: notes that were not acknowledged or not on every screen."""

    phones: int
    rate: float
    notes: int
    lost: int
    doubled: int
    cut: int
    screens_p50: float
    screens_p95: float
    ack_p50: float
    ack_p95: float
    load: Load
    memory_mb: float

    @property
    def holds(self) -> bool:
        """Tell whether this rate is sustained: nothing lost, nothing doubled, nobody cut off, and quick enough."""
        return not (self.lost or self.doubled or self.cut) and self.screens_p95 < SCREENS_MS

    @property
    def disturbed(self) -> bool:
        """Tell whether somebody else used the machine meanwhile."""
        return self.load.foreign > DISTURBED


@dataclass(slots=True)
class Row:
    """One line of the table. met: None where a row has no budget of its own."""

    what: str
    budget: str
    seen: str
    met: bool | None
    load: Load | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bench:
    """The servers to compare, where to listen, and how long to look. seconds: of each run, after one to warm up."""

    product: Side
    bare: Side
    plain: Side
    port: int
    seed: int
    seconds: float
    quick: bool
    say: Callable[[str], None]

    @contextmanager
    def room(self, side: Side, phones: int, *, at_once: int = 32) -> Iterator[tuple[Crowd, Server, list[float]]]:
        """Start a server in a folder of its own and bring phones in."""
        folder = Path(tempfile.mkdtemp(prefix="holdfast-bench-"))
        if side.template:
            shutil.copytree(side.template, folder, dirs_exist_ok=True)
        server = side.start(folder, self.port)
        crowd = Crowd(self.port, prepare.CODE, seed=self.seed)
        try:
            assets = weigh(self.port, prepare.CODE).assets if at_once >= phones else ()
            yield crowd, server, crowd.join(phones, at_once=at_once, assets=assets)
        finally:
            crowd.leave()
            server.stop()
            shutil.rmtree(folder, ignore_errors=True)

    def post(self, side: Side, phones: int, plan: Plan, *, repeat: Callable[[Run], bool]) -> Run:
        """Run one schedule in a fresh room. repeat: whether a disturbed run has to be taken again."""
        for attempt in range(REPEATS):
            run = self.post_once(side, phones, plan)
            if not (run.disturbed and repeat(run)) or attempt + 1 == REPEATS:
                break
            self.wait_for_quiet()
        return run

    def post_once(self, side: Side, phones: int, plan: Plan) -> Run:
        """Run one schedule in a fresh room and say what came of it."""
        with self.room(side, phones) as (crowd, server, _):
            watch: list[Watch] = []
            out = crowd.write(
                plan.schedule, patience=2.0, needed=plan.measured, warm=lambda: watch.append(Watch(server.pid))
            )
            run = self.result(crowd, out, plan, load=watch[0].read(), memory=resident_mb(server.pid))
        refused = f", refused {out.refused}" if out.refused else ""
        self.say(
            f"  {side.name}: N={phones}, {plan.rate:,.0f}/s: all screens p95 {run.screens_p95:.0f} ms, "
            f"ack p95 {run.ack_p95:.1f} ms, lost {run.lost}{refused}, server {run.load.server:.0f} %, "
            f"generator {run.load.generator:.0f} %, others {run.load.foreign:.0f} %"
        )
        return run

    def wait_for_quiet(self) -> None:
        """Wait until nothing else runs, but not for ever."""
        for _ in range(15 if self.quick else 60):
            before, at = busy_seconds(), time.monotonic()
            time.sleep(1)
            if 100 * (busy_seconds() - before) / (time.monotonic() - at) < DISTURBED:
                return

    def result(self, crowd: Crowd, out: Outcome, plan: Plan, *, load: Load, memory: float) -> Run:
        """Turn what the crowd saw into figures."""
        screens, acks = sorted(out.all_screens(plan.measured)), sorted(out.acks(plan.measured))
        return Run(
            phones=out.phones,
            rate=plan.rate,
            notes=len(plan.measured),
            lost=len(plan.measured) - min(len(screens), len(acks)),
            doubled=out.doubled,
            cut=sum(stream.cut for stream in crowd.streams),
            screens_p50=1000 * percentile(screens, 0.5),
            screens_p95=1000 * percentile(screens, 0.95),
            ack_p50=1000 * percentile(acks, 0.5),
            ack_p95=1000 * percentile(acks, 0.95),
            load=load,
            memory_mb=memory,
        )

    def steady(self, side: Side, phones: int, rate: float, *, searching: bool = False) -> Run:
        """Post at a steady average rate, at random moments, for the chosen time."""
        plan = poisson(rate, self.seconds, seed=self.seed)
        return self.post(side, phones, plan, repeat=lambda run: not (searching and run.holds))

    def most(self, side: Side, phones: int, *, begin: float) -> tuple[float, Run]:
        """Search the highest rate that holds, geometrically: double or halve, then close in to within a twelfth.

        Returns the highest rate that held and its run.
        """
        rate, best, failed = begin, None, 0.0
        fineness = 1.2 if self.quick else 1.09
        while True:
            run = self.steady(side, phones, rate, searching=True)
            if run.holds:
                best = run
            else:
                failed = rate
            if best is None:
                rate /= 2
                if rate < 5:
                    return 0.0, run
            elif not failed:
                if best.load.generator > GENERATOR_LIMIT or rate >= 16000:
                    return best.rate, best
                rate *= 1.5
            elif failed / best.rate <= fineness:
                return best.rate, best
            else:
                rate = (best.rate * failed) ** 0.5


def poisson(rate: float, seconds: float, *, seed: int) -> Plan:
    """Return moments of a Poisson process: a second to warm up, the time measured, and a tail that nobody measures.

    The tail keeps notes coming, because a late note waits for two more before it is shown.
    """
    rng, at, schedule = Random(f"{seed} {rate}"), 0.0, list[float]()
    while at < seconds + 2:
        at += rng.expovariate(rate)
        schedule.append(at)
    first = next(i for i, s in enumerate(schedule) if s >= 1)
    past = next(i for i, s in enumerate(schedule) if s >= 1 + seconds)
    return Plan(rate, schedule, range(first, past))


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile of ascending values; infinity when there are none."""
    if not ordered:
        return float("inf")
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def throughput(bench: Bench, phones: int, *, budget: float | None) -> Row:
    """Notes a second that reach all screens, beside the bare fan-out in the same run."""
    begin = 1000.0
    most, run = bench.most(bench.product, phones, begin=begin)
    bare, bare_run = bench.most(bench.bare, phones, begin=2 * begin)
    plain, _ = bench.most(bench.plain, phones, begin=begin)
    ratio = most / bare if bare else 0.0
    wanted = f"≥ {budget:,.0f}/s and " if budget else ""
    row = Row(
        f"notes/s that reach all {phones:,} screens, p95 < 250 ms, nothing lost",
        f"{wanted}≥ 0.4 of bare",
        f"{most:,.0f}/s; bare {bare:,.0f}/s (plain ASGI {plain:,.0f}/s); ratio {ratio:.2f}",
        most >= (budget or 0) and ratio >= 0.4,
        run.load,
    )
    row.notes += doubts(run) + [f"bare: {doubt}" for doubt in doubts(bare_run)]
    return row


def steady_load(bench: Bench) -> Row:
    """A thousand phones, a hundred notes a second."""
    run = bench.steady(bench.product, 1000, 100)
    bare = bench.steady(bench.bare, 1000, 100)
    return Row(
        "1,000 phones, 100 notes/s",
        "all screens p95 ≤ 75 ms, ack p95 ≤ 20 ms, ≤ 50 % of a core",
        f"{run.screens_p95:.0f} ms, {run.ack_p95:.1f} ms, {run.load.server:.0f} % "
        f"(bare {bare.screens_p95:.0f} ms, {bare.ack_p95:.1f} ms, {bare.load.server:.0f} %)",
        not (run.lost or run.doubled or run.cut)
        and run.screens_p95 <= 75
        and run.ack_p95 <= 20
        and run.load.server <= 50,
        run.load,
        doubts(run),
    )


def everybody_taps(bench: Bench) -> Row:
    """A thousand phones tap once within two seconds, most of them early."""
    rng = Random(bench.seed)
    taps = sorted(0.2 + rng.triangular(0, 2, 0.3) for _ in range(1000))
    schedule = [*taps, *(taps[-1] + 0.05 + i * 0.02 for i in range(6))]
    run = bench.post(bench.product, 1000, Plan(500, schedule, range(1000)), repeat=lambda _: True)
    return Row(
        "all 1,000 tap within 2 s",
        "all screens p95 ≤ 100 ms, none lost",
        f"{run.screens_p95:.0f} ms, {run.lost} lost",
        not (run.lost or run.doubled or run.cut) and run.screens_p95 <= 100,
        run.load,
        doubts(run),
    )


def joins(bench: Bench) -> list[Row]:
    """How quickly phones come in: the page and the stream; and two hundred at once, with all the page asks for."""
    rows = []
    seen = {}
    for side in (bench.product, bench.bare):
        for _ in range(REPEATS):
            with bench.room(side, 1) as (crowd, server, _):
                watch, began = Watch(server.pid), time.monotonic()
                took = sorted(crowd.join(1000, at_once=32))
                seconds, load = time.monotonic() - began, watch.read()
            bench.say(f"  {side.name}: {1000 / seconds:,.0f} joins/s, others {load.foreign:.0f} %")
            if load.foreign <= DISTURBED:
                break
            bench.wait_for_quiet()
        seen[side.name] = (1000 / seconds, took, load)
    rate, took, load = seen[bench.product.name]
    rows.append(
        Row(
            "joins: page and stream, 32 at a time",
            "≥ 500/s",
            f"{rate:,.0f}/s, p95 {1000 * percentile(took, 0.95):.0f} ms (bare {seen[bench.bare.name][0]:,.0f}/s)",
            rate >= 500,
            load,
            [f"disturbed: other work took {load.foreign:.0f} % of a core"] if load.foreign > DISTURBED else [],
        )
    )
    with bench.room(bench.product, 200, at_once=200) as (_, _, took):
        slowest = max(took)
    bench.say(f"  200 at once: the last is in after {slowest:.2f} s")
    rows.append(
        Row(
            "200 phones at once: page, styles, script, stream, first state",
            "all usable within 1 s",
            f"the last after {slowest:.2f} s, p50 {percentile(sorted(took), 0.5):.2f} s",
            slowest <= 1.0,
        )
    )
    return rows


def memory(bench: Bench) -> Row:
    """Resident memory of everything the server started, with a thousand phones listening."""
    with bench.room(bench.product, 1000) as (_, server, _):
        time.sleep(1)
        product = resident_mb(server.pid)
    with bench.room(bench.bare, 1000) as (_, server, _):
        bare = resident_mb(server.pid)
    bench.say(f"  memory {product:.0f} MB, bare {bare:.0f} MB")
    return Row("memory with 1,000 phones", "≤ 160 MB", f"{product:.0f} MB (bare {bare:.0f} MB)", product <= 160)


def cold_page(bench: Bench) -> Row:
    """What a phone transfers before it can be used, for the first time and compressed."""
    with bench.room(bench.product, 1):
        weight = weigh(bench.port, prepare.CODE)
    bench.say(f"  cold page {weight.transferred:,} bytes, {weight.requests} requests")
    return Row(
        "cold phone page",
        "≤ 30 kB compressed, ≤ 5 requests",
        f"{weight.transferred / 1000:.1f} kB with headers, {weight.requests} requests and the stream",
        weight.transferred <= 30_000 and weight.requests + 1 <= 5,
    )


def doubts(run: Run) -> list[str]:
    """Say what makes a figure less certain."""
    found = []
    if run.disturbed:
        found.append(f"disturbed: other work took {run.load.foreign:.0f} % of a core")
    if run.load.generator > GENERATOR_LIMIT:
        found.append(f"the generator was busy {run.load.generator:.0f} %: a lower bound")
    if run.lost or run.doubled or run.cut:
        found.append(f"{run.lost} lost, {run.doubled} doubled, {run.cut} streams cut off")
    return found
