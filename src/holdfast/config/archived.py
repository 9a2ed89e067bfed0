"""Keeps what is archived as it is: a form about it is refused, once for all pages, save the few that stay open."""

from functools import reduce, wraps
from operator import or_
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase

from holdfast.keys import POSSIBLE
from holdfast.people.models import Person
from holdfast.people.queries import groups_for
from holdfast.programmes.models import Programme
from holdfast.refusals import Refused
from holdfast.support.queries.coaching import coached_groups
from holdfast.web.routes import PageRoute, View

ABOUT: dict[str, tuple[str, ...]] = {
    "programme_id": ("pk",),
    "gathering_id": ("gatherings",),
    "touch_base_id": ("touch_bases",),
    "code": ("gatherings__sign_in_sheet__code__iexact",),
    "programmes.item_id": ("gatherings__plan",),
    "programmes.gap_id": ("gaps",),
    "programmes.agreement_id": ("circle_agreements",),
    "programmes.sitting_id": ("gatherings__further_sittings",),
    "programmes.barrier_id": ("barriers",),
    "programmes.agreed_id": ("touch_bases__agreed",),
    "programmes.hanging_id": ("hangings",),
    "programmes.idea_id": ("ideas",),
    "programmes.practice_id": ("practices",),
    "programmes.check_in_id": ("check_ins",),
    "support.request_id": ("help_requests",),
    "support.link_id": ("links",),
    "support.handout_id": ("handouts",),
    "report_back.item_id": ("ours", "let_go"),
    "report_back.concern_id": ("concerns",),
    "report_back.answer_id": ("concerns__answers",),
    "report_back.report_back_id": ("report_backs",),
}
"""The first argument of an address, in one app or in all → how its programme is found."""

STAYS_OPEN = frozenset(
    {
        # out of the archive, or away altogether
        "programmes.archiving",
        "programmes.archiving_return",
        "programmes.programme_removal",
        # what somebody may always take back: words that name a person, one's own word, what hangs where parents see it
        "report_back.concern_striking",
        "report_back.ours_striking",
        "report_back.let_go_striking",
        "report_back.reply_striking",
        "report_back.answer_striking",
        "report_back.progress_striking",
        "report_back.concern_wall",
        "report_back.ours_wall",
        "report_back.progress_wall",
        "report_back.addresses",
        "programmes.pledge_return",
        "programmes.word_removal",
        "surveys.sharing_removal",
        # nobody else’s business: kept for oneself alone, or taken back
        "surveys.removal",
        "programmes.communicate_later",
    }
)
"""Forms that are taken from an archived programme too."""


def as_it_is(route: PageRoute, view: View) -> View:
    """Return a view that takes no form about an archived programme.

    Only who has to do with its group is told so; for everybody else the view answers as it would without.
    """
    lookups = lookups_of(route)
    if not lookups:
        return view

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **arguments: Any) -> HttpResponseBase:
        if request.method == "POST" and request.user.is_authenticated:
            key = next(iter(arguments.values()))
            if _is_archived(lookups, key, request.user):
                raise Refused("programmes.archived")
        response: HttpResponseBase = view(request, *args, **arguments)
        return response

    return kept


def lookups_of(route: PageRoute) -> tuple[str, ...]:
    """Return how the programme is found that a form is about; nothing where it is about none, or stays open."""
    if "POST" not in route.methods or route.name in STAYS_OPEN or "<" not in route.pattern:
        return ()
    argument = route.pattern.split("<")[1].split(">")[0].rpartition(":")[2]
    return ABOUT.get(f"{route.name.split('.')[0]}.{argument}", ABOUT.get(argument, ()))


def _is_archived(lookups: tuple[str, ...], key: object, person: Person) -> bool:
    if isinstance(key, int) and key not in POSSIBLE:
        return False  # no such thing: the view says so
    about = reduce(or_, (Q(**{lookup: key}) for lookup in lookups))
    archived = Programme.objects.filter(about, archiving__isnull=False)
    if not archived.exists():  # nearly always: whose it is need not be looked for
        return False
    theirs = Q(group__in=groups_for(person).order_by()) | Q(group__in=coached_groups(person).order_by())
    return archived.filter(theirs).exists()
