"""Cards and ballots on paper: printing them, saying how many take part with them, and typing them in."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from holdfast.gatherings import actions, queries
from holdfast.gatherings.models import Round
from holdfast.gatherings.paper.asked import CARD, Asked, asked_in, asked_in_plan, takes_paper
from holdfast.gatherings.paper.forms import PapersForm, SheetForm, choices_in, fresh_sheet
from holdfast.gatherings.paper.printed import printed
from holdfast.gatherings.views.drawing import number_in
from holdfast.gatherings.views.press import carry_out
from holdfast.people.queries import PersonRequest
from holdfast.programmes.models import Gathering
from holdfast.refusals import Refused
from holdfast.web.printing import PAPERS, Paper, as_pdf, paper_asked
from holdfast.web.wording import words_for


def papers(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """GET desk/gatherings/<key>/sheets/ - what of this session can be printed, and how paper goes."""
    gathering = queries.gathering_to_run(request.user, gathering_id)
    plan = list(gathering.plan.order_by("position", "pk"))
    parts = {"gathering": gathering, "lines": [(item, asked_in_plan(item)) for item in plan], "papers": PAPERS.items()}
    return render(request, "gatherings/desk/paper/papers.html", parts)


def cards(request: PersonRequest, gathering_id: int, item_id: int) -> HttpResponse:
    """GET desk/gatherings/<key>/sheets/<key>/ - cards of a planned activity as PDF; ?size= chooses the paper."""
    gathering = queries.gathering_to_run(request.user, gathering_id)
    item = get_object_or_404(gathering.plan, pk=item_id)
    return _pdf(request, gathering, asked_in_plan(item))


def sheets(request: PersonRequest, round_id: int) -> HttpResponse:
    """GET desk/rounds/<key>/paper/sheets/ - cards or ballots of the activity on the screens as PDF."""
    found = queries.round_to_run(request.user, round_id)
    return _pdf(request, found.room.gathering, asked_in(found))


def people(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/paper/people/ - how many take part on paper."""
    found, form = queries.round_to_run(request.user, round_id), PapersForm(request.POST)

    def count() -> None:
        if not form.is_valid():
            raise Refused("gatherings.papers_not_a_number")
        actions.count_papers(found, people=form.cleaned_data["people"], by=request.user)

    return carry_out(request, found.room.gathering_id, count)


def entry(request: PersonRequest, round_id: int) -> HttpResponse:
    """GET, POST desk/rounds/<key>/paper/ - type in one sheet after the other."""
    found = queries.round_to_run(request.user, round_id)
    asked = _or_404(asked_in(found))
    if request.method != "POST":
        return _entry(request, found, asked)
    form = SheetForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("gatherings.unreadable", status=400)
        said = form.cleaned_data
        act = (
            partial(actions.type_card, found, column=said["column"], text=said["text"])
            if asked.form == CARD
            else partial(actions.type_ballot, found, choices=choices_in(request.POST))
        )
        last = act(sheet=form.sheet())
    except Refused as refused:
        return _entry(request, found, asked, refused=refused)
    return _entry(request, found, asked, last=last, typed=(said["typed"] or 0) + 1, column=said["column"])


def removal(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/paper/removal/ - take back the sheet typed in last on this page."""
    found = queries.round_to_run(request.user, round_id)
    asked, form = _or_404(asked_in(found)), SheetForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("gatherings.unreadable", status=400)
        actions.take_back_sheet(found, sheet=form.sheet())
    except Refused as refused:
        return _entry(request, found, asked, refused=refused)
    typed = max(0, (form.cleaned_data["typed"] or 0) - 1)
    return _entry(request, found, asked, typed=typed, column=form.cleaned_data["column"], taken_back=True)


def _entry(
    request: PersonRequest, found: Round, asked: Asked, *, refused: Refused | None = None, **shown: object
) -> HttpResponse:
    """Draw the page: an empty sheet after one was taken, the same one with all that was typed after a refusal.

    shown: what the page says besides: last, typed, column, taken_back.
    """
    if refused:
        kept = request.POST
        again = {"text": kept.get("text", ""), "column": kept.get("column", ""), "choices": choices_in(kept)}
        shown = {**again, "typed": number_in(kept.get("typed", "")), "refusal": words_for(refused)}
    parts = {
        "found": found,
        "gathering": found.room.gathering,
        "asked": asked,
        "open": takes_paper(found),
        "sheet": fresh_sheet(),
        "papers": PAPERS.items(),
        **shown,
    }
    response = render(request, "gatherings/desk/paper/entry.html", parts, status=refused.status if refused else 200)
    response["Cache-Control"] = "no-store"
    return response


def _pdf(request: PersonRequest, gathering: Gathering, asked: Asked | None) -> HttpResponse:
    contact = gathering.programme.group.site.danger_contact
    made = printed(_or_404(asked), danger_contact=contact, paper=paper_asked(request, Paper))
    return as_pdf(made, name="cards")


def _or_404(asked: Asked | None) -> Asked:
    if asked is None:
        raise Http404
    return asked
