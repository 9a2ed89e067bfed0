"""Addresses of cards and ballots on paper."""

from holdfast.gatherings.desk_urls import PRESS, ROUND
from holdfast.gatherings.views import paper
from holdfast.web.routes import Route, page

SESSION = "desk/gatherings/<int:gathering_id>/sheets"
PAPER_ROUTES: list[Route] = [
    page("gatherings.papers", f"{SESSION}/", paper.papers),
    page("gatherings.paper_cards", f"{SESSION}/<int:item_id>/", paper.cards),
    page("gatherings.paper", f"{ROUND}/paper/", paper.entry, methods=("GET", "POST")),
    page("gatherings.paper_sheets", f"{ROUND}/paper/sheets/", paper.sheets),
    page("gatherings.paper_people", f"{ROUND}/paper/people/", paper.people, methods=PRESS),
    page("gatherings.paper_removal", f"{ROUND}/paper/removal/", paper.removal, methods=PRESS),
]
