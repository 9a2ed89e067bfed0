"""Addresses of programmes and plans."""

from holdfast.programmes import views
from holdfast.web.routes import Route, page

FORM = ("GET", "POST")
PRESS = ("POST",)
ROUTES: list[Route] = [
    page("programmes.programmes", "desk/programmes/", views.programmes),
    page("programmes.new_programme", "desk/programmes/new/", views.new_programme, methods=FORM),
    page("programmes.programme", "desk/programmes/<int:programme_id>/", views.programme),
    page(
        "programmes.new_gathering",
        "desk/programmes/<int:programme_id>/gatherings/new/",
        views.new_gathering,
        methods=FORM,
    ),
    page("programmes.gathering", "desk/gatherings/<int:gathering_id>/", views.gathering),
    page("programmes.gathering_when", "desk/gatherings/<int:gathering_id>/when/", views.gathering_when, methods=FORM),
    page(
        "programmes.gathering_removal",
        "desk/gatherings/<int:gathering_id>/removal/",
        views.gathering_removal,
        methods=PRESS,
    ),
    page(
        "programmes.new_activity",
        "desk/gatherings/<int:gathering_id>/activities/new/",
        views.new_activity,
        methods=FORM,
    ),
    page(
        "programmes.activity_from_pack",
        "desk/gatherings/<int:gathering_id>/activities/from-pack/",
        views.activity_from_pack,
        methods=PRESS,
    ),
    page("programmes.activity", "desk/activities/<int:item_id>/", views.activity, methods=FORM),
    page(
        "programmes.activity_earlier", "desk/activities/<int:item_id>/earlier/", views.activity_earlier, methods=PRESS
    ),
    page("programmes.activity_later", "desk/activities/<int:item_id>/later/", views.activity_later, methods=PRESS),
    page(
        "programmes.activity_removal", "desk/activities/<int:item_id>/removal/", views.activity_removal, methods=PRESS
    ),
    page(
        "programmes.activity_pack_wording",
        "desk/activities/<int:item_id>/pack-wording/",
        views.activity_pack_wording,
        methods=PRESS,
    ),
]
