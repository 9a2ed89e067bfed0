"""The first page, and the desk where every signed-in person arrives."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from holdfast.homes import demo, pathways, queries, rules
from holdfast.notifications.actions import try_again
from holdfast.notifications.queries import stuck_among
from holdfast.people.models import Role
from holdfast.people.queries import PersonRequest, usual_time_zone, whole_organisation_of
from holdfast.programmes import queries as plans
from holdfast.programmes.models import Coming

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def home(request: HttpRequest) -> HttpResponse:
    """GET / - a box for the code of a session, and the way to the desk."""
    return render(request, "homes/home.html", {"demo": demo.roles_of_the_demo() if settings.DEMO else []})


def desk(request: PersonRequest) -> HttpResponse:
    """GET desk/ - what matters now, for each role the person holds."""
    arrival = queries.arrival(request.user)
    soonest = arrival.next
    zone = soonest.programme.group.site.time_zone if soonest else usual_time_zone(request.user.organisation)
    with timezone.override(zone):
        greeting = rules.greeting(timezone.localtime().hour)
    parts = {"arrival": arrival, "greeting": greeting, "soonest": soonest, "zone": zone}
    parts["coming_answers"] = Coming.Answer.choices
    return render(request, "homes/desk.html", parts)


def pathway(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/pathway/ - the way through the sections for one's role; ?as= for another one held."""
    programme = plans.programme_to_read(request.user, programme_id)
    way = pathways.way_of(request.user, programme, asked=request.GET.get("as", ""))
    parts = {
        "way": way,
        "part": pathways.part_of(request.user, way),
        "programme": programme,
        "zone": programme.group.site.time_zone,
        "reads_plans": way.role != Role.Kind.PARTICIPANT,
    }
    return render(request, "homes/pathway.html", parts)


def site_components(request: PersonRequest) -> HttpResponse:
    """GET desk/components/ - whole sites in numbers, and where help is wanted: for who coordinates or coaches."""
    sites = plans.site_totals(pathways.groups_watched(request.user))
    return render(request, "homes/site_components.html", {"sites": sites})


def mails(request: PersonRequest) -> HttpResponse:
    """GET desk/mails/ - for who coordinates the whole organisation: what could not be sent so far, and why."""
    organisation = whole_organisation_of(request.user)
    return render(request, "homes/mails.html", {"box": queries.mails_of(organisation)})


def mail_attempts(request: PersonRequest) -> HttpResponse:
    """POST desk/mails/attempts/ - try again now what could not be sent."""
    organisation = whole_organisation_of(request.user)
    try_again(stuck_among(queries.addresses_in(organisation)))
    return redirect("homes.mails")


@csrf_exempt  # the first page sees no cookie; whoever forges this signs somebody in as a made-up person
def demo_sign_in(request: HttpRequest, person_id: int) -> HttpResponse:
    """POST desk/demo/<key>/ - in a demo, sign in as one of its made-up people with one press."""
    person = demo.person_of_the_demo(person_id) if settings.DEMO else None
    if person is None:
        raise Http404
    login(request, person, backend=BACKEND)
    return redirect("homes.desk")
