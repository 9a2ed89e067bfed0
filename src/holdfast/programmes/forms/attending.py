"""What is typed about coming, and about what keeps people from it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdfast.programmes.models import Barrier, Coming


class ComingForm(forms.Form):
    """Whether one comes to a session; empty takes the answer back."""

    answer = forms.ChoiceField(choices=Coming.Answer, required=False)


class BarrierForm(forms.Form):
    """What keeps somebody from taking part."""

    kind = forms.ChoiceField(
        label=_("What stands in the way?"),
        choices=Barrier.Kind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what fits best.")},
    )
    text = forms.CharField(
        label=_("In your words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
        help_text=_("A sentence is enough, or none. Leave out names of others."),
    )
    seen_by: Mapping[str, object] = {"kind": _("Those who lead your group read this, with your name.")}

    def clean(self) -> dict[str, Any]:
        """Ask for words where the kind says nothing."""
        given = super().clean() or {}
        if given.get("kind") == Barrier.Kind.OTHER and not given.get("text"):
            self.add_error("text", _("Say in a few words what it is."))
        return given


class UnnamedBarrierForm(BarrierForm):
    """The same without a name."""

    seen_by: Mapping[str, object] = {
        "kind": _("Those who lead your group read this, with the day and without a name. They may guess.")
    }


class ActForm(forms.Form):
    """What a leader did about it."""

    done = forms.CharField(
        label=_("What I did"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
        help_text=_("Or why it cannot be changed. Write it so that nobody can tell who asked."),
    )
    close = forms.BooleanField(label=_("This is settled."), required=False)
    told_group = forms.BooleanField(label=_("The group may read what I did."), required=False)
    seen_by: Mapping[str, object] = {
        "done": _("Who named it with their name reads this. The group only when you tick it.")
    }
