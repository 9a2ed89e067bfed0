"""What a rehearsal came to, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.gatherings.rehearsal.outbox import Note
from holdfast.gatherings.rehearsal.phone import Phone


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over all simulated phones; times in milliseconds, 0 when nothing was saved."""

    phones: int
    joined: int
    written: int
    saved: int
    late: int
    waiting: int
    saw_reveal: int
    reconnects: int
    saved_half_ms: float
    saved_most_ms: float
    ballots: int = 0
    ballots_saved: int = 0
    doubts: int = 0

    @property
    def all_well(self) -> bool:
        """Tell whether every phone came in and everything written and chosen was saved."""
        return (self.joined, self.saved, self.ballots_saved) == (self.phones, self.written, self.ballots)

    def sentences(self) -> list[str]:
        """Say it as one would to a colleague."""
        said = [
            _("%(joined)s of %(phones)s phones joined.") % {"joined": self.joined, "phones": self.phones},
            _("%(written)s notes written, %(saved)s saved.") % {"written": self.written, "saved": self.saved},
        ]
        if self.ballots:
            said.append(
                _("%(ballots)s times a phone chose about every item, %(saved)s saved.")
                % {"ballots": self.ballots, "saved": self.ballots_saved}
            )
        if self.doubts:
            said.append(ngettext("%s doubt was pressed.", "%s doubts were pressed.", self.doubts) % self.doubts)
        if self.saved or self.ballots_saved:
            said.append(
                _("“Saved” came after %(half)s ms for half of them, within %(most)s ms for 95 of 100.")
                % {"half": f"{self.saved_half_ms:.0f}", "most": f"{self.saved_most_ms:.0f}"}
            )
        if self.late:
            said.append(
                ngettext(
                    "%s note came too late and stayed on its phone.",
                    "%s notes came too late and stayed on their phones.",
                    self.late,
                )
                % self.late
            )
        if self.waiting:
            said.append(
                ngettext("%s note is still waiting to be sent.", "%s notes are still waiting to be sent.", self.waiting)
                % self.waiting
            )
        said.append(
            ngettext("%s screen saw the notes of all.", "%s screens saw the notes of all.", self.saw_reveal)
            % self.saw_reveal
        )
        if self.reconnects:
            said.append(
                ngettext(
                    "The connection broke %s time and came back by itself.",
                    "Connections broke %s times and came back by themselves.",
                    self.reconnects,
                )
                % self.reconnects
            )
        return said


def sum_up(phones: Sequence[Phone]) -> Summary:
    """Count what the phones have seen."""
    times = sorted(seconds for phone in phones for seconds in phone.outbox.acknowledged)
    return Summary(
        phones=len(phones),
        joined=sum(phone.joined for phone in phones),
        written=sum(len(phone.notes) for phone in phones),
        saved=sum(note.saved == note.rev for phone in phones for note in phone.notes),
        late=sum(len({paper.id for paper in phone.outbox.late if isinstance(paper, Note)}) for phone in phones),
        waiting=sum(
            len({letter.paper.id for letter in phone.outbox.waiting if isinstance(letter.paper, Note)})
            for phone in phones
        ),
        saw_reveal=sum(phone.saw_reveal for phone in phones),
        reconnects=sum(phone.reconnects for phone in phones),
        saved_half_ms=1000 * percentile(times, 0.5),
        saved_most_ms=1000 * percentile(times, 0.95),
        ballots=sum(len(phone.ballots) for phone in phones),
        ballots_saved=sum(ballot.saved == ballot.rev > 0 for phone in phones for ballot in phone.ballots),
        doubts=sum(doubt.saved > 0 for phone in phones for doubt in phone.doubts),
    )


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of the values do not exceed; 0.0 when there are none.

    ordered: ascending. share: 0 < share <= 1. The nearest-rank method.
    """
    if not ordered:
        return 0.0
    rank = -int(-share * len(ordered) // 1)
    return ordered[min(max(rank, 1), len(ordered)) - 1]
