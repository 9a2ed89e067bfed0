"""Addresses of dates: one's own, as a file, as a calendar that follows, and cancelling a session."""

from holdfast.programmes.views import dates
from holdfast.web.routes import Access, Route, page

FORM = ("GET", "POST")
PRESS = ("POST",)
ROUTES: list[Route] = [
    page("programmes.dates", "desk/dates/", dates.dates),
    page("programmes.dates_address", "desk/dates/address/", dates.dates_address, methods=PRESS),
    page("programmes.dates_address_end", "desk/dates/address/end/", dates.dates_address_end, methods=PRESS),
    page("programmes.calendar_file", "desk/gatherings/<int:gathering_id>/dates.ics", dates.calendar_file),
    # A calendar program signs in nowhere: whoever has the address reads the dates.
    page("programmes.feed", "dates/<slug:token>.ics", dates.feed, access=Access.EVERYONE),
    page(
        "programmes.cancellation", "desk/gatherings/<int:gathering_id>/cancellation/", dates.cancellation, methods=FORM
    ),
    page(
        "programmes.cancellation_return",
        "desk/gatherings/<int:gathering_id>/cancellation/return/",
        dates.cancellation_return,
        methods=PRESS,
    ),
]
