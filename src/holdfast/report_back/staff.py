"""The page for everyone who works there: what its address shows, ready to be drawn as a page or as a poster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from holdfast.people.models import Site
from holdfast.programmes.models import Programme
from holdfast.programmes.queries import today_at
from holdfast.refusals import Refused
from holdfast.report_back.boxes import Box, boxes_of, is_over
from holdfast.report_back.models import PUBLISHED, Answer, StaffLink
from holdfast.report_back.queries import Moved, PublicAnswer, PublicConcern, PublicView, public_view

Scope = StaffLink.Scope
NEWEST_MOVES = 5


@dataclass(frozen=True, slots=True)
class Move:
    """Something that has moved, and on which of the things that were handed over."""

    concern: PublicConcern
    step: Moved


@dataclass(frozen=True, slots=True)
class StaffPage:
    """What one address shows. boxes: by the key of the answer that asks; none in common areas.

    today: where the group meets.
    """

    scope: str
    view: PublicView
    boxes: Mapping[int, Box]
    today: date

    @property
    def programme(self) -> Programme:
        """Whose page it is."""
        return self.view.programme

    @property
    def site(self) -> Site:
        """Where the group meets."""
        return self.programme.group.site

    @property
    def for_staff(self) -> bool:
        """Tell whether this is the page of the staff room, not that of common areas."""
        return self.scope == Scope.STAFF

    @property
    def moves(self) -> Sequence[Move]:
        """What moved last, the newest first."""
        answers = [(c, a) for c in self.view.concerns for a in c.answers]
        moves = [Move(concern, step) for concern, answer in answers for step in answer.progress]
        return sorted(moves, key=lambda m: (-m.step.on.toordinal(), m.step.id))[:NEWEST_MOVES]

    @property
    def open_boxes(self) -> Sequence[Box]:
        """The questions that may still be answered."""
        return [box for box in self.boxes.values() if box.is_open]

    @property
    def asked_at(self) -> int | None:
        """The first concern on the page that asks something one may still reply to."""
        asking = {box.answer_id for box in self.open_boxes}
        return next((concern.id for concern in self.view.concerns for a in concern.answers if a.id in asking), None)


@dataclass(frozen=True, slots=True)
class Question:
    """What leadership asks back, and the box for the replies."""

    answer_id: int
    text: str
    box: int
    closes_on: date
    site: Site

    @property
    def shown_on(self) -> date:
        """The day on which everybody sees all replies."""
        return self.closes_on + timedelta(days=1)


def page_at(token: str) -> StaffPage:
    """Return what an address shows. Raises Refused: there is no such address, or it was renewed."""
    link = _link_at(token)
    return staff_page(link.programme, scope=link.scope)


def question_at(token: str, answer_id: int) -> Question:
    """Return a question that may be answered at this address now. Raises Refused."""
    link = _link_at(token)
    answer = Answer.objects.filter(PUBLISHED, pk=answer_id, concern__programme=link.programme).first()
    if answer is None or link.scope != Scope.STAFF or answer.box is None or answer.box_closes_on is None:
        raise Refused("report_back.no_such_question", status=404)
    if is_over(answer.box_closes_on, today=today_at(link.programme)):
        raise Refused("gatherings.box_closed", status=409)
    return Question(answer.pk, answer.question, answer.box, answer.box_closes_on, link.programme.group.site)


def _link_at(token: str) -> StaffLink:
    link = link_with(token)
    if link is None:
        raise Refused("report_back.no_such_page", status=404)
    if link.ended_at is not None:
        raise Refused("report_back.page_renewed", status=410)
    return link


def link_with(token: str) -> StaffLink | None:
    """Return the address with this token, also one that has ended."""
    return (
        StaffLink.objects.select_related("programme__group__site__organisation", "programme__pack")
        .defer("programme__pack__content")
        .filter(token=token)
        .first()
    )


def staff_page(programme: Programme, *, scope: str) -> StaffPage:
    """Return what the address of this scope shows: for common areas, only what both sides marked for them."""
    view = public_view(programme)
    if scope == Scope.WALL:
        return StaffPage(scope, _for_common_areas(view), {}, today_at(programme))
    answers = [answer for concern in view.concerns for answer in concern.answers]
    asked = [(a.id, a.box, a.box_closes_on) for a in answers if a.box is not None and a.box_closes_on is not None]
    return StaffPage(scope, view, boxes_of(programme, asked), today_at(programme))


def _for_common_areas(view: PublicView) -> PublicView:
    """Leave out whatever is not marked by both, the names of who takes what on, and what people are asked back."""
    marked = [concern for concern in view.concerns if concern.on_wall]
    concerns = [replace(c, answers=tuple(_without_names(answer) for answer in c.answers)) for c in marked]
    let_go = {concern.id for concern in concerns}
    return replace(
        view,
        whys=[],
        ours=[replace(item, who="", plan="") for item in view.ours if item.on_wall],
        concerns=concerns,
        let_go=[item for item in view.let_go if item.concern_id in let_go and not item.struck],
        next_gathering=None,
    )


def _without_names(answer: PublicAnswer) -> PublicAnswer:
    """Return an answer as it hangs where anybody walks by; what moved was written later and has marks of its own."""
    moved = tuple(step for step in answer.progress if step.on_wall)
    return replace(answer, who="", taken_to="", question="", progress=moved)
