"""Sessions as entries of a calendar: section and place in words, each sitting its own entry, and nobody's name."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from holdfast.notifications.calendar_files import Event
from holdfast.programmes.models import Gathering, Sitting


def entries_of(gatherings: Iterable[Gathering]) -> list[Event]:
    """Return the entries of some sessions, the further sittings of each after its first."""
    entries = []
    for gathering in gatherings:
        entries.append(_entry(gathering, gathering))
        entries += [_entry(gathering, sitting) for sitting in gathering.further_sittings.all()]
    return entries


def _entry(gathering: Gathering, one: Gathering | Sitting) -> Event:
    group, further = gathering.programme.group, isinstance(one, Sitting)
    label = one.label if isinstance(one, Sitting) else one.sitting
    return Event(
        uid=f"{'sitting' if further else 'session'}-{one.pk}@{settings.PUBLIC_HOST}",
        # A sitting is cancelled with its session, so that a change of either must count as newer.
        sequence=one.sequence + (gathering.sequence if further else 0),
        changed_at=max(one.changed_at, gathering.changed_at),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        zone=group.site.time_zone,
        title=_title(gathering, label),
        place=_place(one.place, group.site.name),
        words=_words(gathering, label),
        url=f"{settings.PUBLIC_URL}{reverse('programmes.dates')}",
        cancelled=gathering.cancelled_at is not None,
    )


def _title(gathering: Gathering, label: str) -> str:
    words = {"title": gathering.title_now, "group": gathering.programme.group.name, "sitting": label}
    title = _("%(title)s (%(sitting)s) · %(group)s") % words if label else _("%(title)s · %(group)s") % words
    return _("Cancelled: %(title)s") % {"title": title} if gathering.cancelled_at else title


def _place(place: str, site: str) -> str:
    return _("%(place)s, %(site)s") % {"place": place, "site": site} if place else site


def _words(gathering: Gathering, label: str) -> str:
    words = {"number": gathering.section, "pack": gathering.programme.pack.title}
    lines = [_("Section %(number)s of “%(pack)s”.") % words]
    if gathering.cancelled_at:
        lines.insert(0, gathering.cancelled_why or _("This session is cancelled."))
    elif label:
        lines.append(_("The same session has several sittings. Come to the one that suits you."))
    return "\n".join(lines)
