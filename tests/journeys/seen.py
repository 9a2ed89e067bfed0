"""What axe finds wrong with a page that is at rest: no colour is caught on its way to another."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
AT_REST = """() => Promise.all(document.getAnimations()
  .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime))
  .map((one) => one.finished.catch(() => null)))"""


def violations(page: Page, *, rules: Sequence[str] = ()) -> list[tuple[str, list[Any]]]:
    """Return what axe finds, as (rule, where, why): with the rules of these tags, or with all it has on by itself."""
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(AT_REST)
    found = AXE.run(page, options={"runOnly": list(rules)} if rules else None).response["violations"]
    return [
        (one["id"], [(node["target"], node["html"][:120], node.get("failureSummary", "")) for node in one["nodes"]])
        for one in found
    ]
