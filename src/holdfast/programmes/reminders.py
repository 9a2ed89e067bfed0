"""The mail the evening before: asked for by the outbox every few minutes, made once for each day of a session."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from holdfast.notifications.actions import work_through
from holdfast.notifications.letters import Letter
from holdfast.notifications.queries import worked_through
from holdfast.notifications.rules import evening_before, out_of_quiet_hours
from holdfast.programmes.models import Gathering, Sitting
from holdfast.programmes.queries import GROUP_AND_PLACE, ON
from holdfast.programmes.queries.over import still_ahead
from holdfast.programmes.telling import mail, said, zone_of

SOON = timedelta(days=4)
"""Further ahead nothing is due: the evening before a Monday is that of the Friday."""

Meetings = dict[tuple[Gathering, date], list[Gathering | Sitting]]


def post_what_is_due(now: datetime) -> int:
    """Remind of every session on the last working evening before it; return how many mails that made."""
    made, done = 0, worked_through("evening.")
    for (gathering, day), meetings in _meetings(now).items():
        zone, first = zone_of(gathering), min(one.starts_at for one in meetings)
        key = f"evening.{gathering.pk}.{day.isoformat()}"
        # Who cannot be reached before it begins, because it is night until then, is not reminded afterwards.
        in_time = evening_before(first, zone) <= now and out_of_quiet_hours(now, zone) < first
        if in_time and key not in done:
            made += _remind(gathering, key, meetings)
    return made


@transaction.atomic
def _remind(gathering: Gathering, key: str, meetings: Sequence[Gathering | Sitting]) -> int:
    if not work_through(key):
        return 0
    zone = zone_of(gathering)

    def letter() -> Letter:
        words = {"title": gathering.title_now, "group": gathering.programme.group.name}
        parts = [
            _("%(group)s meets soon: “%(title)s”.") % words,
            "\n".join(said(one, zone) for one in meetings),
            _("There is nothing to bring. In the circle everybody may pass."),
        ]
        return _("Soon: %(title)s") % words, parts

    return mail(gathering, key, letter)


def _meetings(now: datetime) -> Meetings:
    """Return what meets in the next days, by session and by the day on the clock of its place."""
    soon = {"starts_at__gt": now, "starts_at__lte": now + SOON}
    first = Gathering.objects.filter(ON, still_ahead(now), programme__archiving__isnull=True, **soon)
    first = first.select_related(f"programme__{GROUP_AND_PLACE}")
    further = Sitting.objects.filter(gathering__cancelled_at__isnull=True, **soon)
    further = further.filter(gathering__programme__archiving__isnull=True)
    further = further.select_related(f"gathering__programme__{GROUP_AND_PLACE}")
    both: list[tuple[Gathering, Gathering | Sitting]] = [(one, one) for one in first.order_by("starts_at", "pk")]
    both += [(sitting.gathering, sitting) for sitting in further.order_by("starts_at", "pk")]
    found: Meetings = defaultdict(list)
    for gathering, one in both:
        found[gathering, one.starts_at.astimezone(zone_of(gathering)).date()].append(one)
    return found
