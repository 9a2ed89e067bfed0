"""What is typed for a calendar: a rhythm, the dates it proposes, closed days, and further sittings."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from holdfast.programmes import rules
from holdfast.programmes.forms.plan import ClockInput, DayField, WhenForm

LENGTHS = (30, 45, 60, 75, 90, 120)
NOBODY_KNOWS = ("", _("I do not know yet"))
NONE = ("", _("none"))
Choices = list[tuple[Any, Any]]


def weekdays() -> Choices:
    """Return the days of the week, Monday first."""
    return [(number, capfirst(str(name))) for number, name in WEEKDAYS.items()]


def months() -> Choices:
    """Return the months, and none."""
    return [NONE, *((number, capfirst(str(name))) for number, name in MONTHS.items())]


def often() -> Choices:
    """Return how many weeks may lie between two sessions."""
    further = range(2, rules.MOST_WEEKS_BETWEEN + 1)
    return [(1, gettext("every week")), *((n, gettext("every %(n)s weeks") % {"n": n}) for n in further)]


def lengths() -> Choices:
    """Return how long a session may be planned to take."""
    return [(n, ngettext("%(count)s minute", "%(count)s minutes", n) % {"count": n}) for n in LENGTHS]


def days_apart() -> Choices:
    """Return how many days a further sitting may be from the first."""
    same = (0, gettext("on the same day"))
    return [same, *((n, ngettext("%(n)s day later", "%(n)s days later", n) % {"n": n}) for n in range(1, 7))]


def as_sent(values: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return values as a browser would send them, so that what is proposed is checked like what is typed."""
    return {f"{prefix}-{name}" if prefix else name: _written(value) for name, value in values.items()}


def _written(value: object) -> object:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, date) else value


class RhythmForm(forms.Form):
    """How often a group meets; sent in the address, so that a proposal can be looked at again and passed on."""

    first_day = DayField(label=_("From"))
    last_day = DayField(label=_("Until"), required=False, help_text=_("Empty: two years at most."))
    weeks = forms.TypedChoiceField(label=_("How often"), choices=often, coerce=int, initial=2)
    weekday = forms.TypedChoiceField(label=_("On"), choices=weekdays, coerce=int)
    starts = forms.TimeField(label=_("At"), widget=ClockInput)
    minutes = forms.TypedChoiceField(label=_("For"), choices=lengths, coerce=int, initial=60)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    rest_from = forms.TypedChoiceField(
        label=_("No sessions from"), choices=months, coerce=int, empty_value=None, required=False
    )
    rest_until = forms.TypedChoiceField(
        label=_("up to and with"), choices=months, coerce=int, empty_value=None, required=False
    )
    turn_weekday = forms.TypedChoiceField(
        label=_("Every other session on"),
        choices=lambda: [NONE, *weekdays()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    turn_starts = forms.TimeField(label=_("at"), widget=ClockInput, required=False)
    sitting = forms.CharField(label=_("What the first sitting is called"), max_length=60, required=False)
    further = forms.CharField(label=_("What the further sitting is called"), max_length=60, required=False)
    further_days = forms.TypedChoiceField(label=_("It is"), choices=days_apart, coerce=int, initial=0, required=False)
    further_starts = forms.TimeField(label=_("at"), widget=ClockInput, required=False)
    further_place = forms.CharField(label=_("Its place, or link"), max_length=120, required=False)

    MAIN = ("first_day", "last_day", "weeks", "weekday", "starts", "minutes", "place")
    PAUSE = ("rest_from", "rest_until")
    TURNS = ("turn_weekday", "turn_starts")
    SITTINGS = ("sitting", "further", "further_days", "further_starts", "further_place")

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """The rarer questions under what they are about, each with whether it is filled or wrong."""
        named = (
            (_("A pause every year, such as the summer"), self.PAUSE),
            (_("Two shifts take turns"), self.TURNS),
            (_("Several sittings of one session: day, night, online"), self.SITTINGS),
        )
        return [
            (title, [self[name] for name in names], any(self[name].errors or self._given(name) for name in names))
            for title, names in named
        ]

    @property
    def main(self) -> list[forms.BoundField]:
        """What is always asked."""
        return [self[name] for name in self.MAIN]

    def _given(self, name: str) -> bool:
        return self.is_bound and name != "further_days" and bool(self.data.get(name))

    def clean(self) -> dict[str, Any]:
        """Let halves be completed: a pause has two ends, a turn a day and a time, a sitting a name and a time."""
        given = super().clean() or {}
        self._both("rest_from", "rest_until", _("A pause needs a first and a last month."))
        self._both("turn_weekday", "turn_starts", _("Turns need a day and a time."))
        self._both("further", "further_starts", _("A further sitting needs a name and a time."))
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("This day comes before the first one."))
        return {**given, "further_days": given.get("further_days") or 0}

    def _both(self, one: str, other: str, words: Any) -> None:
        given = self.cleaned_data
        if {one, other} & self.errors.keys():
            return
        has_one, has_other = given.get(one) not in (None, ""), given.get(other) not in (None, "")
        if has_one != has_other:
            self.add_error(other if has_one else one, words)

    def rhythm(self) -> rules.Rhythm:
        """Return the rhythm that was asked for."""
        given = self.cleaned_data
        beats = [self._beat(given["weekday"], given["starts"])]
        if given["turn_weekday"] is not None:
            beats.append(self._beat(given["turn_weekday"], given["turn_starts"]))
        rest = (given["rest_from"], given["rest_until"]) if given["rest_from"] else None
        return rules.Rhythm(given["first_day"], given["weeks"], beats, given["last_day"], rest)

    def _beat(self, weekday: int, starts: time) -> rules.Beat:
        return rules.Beat(weekday, starts, rules.clock_later(starts, self.cleaned_data["minutes"]))


class NoGoForm(forms.Form):
    """Days on which nobody at a site meets."""

    label = forms.CharField(label=_("What it is"), max_length=80, help_text=_("Spring break, exams, inspection …"))
    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Empty: one day only."))

    def clean(self) -> dict[str, Any]:
        """Fill in the last day, and let it not come before the first."""
        given = super().clean() or {}
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("This day comes before the first one."))
        return {**given, "last_day": last or first}


class SittingForm(WhenForm):
    """A further sitting of a session."""

    label = forms.CharField(
        label=_("What it is called"), max_length=60, help_text=_("Night, online, the other building …")
    )
    field_order = ("label", "day", "starts", "ends", "place", "already_held", "anyway")


class ClockForm(forms.Form):
    """What happens to sessions to come after the site got another time zone."""

    keep = forms.ChoiceField(choices=[("clock", "clock"), ("moment", "moment")])


def usual_rhythm(today: date, latest: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a rhythm begins with. latest: day, starts, minutes and place of the session dated last."""
    begun: dict[str, Any] = {"weeks": 2, "minutes": 60, "further_days": 0, "place": ""}
    if not latest:
        return {**begun, "weekday": 3, "starts": time(15, 30), "first_day": today + timedelta(days=1)}
    day: date = latest["day"]
    length = min(LENGTHS, key=lambda minutes: abs(minutes - latest["minutes"]))
    begun |= {"starts": latest["starts"], "place": latest["place"], "minutes": length}
    return {**begun, "weekday": day.weekday(), "first_day": max(today, day) + timedelta(days=8)}
