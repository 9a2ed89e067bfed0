"""What the desk sends about raised hands."""

from django import forms

from holdfast.keys import LARGEST_KEY


class HandsForm(forms.Form):
    """What became of the hand that was called. seen: its id when the button was drawn, 0 when none was."""

    did = forms.ChoiceField(choices=[(did, did) for did in ("next", "passed", "down")])
    seen = forms.IntegerField(min_value=0, max_value=LARGEST_KEY)
