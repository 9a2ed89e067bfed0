"""What is typed beside a leader's briefing."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from holdfast.programmes.forms.starting import lines
from holdfast.programmes.models import BriefingMark


class MarkForm(forms.Form):
    """A tick on one thing; an empty kind takes it back, an empty consideration means the whole briefing."""

    asked = forms.CharField(max_length=60, required=False)
    kind = forms.ChoiceField(choices=BriefingMark.Kind, required=False)

    def clean(self) -> dict[str, object]:
        """A whole briefing is left out or not; nobody is ready with all of it in one press."""
        given = super().clean() or {}
        if not given.get("asked") and given.get("kind") == BriefingMark.Kind.READY:
            raise forms.ValidationError(_("Tick what you are ready with, one by one."))
        return given


class WordForm(forms.Form):
    """A leader's word to the group, by name (D1.1)."""

    interest = forms.CharField(
        label=_("Why this matters to me"),
        widget=lines(3),
        max_length=1000,
        help_text=_("What you see in this team, and what you wish for it."),
    )
    learned = forms.CharField(
        label=_("What I have learned from it myself so far"),
        widget=lines(3),
        max_length=1000,
        required=False,
        help_text=_("Something small is enough. If there is nothing yet, leave it open."),
    )
    engaged = forms.CharField(
        label=_("How I will be there"),
        widget=lines(2),
        max_length=1000,
        help_text=_("People will remember this sentence. Promise only what you will keep."),
    )
    seen_by: Mapping[str, object] = {
        "interest": _("Everybody in the group reads these three, with your name and the day.")
    }
