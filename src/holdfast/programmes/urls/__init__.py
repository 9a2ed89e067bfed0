"""Addresses of programmes and plans."""

from holdfast.programmes.urls import plan
from holdfast.web.routes import Route

ROUTES: list[Route] = [*plan.ROUTES]
