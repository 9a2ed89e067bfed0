"""The application: one gate for every request, then the room's own routes, then Django."""

import asyncio
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.config.settings")

from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from holdfast.config.gate import PAGE_LIMIT, Gate  # noqa: E402 - needs the app registry
from holdfast.config.routes import PAGES, ROOM  # noqa: E402
from holdfast.gatherings.actions import seal_round, seal_what_is_left  # noqa: E402
from holdfast.gatherings.actions.parking import collect_what_is_left  # noqa: E402
from holdfast.gatherings.hub import HUB  # noqa: E402
from holdfast.notifications.jobs import POSTMAN  # noqa: E402
from holdfast.programmes.actions import mix_unnamed_barriers  # noqa: E402
from holdfast.report_back.boxes import close_what_is_due  # noqa: E402
from holdfast.support.jobs import WATCHMAN  # noqa: E402

CHORES = (close_what_is_due, seal_what_is_left, mix_unnamed_barriers, collect_what_is_left)
"""What comes due by date, and what must not keep its order."""


async def start() -> None:
    """Open the rooms that were open before, send the mails that wait, and look at links."""
    await HUB.start(seal_round, chores=CHORES)
    POSTMAN.start(on_duty=HUB.on_duty)
    WATCHMAN.start(on_duty=HUB.on_duty)


async def stop() -> None:
    """Stop sending mails and leave the rooms; both go on after the next start."""
    await asyncio.to_thread(WATCHMAN.stop)
    await asyncio.to_thread(POSTMAN.stop)
    await HUB.stop()


application = Gate(
    rooms=ROOM,
    pages=django_application,
    start=start,
    stop=stop,
    uploads=[route for route in PAGES if route.body_limit > PAGE_LIMIT],
)
