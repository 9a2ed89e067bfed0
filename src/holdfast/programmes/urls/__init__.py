"""Addresses of programmes and plans."""

from holdfast.programmes.urls import archiving, calendar, plan, starting
from holdfast.web.routes import Route

ROUTES: list[Route] = [*plan.ROUTES, *starting.ROUTES, *calendar.ROUTES, *archiving.ROUTES]
