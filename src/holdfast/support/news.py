"""Telling coach and team by mail that there is something new: never what it says, only where to read it."""

from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from holdfast.notifications.actions import post
from holdfast.notifications.letters import Letter, as_body, only_news, post_to_each
from holdfast.people.models import Person
from holdfast.support.models import HelpMessage, HelpRequest, Invitation
from holdfast.support.queries.coaching import coaches_of, team_of


def tell_invited(invitation: Invitation) -> None:
    """Tell somebody that an organisation asks them to coach."""
    name = invitation.organisation.name
    body = [
        _("%(organisation)s asks whether you would coach its groups.") % {"organisation": name},
        _("A coach reads what teams ask, and sees how far they are. What staff say is never shown to a coach."),
        _("Sign in with this address to say yes or no: %(address)s") % {"address": _desk()},
    ]
    subject = _("%(organisation)s invites you to coach") % {"organisation": name}
    post(f"coach.{invitation.pk}", address=invitation.address, subject=subject, body=as_body(body))


def tell_other_side(request: HelpRequest, turn: HelpMessage) -> int:
    """Tell those who did not write this turn, once each and in their own language; return how many mails that makes."""
    group = request.programme.group
    readers: Iterable[Person] = coaches_of(group)
    if turn.from_coach:
        readers = [request.asked_by] if request.mine_alone and request.asked_by else team_of(group)
    here = [person for person in readers if person.is_active]
    zone = group.site.time_zone
    return post_to_each(f"help.{turn.pk}", here, partial(_letter, request, turn), zone=zone, but=turn.written_by_id)


def _letter(request: HelpRequest, turn: HelpMessage) -> Letter:
    group = request.programme.group
    words = {"group": group.name, "site": group.site.name}
    if turn.from_coach:
        subject = _("The coach has answered")
        line = _("The coach has answered what was asked for the group %(group)s (%(site)s).") % words
    else:
        subject = _("%(group)s asks for help") % words
        line = _("There is a question to you as the coach of the group %(group)s (%(site)s).") % words
    address = f"{settings.PUBLIC_URL}{reverse('support.help_request', kwargs={'request_id': request.pk})}"
    return subject, only_news(line, address=address)


def _desk() -> str:
    return f"{settings.PUBLIC_URL}{reverse('homes.desk')}"
