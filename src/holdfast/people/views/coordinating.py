"""Pages of coordinators: the organisation, its sites, groups, persons and roles."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from holdfast.people import actions, queries
from holdfast.people.forms import ChosenForm, NameForm, NewPersonForm, NewSiteForm, PersonForm, RoleForm, SiteForm
from holdfast.people.models import Person
from holdfast.people.queries import COORDINATORS, PersonRequest
from holdfast.people.slips import slip
from holdfast.refusals import Refused

PER_PAGE = 100


def organisation(request: PersonRequest) -> HttpResponse:
    """GET desk/people/ - what a coordinator looks after: sites with their groups."""
    ours = queries.organisation_of(request.user)
    parts = {"organisation": ours, "sites": queries.sites_with_groups(request.user)}
    parts["whole"] = queries.may_coordinate_organisation(request.user)
    return render(request, "people/organisation.html", parts)


def name(request: PersonRequest) -> HttpResponse:
    """GET and POST desk/people/name/ - what the organisation is called."""
    ours = queries.whole_organisation_of(request.user)
    form = NameForm(request.POST or None, initial={"name": ours.name})
    if request.method == "POST" and form.is_valid():
        actions.rename_organisation(ours, name=form.cleaned_data["name"], by=request.user)
        return _done(request, _("The new name is saved."), "people.organisation")
    return _form(request, form, title=_("Name of the organisation"), back="people.organisation")


def new_site(request: PersonRequest) -> HttpResponse:
    """GET and POST desk/people/sites/new/ - add a place."""
    ours = queries.whole_organisation_of(request.user)
    taken = list(ours.sites.values_list("name", flat=True))
    usual = {"time_zone": queries.usual_time_zone(ours)}
    form = NewSiteForm(request.POST or None, taken=taken, guess=not taken and not request.POST, initial=usual)
    if request.method == "POST" and form.is_valid():
        site = actions.add_site(ours, **form.cleaned_data, by=request.user)
        return _done(request, _("The site is added. Now write its help card."), "people.site", site_id=site.pk)
    return _form(request, form, title=_("Add a site"), back="people.organisation")


def site(request: PersonRequest, site_id: int) -> HttpResponse:
    """GET and POST desk/people/sites/<id>/ - a place, its groups, and what its people see when something is wrong."""
    here = queries.site_for(request.user, site_id, COORDINATORS)
    taken = list(here.organisation.sites.exclude(pk=here.pk).values_list("name", flat=True))
    form = SiteForm(request.POST or None, taken=taken, initial=queries.site_values(here))
    if request.method == "POST" and form.is_valid():
        actions.change_site(here, **form.cleaned_data, by=request.user)
        return _done(request, _("The site is saved."), "people.site", site_id=here.pk)
    parts = {"site": here, "form": form, "groups": queries.groups_at(here)}
    return render(request, "people/site.html", parts, status=_status(form))


def new_group(request: PersonRequest, site_id: int) -> HttpResponse:
    """GET and POST desk/people/sites/<id>/groups/new/ - add people who meet."""
    here = queries.site_for(request.user, site_id, COORDINATORS)
    form = NameForm(request.POST or None, taken=list(here.groups.values_list("name", flat=True)))
    if request.method == "POST" and form.is_valid():
        group = actions.add_group(here, name=form.cleaned_data["name"], by=request.user)
        return _done(request, _("The group is added. Now add its people."), "people.group", group_id=group.pk)
    return _form(request, form, title=_("Add a group at %(site)s") % {"site": here.name}, back="people.organisation")


def group(request: PersonRequest, group_id: int) -> HttpResponse:
    """GET and POST desk/people/groups/<id>/ - a group's name and its people."""
    ours = queries.group_for(request.user, group_id, COORDINATORS)
    taken = list(ours.site.groups.exclude(pk=ours.pk).values_list("name", flat=True))
    form = NameForm(request.POST or None, taken=taken, initial={"name": ours.name})
    if request.method == "POST" and form.is_valid():
        actions.rename_group(ours, name=form.cleaned_data["name"], by=request.user)
        return _done(request, _("The new name is saved."), "people.group", group_id=ours.pk)
    parts = {"group": ours, "form": form, "people": queries.people_of(ours).prefetch_related(queries.roles_in(ours))}
    parts["add_url"] = f"{reverse('people.new_person')}?at={ours.pk}"
    return render(request, "people/group.html", parts, status=_status(form))


