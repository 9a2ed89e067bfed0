"""Telling everyone by mail that a date has changed, and what a date is called in a sentence."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from holdfast.notifications.letters import Letter, post_to_each
from holdfast.people.models import Person
from holdfast.programmes import queries
from holdfast.programmes.models import Gathering, Sitting
from holdfast.web.days import city_of, day_in_full, hours


class DateNews(StrEnum):
    """What may have happened to a date."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    ON_AGAIN = "on_again"
    SITTINGS = "sittings"
    TAKEN_OUT = "taken_out"


def zone_of(gathering: Gathering) -> ZoneInfo:
    """Return on whose clock a session is."""
    return ZoneInfo(gathering.programme.group.site.time_zone)


def said(one: Gathering | Sitting, zone: ZoneInfo) -> str:
    """Write when and where one sitting is: `Night: Thursday 12 March 2026, 22:00–23:00 (Chicago) · Gym`."""
    label = one.label if isinstance(one, Sitting) else one.sitting
    words = {"day": day_in_full(one.starts_at.astimezone(zone)), "time": hours(one.starts_at, one.ends_at, zone)}
    when = _("%(day)s, %(time)s (%(city)s)") % {**words, "city": city_of(zone)}
    where = _("%(when)s · %(place)s") % {"when": when, "place": one.place} if one.place else when
    return _("%(sitting)s: %(where)s") % {"sitting": label, "where": where} if label else where


def every_sitting(gathering: Gathering) -> str:
    """Write every sitting of a session, one a line."""
    zone = zone_of(gathering)
    further = gathering.further_sittings.order_by("starts_at", "pk")
    return "\n".join([said(gathering, zone), *(said(sitting, zone) for sitting in further)])


def tell_everyone(
    gathering: Gathering, *, news: DateNews, before: Gathering | None = None, by: Person, was: datetime
) -> int:
    """Tell everyone of the group but who did it that a date is another now; return how many mails that makes.

    Called inside the action's transaction. before: the session as it stood. was: when it would have ended; of what was
    over already nobody is told.
    """
    if max(was, gathering.ends_at) <= timezone.now():
        return 0
    group, zone = gathering.programme.group, zone_of(gathering)

    def letter() -> Letter:
        words = {"title": gathering.title_now, "group": group.name, "site": group.site.name}
        subject, line = _sentences(news)
        stands = "" if news is DateNews.TAKEN_OUT else every_sitting(gathering)
        earlier = _("Before, it was: %(before)s") % {"before": said(before, zone)} if before else ""
        return subject % words, [line % words, gathering.cancelled_why, stands, earlier]

    return mail(gathering, f"dates.{gathering.pk}.{gathering.sequence}.{news}", letter, but=by)


def mail(gathering: Gathering, key: str, letter: Callable[[], Letter], *, but: Person | None = None) -> int:
    """Post a mail about a date to everyone it concerns, each in their language, once for each key.

    letter: called for each. Returns how many mails are new.
    """
    group = gathering.programme.group

    def whole() -> Letter:
        subject, parts = letter()
        address = f"{settings.PUBLIC_URL}{reverse('programmes.dates')}"
        where = _("All your dates, also for the calendar of your phone: %(address)s") % {"address": address}
        return subject, [*parts, where, _("You get this because you belong to this group.")]

    zone = group.site.time_zone
    return post_to_each(key, queries.told_about(group), whole, zone=zone, but=but.pk if but else None)


def _sentences(news: DateNews) -> tuple[str, str]:
    return {
        DateNews.MOVED: (
            _("Another date: %(title)s"),
            _("The session “%(title)s” of %(group)s (%(site)s) has another date or place."),
        ),
        DateNews.CANCELLED: (
            _("Cancelled: %(title)s"),
            _("The session “%(title)s” of %(group)s (%(site)s) is cancelled."),
        ),
        DateNews.ON_AGAIN: (
            _("It takes place after all: %(title)s"),
            _("The session “%(title)s” of %(group)s (%(site)s) takes place after all."),
        ),
        DateNews.SITTINGS: (
            _("Other sittings: %(title)s"),
            _("The sittings of “%(title)s” of %(group)s (%(site)s) have changed. Come to the one that suits you."),
        ),
        DateNews.TAKEN_OUT: (
            _("No longer planned: %(title)s"),
            _("The session “%(title)s” of %(group)s (%(site)s) was taken out of the programme."),
        ),
    }[news]
