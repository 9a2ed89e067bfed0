"""What is typed when a session is cancelled."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _


class CancellationForm(forms.Form):
    """One sentence for everyone, or none."""

    why = forms.CharField(
        label=_("A sentence for everyone"),
        max_length=200,
        required=False,
        help_text=_("For example what comes instead. Never who is ill, or whose fault it is."),
    )
    seen_by: Mapping[str, object] = {"why": _("Everyone of the group reads it, in the mail and in their calendars.")}
