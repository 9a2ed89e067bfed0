"""Addresses of what surrounds the sessions."""

from holdfast.programmes.views import components, keeping
from holdfast.web.routes import Route, page

FORM = ("GET", "POST")
PRESS = ("POST",)
OF = "desk/programmes/<int:programme_id>"
SECTION = f"{OF}/sections/<int:number>/components"
ROUTES: list[Route] = [
    page("programmes.components", f"{OF}/components/", components.components),
    page("programmes.section_components", f"{SECTION}/", components.section_components),
    page("programmes.component", f"{SECTION}/<slug:key>/", components.component, methods=FORM),
    page("programmes.component_marks", f"{SECTION}/<slug:key>/marks/", components.component_marks, methods=PRESS),
    page(
        "programmes.questions_on_paper",
        f"{OF}/sections/<int:number>/questions/paper/",
        components.questions_on_paper,
    ),
    page("programmes.help_wanted", f"{OF}/help-wanted/", components.help_wanted, methods=PRESS),
    page("programmes.ideas", f"{OF}/ideas/", keeping.ideas, methods=FORM),
    page("programmes.idea", "desk/ideas/<int:idea_id>/", keeping.idea, methods=FORM),
    page("programmes.idea_removal", "desk/ideas/<int:idea_id>/removal/", keeping.idea_removal, methods=PRESS),
    page("programmes.practices", f"{OF}/practices/", keeping.practices, methods=FORM),
    page("programmes.practice", "desk/practices/<int:practice_id>/", keeping.practice, methods=FORM),
    page(
        "programmes.practice_removal",
        "desk/practices/<int:practice_id>/removal/",
        keeping.practice_removal,
        methods=PRESS,
    ),
]
