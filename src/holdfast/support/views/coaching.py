"""Inviting coaches, accepting and ending, and the pathway a coach sees."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.people.queries import PersonRequest, reads_their_mail, whole_organisation_of
from holdfast.programmes.queries import content_of, pathway
from holdfast.support import actions, queries
from holdfast.support.forms import InviteForm, try_to_save


def coaches(request: PersonRequest) -> HttpResponse:
    """GET, POST desk/coaches/ - who coaches here; a coordinator of the whole organisation invites."""
    organisation = whole_organisation_of(request.user)
    form = InviteForm(request.POST or None)
    if try_to_save(form, partial(actions.invite_coach, organisation, by=request.user)):
        messages.success(request, _("The invitation is on its way."))
        return redirect("support.coaches")
    parts = {"form": form, "organisation": organisation}
    parts |= {"invitations": queries.invitations_of(organisation), "roles": queries.role_coaches_of(organisation)}
    return render(request, "support/coaches.html", parts, status=422 if form.errors else 200)


def acceptance(request: PersonRequest, invitation_id: int) -> HttpResponse:
    """POST desk/invitations/<key>/acceptance/ - say yes to an organisation."""
    invitation = queries.invitation_to_accept(request.user, invitation_id)
    actions.accept_invitation(invitation, by=request.user, reads_their_mail=reads_their_mail(request))
    messages.success(request, _("You coach %(name)s now.") % {"name": invitation.organisation.name})
    return redirect("homes.desk")


def ending(request: PersonRequest, invitation_id: int) -> HttpResponse:
    """POST desk/invitations/<key>/ending/ - the coach says no or stops, or the organisation lets the coach go."""
    invitation = queries.invitation_to_end(request.user, invitation_id)
    actions.end_invitation(invitation, by=request.user)
    messages.success(request, _("It has ended. From now on nothing of the organisation is seen."))
    of_theirs = invitation.organisation_id == request.user.organisation_id and invitation.accepted_by != request.user
    return redirect("support.coaches" if of_theirs else "homes.desk")


def coached(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/coached/<key>/ - the pathway of a group, for its coach: dates and sections, no plan and no word."""
    programme = queries.coached_programme(request.user, programme_id)
    stops = pathway(programme, content_of(programme))
    asked = queries.requests_for(request.user).filter(programme=programme)
    return render(request, "support/coached.html", {"programme": programme, "stops": stops, "asked": asked})
