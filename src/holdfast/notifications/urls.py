"""Addresses of stopping mails."""

from holdfast.notifications import views
from holdfast.web.routes import Access, Route, page

ROUTES: list[Route] = [
    page(
        "notifications.recipient",
        "mail/<str:token>/",
        views.recipient,
        methods=("GET", "POST"),
        access=Access.EVERYONE,
    ),
    page("notifications.again", "mail/<str:token>/again/", views.again, methods=("POST",), access=Access.EVERYONE),
]
