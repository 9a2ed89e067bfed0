"""Addresses of packs."""

from holdfast.curriculum import views
from holdfast.web.routes import Route, page

OF = "desk/packs/<int:pack_id>/sections/<int:number>"
ROUTES: list[Route] = [
    page("curriculum.packs", "desk/packs/", views.packs),
    page("curriculum.pack", "desk/packs/<int:pack_id>/", views.pack),
    page("curriculum.section", f"{OF}/", views.section),
    page("curriculum.share_on_paper", f"{OF}/share/paper/", views.share_on_paper),
    page("curriculum.visual_on_paper", f"{OF}/visual/paper/", views.visual_on_paper),
    page("curriculum.picture", f"{OF}/visual/picture/", views.picture),
]
