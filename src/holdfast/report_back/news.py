"""Telling leaders and the group by mail that there is something new: never what it says, only where to read it."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from holdfast.notifications.letters import Letter, only_news, post_to_each
from holdfast.people.models import Group, Person, Role
from holdfast.people.queries import people_nearest
from holdfast.programmes.models import Programme
from holdfast.web.days import day_in_full


class ForLeaders(StrEnum):
    """What leaders hear about."""

    HANDED_OVER = "handed_over"
    REPLIED = "replied"


News = tuple[str, list[str], str]
"""Subject, sentences on what is new, and why somebody gets it; written anew in each language."""


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

    def written() -> News:
        reason = _("You get this because you lead this group, or look after it while nobody does.")
        if news is not ForLeaders.HANDED_OVER:
            line = _("There are replies to a question you asked the group %(group)s (%(site)s).")
            return _("%(group)s has answered your question") % words, [line % words], reason
        line = _("The group %(group)s (%(site)s) has handed over what it would like leadership to look at.")
        lines = [line % words]
        if due_on:
            lines.append(_("Both sides expect answers on %(date)s.") % {"date": day_in_full(due_on)})
        return _("%(group)s has handed something to you") % words, lines, reason

    return _tell(programme, nearest_leaders(programme.group), f"{news}.{about}", written, path, by)


def tell_group(programme: Programme, *, news: ForGroup, about: int, path: str = "", by: Person | None = None) -> int:
    """Tell a group's participants and facilitators, once for each thing, and return how many mails that makes.

    Called inside the action's transaction. about: key of what is new (the report-back, the progress). path: where
    facilitators read it; participants find the way to the group's page on their desk. by: as above.
    """
    words = {"group": programme.group.name, "site": programme.group.site.name}

    def written() -> News:
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
        return subject % words, [line % words], _("You get this because you belong to this group.")

    told = 0
    for kind, where in ((Role.Kind.FACILITATOR, path), (Role.Kind.PARTICIPANT, "")):
        who = people_nearest(kind, programme.group)
        told += _tell(programme, who, f"{news}.{about}", written, where, by)
    return told


def nearest_leaders(group: Group) -> list[Person]:
    """Return who leads this very group, else its site, else the organisation; while nobody does, who coordinates it."""
    return people_nearest(Role.Kind.LEADER, group) or people_nearest(Role.Kind.COORDINATOR, group)


def _tell(
    programme: Programme,
    people: Sequence[Person],
    key: str,
    news: Callable[[], News],
    path: str,
    by: Person | None,
) -> int:
    address = f"{settings.PUBLIC_URL}{path or reverse('homes.desk')}"

    def letter() -> Letter:
        subject, lines, reason = news()
        return subject, [*only_news(*lines, address=address), reason]

    zone = programme.group.site.time_zone
    return post_to_each(key, people, letter, zone=zone, but=by.pk if by else None)
