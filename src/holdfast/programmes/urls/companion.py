"""Addresses of what accompanies a leader."""

from holdfast.programmes.views import companion
from holdfast.web.routes import Route, page

FORM = ("GET", "POST")
PRESS = ("POST",)
OF = "desk/programmes/<int:programme_id>"
BRIEFING = f"{OF}/sections/<int:number>/briefing"
ROUTES: list[Route] = [
    page("programmes.briefing", f"{BRIEFING}/", companion.briefing),
    page("programmes.briefing_marks", f"{BRIEFING}/marks/", companion.briefing_marks, methods=PRESS),
    page("programmes.briefing_on_paper", f"{BRIEFING}/paper/", companion.briefing_on_paper),
    page("programmes.later", "desk/communicate-later/", companion.later),
    page("programmes.word", f"{OF}/word/", companion.word, methods=FORM),
    page("programmes.word_removal", f"{OF}/word/removal/", companion.word_removal, methods=PRESS),
]
