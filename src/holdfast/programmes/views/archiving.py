"""Putting a programme out of the way, taking it up again, and deleting one that was only tried."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from holdfast.people.queries import PersonRequest, one_of
from holdfast.programmes.actions.archiving import archive_programme, delete_programme, take_up_programme
from holdfast.programmes.models import Programme
from holdfast.programmes.queries.archiving import programmes_to_archive


def archiving(request: PersonRequest, programme_id: int) -> HttpResponse:
    """POST desk/programmes/<key>/archiving/ - out of the way: read, not changed, and not counted on any more."""
    programme = _coordinated(request, programme_id)
    archive_programme(programme, by=request.user)
    messages.success(request, _("The programme is archived. It can be taken up again here."))
    return redirect("programmes.programme", programme_id=programme.pk)


def archiving_return(request: PersonRequest, programme_id: int) -> HttpResponse:
    """POST desk/programmes/<key>/archiving/return/ - it goes on."""
    programme = _coordinated(request, programme_id)
    take_up_programme(programme, by=request.user)
    messages.success(request, _("The programme goes on."))
    return redirect("programmes.programme", programme_id=programme.pk)


def programme_removal(request: PersonRequest, programme_id: int) -> HttpResponse:
    """POST desk/programmes/<key>/removal/ - only one that was never opened."""
    delete_programme(_coordinated(request, programme_id), by=request.user)
    messages.success(request, _("The programme is deleted, with its dates and plans."))
    return redirect("programmes.programmes")


def _coordinated(request: PersonRequest, programme_id: int) -> Programme:
    return one_of(programmes_to_archive(request.user).filter(pk=programme_id))
