"""Pages for reading packs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.curriculum import queries
from holdfast.curriculum.pack import LeaderMode


def packs(request: HttpRequest) -> HttpResponse:
    """GET desk/packs/ - every loaded version."""
    return render(request, "curriculum/packs.html", {"versions": queries.loaded_packs()})


def pack(request: HttpRequest, pack_id: int) -> HttpResponse:
    """GET desk/packs/<key>/ - what a pack is about, and its sections."""
    version = queries.pack_version(pack_id)
    return render(request, "curriculum/pack.html", {"version": version, "pack": queries.pack_of(version)})


def section(request: HttpRequest, pack_id: int, number: int) -> HttpResponse:
    """GET desk/packs/<key>/sections/<number>/ - one section, to read and to print."""
    version = queries.pack_version(pack_id)
    section = queries.pack_section(version, number)
    order = (LeaderMode.BOTH, LeaderMode.TAKING_PART, LeaderMode.SUPPORTING)
    by_mode = [(mode, [c for c in section.considerations if c.mode is mode]) for mode in order]
    parts = {"version": version, "pack": queries.pack_of(version), "section": section}
    parts["considerations"] = [(mode, found) for mode, found in by_mode if found]
    return render(request, "curriculum/section.html", parts)
