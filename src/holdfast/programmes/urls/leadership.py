"""Addresses of what leadership and the facilitation team prepare."""

from holdfast.programmes.views import leadership
from holdfast.web.routes import Route, page

OF = "desk/programmes/<int:programme_id>"
ROUTES: list[Route] = [
    page("programmes.steps", f"{OF}/steps/", leadership.steps, methods=("GET", "POST")),
    page("programmes.supervision_card", f"{OF}/supervision-card/", leadership.supervision_card),
    page("programmes.supervision_card_on_paper", f"{OF}/supervision-card/paper/", leadership.supervision_card_on_paper),
]
