"""The question back: a box opens with the answer that asks, and all replies are shown at once when it has closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from holdfast.audit.actions import record
from holdfast.gatherings import box as boxes
from holdfast.programmes.models import Programme
from holdfast.report_back.models import PUBLISHED, Answer
from holdfast.report_back.news import ForLeaders, tell_leaders
from holdfast.voices.queries import sealed_notes_of

FEW = 5
"""Below so many replies, whoever reads is reminded that people may be guessed."""


class State(StrEnum):
    """Where a box stands for those who look at it."""

    OPEN = "open"
    CLOSED = "closed"
    NOT_KEPT = "not_kept"


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply of a closed box. text is empty when it was struck."""

    id: int
    text: str
    struck: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A box as it is shown: while it is open nothing of what is in it, not even how much.

    shown_on: the day after the last on which it takes replies.
    """

    answer_id: int
    state: State
    closes_on: date
    replies: tuple[Reply, ...] = ()

    @property
    def shown_on(self) -> date:
        """The day on which everybody sees all replies."""
        return self.closes_on + timedelta(days=1)

    @property
    def is_open(self) -> bool:
        """Tell whether it takes replies."""
        return self.state is State.OPEN

    @property
    def few(self) -> bool:
        """Tell whether so few replied that people may be guessed."""
        return 0 < len(self.replies) < FEW


def open_box(answer: Answer) -> int:
    """Open the box of an answer that asks something back, and return its key, also set as `answer.box`.

    The caller saves the field, in the transaction that publishes. Done again it stays the same box. Raises Refused.
    """
    boxes.open_box(answer.pk)
    answer.box = answer.pk
    return answer.pk


def is_over(closes_on: date, *, today: date) -> bool:
    """Tell whether a box has closed: it takes replies until the end of its last day."""
    return today > closes_on


def boxes_of(programme: Programme, asked: Iterable[tuple[int, int, date]]) -> Mapping[int, Box]:
    """Return the boxes of a programme by their answers; one whose day has passed is closed by this first look.

    asked: for each answer its key, its box and the last day of the box.
    """
    asked = list(asked)
    keys = [box for _, box, _ in asked]
    states, today = boxes.states_of(keys), _today(programme.group.site.time_zone)
    due = [(a, box) for a, box, on in asked if is_over(on, today=today) and states.get(box) not in {None, "sealed"}]
    for answer_id, box in due:
        _close(programme, answer_id, box)
        states[box] = "sealed"
    notes = sealed_notes_of([box for box in keys if states.get(box) == "sealed"])
    found = {}
    for answer_id, box, closes_on in asked:
        state = {None: State.NOT_KEPT, "sealed": State.CLOSED}.get(states.get(box), State.OPEN)
        replies = tuple(Reply(n.id, n.text, n.standing == "struck") for n in notes.get(box, ()))
        found[answer_id] = Box(answer_id, state, closes_on, replies)
    return found


def close_what_is_due() -> int:
    """Close every box whose day has passed, wherever nobody has looked yet; return how many. For the daily beat."""
    latest = timezone.now().date() + timedelta(days=1)
    asked = list(
        Answer.objects.filter(PUBLISHED, box__isnull=False, box_closes_on__lte=latest)
        .select_related("concern__programme__group__site__organisation")
        .order_by("pk")
    )
    states = boxes.states_of([answer.box for answer in asked if answer.box])
    closed = 0
    for answer in asked:
        programme = answer.concern.programme
        assert answer.box
        assert answer.box_closes_on
        over = is_over(answer.box_closes_on, today=_today(programme.group.site.time_zone))
        if over and states.get(answer.box) not in {None, "sealed"}:
            _close(programme, answer.pk, answer.box)
            closed += 1
    return closed


def _close(programme: Programme, answer_id: int, box: int) -> None:
    boxes.close_box(box)
    with transaction.atomic():
        record("box.closed", by=None, on=answer_id)
        if sealed_notes_of([box]):
            tell_leaders(programme, news=ForLeaders.REPLIED, about=answer_id)


def _today(zone: str) -> date:
    return timezone.localdate(timezone=ZoneInfo(zone))
