"""A leader's briefing on the screen and on paper, ticks of their own, and their word to the group."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from holdfast.people.queries import PersonRequest
from holdfast.programmes import queries
from holdfast.programmes.actions import companion as actions
from holdfast.programmes.briefing_paper import printed_briefing
from holdfast.programmes.companion_words import BESIDE_A_QUESTION
from holdfast.programmes.forms import try_to_save
from holdfast.programmes.forms.companion import MarkForm, WordForm
from holdfast.programmes.queries import companion
from holdfast.web.printing import PAPERS, Paper, as_pdf, paper_asked


def briefing(request: PersonRequest, programme_id: int, number: int) -> HttpResponse:
    """GET desk/programmes/<key>/sections/<number>/briefing/ - one page: what it is about, and the leader's part."""
    programme = queries.programme_led(request.user, programme_id)
    found = companion.briefing_of(programme, request.user, number)
    parts = {"programme": programme, "briefing": found, "papers": PAPERS.items(), "fitting": BESIDE_A_QUESTION}
    parts["questions"] = companion.questions_of(found)
    return render(request, "programmes/briefing/briefing.html", parts)


def briefing_marks(request: PersonRequest, programme_id: int, number: int) -> HttpResponse:
    """POST desk/programmes/<key>/sections/<number>/briefing/marks/ - a tick on one thing, for oneself alone."""
    programme = queries.programme_led(request.user, programme_id)
    form = MarkForm(request.POST)
    if not form.is_valid():
        raise Http404
    actions.mark_asked(programme, section=number, **form.cleaned_data, by=request.user)
    page = reverse("programmes.briefing", kwargs={"programme_id": programme.pk, "number": number})
    asked = form.cleaned_data["asked"]
    if request.headers.get("HX-Request") != "true" or not asked:
        return redirect(f"{page}#{asked}")
    found = companion.briefing_of(programme, request.user, number)
    one = next(one for one in found.asked if one.consideration.id == asked)
    return render(request, "programmes/briefing/asked.html", {"one": one, "briefing": found, "pressed": True})


def briefing_on_paper(request: PersonRequest, programme_id: int, number: int) -> HttpResponse:
    """GET desk/programmes/<key>/sections/<number>/briefing/paper/ - the same as PDF; ?size= chooses the paper."""
    programme = queries.programme_led(request.user, programme_id)
    found = companion.briefing_of(programme, request.user, number)
    return as_pdf(printed_briefing(found, paper=paper_asked(request, Paper)), name=f"briefing-{number}")


def later(request: PersonRequest) -> HttpResponse:
    """GET desk/communicate-later/ - from a leader's phone in the room: on to the list of the group that meets now."""
    programme = companion.meeting_now(request.user)
    page = reverse("programmes.communicate_later", kwargs={"programme_id": programme.pk})
    return redirect(f"{page}#add")


def word(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/word/ - what a leader tells the group by name (D1.1)."""
    programme = queries.programme_led(request.user, programme_id)
    own = companion.own_word(programme, request.user)
    names = ("interest", "learned", "engaged")
    form = WordForm(request.POST or None, initial={name: getattr(own, name) for name in names} if own else None)
    if try_to_save(form, partial(actions.say_to_group, programme, by=request.user)):
        messages.success(request, _("The group can read it, with your name and today’s date."))
        return redirect("programmes.word", programme_id=programme.pk)
    section = queries.content_of(programme).section(1)
    ready = [words for words in section.words if words.who == "leader"] if section else []
    parts = {"programme": programme, "form": form, "own": own, "ready": ready}
    return render(request, "programmes/briefing/word.html", parts, status=422 if form.errors else 200)


def word_removal(request: PersonRequest, programme_id: int) -> HttpResponse:
    """POST desk/programmes/<key>/word/removal/ - take it back."""
    programme = queries.programme_led(request.user, programme_id)
    actions.take_back_word(programme, by=request.user)
    messages.success(request, _("It is taken back. The group no longer sees it."))
    return redirect("programmes.word", programme_id=programme.pk)
