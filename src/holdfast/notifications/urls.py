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
    page("notifications.return", "mail/<str:token>/return/", views.resume, methods=("POST",), access=Access.EVERYONE),
]
