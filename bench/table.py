"""Writes what was measured as a table, and puts it between two marks of a page of the documentation."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bench.rows import Row

BEGIN, END = "<!-- written by `make bench`: begin -->\n", "<!-- written by `make bench`: end -->\n"


def render(found: Sequence[Row], *, machine: str, seed: int, seconds: float, at: datetime) -> str:
    """Return the table with what it was measured on, and remarks about rows that are less certain."""
    lines = [
        f"Machine: {machine}. Date: {at:%d %B %Y, %H:%M} UTC. Seed: {seed}. Each run: {seconds:g} s.\n",
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
    return "\n".join(lines) + "\n"


def write(page: Path, table: str) -> None:
    """Replace what stands between the marks. Raises ValueError when the page has lost them."""
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{page} has lost its marks")
    page.write_text(f"{before}{begin}\n{table}\n{end}{after}", encoding="utf-8")
