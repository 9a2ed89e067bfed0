"""The dates of a proposal, one row for each section, each of which can be changed before anything is saved."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdfast.curriculum import pack as packs
from holdfast.programmes import rules
from holdfast.programmes.forms.calendar import RhythmForm, as_sent
from holdfast.programmes.forms.plan import ClockInput, DayField

CLASHES: Mapping[rules.Clash, Any] = {
    rules.Clash.CLOSED: _("Nobody meets on this day here: it is closed."),
    rules.Clash.MEETS_ALREADY: _("The group already meets at this time. Choose another, or leave this one out."),
    rules.Clash.TWICE: _("Two of these dates are at the same time. Change one of them."),
    rules.Clash.BEFORE_THE_LAST: _("This comes before an earlier section."),
    rules.Clash.PAST: _("This day is over."),
    rules.Clash.TOO_FAR: _("This is more than two years ahead. Choose an earlier day."),
}
"""What speaks against a date, in words."""


class SittingRow(forms.Form):
    """When and where one sitting is."""

    label = forms.CharField(label=_("Called"), max_length=60, required=False)
    day = DayField(label=_("Day"))
    starts = forms.TimeField(label=_("Starts"), widget=ClockInput)
    ends = forms.TimeField(label=_("Ends"), widget=ClockInput)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)

    def __init__(self, *args: Any, zone: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = zone

    def planned(self) -> rules.PlannedSitting | None:
        """Return the sitting as instants, or write into the row why there is none."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        dated = rules.Dated(given["day"], given["starts"], given["ends"])
        both = rules.instants(dated, self.zone)
        if both is None:
            self.add_error("starts", _("The clocks go forward that night and skip this time. Choose another."))
            return None
        if both[1] - both[0] > rules.LONGEST_SESSION:
            self.add_error("ends", _("That is longer than ten hours. Check both times."))
            return None
        return rules.PlannedSitting(both[0], both[1], given["place"], given["label"])


class SectionRow(forms.Form):
    """Whether a section gets a date now, and whether it does so although something speaks against it."""

    keep = forms.BooleanField(label=_("Give it this date"), required=False)
    anyway = forms.BooleanField(label=_("I know, and we meet then anyway."), required=False)


class Row:
    """One section of a proposal with its sittings."""

    def __init__(self, section: packs.Section, row: SectionRow, sittings: Sequence[SittingRow]) -> None:
        self.section, self.row, self.sittings = section, row, sittings
        self.clashes: Sequence[rules.Clash] = ()
        self.planned: list[rules.PlannedSitting] = []

    @property
    def keep(self) -> bool:
        """Tell whether the section gets a date."""
        return bool(self.row["keep"].value())

    @property
    def words(self) -> list[Any]:
        """What speaks against the date."""
        return [CLASHES[clash] for clash in self.clashes]

    @property
    def asks(self) -> bool:
        """Tell whether what speaks against it can be overruled."""
        return bool(self.clashes) and not set(self.clashes) & rules.FORBIDDEN

    @property
    def is_open(self) -> bool:
        """Tell whether the boxes to change it are shown at once: it has no date yet, or something is wrong."""
        return bool(self.clashes) or len(self.planned) < len(self.sittings)

    @property
    def may_stand(self) -> bool:
        """Tell whether the row can be saved as it is."""
        if not self.keep:
            return True
        return len(self.planned) == len(self.sittings) and (not self.clashes or (self.asks and self._anyway))

    @property
    def _anyway(self) -> bool:
        return bool(self.row["anyway"].value())


