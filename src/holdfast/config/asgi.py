"""The application: one gate for every request, then the room's own routes, then Django."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.config.settings")

from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from holdfast.config.gate import Gate  # noqa: E402 - needs the app registry
from holdfast.config.routes import ROOM  # noqa: E402
from holdfast.gatherings.actions import seal_round  # noqa: E402
from holdfast.gatherings.hub import HUB  # noqa: E402

application = Gate(
    rooms=ROOM,
    pages=django_application,
    start=lambda: HUB.start(seal_round),
    stop=HUB.stop,
)
