"""What a group and everybody at its site may see: never a draft, never who wrote or how many said what."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from holdfast.programmes.models import Gathering, Pledge, Programme, Why
from holdfast.programmes.queries import newest_whys, next_gathering, pledges_of
from holdfast.report_back import rules
from holdfast.report_back.models import PUBLISHED, Answer, Concern, OursItem, Progress
from holdfast.report_back.words import CHIPS, TONES


@dataclass(frozen=True, slots=True)
class Moved:
    """One thing that has moved since an answer was published. text is empty when it was struck."""

    id: int
    text: str
    on: date
    wall_by_group: bool
    wall_by_leader: bool
    struck: bool

    @property
    def on_wall(self) -> bool:
        """Tell whether both sides marked it for common areas."""
        return self.wall_by_group and self.wall_by_leader and not self.struck

    @property
    def wording(self) -> str:
        """Return its words, under the name the marks of all things ask for."""
        return self.text


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """A published answer with what has moved since, the newest first. label, tone: how its verdict is shown.

    When it is struck it has no words, only its verdict and its days.
    """

    id: int
    concern_id: int
    verdict: str
    label: str
    tone: str
    reason: str
    validation: str
    question: str
    who: str
    by_when: date | None
    taken_to: str
    reply_expected_on: date | None
    look_again_on: date | None
    box: int | None
    box_closes_on: date | None
    published_on: date
    struck: bool
    progress: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class PublicConcern:
    """What was handed over, with every published answer, the newest first. wording is empty when it was struck."""

    id: int
    kind: str
    tone: str
    wording: str
    struck: bool
    handed_over_on: date
    due_on: date
    wall_by_group: bool
    wall_by_leader: bool
    answers: tuple[PublicAnswer, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether an answer is still to come."""
        return not self.answers

    @property
    def newest(self) -> PublicAnswer | None:
        """The answer that stands, if there is one."""
        return self.answers[0] if self.answers else None

    @property
    def on_wall(self) -> bool:
        """Tell whether both sides marked it for common areas."""
        return self.wall_by_group and self.wall_by_leader and not self.struck


@dataclass(frozen=True, slots=True)
class Ours:
    """One thing the group does itself. state: open or done; label says it in words. When struck it has no words."""

    id: int
    wording: str
    step: str
    who: str
    plan: str
    look_again_on: date | None
    state: str
    label: str
    wall_by_group: bool
    wall_by_leader: bool
    struck: bool

    @property
    def on_wall(self) -> bool:
        """Tell whether both sides marked it for common areas."""
        return self.wall_by_group and self.wall_by_leader and not self.struck


@dataclass(frozen=True, slots=True)
class LetGo:
    """Something the group has put down. later: it may come back; False only where change is impossible."""

    id: int
    concern_id: int | None
    wording: str
    later: bool
    look_again_on: date | None
    added_on: date
    struck: bool


@dataclass(frozen=True, slots=True)
class PublicView:
    """Everything a group's page shows, in the order in which it shows it."""

    programme: Programme
    whys: Sequence[Why]
    ours: Sequence[Ours]
    concerns: Sequence[PublicConcern]
    let_go: Sequence[LetGo]
    next_gathering: Gathering | None
    pledges: Sequence[Pledge]

    @property
    def open(self) -> list[PublicConcern]:
        """What still waits for an answer."""
        return [concern for concern in self.concerns if concern.is_open]

    @property
    def answered(self) -> list[PublicConcern]:
        """What has an answer."""
        return [concern for concern in self.concerns if not concern.is_open]

    @property
    def next_due(self) -> date | None:
        """The soonest day on which an answer is expected."""
        return min((concern.due_on for concern in self.open), default=None)

    @property
    def balance(self) -> rules.Balance:
        """Handed over, answered and open."""
        return rules.balance(not concern.is_open for concern in self.concerns)


def today_at(programme: Programme) -> date:
    """Return the day it is where a group meets."""
    return timezone.localdate(timezone=ZoneInfo(programme.group.site.time_zone))


def public_view(programme: Programme) -> PublicView:
    """Return what everybody of a group's site may see of its programme, in eight queries however much there is."""
    return PublicView(
        programme=programme,
        whys=newest_whys(programme),
        ours=_ours(programme),
        concerns=_concerns(programme),
        let_go=_let_go(programme),
        next_gathering=next_gathering(programme),
        pledges=pledges_of(programme),
    )


def _ours(programme: Programme) -> list[Ours]:
    items = programme.ours.exclude(state=OursItem.State.LET_GO).order_by("position", "pk")
    return [
        Ours(
            id=item.pk,
            wording=item.wording,
            step=item.step,
            who=item.who,
            plan=item.plan,
            look_again_on=item.look_again_on,
            state=item.state,
            label=item.get_state_display(),
            wall_by_group=item.wall_by_group,
            wall_by_leader=item.wall_by_leader,
            struck=item.struck,
        )
        for item in sorted(items, key=lambda item: item.state != OursItem.State.OPEN)
    ]


def _concerns(programme: Programme) -> list[PublicConcern]:
    # Put together by hand: a prefetch makes a query set for each row, which is most of the time of a long page.
    answers = Answer.objects.filter(PUBLISHED, concern__programme=programme)
    steps: dict[int, list[Progress]] = defaultdict(list)
    for step in Progress.objects.filter(answer__in=answers).order_by("-on", "-pk"):
        steps[step.answer_id].append(step)
    said: dict[int, list[PublicAnswer]] = defaultdict(list)
    for answer in answers.order_by("-version", "-pk"):
        said[answer.concern_id].append(as_public(answer, steps.get(answer.pk, ())))
    concerns = programme.concerns.order_by("handed_over_on", "position", "pk")
    return [_concern(concern, said.get(concern.pk, ())) for concern in concerns]


def _concern(concern: Concern, answers: Sequence[PublicAnswer]) -> PublicConcern:
    return PublicConcern(
        id=concern.pk,
        kind=concern.kind,
        tone=concern.tone,
        wording=concern.wording,
        struck=concern.struck,
        handed_over_on=concern.handed_over_on,
        due_on=concern.due_on,
        wall_by_group=concern.wall_by_group,
        wall_by_leader=concern.wall_by_leader,
        answers=tuple(answers),
    )


def as_public(answer: Answer, progress: Sequence[Progress] | None = None) -> PublicAnswer:
    """Return an answer as it is shown. progress: what moved, the newest first; read along when it is not given."""
    steps = answer.progress.all() if progress is None else progress
    return PublicAnswer(
        id=answer.pk,
        concern_id=answer.concern_id,
        verdict=answer.verdict,
        label=str(CHIPS[answer.verdict]),
        tone=TONES[answer.verdict],
        reason=answer.reason,
        validation=answer.validation,
        question=answer.question,
        who=answer.who,
        by_when=answer.by_when,
        taken_to=answer.taken_to,
        reply_expected_on=answer.reply_expected_on,
        look_again_on=answer.look_again_on,
        box=answer.box,
        box_closes_on=answer.box_closes_on,
        published_on=answer.published_on or answer.drafted_on,
        struck=answer.struck,
        progress=tuple(_moved(step) for step in steps),
    )


def _moved(step: Progress) -> Moved:
    return Moved(step.pk, step.text, step.on, step.wall_by_group, step.wall_by_leader, step.struck)


def _let_go(programme: Programme) -> list[LetGo]:
    items = programme.let_go.filter(taken_back_on__isnull=True).order_by("-added_on", "pk")
    return [
        LetGo(item.pk, item.concern_id, item.wording, item.later, item.look_again_on, item.added_on, item.struck)
        for item in items
    ]
