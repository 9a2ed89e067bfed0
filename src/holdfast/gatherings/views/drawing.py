"""Draws the desk, for a first look and again when a press was refused."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.gatherings.desk import desk_of
from holdfast.gatherings.items import Typed
from holdfast.gatherings.practice import practice_form
from holdfast.keys import LARGEST_KEY
from holdfast.programmes.models import Gathering


def draw_desk(
    request: HttpRequest, gathering: Gathering, *, one: int = 0, typed: Typed | None = None, status: int = 200
) -> HttpResponse:
    """Draw the desk as it is now. one: the driver that is being changed; typed: what was typed before a refusal."""
    shown = desk_of(gathering, one=one, about=number_in(request.GET.get("ask", "")), typed=typed)
    template = "live" if shown.is_open else "before"
    parts: dict[str, object] = {"desk": shown, "gathering": gathering, "zone": gathering.programme.group.site.time_zone}
    if not shown.is_open:
        parts["practice"] = practice_form(gathering)
    response = render(request, f"gatherings/desk/{template}.html", parts, status=status)
    response["Cache-Control"] = "no-store"
    return response


def number_in(typed: str) -> int:
    """Return a key that stands in an address, or 0 for anything else."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 20 and int(typed) <= LARGEST_KEY else 0
