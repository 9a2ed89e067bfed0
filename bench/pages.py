"""How long every signed-in page takes in a large installation, for each role: `python -m bench.pages`."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

BUDGET_MS = 100.0
TIMES = 20
PEOPLE = {
    "leader": "olu@demo.example",
    "facilitator": "vera@demo.example",
    "coordinator": "dee@demo.example",
    "coach": "cole@demo.example",
    "evaluator": "eve@demo.example",
    "participant": "ngozi@demo.example",
}
"""Whom the pages are measured for: those with the most to see of each role."""

LEFT_OUT = {"account_logout", "account_login", "account_signup", "account_inactive", "homes.demo_sign_in"}


@dataclass(frozen=True, slots=True)
class Measured:
    """One page for one role, in milliseconds of the processor; wall: of the clock, with whatever else ran.

    first: what it took when it was asked for the first time, with templates, fonts and the typesetter still to be read.
    """

    page: str
    role: str
    first: float
    p50: float
    p95: float
    wall: float
    queries: int
    size: int


def main() -> int:
    """Fill a large demo where it is not there yet, measure, print the slowest first; 1 when one is over the budget."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--data", type=Path, help="folder to keep and use again; else one that is thrown away")
    wanted.add_argument("--times", type=int, default=TIMES, help=f"how often each page is asked for (default {TIMES})")
    wanted.add_argument("--only", default="", help="only pages whose name begins so")
    parsed = wanted.parse_args()
    with tempfile.TemporaryDirectory(prefix="holdfast-") as scratch:
        folder = (parsed.data or Path(scratch)).absolute()
        os.environ |= {"HOLDFAST_DATA_DIR": f"{folder}/data", "HOLDFAST_KEY_DIR": f"{folder}/keys"}
        os.environ |= {"DJANGO_SETTINGS_MODULE": "holdfast.config.settings", "HOLDFAST_DEMO": "1"}
        fill()
        found = list(measure(parsed.times, parsed.only))
    for one in sorted(found, key=lambda one: -one.p95):
        mark = " over" if one.p95 > BUDGET_MS else ""
        print(
            f"{one.page:36} {one.role:12} first {one.first:6.1f}  p50 {one.p50:6.1f}  p95 {one.p95:6.1f}  "
            f"clock {one.wall:6.1f} ms  {one.queries:3} queries  {one.size / 1024:6.1f} kB{mark}"
        )
    over = [one for one in found if one.p95 > BUDGET_MS]
    print(f"{len(found)} pages and roles; {len(over)} over {BUDGET_MS:.0f} ms. Yardstick: {yardstick():.0f} ms.")
    return 1 if over or not found else 0


def yardstick() -> float:
    """Return how many milliseconds of the processor a million additions take: about 45 on a quiet core of 2023.

    A neighbour on the same core makes everything slower, also what is counted in time of the processor.
    """
    began, total = process_time(), 0
    for number in range(1_000_000):
        total += number
    return (process_time() - began) * 1000


def fill() -> None:
    """Make the large demo and say how long that took."""
    import django  # noqa: PLC0415 - the settings are read from here on

    django.setup()
    from holdfast.config.serving import look_after_memory_seldom, prepare  # noqa: PLC0415
    from holdfast.homes.demo import make_demo  # noqa: PLC0415

    began = perf_counter()
    prepare()
    make_demo(size="large")
    look_after_memory_seldom()  # as a server does before its first page
    print(f"The large demo took {perf_counter() - began:.0f} s.", flush=True)


def measure(times: int, only: str) -> Iterator[Measured]:
    """Ask for every page as everybody; one that is not there for somebody is left out."""
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from holdfast.people.models import Person  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_PROXY_SSL_HEADER = None
    addresses = dict(pages(only))
    for role, email in PEOPLE.items():
        client = Client(raise_request_exception=False)
        client.force_login(Person.objects.get(email=email))
        for name, path in addresses.items():
            began = process_time()
            with CaptureQueriesContext(connection) as asked:
                first = client.get(path)
            cold, questions = (process_time() - began) * 1000, len(asked)
            if first.status_code == 200:
                size = 0 if first.streaming else len(first.content)
                first.close()
                took, wall = timed(client, path, times=times)
                at = {"p50": took[times // 2], "p95": took[min(times - 1, int(times * 0.95))]}
                yield Measured(name, role, cold, **at, wall=wall, queries=questions, size=size)
            elif first.status_code >= 500:
                print(f"{name} failed for the {role}", flush=True)


def timed(client: "Client", path: str, *, times: int) -> tuple[list[float], float]:
    """Ask for one page many times; return the processor's times in order, and the p95 of the clock."""
    took, wall = [], []
    for _ in range(times):
        began, clock = process_time(), perf_counter()
        answer = client.get(path)
        took.append((process_time() - began) * 1000)
        wall.append((perf_counter() - clock) * 1000)
        answer.close()
    took.sort()
    wall.sort()
    return took, wall[min(times - 1, int(times * 0.95))]


def pages(only: str) -> Iterator[tuple[str, str]]:
    """Yield the name and an address of every signed-in page, about the busiest of our forty groups."""
    from django.urls import NoReverseMatch, reverse  # noqa: PLC0415

    from holdfast.config.routes import PAGES  # noqa: PLC0415
    from holdfast.web.routes import Access  # noqa: PLC0415

    known = arguments()
    for route in PAGES:
        if route.access is not Access.SIGNED_IN or "GET" not in route.methods or route.name in LEFT_OUT:
            continue
        wanted = [part.split(":")[-1].split(">")[0] for part in route.pattern.split("<")[1:]]
        try:
            if route.name.startswith(only):
                yield route.name, reverse(route.name, kwargs={key: known[key] for key in wanted})
        except (KeyError, NoReverseMatch):
            continue  # about something the demo does not hold


def arguments() -> dict[str, object]:
    """Return keys of what the addresses are about: things of the first of the forty groups."""
    from holdfast.people.models import Group, Person  # noqa: PLC0415
    from holdfast.report_back.models import Answer  # noqa: PLC0415
    from holdfast.support.models import Handout, Link  # noqa: PLC0415

    group = Group.objects.get(site__name="Large school 2", name="Team 2")
    programme = group.programmes.get()
    gathering = programme.gatherings.order_by("-starts_at", "pk").first()
    concern = programme.concerns.order_by("position", "pk").first()
    request = programme.help_requests.order_by("-moved_at", "pk").first()
    item = programme.ours.order_by("position", "pk").first()
    member = Person.objects.filter(roles__group=group, roles__kind="participant").order_by("name", "pk").first()
    handout, link = Handout.objects.order_by("pk").first(), Link.objects.order_by("pk").first()
    assert gathering and concern and request and item and member and handout and link  # noqa: PT018 - all or nothing
    answer = Answer.objects.filter(concern__programme=programme).order_by("pk").first()
    activity = gathering.plan.order_by("position", "pk").first()
    report_back = programme.report_backs.order_by("pk").first()
    assert answer and activity and report_back  # noqa: PT018
    return {
        "site_id": group.site_id,
        "group_id": group.pk,
        "person_id": member.pk,
        "programme_id": programme.pk,
        "gathering_id": gathering.pk,
        "item_id": item.pk,
        "section_number": 4,
        "section": 4,
        "number": 4,
        "pack_id": programme.pack_id,
        "concern_id": concern.pk,
        "answer_id": answer.pk,
        "report_back_id": report_back.pk,
        "request_id": request.pk,
        "link_id": link.pk,
        "handout_id": handout.pk,
        "kind": "invitation",
    }


if __name__ == "__main__":
    sys.exit(main())
