"""Two servers that share one PostgreSQL beside one server on it: `python -m bench --only workers`."""

import os
import tempfile
from functools import partial
from pathlib import Path

from bench import prepare
from bench.machine import GENERATOR_CORE, Server
from bench.rows import Row, doubts
from bench.runs import Bench, Side
from tests import postgresql

PHONES = 200
ENOUGH_CORES = 4
"""For the generator, two servers and PostgreSQL. With fewer all share what there is, and the total cannot rise far."""


def two_workers(bench: Bench) -> Row:
    """Notes a second that reach all screens, with two servers and with one, on the same PostgreSQL."""
    every = os.cpu_count() or 1
    cores = range(every) if every < ENOUGH_CORES else [core for core in range(every) if core != GENERATOR_CORE]
    with tempfile.TemporaryDirectory(prefix="holdfast-workers-") as scratch:
        name = postgresql.fresh()
        template = prepare.prepare(Path(scratch) / "shared", phase="revealed", url=postgresql.url_of(name))

        def start(folder: Path, port: int, *, workers: int) -> Server:
            argv = ["-m", "holdfast.config.command", "serve", "--host", "127.0.0.1", "--port", str(port)]
            url = postgresql.url_of(postgresql.fresh(of=name))
            env = prepare.environment(folder, HOLDFAST_DATABASE_URL=url)
            return Server([*argv, "--workers", str(workers)], port=port, folder=folder, env=env, cores=cores)

        sides = [Side(f"PostgreSQL, servers: {n}", partial(start, workers=n), template, servers=n) for n in (1, 2)]
        (one, _), (two, run) = (bench.most(partial(bench.notes, side, PHONES)) for side in sides)
    ratio, few = two / one if one else 0.0, every < ENOUGH_CORES
    row = Row(
        f"PostgreSQL: notes/s that reach all {PHONES} screens with `serve --workers 2`, beside one server",
        "the total rises",
        f"{two:,.0f}/s with two, {one:,.0f}/s with one; ratio {ratio:.2f}",
        True if ratio > 1 else None if few else False,
        run.load,
        doubts(run),
    )
    if few:
        row.notes.append(f"{every} cores for the generator, two servers and PostgreSQL: each has less than one")
    return row
