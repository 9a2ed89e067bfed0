"""Writes what was measured as a page of the documentation."""

from collections.abc import Sequence
from datetime import datetime

from bench.rows import DISTURBED, Row

INTRODUCTION = """\
# Measured: speed and memory

What `make bench` printed on one machine. Figures of another machine differ; the ratio to the bare fan-out, measured in
the same run, is what can be compared.
"""
HOW = """\
## How it is measured

- The server runs in its own process on one core, the generator on another; both are pinned.
- **Holdfast** is the server as it is installed: sealed and padded intake, `synchronous=FULL`, `secure_delete`, tickets,
  rules. The notes go through the path that reaches all screens: a round after its reveal, in mixed batches of three or
  more.
- **Bare** is `bench/bare.py`: uvicorn and uvloop, one writer thread with group commit into SQLite with
  `synchronous=FULL`, the same 50 ms tick, the same bytes written to lent transports; no tickets, no rules, no sealing.
  *Plain ASGI* is the same with one `send` for each phone.
- Notes are posted at random moments of a Poisson process with a fixed seed. A time is counted from the moment a note
  was due, not from when it could be sent. *All screens* means the last of the N phones has it.
- The highest rate is searched geometrically, with a fresh server and a fresh room for each run of {seconds:g} s.
- The generator parses each distinct frame once; its own load stands in the table, and a figure taken with more than
  80 % is marked as a lower bound.
- *Others* is what else ran on the machine, from `/proc/stat`, in percent of one core. A run with more than
  {disturbed:g} is repeated, at most three times, and marked if it stays so.
- Everything is on the loopback interface: radio, TLS and a proxy come on top.
"""


def render(found: Sequence[Row], *, machine: str, seed: int, seconds: float, at: datetime) -> str:
    """Return the page."""
    lines = [
        INTRODUCTION,
        f"Machine: {machine}. Date: {at:%d %B %Y, %H:%M} UTC. Seed: {seed}.\n",
        "| what | budget | measured | verdict | server | generator | others |",
        "|---|---|---|---|--:|--:|--:|",
    ]
    remarks = []
    for row in found:
        verdict = {True: "met", False: "**missed**", None: "–"}[row.met]
        if row.notes:
            remarks += [f"- {row.what}: {note}." for note in row.notes]
            verdict += " ¹"
        load = row.load
        shown = [f"{x:.0f} %" for x in (load.server, load.generator, load.foreign)] if load else ["–"] * 3
        lines.append("| " + " | ".join([row.what, row.budget, row.seen, verdict, *shown]) + " |")
    if remarks:
        lines += ["", "¹ Remarks:", "", *remarks]
    return "\n".join(lines) + "\n\n" + HOW.format(seconds=seconds, disturbed=DISTURBED)
