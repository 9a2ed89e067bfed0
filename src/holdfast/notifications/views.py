"""Where somebody stops the mails to their address, and starts them again; no sign-in, the link is enough."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from holdfast.notifications import actions, queries
from holdfast.notifications.rules import veiled


@csrf_exempt  # mail programs post here by themselves (RFC 8058), and pages outside the desk see no cookie
def recipient(request: HttpRequest, token: str) -> HttpResponse:
    """GET mail/<token>/ - what this address gets; POST stops it, a look never does: scanners follow links."""
    found = queries.recipient_with(token)
    if request.method == "POST":
        actions.stop(found)
        if "List-Unsubscribe" in request.POST:  # a mail program: RFC 8058 forbids to send it elsewhere
            return HttpResponse(status=200)
        return redirect("notifications.recipient", token=token)
    parts = {"veiled": veiled(found.address), "stopped": found.stopped_at is not None, "token": token}
    return render(request, "notifications/recipient.html", parts)


@csrf_exempt  # as above
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """POST mail/<token>/return/ - mails to this address from now on."""
    actions.resume(queries.recipient_with(token))
    return redirect("notifications.recipient", token=token)
