"""Writing what a facilitator wants to remember about one activity."""

from django.db import transaction

from holdfast.audit.actions import record
from holdfast.people.models import Person
from holdfast.programmes.models import Aside, PlanItem
from holdfast.programmes.queries import today_at
from holdfast.programmes.queries.archiving import check_not_archived
from holdfast.refusals import Refused

LONGEST_ASIDE = 2_000


@transaction.atomic
def write_aside(item: PlanItem, *, text: str, seen: int, by: Person) -> Aside | None:
    """Write, change or, with no words, remove the own note about an activity; return it. Raises Refused.

    seen: its rev when the box was drawn, 0 when there was none; what another desk has written since is not lost.
    """
    item = PlanItem.objects.select_for_update().select_related("gathering__programme__group__site").get(pk=item.pk)
    check_not_archived(item.gathering.programme_id)
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_ASIDE:
        raise Refused("programmes.aside_too_long", {"most": LONGEST_ASIDE, "has": len(text)}, status=422)
    known = Aside.objects.filter(item=item).first()
    if (known.text if known else "") == text:
        return known
    if (known.rev if known else 0) != seen:
        raise Refused("programmes.aside_has_changed", status=409)
    if known and not text:
        known.delete()
        record("programmes.aside_removed", by=by.pk, on=item.pk)
        return None
    aside = known or Aside(item=item, rev=0)
    aside.text, aside.rev, aside.written_by = text, aside.rev + 1, by
    aside.written_on = today_at(item.gathering.programme)
    aside.save()
    record("programmes.aside_written", by=by.pk, on=item.pk)
    return aside
