"""What the desk sends when a session goes otherwise than planned."""

from typing import Any

from django import forms

from holdfast.gatherings.flow.rules import LONGER, MOST_MINUTES
from holdfast.gatherings.models import Room, Round
from holdfast.programmes.models import PlanItem


class ExtensionForm(forms.Form):
    """By how many minutes an activity gets longer. seen: how many it had when the button was drawn."""

    minutes = forms.TypedChoiceField(coerce=int, choices=[(str(step), str(step)) for step in LONGER])
    seen = forms.IntegerField(min_value=1, max_value=MOST_MINUTES)


class ItemForm(forms.Form):
    """One activity of the plan; before: the one it should come before."""

    item: "forms.ModelChoiceField[PlanItem]" = forms.ModelChoiceField(PlanItem.objects.none())
    before: "forms.ModelChoiceField[PlanItem]" = forms.ModelChoiceField(PlanItem.objects.none(), required=False)

    def __init__(self, *args: Any, room: Room, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("item", "before"):
            self.fields[name].queryset = room.gathering.plan.order_by("position", "pk")  # type: ignore[attr-defined]


class PreviewForm(ItemForm):
    """Which activity is looked at before it begins. step: of its beginning, counted from 0."""

    step = forms.IntegerField(min_value=0, max_value=9, required=False)


class BackForm(forms.Form):
    """Which earlier activity is shown again; none goes on where the room was."""

    round: "forms.ModelChoiceField[Round]" = forms.ModelChoiceField(Round.objects.none(), required=False)

    def __init__(self, *args: Any, room: Room, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["round"].queryset = room.rounds.order_by("position", "pk")  # type: ignore[attr-defined]


class AsideForm(forms.Form):
    """What a facilitator wants to remember. seen: the rev of the note when its box was drawn, 0 when there was none."""

    text = forms.CharField(required=False, strip=False)
    seen = forms.IntegerField(min_value=0, max_value=1_000_000)
