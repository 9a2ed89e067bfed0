"""Addresses of people and of signing in, all below desk/ because cookies have that path."""

from allauth.account import views as library

from holdfast.people.views import coordinating as c
from holdfast.people.views import roster as r
from holdfast.people.views import signing_in as s
from holdfast.web.routes import Access, Route, page

FORM = ("GET", "POST")
ACT = ("POST",)

ROUTES: list[Route] = [
    # The names with an underscore are those the sign-in library looks up.
    page(
        "account_request_login_code", "desk/sign-in/", library.request_login_code, methods=FORM, access=Access.EVERYONE
    ),
    page(
        "account_confirm_login_code",
        "desk/sign-in/code/",
        library.confirm_login_code,
        methods=FORM,
        access=Access.EVERYONE,
    ),
    page("account_login", "desk/sign-in/start/", s.to_sign_in, access=Access.EVERYONE),
    page("account_signup", "desk/sign-in/new/", s.to_sign_in, access=Access.EVERYONE),
    page("account_inactive", "desk/sign-in/no-access/", s.no_access, access=Access.EVERYONE),
    page("account_logout", "desk/sign-out/", library.logout, methods=FORM, access=Access.EVERYONE),
    page("people.link", "desk/sign-in/link/<slug:token>/", s.link, methods=FORM, access=Access.EVERYONE),
    page("people.me", "desk/me/", s.me, methods=FORM),
    page("people.language", "desk/me/language/", s.language, methods=ACT),
    page("people.my_sign_outs", "desk/me/sign-outs/", s.my_sign_outs, methods=ACT),
    page("people.organisation", "desk/people/", c.organisation),
    page("people.name", "desk/people/name/", c.name, methods=FORM),
    page("people.new_site", "desk/people/sites/new/", c.new_site, methods=FORM),
    page("people.site", "desk/people/sites/<int:site_id>/", c.site, methods=FORM),
    page("people.new_group", "desk/people/sites/<int:site_id>/groups/new/", c.new_group, methods=FORM),
    page("people.group", "desk/people/groups/<int:group_id>/", c.group, methods=FORM),
    page("people.roster", "desk/people/persons/", c.roster),
    page("people.roster_file", "desk/people/roster/", r.roster_file, methods=FORM),
    page("people.roster_preview", "desk/people/roster/preview/", r.roster_preview),
    page("people.roster_additions", "desk/people/roster/additions/", r.roster_additions, methods=ACT),
    page("people.roster_changes", "desk/people/roster/changes/", r.roster_changes, methods=ACT),
    page("people.roster_removal", "desk/people/roster/removal/", r.roster_removal, methods=ACT),
    page("people.new_person", "desk/people/persons/new/", c.new_person, methods=FORM),
    page("people.person", "desk/people/persons/<int:person_id>/", c.person, methods=FORM),
    page("people.roles", "desk/people/persons/<int:person_id>/roles/", c.give_role, methods=ACT),
    page("people.role_removal", "desk/people/roles/<int:role_id>/removal/", c.take_role, methods=ACT),
    page("people.sign_in_links", "desk/people/persons/<int:person_id>/sign-in-links/", c.new_link, methods=ACT),
    page("people.link_revocation", "desk/people/sign-in-links/<int:link_id>/revocation/", c.revocation, methods=ACT),
    page("people.slips", "desk/people/slips/", c.slips, methods=ACT),
    page("people.departure", "desk/people/persons/<int:person_id>/departure/", c.departure, methods=ACT),
    page("people.return", "desk/people/persons/<int:person_id>/return/", c.come_back, methods=ACT),
    page("people.sign_outs", "desk/people/persons/<int:person_id>/sign-outs/", c.sign_outs, methods=ACT),
]
