"""Asking the group about wordings that wait for its word, whether that was planned or not."""

from django.db import transaction
from django.utils.translation import gettext as _

from holdfast.gatherings.actions.drivers import frozen_items
from holdfast.gatherings.actions.planning import plan_it
from holdfast.gatherings.actions.rounds import start_round
from holdfast.gatherings.models import Room, Round
from holdfast.people.models import Person
from holdfast.programmes import actions as plans
from holdfast.programmes.models import PlanItem

MINUTES = 5


def ask_about_wordings(room: Room, *, by: Person) -> Round:
    """Ask the group which wordings it would hand over, again if need be. The plan keeps saying what was held.

    Raises Refused when no wording waits, or while another activity is open.
    """
    frozen_items("agree", room.gathering)
    with transaction.atomic():
        Room.objects.select_for_update().get(pk=room.pk)  # two desks that ask at once plan it once
        planned = room.gathering.plan.filter(kind="agree").order_by("position", "pk").first()
        item = planned or _plan_it(room, by=by)
    return start_round(room, item=item, by=by)


def _plan_it(room: Room, *, by: Person) -> PlanItem:
    """Put the question into the plan, after the activity that was held last; in a practice run only on the screens."""
    title = _("Would we hand it over like this?")
    prompt = _("Read each wording. Would you hand it to leadership just like this?")
    item = plan_it(room, title=title, prompt=prompt, minutes=MINUTES, kind="agree", by=by)
    newest = room.rounds.select_related("plan_item").order_by("-position", "-pk").first()
    if newest and newest.plan_item and not room.rehearsal:
        plans.move_activity(item, places=newest.plan_item.position + 1 - item.position, by=by)
        item.refresh_from_db()
    return item
