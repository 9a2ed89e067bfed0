"""`python -m bench`: measures the room beside a bare fan-out and prints a table; `--write` keeps it in the docs."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench import prepare, rows
from bench.machine import Server, describe, pin_generator
from bench.rows import Bench, Row, Side
from bench.table import render

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
    "steady": lambda bench: [rows.steady_load(bench)],
    "taps": lambda bench: [rows.everybody_taps(bench)],
    "joins": rows.joins,
    "memory": lambda bench: [rows.memory(bench)],
    "page": lambda bench: [rows.cold_page(bench)],
}
QUICK = ("throughput-200", "steady", "taps", "joins", "memory", "page")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Measure what was asked for; 1 when a budget was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="about two minutes: shorter runs, fewer rows, no repeats")
    parser.add_argument("--write", action="store_true", help=f"write the table to {PAGE.name} in the documentation")
    parser.add_argument("--only", choices=ROWS, action="append", help="measure this row only; may be repeated")
    parser.add_argument("--seed", type=int, default=20260)
    parser.add_argument("--seconds", type=float, help="length of each run")
    parser.add_argument("--port", type=int, default=8129)
    given = parser.parse_args()
    pin_generator()
    sys.stdout.write(f"{describe()}\n")
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as scratch:
        template = prepare.prepare(Path(scratch) / "template", phase="revealed")
        bench = Bench(
            product=Side("holdfast", product, template),
            bare=Side("bare", bare),
            plain=Side("plain", plain),
            port=given.port,
            seed=given.seed,
            seconds=given.seconds or (1.5 if given.quick else 3.0),
            quick=given.quick,
            say=say,
        )
        found: list[Row] = []
        for name in given.only or (QUICK if given.quick else ROWS):
            bench.say(name)
            found += ROWS[name](bench)
    table = render(found, machine=describe(), seed=given.seed, seconds=bench.seconds, at=datetime.now(UTC))
    sys.stdout.write(f"\n{table}")
    if given.write:
        PAGE.write_text(table, encoding="utf-8")
    return 1 if any(row.met is False for row in found) else 0


if __name__ == "__main__":
    sys.exit(main())
