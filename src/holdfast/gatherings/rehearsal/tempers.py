"""The tempers of a simulated group: how much it writes, how fast, and how far its people agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from holdfast.gatherings.rehearsal import minds

OBJECTIONS = ("no", "reword")


@dataclass(frozen=True, slots=True)
class Temper:
    """How the people of one practice run are.

    notes: how many each writes. writes: how many of ten write at all. seconds: within how many each writes or chooses.
    camps: into how many the group falls when it chooses; with one it mostly agrees. objects: how often somebody would
    not hand a wording over, besides those few who never would. doubt: how often a common wording is doubted. speaks:
    how many of ten raise a hand in open talk. spams: whether one phone sends as many and as long notes as the server
    lets it.
    """

    notes: int = 3
    writes: int = 10
    seconds: float = 60
    camps: int = 1
    objects: float = 0.0
    doubt: float = minds.DOUBT
    speaks: int = 3
    spams: bool = False


TEMPERS: Mapping[str, Temper] = {
    "quiet": Temper(notes=1, writes=4, seconds=120, speaks=1),
    "lively": Temper(seconds=45),
    "contrary": Temper(notes=2, camps=2, objects=0.4, doubt=0.4, speaks=6),
    "spammer": Temper(seconds=45, spams=True),
}


def choose(temper: Temper, kind: str, item: Mapping[str, object], rng: Random, *, camp: int) -> str:
    """Choose about one item as somebody of this camp. Raises ValueError for a kind without choices."""
    if kind == "agree" and rng.random() < temper.objects:
        return rng.choice(OBJECTIONS)
    if temper.camps > 1:  # each camp leans its own way, as if it read another wording
        item = {**item, "wording": f"{item['wording']} {camp % temper.camps}"}
    return minds.choice(kind, item, rng)
