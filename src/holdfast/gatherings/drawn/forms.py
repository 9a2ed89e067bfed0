"""What the desk sends about slips: how many, for which paper, and whether they replace those printed before."""

from django import forms
from django.utils.translation import gettext_lazy as _

from holdfast.gatherings.actions.slips import MOST_AT_ONCE
from holdfast.web.printing import Paper

NOT_A_NUMBER = _("Type a number of slips from 1 to 200.")


class SlipsForm(forms.Form):
    """A sheet of slips. The paper is chosen by the button."""

    count = forms.IntegerField(
        min_value=1,
        max_value=MOST_AT_ONCE,
        label=_("How many slips"),
        help_text=_("A few more than there are people."),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), NOT_A_NUMBER),
    )
    fresh = forms.BooleanField(
        required=False,
        label=_("These replace all slips printed before"),
        help_text=_("For a sheet that was lost or photographed. Whoever is in needs a new slip."),
    )


def paper_of(typed: str) -> Paper:
    """Return the paper of the button that was pressed, the first one when there was none."""
    return Paper(typed) if typed in set(Paper) else next(iter(Paper))
