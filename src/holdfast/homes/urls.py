"""Addresses of arriving."""

from holdfast.homes import relief, talking, views
from holdfast.web.routes import Access, Route, page

ROUTES: list[Route] = [
    page("homes.home", "", views.home, access=Access.EVERYONE),
    page("homes.desk", "desk/", views.desk),
    page("homes.pathway", "desk/programmes/<int:programme_id>/pathway/", views.pathway),
    page("homes.site_components", "desk/components/", views.site_components),
    page("homes.mails", "desk/mails/", views.mails),
    page("homes.mail_attempts", "desk/mails/attempts/", views.mail_attempts, methods=("POST",)),
    page("homes.touch_base", "desk/touch-bases/<int:touch_base_id>/", talking.touch_base, methods=("GET", "POST")),
    page("homes.touch_base_on_paper", "desk/touch-bases/<int:touch_base_id>/paper/", talking.touch_base_on_paper),
    page("homes.relief", "desk/programmes/<int:programme_id>/relief/", relief.relief, methods=("GET", "POST")),
    page(
        "homes.demo_sign_in",
        "desk/demo/<int:person_id>/",
        views.demo_sign_in,
        methods=("POST",),
        access=Access.EVERYONE,
    ),
]
