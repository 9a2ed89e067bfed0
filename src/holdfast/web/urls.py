"""Pages for everyone that belong to no chapter."""

from holdfast.web import views
from holdfast.web.routes import Access, Route, page

ROUTES: list[Route] = [
    page("web.help", "help/", views.help_page, access=Access.EVERYONE),
    page("web.too_large", "desk/too-large/", views.too_large, access=Access.EVERYONE),
    page("web.promise", "promise/", views.promise, access=Access.EVERYONE),
]
