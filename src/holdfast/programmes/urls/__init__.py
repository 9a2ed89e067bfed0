"""Addresses of programmes and plans."""

from holdfast.programmes.urls import calendar, companion, leadership, plan, starting, touch_bases
from holdfast.web.routes import Route

ROUTES: list[Route] = [
    *plan.ROUTES,
    *starting.ROUTES,
    *calendar.ROUTES,
    *companion.ROUTES,
    *touch_bases.ROUTES,
    *leadership.ROUTES,
]