def roster(request: PersonRequest) -> HttpResponse:
    """GET desk/people/persons/ - everybody a coordinator looks after."""
    queries.organisation_of(request.user)
    called = request.GET.get("name", "")[:120]
    page = Paginator(queries.people_with_roles(request.user, called=called), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/roster.html", {"people": page, "called": called})


def new_person(request: PersonRequest) -> HttpResponse:
    """GET and POST desk/people/persons/new/ - add somebody with a first role. ?at= suggests where."""
    ours = queries.organisation_of(request.user)
    initial = {"at": request.GET.get("at", "")}
    form = NewPersonForm(request.POST or None, places=queries.places_for(request.user), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        person = actions.add_person_with_role(ours, **given, by=request.user)
        return _done(request, _("%(name)s is added.") % {"name": person.name}, "people.person", person_id=person.pk)
    return _form(request, form, title=_("Add somebody"), back="people.roster")


def person(request: PersonRequest, person_id: int) -> HttpResponse:
    """GET and POST desk/people/persons/<id>/ - somebody's name, roles and ways to sign in."""
    who = queries.person_for(request.user, person_id)
    form = _person_form(who, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.change_person(who, **form.cleaned_data, by=request.user)
        return _done(request, _("%(name)s is saved.") % {"name": who.name}, "people.person", person_id=who.pk)
    return _person(request, who, form, RoleForm(places=queries.places_for(request.user), prefix="role"))


def give_role(request: PersonRequest, person_id: int) -> HttpResponse:
    """POST desk/people/persons/<id>/roles/ - make somebody something, somewhere."""
    who = queries.person_for(request.user, person_id)
    form = RoleForm(request.POST, places=queries.places_for(request.user), prefix="role")
    if not form.is_valid():
        return _person(request, who, _person_form(who), form)
    role = actions.give_role(who, **form.cleaned_data, by=request.user)
    said = _("%(name)s now has the role: %(role)s.") % {"name": who.name, "role": role.get_kind_display()}
    return _done(request, said, "people.person", person_id=who.pk)


def take_role(request: PersonRequest, role_id: int) -> HttpResponse:
    """POST desk/people/roles/<id>/removal/ - end a role."""
    role = queries.role_for(request.user, role_id)
    who = role.person
    actions.take_role(role, by=request.user)
    if not queries.people_for(request.user).filter(pk=who.pk).exists():
        return _done(request, _("The role has ended."), "people.roster")
    return _done(request, _("The role has ended."), "people.person", person_id=who.pk)


def new_link(request: PersonRequest, person_id: int) -> HttpResponse:
    """POST desk/people/persons/<id>/sign-in-links/ - a new one-time link, shown once; earlier ones stop."""
    who = queries.person_for(request.user, person_id)
    drawn = slip(who, actions.make_sign_in_link(who, by=request.user))
    return _shown_once(render(request, "people/new_link.html", {"slip": drawn}, status=201))


def revocation(request: PersonRequest, link_id: int) -> HttpResponse:
    """POST desk/people/sign-in-links/<id>/revocation/ - take a link back."""
    link = queries.link_for(request.user, link_id)
    actions.revoke(link, by=request.user)
    return _done(request, _("The link no longer works."), "people.person", person_id=link.person_id)


def slips(request: PersonRequest) -> HttpResponse:
    """POST desk/people/slips/ - print a card for each person ticked; each signs in once."""
    queries.organisation_of(request.user)
    form = ChosenForm(request.POST, people=queries.people_for(request.user).filter(is_active=True))
    if not form.is_valid() or not form.cleaned_data["person"]:
        raise Refused("people.nobody_chosen", status=422)
    chosen = form.cleaned_data["person"]
    tokens = actions.make_sign_in_links(chosen, by=request.user)
    drawn = [slip(who, token) for who, token in zip(chosen, tokens, strict=True)]
    return _shown_once(render(request, "people/slips.html", {"slips": drawn}, status=201))


def departure(request: PersonRequest, person_id: int) -> HttpResponse:
    """POST desk/people/persons/<id>/departure/ - let somebody leave."""
    who = queries.person_for(request.user, person_id)
    actions.end_access(who, by=request.user)
    said = _("%(name)s has left and is signed out everywhere.") % {"name": who.name}
    return _done(request, said, "people.person", person_id=who.pk)


def come_back(request: PersonRequest, person_id: int) -> HttpResponse:
    """POST desk/people/persons/<id>/return/ - let somebody who left come back."""
    who = queries.person_for(request.user, person_id)
    actions.restore_access(who, by=request.user)
    return _done(request, _("%(name)s can sign in again.") % {"name": who.name}, "people.person", person_id=who.pk)


def sign_outs(request: PersonRequest, person_id: int) -> HttpResponse:
    """POST desk/people/persons/<id>/sign-outs/ - sign somebody out on every device."""
    who = queries.person_for(request.user, person_id)
    actions.end_sign_ins(who, by=request.user)
    return _done(
        request, _("%(name)s is signed out everywhere.") % {"name": who.name}, "people.person", person_id=who.pk
    )


def _person_form(who: Person, written: QueryDict | None = None) -> PersonForm:
    return PersonForm(written, of=who, initial={"name": who.name, "email": who.email or ""})


def _person(request: HttpRequest, who: Person, form: PersonForm, role_form: RoleForm) -> HttpResponse:
    parts = {"person": who, "roles": queries.roles_of(who), "links": queries.links_of(who)}
    status = max(_status(form), _status(role_form))
    return render(request, "people/person.html", {**parts, "form": form, "role_form": role_form}, status=status)


def _form(request: HttpRequest, form: Form, *, title: str, back: str) -> HttpResponse:
    parts = {"form": form, "title": title, "back": back}
    return render(request, "people/form.html", parts, status=_status(form))


def _status(form: Form) -> int:
    return 422 if form.is_bound and form.errors else 200


def _done(request: HttpRequest, said: str, to: str, **where: int) -> HttpResponse:
    messages.success(request, said)
    return redirect(reverse(to, kwargs=where))


def _shown_once(response: HttpResponse) -> HttpResponse:
    """Keep a page that carries secrets out of every cache."""
    response["Cache-Control"] = "no-store"
    return response
