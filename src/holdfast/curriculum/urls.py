"""Addresses of packs."""

from holdfast.curriculum import views
from holdfast.web.routes import Route, page

ROUTES: list[Route] = [
    page("curriculum.packs", "desk/packs/", views.packs),
    page("curriculum.pack", "desk/packs/<int:pack_id>/", views.pack),
    page("curriculum.section", "desk/packs/<int:pack_id>/sections/<int:number>/", views.section),
]
