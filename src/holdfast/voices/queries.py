"""Reading sealed notes for the people of the round itself."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count

from holdfast.voices.models import Note, Tally, VoiceRound


@dataclass(frozen=True, slots=True)
class SealedNote:
    """A note after the seal: its fresh key, column, text, whether a leader wrote it, and its standing."""

    id: int
    column: str
    text: str
    from_leader: bool
    standing: str


def sealed_notes(round_id: int) -> list[SealedNote]:
    """Return the notes of a sealed round in the order of their random keys; empty while it is open."""
    notes = Note.objects.filter(round_id=round_id, round__state=VoiceRound.State.SEALED, about__isnull=True)
    rows = notes.order_by("pk")
    return [SealedNote(*row) for row in rows.values_list("pk", "column", "text", "from_leader", "standing")]


@dataclass(frozen=True, slots=True)
class SealedAnswer:
    """What the unknown author of a note answered to a question about it. note: the sealed note it hangs below."""

    id: int
    note: int
    question: str
    text: str
    standing: str


def sealed_answers(round_id: int) -> list[SealedAnswer]:
    """Return the answers of a sealed round that were not struck, in the order of their random keys."""
    answers = Note.objects.filter(round_id=round_id, round__state=VoiceRound.State.SEALED, about__isnull=False)
    rows = answers.exclude(standing=Note.Standing.STRUCK).order_by("pk")
    return [SealedAnswer(*row) for row in rows.values_list("pk", "about_id", "question", "text", "standing")]


def sealed_notes_of(round_ids: Collection[int]) -> dict[int, list[SealedNote]]:
    """Return the notes of several sealed rounds, each by their random keys; a round without any is left out."""
    found: dict[int, list[SealedNote]] = {}
    sealed = VoiceRound.State.SEALED
    notes = Note.objects.filter(round_id__in=round_ids, round__state=sealed, about__isnull=True)
    rows = notes.order_by("round_id", "pk")
    for note in rows:
        card = SealedNote(note.pk, note.column, note.text, note.from_leader, note.standing)
        found.setdefault(note.round_id, []).append(card)
    return found


def unread_in(round_ids: Collection[int]) -> dict[int, int]:
    """Return for each sealed round how many of its notes nobody has decided about yet; without any it is left out."""
    sealed = VoiceRound.State.SEALED
    waiting = Note.objects.filter(
        round_id__in=round_ids, round__state=sealed, standing=Note.Standing.WAITING, about__isnull=True
    )
    rows = waiting.values("round_id").order_by("round_id").annotate(many=Count("pk"))
    return {row["round_id"]: row["many"] for row in rows}


def counts_of(round_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Return for each sealed round how many notes were shown, held, left waiting and withdrawn."""
    rows = VoiceRound.objects.filter(pk__in=round_ids, state=VoiceRound.State.SEALED).values()
    return {row["id"]: {k: row[k] for k in ("shown", "held", "waiting", "withdrawn")} for row in rows}


@dataclass(frozen=True, slots=True)
class Tallies:
    """What a sealed round of ballots says: people who handed one in, and for each item how many chose what."""

    ballots: int
    of: dict[int, dict[str, int]]


def tallies_of(round_id: int) -> Tallies | None:
    """Return the tallies of a sealed round of ballots, None while it is open."""
    voice_round = VoiceRound.objects.filter(pk=round_id, state=VoiceRound.State.SEALED).first()
    if voice_round is None:
        return None
    found: dict[int, dict[str, int]] = {item: {} for item in voice_round.items}
    for item, choice, count in voice_round.tallies.order_by("pk").values_list("item", "choice", "count"):
        found[item][choice] = count
    return Tallies(voice_round.shown, found)


def tallies_of_all(round_ids: Collection[int]) -> dict[int, Tallies]:
    """Return the tallies of several rounds of ballots in two questions; a round that is not sealed is left out."""
    sealed = VoiceRound.objects.filter(pk__in=round_ids, state=VoiceRound.State.SEALED)
    found = {one.pk: Tallies(one.shown, {item: {} for item in one.items}) for one in sealed}
    rows = Tally.objects.filter(round_id__in=list(found)).order_by("pk")
    for round_id, item, choice, count in rows.values_list("round_id", "item", "choice", "count"):
        found[round_id].of[item][choice] = count
    return found
