"""Addresses of programmes and plans."""

from holdfast.programmes.urls import calendar, components, giving, plan, starting
from holdfast.web.routes import Route

ROUTES: list[Route] = [*plan.ROUTES, *starting.ROUTES, *calendar.ROUTES, *giving.ROUTES, *components.ROUTES]
