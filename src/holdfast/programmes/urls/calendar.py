"""Addresses of calendars: of a programme, of a site's closed days, and of further sittings."""

from holdfast.programmes.views import calendar
from holdfast.web.routes import Route, page

FORM = ("GET", "POST")
PRESS = ("POST",)
OF = "desk/programmes/<int:programme_id>/calendar"
ROUTES: list[Route] = [
    page("programmes.calendar", f"{OF}/", calendar.calendar, methods=FORM),
    page("programmes.clock", f"{OF}/clock/", calendar.clock, methods=PRESS),
    page("programmes.no_go", "desk/sites/<int:site_id>/no-go/", calendar.no_go, methods=FORM),
    page("programmes.closed_time", "desk/no-go/<int:no_go_id>/", calendar.closed_time, methods=FORM),
    page(
        "programmes.closed_time_removal",
        "desk/no-go/<int:no_go_id>/removal/",
        calendar.closed_time_removal,
        methods=PRESS,
    ),
    page("programmes.sittings", "desk/gatherings/<int:gathering_id>/sittings/", calendar.sittings, methods=FORM),
    page("programmes.sitting", "desk/sittings/<int:sitting_id>/", calendar.sitting, methods=FORM),
    page(
        "programmes.sitting_removal", "desk/sittings/<int:sitting_id>/removal/", calendar.sitting_removal, methods=PRESS
    ),
]
