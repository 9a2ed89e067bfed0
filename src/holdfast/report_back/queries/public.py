"""What a group and everybody at its site may see: never a draft, never who wrote or how many said what."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from holdfast.programmes.models import Gathering, Pledge, Programme, Why
from holdfast.programmes.queries import newest_whys, next_gathering, pledges_of
from holdfast.report_back import rules
from holdfast.report_back.models import PUBLISHED, Answer, OursItem, Progress
from holdfast.report_back.words import CHIPS, TONES

CONCERN = ("id", "kind", "tone", "wording", "struck", "handed_over_on", "due_on", "wall_by_group", "wall_by_leader")
ANSWER = (
    "id",
    "concern_id",
    "verdict",
    "reason",
    "validation",
    "question",
    "who",
    "by_when",
    "taken_to",
    "reply_expected_on",
    "look_again_on",
    "box",
    "box_closes_on",
    "published_on",
    "drafted_on",
    "struck",
)
MOVED = ("id", "text", "on", "wall_by_group", "wall_by_leader", "struck")


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
    # Put together by hand, of plain values: a prefetch makes a query set and a model for each row, which is most of
    # the time of a long page.
    answers = Answer.objects.filter(PUBLISHED, concern__programme=programme)
    steps: dict[int, list[Moved]] = defaultdict(list)
    moved = Progress.objects.filter(answer__in=answers).order_by("-on", "-pk")
    for answer_id, *step in moved.values_list("answer_id", *MOVED):
        steps[answer_id].append(Moved(*step))
    said: dict[int, list[PublicAnswer]] = defaultdict(list)
    labels = _labels()
    for row in answers.order_by("-version", "-pk").values(*ANSWER):
        said[row["concern_id"]].append(_public_answer(row, steps.get(row["id"], ()), labels))
    concerns = programme.concerns.order_by("handed_over_on", "position", "pk").values(*CONCERN)
    return [PublicConcern(**concern, answers=tuple(said.get(concern["id"], ()))) for concern in concerns]


def as_public(answer: Answer) -> PublicAnswer:
    """Return an answer as it is shown, with what moved, the newest first."""
    steps = [Moved(*(getattr(step, name) for name in MOVED)) for step in answer.progress.all()]
    return _public_answer({name: getattr(answer, name) for name in ANSWER}, steps, _labels())


def _labels() -> dict[str, str]:
    """Say every verdict once, in the language of whoever reads."""
    return {verdict: str(label) for verdict, label in CHIPS.items()}


def _public_answer(row: Mapping[str, Any], progress: Sequence[Moved], labels: Mapping[str, str]) -> PublicAnswer:
    fields = {name: value for name, value in row.items() if name != "drafted_on"}
    fields["published_on"] = row["published_on"] or row["drafted_on"]
    verdict = row["verdict"]
    return PublicAnswer(**fields, label=labels[verdict], tone=TONES[verdict], progress=tuple(progress))


def _let_go(programme: Programme) -> list[LetGo]:
    items = programme.let_go.filter(taken_back_on__isnull=True).order_by("-added_on", "pk")
    return [
        LetGo(item.pk, item.concern_id, item.wording, item.later, item.look_again_on, item.added_on, item.struck)
        for item in items
    ]
