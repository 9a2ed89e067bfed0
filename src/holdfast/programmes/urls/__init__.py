"""Addresses of programmes and plans."""

from holdfast.programmes.urls import archiving, attending, calendar, making, plan, starting
from holdfast.web.routes import Route

ROUTES: list[Route] = [
    *plan.ROUTES,
    *making.ROUTES,
    *starting.ROUTES,
    *calendar.ROUTES,
    *attending.ROUTES,
    *archiving.ROUTES,
]
