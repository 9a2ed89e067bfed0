"""What a facilitator writes for themselves about an activity, at the desk."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from holdfast.gatherings import queries
from holdfast.gatherings.flow.forms import AsideForm
from holdfast.gatherings.items import Typed
from holdfast.gatherings.views.drawing import draw_desk
from holdfast.people.queries import PersonRequest
from holdfast.programmes.actions import write_aside
from holdfast.refusals import Refused
from holdfast.web.wording import words_for


def aside(request: PersonRequest, gathering_id: int, item_id: int) -> HttpResponse:
    """POST desk/gatherings/<key>/own-notes/<key>/ - keep what somebody wants to remember about an activity."""
    gathering = queries.gathering_to_run(request.user, gathering_id)
    item = gathering.plan.filter(pk=item_id).first()
    if item is None:
        raise Http404
    form = AsideForm(request.POST)
    typed = request.POST.get("text", "")
    try:
        if not form.is_valid():
            raise Refused("gatherings.unreadable", status=400)
        write_aside(item, text=form.cleaned_data["text"], seen=form.cleaned_data["seen"], by=request.user)
    except Refused as refused:
        messages.warning(request, " ".join(words_for(refused)))
        return draw_desk(request, gathering, typed=Typed(aside={item_id: typed}), status=refused.status)
    return redirect("gatherings.desk", gathering_id=gathering.pk)
