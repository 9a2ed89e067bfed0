"""Addresses of programmes and plans."""

from holdfast.programmes.views import leading, plans
from holdfast.web.routes import Route, page

FORM = ("GET", "POST")
PRESS = ("POST",)
ROUTES: list[Route] = [
    page("programmes.programmes", "desk/programmes/", plans.programmes),
    page("programmes.new_programme", "desk/programmes/new/", plans.new_programme, methods=FORM),
    page("programmes.programme", "desk/programmes/<int:programme_id>/", plans.programme),
    page(
        "programmes.new_gathering",
        "desk/programmes/<int:programme_id>/gatherings/new/",
        plans.new_gathering,
        methods=FORM,
    ),
    page("programmes.gathering", "desk/gatherings/<int:gathering_id>/", plans.gathering),
    page("programmes.gathering_when", "desk/gatherings/<int:gathering_id>/when/", plans.gathering_when, methods=FORM),
    page(
        "programmes.gathering_removal",
        "desk/gatherings/<int:gathering_id>/removal/",
        plans.gathering_removal,
        methods=PRESS,
    ),
    page(
        "programmes.new_activity",
        "desk/gatherings/<int:gathering_id>/activities/new/",
        plans.new_activity,
        methods=FORM,
    ),
    page(
        "programmes.activity_from_pack",
        "desk/gatherings/<int:gathering_id>/activities/from-pack/",
        plans.activity_from_pack,
        methods=PRESS,
    ),
    page("programmes.activity", "desk/activities/<int:item_id>/", plans.activity, methods=FORM),
    page(
        "programmes.activity_earlier", "desk/activities/<int:item_id>/earlier/", plans.activity_earlier, methods=PRESS
    ),
    page("programmes.activity_later", "desk/activities/<int:item_id>/later/", plans.activity_later, methods=PRESS),
    page(
        "programmes.activity_removal", "desk/activities/<int:item_id>/removal/", plans.activity_removal, methods=PRESS
    ),
    page(
        "programmes.activity_pack_wording",
        "desk/activities/<int:item_id>/pack-wording/",
        plans.activity_pack_wording,
        methods=PRESS,
    ),
    page("programmes.whys", "desk/programmes/<int:programme_id>/whys/", leading.whys, methods=FORM),
    page("programmes.why_striking", "desk/whys/<int:why_id>/strikes/", leading.why_strike, methods=PRESS),
    page(
        "programmes.communicate_later",
        "desk/programmes/<int:programme_id>/communicate-later/",
        leading.communicate_later,
        methods=FORM,
    ),
    page("programmes.later_note", "desk/communicate-later/<int:note_id>/", leading.later_note, methods=FORM),
    page(
        "programmes.later_removal",
        "desk/communicate-later/<int:note_id>/removal/",
        leading.later_removal,
        methods=PRESS,
    ),
]
