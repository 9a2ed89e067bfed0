"""What a group was asked more than once: numbers that would, beside earlier ones, show who came, left or changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from holdfast.gatherings.kinds.prioritise import PAIRS
from holdfast.gatherings.models import Round
from holdfast.privacy.small_rooms import shown_in_turn
from holdfast.voices.queries import Tallies, tallies_of, tallies_of_all

Said = Mapping[int, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Shown:
    """The tallies of a sealed round that may be shown. kept_back: keys whose numbers stay back beside earlier ones."""

    tallies: Tallies
    kept_back: frozenset[int] = frozenset()


def tallies_to_show(found: Round) -> Shown | None:
    """Return the tallies of a round, without those that would show somebody beside earlier ones; None while open.

    What stays back has no numbers. What too few answered is left to the caller, who knows what belongs together.
    """
    tallies = tallies_of(found.pk)
    earlier = list(_asked_earlier(found)) if tallies and tallies.of else []
    if tallies is None or not earlier:
        return Shown(tallies) if tallies else None
    said = tallies_of_all([one.pk for one in earlier])
    turns = [(one.smallest_group, said[one.pk].of) for one in earlier if one.pk in said]
    enough = {key for key, counts in tallies.of.items() if sum(counts.values()) >= found.smallest_group}
    back = frozenset(key for key in enough if not _stands_beside(key, tallies.of, turns, at_least=found.smallest_group))
    if back and found.setup.get("manner") == PAIRS:  # points are made of all pairs together
        back = frozenset(tallies.of)
    return Shown(replace(tallies, of={key: {} if key in back else now for key, now in tallies.of.items()}), back)


def _stands_beside(key: int, now: Said, turns: Sequence[tuple[int, Said]], *, at_least: int) -> bool:
    before = [(smallest, said[key]) for smallest, said in turns if key in said]
    fewest = [*(smallest for smallest, _ in before), at_least]
    return shown_in_turn([*(counts for _, counts in before), now[key]], at_least=fewest)[-1]


def _asked_earlier(found: Round) -> Iterator[Round]:
    """Return the rounds in which the same could be asked, oldest first: of this meeting, in the same manner."""
    room, manner = found.room, found.setup.get("manner")
    same = Round.objects.filter(
        Q(room=room, position__lt=found.position) | Q(room__opened_at__lt=room.opened_at),
        room__gathering=room.gathering_id,
        room__rehearsal=room.rehearsal,
        kind=found.kind,
        phase=Round.Phase.SEALED,
    ).order_by("room__opened_at", "position", "pk")
    for one in same:
        if one.setup.get("manner") == manner and (manner != PAIRS or one.items == found.items):  # pairs have no names
            yield one
