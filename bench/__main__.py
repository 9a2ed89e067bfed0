"""`python -m bench`: measures the room beside a bare fan-out and prints a table; `--write` keeps it in the docs."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench import many_notes, prepare, rooms, rows, sorting, workers
from bench.machine import Server, describe, pin_generator
from bench.rows import Row
from bench.runs import Bench, Patience, Side
from bench.table import render, write

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "bench.md"


def product(folder: Path, port: int) -> Server:
    """Start Holdfast as an installation would."""
    argv = ["-m", "holdfast.config.command", "serve", "--host", "127.0.0.1", "--port", str(port)]
    return Server(argv, port=port, folder=folder, env=prepare.environment(folder))


def bare(folder: Path, port: int) -> Server:
    """Start the yardstick with lent transports."""
    return Server(["-m", "bench.bare", "--port", str(port), "--data", str(folder)], port=port, folder=folder)


def plain(folder: Path, port: int) -> Server:
    """Start the yardstick with plain ASGI sends."""
    return Server(["-m", "bench.bare", "--plain", "--port", str(port), "--data", str(folder)], port=port, folder=folder)


ROWS: dict[str, Callable[[Bench], list[Row]]] = {
    "throughput-40": lambda bench: [rows.throughput(bench, 40, budget=None)],
    "throughput-200": lambda bench: [rows.throughput(bench, 200, budget=2000)],
    "throughput-1000": lambda bench: [rows.throughput(bench, 1000, budget=1000)],
    "ballots-40": lambda bench: [sorting.ballots_taken(bench, 40, budget=None)],
    "ballots-200": lambda bench: [sorting.ballots_taken(bench, 200, budget=2000)],
    "ballots-1000": lambda bench: [sorting.ballots_taken(bench, 1000, budget=1000)],
    "places": lambda bench: [sorting.everybody_places(bench)],
    "rooms": lambda bench: [rooms.many_rooms(bench)],
    "workers": lambda bench: [workers.two_workers(bench)],
    "steady": lambda bench: [rows.steady_load(bench)],
    "taps": lambda bench: [rows.everybody_taps(bench)],
    "joins": rows.joins,
    "memory": lambda bench: [rows.memory(bench)],
    "page": lambda bench: [rows.cold_page(bench)],
    "many-notes": lambda bench: [many_notes.many_notes(bench)],
}
QUICK = ("throughput-200", "ballots-200", "places", "steady", "taps", "joins", "memory", "page")


WAITING_SECONDS = 180.0
"""How long the whole bench waits, at most, for a machine on which nothing else runs."""


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Measure what was asked for; 1 when a budget was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="about four minutes: shorter runs, fewer rows")
    parser.add_argument("--write", action="store_true", help=f"write the table to {PAGE.name} in the documentation")
    parser.add_argument("--only", choices=ROWS, action="append", help="measure this row only; may be repeated")
    parser.add_argument("--seed", type=int, default=20260)
    parser.add_argument("--seconds", type=float, help="length of each run")
    parser.add_argument("--port", type=int, default=8129)
    given = parser.parse_args()
    if given.write and (given.quick or given.only):
        parser.error("--write keeps a whole table only: leave out --quick and --only")
    pin_generator()
    sys.stdout.write(f"{describe()}\n")
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as scratch:
        gather = prepare.prepare(Path(scratch) / "gather", phase="revealed")
        sort = prepare.prepare(Path(scratch) / "sort", phase="writing", kind="sort")
        bench = Bench(
            product=Side("holdfast", product, gather),
            sorting=Side("holdfast, sort", product, sort),
            bare=Side("bare", bare),
            plain=Side("plain", plain),
            port=given.port,
            seed=given.seed,
            seconds=given.seconds or (1.5 if given.quick else 3.0),
            quick=given.quick,
            patience=Patience(WAITING_SECONDS / 3 if given.quick else WAITING_SECONDS),
            say=say,
        )
        found: list[Row] = []
        for name in given.only or (QUICK if given.quick else ROWS):
            bench.say(name)
            found += ROWS[name](bench)
    table = render(found, machine=describe(), seed=given.seed, seconds=bench.seconds, at=datetime.now(UTC))
    sys.stdout.write(f"\n{table}")
    if given.write:
        write(PAGE, table)
    return 1 if any(row.met is False for row in found) else 0


if __name__ == "__main__":
    sys.exit(main())
