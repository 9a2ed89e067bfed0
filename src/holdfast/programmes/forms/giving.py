"""What is typed about a visual that hangs somewhere."""

from django import forms
from django.utils.translation import gettext_lazy as _

from holdfast.programmes.forms.plan import DayField


class HangingForm(forms.Form):
    """Where the visual hangs, who hung it there and when."""

    place = forms.CharField(
        label=_("Place"),
        max_length=120,
        help_text=_("Break room, corridor, beside the lockers …"),
        error_messages={"required": _("Write where it hangs.")},
    )
    who = forms.CharField(label=_("Who hung it there"), max_length=120)
    hung_on = DayField(label=_("When"))
    own_office = forms.BooleanField(label=_("This is the leader’s own office."), required=False)
