"""Telling leaders and the group by mail that there is something new: never what it says, only where to read it."""

from datetime import date
from enum import StrEnum

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from holdfast.notifications.actions import post
from holdfast.people.models import Group, Person, Role
from holdfast.programmes.models import Programme


class ForLeaders(StrEnum):
    """What leaders hear about."""

    HANDED_OVER = "handed_over"
    REPLIED = "replied"


class ForGroup(StrEnum):
    """What a group hears about."""

    PUBLISHED = "published"
    MOVED = "moved"


def tell_leaders(
    programme: Programme,
    *,
    news: ForLeaders,
    about: int,
    due_on: date | None = None,
    path: str = "",
    by: Person | None = None,
) -> int:
    """Tell the leaders of a group, once for each thing, and return how many mails that makes.

    Called inside the action's transaction. about: key of what is new (the first thing handed over, the answer whose
    question got replies). path: where to read it, without the host; the desk when empty. by: who did it is not told.
    """
    words = {"group": programme.group.name, "site": programme.group.site.name}
    if news is ForLeaders.HANDED_OVER:
        subject = _("%(group)s has handed something to you") % words
        lines = [_("The group %(group)s (%(site)s) has handed over what it would like leadership to look at.") % words]
        if due_on:
            lines.append(_("Both sides expect answers on %(date)s.") % {"date": date_format(due_on, "l j F Y")})
    else:
        subject = _("%(group)s has answered your question") % words
        lines = [_("There are replies to a question you asked the group %(group)s (%(site)s).") % words]
    reason = _("You get this because you lead this group, or look after it while nobody does.")
    return _tell(programme, nearest_leaders(programme.group), f"{news}.{about}", subject, lines, reason, path, by)


def tell_group(programme: Programme, *, news: ForGroup, about: int, path: str = "", by: Person | None = None) -> int:
    """Tell a group's participants and facilitators, once for each thing, and return how many mails that makes.

    Called inside the action's transaction. about: key of what is new (the report-back, the progress). path: where
    facilitators read it; participants find the way to the group's page on their desk. by: as above.
    """
    words = {"group": programme.group.name, "site": programme.group.site.name}
    subject, line = {
        ForGroup.PUBLISHED: (
            _("Answers for %(group)s"),
            _("Leadership has published its answers to what the group %(group)s (%(site)s) handed over."),
        ),
        ForGroup.MOVED: (
            _("Something has moved for %(group)s"),
            _("There is news on something the group %(group)s (%(site)s) handed over."),
        ),
    }[news]
    reason = _("You get this because you belong to this group.")
    told = 0
    for kind, where in ((Role.Kind.FACILITATOR, path), (Role.Kind.PARTICIPANT, "")):
        who = _people(Role.objects.filter(group=programme.group, kind=kind))
        told += _tell(programme, who, f"{news}.{about}", subject % words, [line % words], reason, where, by)
    return told


def nearest_leaders(group: Group) -> QuerySet[Person]:
    """Return who leads this very group, else its site, else the organisation; while nobody does, who coordinates it."""
    at = (Q(group=group), Q(site=group.site_id), Q(organisation=group.site.organisation_id))
    for kind in (Role.Kind.LEADER, Role.Kind.COORDINATOR):
        for place in at:
            found = _people(Role.objects.filter(place, kind=kind))
            if found.exists():
                return found
    return Person.objects.none()


def _people(roles: QuerySet[Role]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=roles.values("person"), is_active=True).order_by("name", "pk")


def _tell(
    programme: Programme,
    people: QuerySet[Person],
    key: str,
    subject: str,
    lines: list[str],
    reason: str,
    path: str,
    by: Person | None,
) -> int:
    address = f"{settings.PUBLIC_URL}{path or reverse('homes.desk')}"
    read = _("Read it here: %(address)s") % {"address": address}
    unsaid = _("This mail says only that there is something new. What was written stays on the page.")
    body = "\n\n".join([_("Hello,"), " ".join(lines), read, unsaid, reason])
    zone = programme.group.site.time_zone
    told = [person.email for person in people if person.email and (by is None or person.pk != by.pk)]
    return sum(post(key, address=email, subject=subject, body=body, zone=zone) for email in told)
