"""Three answers that give a programme one can hold: which group, which toolkit, and when roughly."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdfast.programmes.forms.calendar import NOBODY_KNOWS, lengths, weekdays
from holdfast.programmes.forms.plan import ClockInput, DayField, ProgrammeForm


class QuickStartForm(ProgrammeForm):
    """Group, toolkit, and a day and time in the week; without these the programme begins without a date."""

    started_on = DayField(label=_("From about"), help_text=_("The first session is on the first free day after this."))
    weekday = forms.TypedChoiceField(
        label=_("On which day of the week"),
        choices=lambda: [NOBODY_KNOWS, *weekdays()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    starts = forms.TimeField(label=_("At what time"), widget=ClockInput, required=False)
    minutes = forms.TypedChoiceField(label=_("For how long"), choices=lengths, coerce=int, initial=60, required=False)
    field_order = ("group", "pack", "setting", "started_on", "weekday", "starts", "minutes")

    def clean(self) -> dict[str, Any]:
        """A day needs a time, and a time a day."""
        given = super().clean() or {}
        has_day, starts = given.get("weekday") is not None, given.get("starts")
        if has_day and not starts and "starts" not in self.errors:
            self.add_error("starts", _("Write the time as well, or choose “I do not know yet” for the day."))
        if starts and not has_day and "weekday" not in self.errors:
            self.add_error("weekday", _("Choose the day as well, or leave the time empty."))
        return {**given, "minutes": given.get("minutes") or 60}
