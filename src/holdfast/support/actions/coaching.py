"""Inviting somebody to coach, accepting, and ending it."""

from django.db import transaction
from django.utils import timezone

from holdfast.audit.actions import record
from holdfast.people.actions import add_person
from holdfast.people.models import Organisation, Person
from holdfast.people.rules import tidy_email
from holdfast.refusals import Refused
from holdfast.support import news
from holdfast.support.models import OPEN, Invitation


@transaction.atomic
def invite_coach(organisation: Organisation, *, name: str, email: str, by: Person) -> Invitation:
    """Invite somebody to coach all groups of an organisation; nothing is seen before it is accepted. Raises Refused.

    Whoever has no account yet gets one here, without any role, to sign in with.
    """
    address = tidy_email(email) or ""
    if Invitation.objects.filter(OPEN, organisation=organisation, address=address).exists():
        raise Refused("support.invited_already")
    if not Person.objects.filter(email=address).exists():
        add_person(organisation, name=name, email=address, by=by)
    invitation = Invitation.objects.create(
        organisation=organisation, address=address, invited_by=by, invited_on=timezone.localdate()
    )
    news.tell_invited(invitation)
    record("support.coach_invited", by=by.pk, on=invitation.pk)
    return invitation


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: Person, reads_their_mail: bool = False) -> Invitation:
    """Become the coach of an organisation. Raises Refused when the invitation went elsewhere or has ended.

    reads_their_mail: signed in with a code from the mailbox that was invited. Somebody of another organisation has to:
    who coordinates there could have given that address to an account of theirs and handed out a link.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.ended_on or invitation.accepted_by_id or invitation.address != by.email:
        raise Refused("support.not_your_invitation")
    if invitation.organisation_id != by.organisation_id and not reads_their_mail:
        raise Refused("support.sign_in_by_mail")
    invitation.accepted_by, invitation.accepted_on = by, timezone.localdate()
    invitation.save(update_fields=["accepted_by", "accepted_on"])
    record("support.coach_accepted", by=by.pk, on=invitation.pk)
    return invitation


@transaction.atomic
def end_invitation(invitation: Invitation, *, by: Person) -> None:
    """End coaching, or take an invitation back: from now on the coach sees nothing of the organisation."""
    invitation.ended_on = timezone.localdate()
    invitation.save(update_fields=["ended_on"])
    record("support.coaching_ended", by=by.pk, on=invitation.pk)
