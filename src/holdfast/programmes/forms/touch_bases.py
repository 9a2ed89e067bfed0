"""What is typed about touch-bases: days before sessions, and what was talked about and agreed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdfast.programmes.forms.plan import DayField
from holdfast.programmes.forms.starting import lines
from holdfast.programmes.queries.touch_bases import Between
from holdfast.programmes.rules.touch_bases import Agreement

ROWS = (1, 2, 3)
"""How much can be agreed in one go: enough for a quarter of an hour."""


class DaysForm(forms.Form):
    """A day before each session; an empty one plans nothing there."""

    def __init__(self, *args: Any, gaps: Sequence[Between], **options: Any) -> None:
        super().__init__(*args, **options)
        self.gaps = gaps
        for gap in gaps:
            label = _("Before “%(title)s”") % {"title": gap.gathering.title_now}
            self.fields[f"g{gap.gathering.pk}"] = DayField(label=label, required=False, initial=gap.day)

    @property
    def rows(self) -> list[tuple[Between, forms.BoundField]]:
        """Each session with its box."""
        return [(gap, self[f"g{gap.gathering.pk}"]) for gap in self.gaps]

    def clean(self) -> dict[str, Any]:
        """Return the days by session."""
        given = super().clean() or {}
        days = {int(name[1:]): day for name, day in given.items() if day}
        if not days and not self.errors:
            raise forms.ValidationError(_("Write at least one day."))
        return {"days": days}


class DayForm(forms.Form):
    """Another day."""

    planned_on = DayField(label=_("Day"))


class TalkForm(forms.Form):
    """What was talked about, and up to three things that were agreed."""

    notes = forms.CharField(
        label=_("Notes"),
        widget=lines(3),
        max_length=2000,
        required=False,
        help_text=_("Never what somebody said in the circle, and never who. What the group needs is enough."),
    )
    seen_by: Mapping[str, object] = {"notes": _("Those who facilitate this group and the leader you met read this.")}

    def __init__(self, *args: Any, due: date, **options: Any) -> None:
        super().__init__(*args, **options)
        for n in ROWS:
            self.fields[f"text{n}"] = forms.CharField(label=_("We agreed"), max_length=300, required=False)
            self.fields[f"who{n}"] = forms.CharField(
                label=_("Who looks after it"), max_length=120, required=False,
                widget=forms.TextInput(attrs={"list": "who", "autocomplete": "off"}),
            )  # fmt: skip
            self.fields[f"due{n}"] = DayField(label=_("Until"), required=False, initial=due)

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The boxes of each thing that can be agreed."""
        return [[self[f"{name}{n}"] for name in ("text", "who", "due")] for n in ROWS]

    def clean(self) -> dict[str, Any]:
        """Whatever was agreed has somebody who looks after it, and a day."""
        given = super().clean() or {}
        agreed = []
        for n in ROWS:
            text, who, due = (given.get(f"{name}{n}") for name in ("text", "who", "due"))
            if (text or who) and not self.errors:
                for name, value in (("text", text), ("who", who), ("due", due)):
                    if not value:
                        self.add_error(f"{name}{n}", WANTED[name])
            if text and who and due:
                agreed.append(Agreement(text, who, due))
        return {"notes": given.get("notes", ""), "agreed": agreed}


WANTED = {
    "text": _("Write what was agreed."),
    "who": _("Name who looks after it; without a name it is nobody’s."),
    "due": _("Give it a day; it can be moved."),
}
