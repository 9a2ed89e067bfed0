"""Telling coach and team by mail that there is something new: never what it says, only where to read it."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from holdfast.notifications.actions import post
from holdfast.people.models import Person
from holdfast.support.models import HelpMessage, HelpRequest, Invitation
from holdfast.support.queries.coaching import coaches_of, team_of


def tell_invited(invitation: Invitation) -> None:
    """Tell somebody that an organisation asks them to coach."""
    name = invitation.organisation.name
    body = [
        _("Hello,"),
        _("%(organisation)s asks whether you would coach its groups.") % {"organisation": name},
        _("A coach reads what teams ask, and sees how far they are. What staff say is never shown to a coach."),
        _("Sign in with this address to say yes or no: %(address)s") % {"address": _desk()},
    ]
    subject = _("%(organisation)s invites you to coach") % {"organisation": name}
    post(f"coach.{invitation.pk}", address=invitation.address, subject=subject, body="\n\n".join(body))


def tell_other_side(request: HelpRequest, turn: HelpMessage) -> int:
    """Tell those who did not write this turn, once each and in their own language; return how many mails that makes."""
    group = request.programme.group
    readers: Iterable[Person] = coaches_of(group)
    if turn.from_coach:
        readers = [request.asked_by] if request.mine_alone and request.asked_by else team_of(group)
    told = 0
    for person in readers:
        if person.is_active and person.email and person.pk != turn.written_by_id:
            with translation.override(person.language or settings.LANGUAGE_CODE):
                subject, body = _letter(request, turn)
                zone = group.site.time_zone
                told += post(f"help.{turn.pk}", address=person.email, subject=subject, body=body, zone=zone)
    return told


def _letter(request: HelpRequest, turn: HelpMessage) -> tuple[str, str]:
    group = request.programme.group
    words = {"group": group.name, "site": group.site.name}
    if turn.from_coach:
        subject = _("The coach has answered")
        line = _("The coach has answered what was asked for the group %(group)s (%(site)s).") % words
    else:
        subject = _("%(group)s asks for help") % words
        line = _("There is a question to you as the coach of the group %(group)s (%(site)s).") % words
    address = f"{settings.PUBLIC_URL}{reverse('support.help_request', kwargs={'request_id': request.pk})}"
    read = _("Read it here: %(address)s") % {"address": address}
    unsaid = _("This mail says only that there is something new. What was written stays on the page.")
    return subject, "\n\n".join([_("Hello,"), line, read, unsaid])


def _desk() -> str:
    return f"{settings.PUBLIC_URL}{reverse('homes.desk')}"
