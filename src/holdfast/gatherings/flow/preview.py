"""What a phone will show of an activity that has not begun: the same rules and templates, and nothing is begun."""

import re
from dataclasses import replace

from asgiref.sync import async_to_sync
from django.template.loader import render_to_string

from holdfast.gatherings.actions.beginning import beginning
from holdfast.gatherings.actions.rounds import columns_of
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.live import LiveRoom
from holdfast.gatherings.models import Room, Round
from holdfast.gatherings.pages import plain_page
from holdfast.gatherings.queries import room_view, round_view
from holdfast.gatherings.rules import says_leader
from holdfast.programmes.models import PlanItem

SHOWN = (Round.Phase.PROMISE, Round.Phase.WRITING, Round.Phase.TALKING, Round.Phase.QUIET, Round.Phase.GROUPING)
"""The phases of a beginning: what comes later is made of what people write."""

FORM = re.compile(r"(<form[^>]*>)")
ONLY_SHOWN = '<fieldset class="only-shown" disabled>'
"""Inside each form of a preview: what is in it can be read, aloud too, and neither filled in nor sent."""


def steps_of(item: PlanItem, mode: str) -> list[Round.Phase]:
    """Return the phases of an activity's beginning, in their order: what people see first, then while they write."""
    rules = Round(kind=item.kind, mode=mode).rules
    first = Round.Phase(rules.FIRST)
    return [first, *(phase for phase in SHOWN if phase != first and str(phase) in rules.MOVES[str(first)])]


def preview_of(room: Room, item: PlanItem, *, step: int) -> str:
    """Return the page of a phone as it would be: it can be looked at, and not written in. Raises Refused.

    step: which phase of the beginning, counted from 0; the last there is when there are fewer.
    """
    begins = beginning(item, room.gathering)
    steps = steps_of(item, str(begins["mode"]))
    number = min(step, len(steps) - 1)
    found = Round(
        room=room,
        plan_item=item,
        position=0,
        **{**begins, "phase": steps[number]},
        title=item.title,
        prompt=item.prompt,
        minutes=item.minutes,
        leader_labelled=says_leader(room.gathering.section, item.kind),
    )
    found.columns = item.columns or columns_of(found.rules, item)
    view = room_view(room.pk)
    assert view is not None
    live = LiveRoom(replace(view, round=round_view(found), paused_at=None), "preview")
    live.elsewhere = HUB.people_in(room.pk)
    _, page = async_to_sync(plain_page)(live, room.code, {}, [])
    above = {"room": room, "item": item, "steps": list(enumerate(steps)), "number": number}
    page = FORM.sub(rf"\1{ONLY_SHOWN}", page).replace("</form>", "</fieldset></form>")
    return page.replace("<main>", render_to_string("gatherings/desk/flow/preview.html", above) + "<main>", 1)
