"""Addresses of the staff page: in front of Django for everyone, and its desk behind signing in."""

from holdfast.report_back import staff_pages
from holdfast.report_back.views import staff as views
from holdfast.web.routes import Access, RoomRoute, Route, page

PRESS = ("POST",)
REPLY_LIMIT = 16 * 1024
STAFF_ROUTES: list[Route] = [
    RoomRoute("report_back.staff", "s/<str:token>/", ("GET",), Access.EVERYONE, handler=staff_pages.page),
    RoomRoute(
        "report_back.replies",
        "s/<str:token>/replies/",
        ("GET", "POST"),
        Access.EVERYONE,
        body_limit=REPLY_LIMIT,
        handler=staff_pages.reply,
    ),
    page("report_back.staff_page", "desk/programmes/<int:programme_id>/staff-page/", views.desk),
    page(
        "report_back.addresses",
        "desk/programmes/<int:programme_id>/staff-page/addresses/",
        views.addresses,
        methods=PRESS,
    ),
    page("report_back.poster", "desk/programmes/<int:programme_id>/staff-page/poster/", views.poster_of),
    page("report_back.concern_wall", "desk/concerns/<int:concern_id>/wall/", views.concern_mark, methods=PRESS),
    page("report_back.ours_wall", "desk/ours/<int:item_id>/wall/", views.ours_mark, methods=PRESS),
    page(
        "report_back.concern_striking", "desk/concerns/<int:concern_id>/strikes/", views.concern_strike, methods=PRESS
    ),
    page("report_back.ours_striking", "desk/ours/<int:item_id>/strikes/", views.ours_strike, methods=PRESS),
    page("report_back.let_go_striking", "desk/let-go/<int:item_id>/strikes/", views.let_go_strike, methods=PRESS),
    page(
        "report_back.reply_striking", "desk/answers/<int:answer_id>/replies/strikes/", views.reply_strike, methods=PRESS
    ),
    page("report_back.answer_striking", "desk/answers/<int:answer_id>/strikes/", views.answer_strike, methods=PRESS),
    page("report_back.progress_wall", "desk/progress/<int:progress_id>/wall/", views.progress_mark, methods=PRESS),
    page(
        "report_back.progress_striking",
        "desk/progress/<int:progress_id>/strikes/",
        views.progress_strike,
        methods=PRESS,
    ),
]
