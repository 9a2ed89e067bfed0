"""What is typed about check-ins: days to look again, and what was found."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from holdfast.programmes.forms.plan import DayField
from holdfast.programmes.forms.starting import SEEN_BY_PLANNERS, lines
from holdfast.programmes.models.check_ins import CheckIn
from holdfast.programmes.rules.check_ins import A_YEAR


class CheckInDayForm(forms.Form):
    """A day to look again, alone or with further ones."""

    planned_on = DayField(label=_("Day"))
    times = forms.TypedChoiceField(
        label=_("How often"),
        choices=[(1, _("Only on this day")), (A_YEAR, _("Four times, three months apart"))],
        coerce=int,
        initial=A_YEAR,
    )


class LookForm(forms.Form):
    """What was found on looking again."""

    found = forms.ChoiceField(
        label=_("What did you find?"),
        choices=CheckIn.Found,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes closest; nobody is graded by it.")},
    )
    alive = forms.CharField(label=_("What still goes"), max_length=500, widget=lines(2), required=False)
    quiet = forms.CharField(
        label=_("What has gone quiet, and what would help"),
        max_length=500,
        widget=lines(2),
        required=False,
        help_text=_("About what is done, never about who does it."),
    )
    next_on = DayField(label=_("Look again on"), required=False)
    seen_by: Mapping[str, object] = {"alive": SEEN_BY_PLANNERS, "quiet": SEEN_BY_PLANNERS}