class Proposal:
    """All dates of a proposal: from a rhythm, or as they were changed and sent."""

    def __init__(self, rows: Sequence[Row], *, missing: int = 0) -> None:
        self.rows, self.missing = rows, missing

    def check(
        self, *, taken: Sequence[rules.Meeting], no_go: Sequence[rules.Span], zone: str, now: datetime, first_day: date
    ) -> bool:
        """Find what speaks against each date; tell whether all of them can be saved."""
        for row in self.rows:
            found = [sitting.planned() for sitting in row.sittings] if row.keep else []
            row.planned = [one for one in found if one is not None]
        meetings = [[(one.starts_at, one.ends_at) for one in row.planned] for row in self.rows]
        found_clashes = rules.clashes(meetings, taken=taken, no_go=no_go, zone=zone, now=now, first_day=first_day)
        for row, clashes in zip(self.rows, found_clashes, strict=True):
            row.clashes = clashes
        return all(row.may_stand for row in self.rows)

    @property
    def dates(self) -> list[rules.PlannedDate]:
        """What is to be saved."""
        kept = [row for row in self.rows if row.keep and row.planned]
        return [rules.PlannedDate(row.section.number, row.planned[0], tuple(row.planned[1:])) for row in kept]

    @property
    def stopped(self) -> list[Row]:
        """The rows that cannot be saved as they are."""
        return [row for row in self.rows if not row.may_stand]


def proposal_sent(data: Mapping[str, Any], sections: Sequence[packs.Section], *, zone: str) -> Proposal:
    """Read a proposal as it was changed."""
    return Proposal([_sent(data, section, zone) for section in sections if f"s{section.number}-0-day" in data])


def _sent(data: Mapping[str, Any], section: packs.Section, zone: str) -> Row:
    name = f"s{section.number}"
    count = sum(f"{name}-{n}-day" in data for n in range(1 + rules.MOST_FURTHER_SITTINGS))
    row = SectionRow(data, prefix=name)
    keep = bool(row["keep"].value())
    sittings = [_sitting(data, f"{name}-{n}", keep=keep, zone=zone) for n in range(count)]
    return Row(section, row, sittings)


def _sitting(data: Mapping[str, Any], prefix: str, *, keep: bool, zone: str) -> SittingRow:
    """Read one sitting; of a section that gets no date now only what stands in the boxes, right or wrong."""
    if keep:
        return SittingRow(data, prefix=prefix, zone=zone)
    written = {name: data.get(f"{prefix}-{name}", "") for name in SittingRow.base_fields}
    return SittingRow(initial=written, prefix=prefix, zone=zone)


def proposal_of(
    form: RhythmForm, sections: Sequence[packs.Section], *, zone: str, no_go: Sequence[rules.Span]
) -> Proposal:
    """Propose dates in the rhythm of a form that is valid; sections for which there is no room get empty rows."""
    found = rules.propose(form.rhythm(), len(sections), zone=zone, no_go=no_go)
    fitting: Sequence[rules.Dated | None] = [*found, *[None] * (len(sections) - len(found))]
    rows = [
        _proposed(form.cleaned_data, section, dated, zone) for section, dated in zip(sections, fitting, strict=True)
    ]
    return Proposal(rows, missing=len(sections) - len(found))


def _proposed(given: Mapping[str, Any], section: packs.Section, dated: rules.Dated | None, zone: str) -> Row:
    name = f"s{section.number}"
    begins = {f"{name}-{n}": begin for n, begin in enumerate(_sittings(given, dated))}
    # A proposal is checked like one that was sent, so that both say the same about the same dates.
    sittings = [
        _sitting(as_sent(begin, prefix), prefix, keep=dated is not None, zone=zone) for prefix, begin in begins.items()
    ]
    row = SectionRow({f"{name}-keep": "on"} if dated else {}, prefix=name)
    return Row(section, row, sittings)


def _sittings(given: Mapping[str, Any], dated: rules.Dated | None) -> Iterator[dict[str, Any]]:
    day, starts = (dated.day, dated.starts) if dated else ("", given["starts"])
    ends = dated.ends if dated else rules.clock_later(starts, given["minutes"])
    further = given["further"]
    label = given["sitting"] if further else ""
    yield {"label": label, "day": day, "starts": starts, "ends": ends, "place": given["place"]}
    if further:
        later = given["further_starts"]
        yield {
            "label": further,
            "day": dated.day + timedelta(days=given["further_days"]) if dated else "",
            "starts": later,
            "ends": rules.clock_later(later, given["minutes"]),
            "place": given["further_place"],
        }
