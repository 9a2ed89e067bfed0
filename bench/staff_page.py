"""How long the staff page and its poster take, with 1 and with 300 items: `python -m bench.staff_page`."""

import os
import tempfile
from collections.abc import Callable
from time import perf_counter, process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holdfast.programmes.models import Programme

ITEMS = (1, 300)
TIMES = 60


def main() -> None:
    """Measure in a folder that is thrown away, and print one line for each number of items."""
    with tempfile.TemporaryDirectory(prefix="holdfast-") as folder:
        os.environ |= {"HOLDFAST_DATA_DIR": f"{folder}/data", "HOLDFAST_KEY_DIR": f"{folder}/keys"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "holdfast.config.settings"
        import django

        django.setup()
        from django.core.management import call_command

        from holdfast.config.serving import prepare_databases

        prepare_databases()
        call_command("collectstatic", interactive=False, verbosity=0)
        from tests.given import our_district
        from tests.report_back.pages import a_programme, many

        ours, had = our_district(), 0
        programme = a_programme(ours)
        for items in ITEMS:
            many(programme, items - had, by=ours.amara)
            measure(programme, items, first=not had)
            had = items


def measure(programme: "Programme", items: int, *, first: bool) -> None:
    """Draw the page and the poster of a programme that has so many items."""
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    from holdfast.report_back import staff_pages
    from holdfast.report_back.actions.staff import open_address
    from holdfast.report_back.posters import poster
    from holdfast.report_back.staff import staff_page
    from holdfast.web.printing import Paper

    token = open_address(programme, scope="staff").token
    staff_pages._draw_page(token)
    kept, changed, drawn = [], [], []
    for n in range(TIMES):
        kept.append(timed(lambda: staff_pages._draw_page(token)))
        programme.concerns.filter(position=100).update(wording=f"Worded for the {n}th time.")
        changed.append(timed(lambda: staff_pages._draw_page(token)))
        staff_pages._PAGES.clear()
        staff_pages._THINGS.clear()
        drawn.append(timed(lambda: staff_pages._draw_page(token)))
    with CaptureQueriesContext(connections["default"]) as one, CaptureQueriesContext(connections["voices"]) as two:
        staff_pages._draw_page(token)
    print(
        f"{items} items: page p95 {p95(kept):.1f} ms of the processor, {p95(changed):.1f} ms after a change, "
        f"{p95(drawn):.1f} ms the first time after a start, {len(one) + len(two)} queries"
    )
    began = perf_counter()
    poster(staff_page(programme, scope="staff"), token=token, paper=Paper.A4)
    print(f"{items} items: poster {'the first time ' if first else ''}{(perf_counter() - began) * 1000:.0f} ms")


def timed(act: Callable[[], object]) -> float:
    """Return the milliseconds of the processor an act takes: other work on the machine does not count."""
    began = process_time()
    act()
    return (process_time() - began) * 1000


def p95(times: list[float]) -> float:
    """Return the time that 95 of 100 stay below."""
    return sorted(times)[int(len(times) * 0.95)]


if __name__ == "__main__":
    main()
