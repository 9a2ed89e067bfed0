"""What the desk sends: which activity, which notes, which page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdfast.keys import LARGEST_KEY
from holdfast.programmes.models import Gathering, PlanItem

MOST_AT_ONCE = 2000


class Keys(forms.Field):
    """Any number of keys: whole numbers from 1 to 2^62."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[int]:
        """Return the keys as numbers."""
        typed = [str(one) for one in value or []]
        if len(typed) > MOST_AT_ONCE or not all(one.isascii() and one.isdecimal() and len(one) < 20 for one in typed):
            raise forms.ValidationError(_("This is not a list of notes."), code="invalid")
        keys = [int(one) for one in typed]
        if not all(1 <= key <= LARGEST_KEY for key in keys):
            raise forms.ValidationError(_("This is not a list of notes."), code="invalid")
        return keys


class StartForm(forms.Form):
    """Which activity of the plan comes on the screens, and whether somebody looks through its notes first.

    ask: instead, the group is asked about the wordings for leadership, whether that was planned or not.
    """

    item: "forms.ModelChoiceField[PlanItem]" = forms.ModelChoiceField(PlanItem.objects.none(), required=False)
    ask = forms.BooleanField(required=False)
    screened = forms.BooleanField(required=False)

    def __init__(self, *args: Any, gathering: Gathering, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["item"].queryset = gathering.plan.order_by("position", "pk")  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """One step of an activity. seen: the phase in which its button was drawn. small_is_agreed: few, and all know it."""

    seen = forms.CharField(required=False, max_length=20)
    small_is_agreed = forms.BooleanField(required=False)


class DecisionsForm(forms.Form):
    """Notes to let onto the screens, notes to keep off them, and sealed notes whose text is removed."""

    accept = Keys(required=False)
    hold = Keys(required=False)
    strike = Keys(required=False)


class ReasonsForm(forms.Form):
    """Notes that are held, by the reason their authors are told."""

    names = Keys(required=False)
    attack = Keys(required=False)
    private = Keys(required=False)
    danger = Keys(required=False)


class MuteForm(forms.Form):
    """Held notes whose phones write nothing more in this activity."""

    mute = Keys(required=False)


class WorryForm(forms.Form):
    """The steps of the site that are taken, by their place; a talk that is offered; and that it was talked over."""

    step = Keys(required=False)
    offer = forms.CharField(required=False, strip=False)
    debriefed = forms.BooleanField(required=False)


class AskForm(forms.Form):
    """A question about a note, by the id the desk knows."""

    note = forms.IntegerField(min_value=1, max_value=LARGEST_KEY)
    words = forms.CharField(required=False, strip=False)


class TogetherForm(forms.Form):
    """Which drivers become one, and its wording; empty means the shortest of theirs."""

    driver = Keys(required=False)
    wording = forms.CharField(required=False, strip=False)


class WordingForm(forms.Form):
    """How a driver reads from now on."""

    wording = forms.CharField(required=False, strip=False)


class PlaceForm(forms.Form):
    """Where a driver belongs; empty takes it back."""

    place = forms.CharField(required=False, max_length=20)


class CutForm(forms.Form):
    """A driver in two: our part, and the part that is for leadership."""

    ours = forms.CharField(required=False, strip=False)
    theirs = forms.CharField(required=False, strip=False)


class UndoForm(forms.Form):
    """Which step is taken back: the one that was the last when the button was drawn."""

    step = forms.IntegerField(min_value=1, max_value=LARGEST_KEY)


class CircleForm(forms.Form):
    """How many sit in the circle, and the seats of its leaders, clockwise from 1; senior only when there are two."""

    seats = forms.IntegerField(min_value=1, max_value=999)
    leader = forms.IntegerField(min_value=1, max_value=999, required=False)
    senior = forms.IntegerField(min_value=1, max_value=999, required=False)


class TurnForm(forms.Form):
    """What the one at a seat did; the seat, counted from 1, is not needed for somebody who came late."""

    seat = forms.IntegerField(min_value=1, max_value=999, required=False)
    did = forms.ChoiceField(choices=[(did, did) for did in ("spoke", "passed", "left", "late")])


class PageForm(forms.Form):
    """Which page of notes the wall shows, counted from 0."""

    page = forms.IntegerField(min_value=0, max_value=999)
