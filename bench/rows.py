"""What is measured: each row of the table, with its budget."""

import time
from dataclasses import dataclass, field
from functools import partial
from random import Random

from bench import prepare
from bench.machine import Load, Watch, resident_mb
from bench.page import weigh
from bench.runs import DISTURBED, GENERATOR_LIMIT, REPEATS, Bench, Plan, Run, percentile

RATIO = 0.4
"""What the whole product should reach of the bare server, in rates measured side by side."""


@dataclass(slots=True)
class Row:
    """One line of the table. met: None where a row has no budget of its own."""

    what: str
    budget: str
    seen: str
    met: bool | None
    load: Load | None = None
    notes: list[str] = field(default_factory=list)


def throughput(bench: Bench, phones: int, *, budget: float | None) -> Row:
    """Notes a second that reach all screens, beside the bare fan-out in the same run."""
    most, run = bench.most(partial(bench.notes, bench.product, phones))
    bare, bare_run = bench.most(partial(bench.notes, bench.bare, phones))
    plain, _ = bench.most(partial(bench.notes, bench.plain, phones))
    row = beside_bare(
        f"notes/s that reach all {phones:,} screens, p95 < 250 ms, nothing lost",
        budget,
        most,
        bare,
        f"plain ASGI {plain:,.0f}/s",
    )
    row.load = run.load
    row.notes += doubts(run) + [f"bare: {doubt}" for doubt in doubts(bare_run)]
    return row


def beside_bare(what: str, budget: float | None, most: float, bare: float, more: str) -> Row:
    """Return the row of a highest rate: its own budget, if any, and the ratio to the bare server."""
    ratio = most / bare if bare else 0.0
    wanted = f"≥ {budget:,.0f}/s and " if budget else ""
    seen = f"{most:,.0f}/s; bare {bare:,.0f}/s; ratio {ratio:.2f}; {more}"
    return Row(what, f"{wanted}≥ 0.4 of bare", seen, most >= (budget or 0) and ratio >= RATIO)


def steady_load(bench: Bench) -> Row:
    """A thousand phones, a hundred notes a second."""
    run = bench.steady(bench.product, 1000, 100)
    bare = bench.steady(bench.bare, 1000, 100)
    return Row(
        "1,000 phones, 100 notes/s",
        "all screens p95 ≤ 75 ms, ack p95 ≤ 20 ms, ≤ 50 % of a core",
        f"{run.screens_p95:.0f} ms, {run.ack_p95:.1f} ms, {run.load.server:.0f} % "
        f"(bare {bare.screens_p95:.0f} ms, {bare.ack_p95:.1f} ms, {bare.load.server:.0f} %)",
        run.whole and run.screens_p95 <= 75 and run.ack_p95 <= 20 and run.load.server <= 50,
        run.load,
        doubts(run),
    )


def everybody_taps(bench: Bench) -> Row:
    """A thousand phones tap once within two seconds, most of them early."""
    rng = Random(bench.seed)
    taps = sorted(0.2 + rng.triangular(0, 2, 0.3) for _ in range(1000))
    schedule = [*taps, *(taps[-1] + 0.05 + i * 0.02 for i in range(6))]
    run = bench.settled(partial(bench.notes, bench.product, 1000), Plan(500, schedule, range(1000)))
    return Row(
        "all 1,000 tap within 2 s",
        "all screens p95 ≤ 100 ms, none lost",
        f"{run.screens_p95:.0f} ms, {run.lost} lost",
        run.whole and run.screens_p95 <= 100,
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
            bench.patience.wait()
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
    return found + list(run.errors)
