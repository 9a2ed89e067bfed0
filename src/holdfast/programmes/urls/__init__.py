"""Addresses of programmes and plans."""

from holdfast.programmes.urls import (
    archiving,
    attending,
    calendar,
    check_ins,
    companion,
    components,
    dates,
    giving,
    leadership,
    making,
    plan,
    starting,
    touch_bases,
)
from holdfast.web.routes import Route

ROUTES: list[Route] = [
    *plan.ROUTES,
    *making.ROUTES,
    *starting.ROUTES,
    *calendar.ROUTES,
    *dates.ROUTES,
    *attending.ROUTES,
    *archiving.ROUTES,
    *companion.ROUTES,
    *touch_bases.ROUTES,
    *leadership.ROUTES,
    *giving.ROUTES,
    *components.ROUTES,
    *check_ins.ROUTES,
]
