"""Notes that made somebody worry: what the desk shows of them, which is never their words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from holdfast.gatherings.models import Worry
from holdfast.gatherings.queries import RUNS_A_ROOM
from holdfast.people.models import Person
from holdfast.people.queries import groups_for
from holdfast.programmes.models import Gathering, Programme


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the site. number: its place in the list, from 1."""

    number: int
    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class WorryShown:
    """One worry with the steps of the site. told: whether its author's phone can still be told something."""

    worry: Worry
    steps: Sequence[Step]
    told: bool


def usual_steps() -> list[str]:
    """Return the steps of a site that has written none of its own."""
    return [
        _("Today, tell whoever is named for danger here that there was such a note, and not its words."),
        _("Say to everyone what help there is, and that you are there afterwards. Do not ask who it was."),
        _("Stay in the room a while, so that somebody can come to you."),
        _("Write down for your site that it happened, and what you did."),
    ]


def steps_of(gathering: Gathering) -> list[str]:
    """Return the steps of the site of a gathering: its own, one a line, or the usual ones."""
    own = [line.strip() for line in gathering.programme.group.site.danger_steps.splitlines()]
    return [line for line in own if line] or usual_steps()


def worries_of(gathering: Gathering) -> list[WorryShown]:
    """Return the worries of a gathering, real or of the practice run that is open, in order of their random keys."""
    steps = steps_of(gathering)
    found = Worry.objects.filter(round__room__gathering=gathering).select_related("round__room", "by").order_by("pk")
    return [
        WorryShown(
            one,
            [Step(n, text, text in one.steps) for n, text in enumerate(steps, start=1)],
            told=one.round.phase not in {"sealed", "finished", "not_kept"},
        )
        for one in found
    ]


def worry_to_follow(person: Person, worry_id: int) -> Worry:
    """Return a worry of a session this person may run, or answer as if there were none."""
    found = (
        Worry.objects.select_related("round__room__gathering__programme__group__site")
        .filter(pk=worry_id, round__room__gathering__programme__group__in=groups_for(person, RUNS_A_ROOM))
        .first()
    )
    if found is None:
        raise Http404
    return found


def to_debrief(programme: Programme) -> list[Worry]:
    """Return the worries of a programme nobody has talked over yet, the oldest day first; practice has none."""
    rooms = {"round__room__gathering__programme": programme, "round__room__rehearsal": False}
    found = Worry.objects.filter(debriefed_on=None, **rooms).select_related("round__room__gathering")
    return list(found.order_by("held_on", "pk"))
