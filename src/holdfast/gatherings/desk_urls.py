"""Addresses of the desk and the wall."""

from holdfast.web.routes import Route

DESK_ROUTES: list[Route] = []
