"""What is typed to be shared; everything else on these pages is in no form."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from holdfast.surveys.models import Shared


class ShareForm(forms.Form):
    """What one chooses to share, and with whom."""

    text = forms.CharField(
        label=_("What I choose to share"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": _("Write what they may read. If there is nothing, leave the page.")},
    )
    audience = forms.ChoiceField(label=_("With whom"), choices=Shared.Audience, widget=forms.RadioSelect)
    seen_by: Mapping[str, object] = {
        "text": _("Only this box is sent, with your name, to those you choose below. You can take it back."),
        "audience": _("“Everybody in the group” means those who take part in it, facilitate it or lead it."),
    }
