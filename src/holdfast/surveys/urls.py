"""Addresses of private reflections, and of what was shared of them."""

from holdfast.surveys import views
from holdfast.web.routes import Route, page

FORM = ("GET", "POST")
PRESS = ("POST",)
OF = "desk/programmes/<int:programme_id>"
REFLECTION = f"{OF}/reflections/<slug:kind>"
SHARING = f"{OF}/sections/<int:section>/sharing"
ROUTES: list[Route] = [
    page("surveys.reflection", f"{REFLECTION}/", views.reflection, methods=FORM),
    page("surveys.removal", f"{REFLECTION}/removal/", views.removal, methods=PRESS),
    page("surveys.sharing", f"{SHARING}/", views.sharing, methods=FORM),
    page("surveys.sharing_removal", f"{SHARING}/removal/", views.sharing_removal, methods=PRESS),
    page("surveys.shared", f"{OF}/shared/", views.shared),
]
