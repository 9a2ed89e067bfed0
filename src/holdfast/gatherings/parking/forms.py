"""What the desk sends about what is kept for later."""

from django import forms

from holdfast.keys import LARGEST_KEY


class LineForm(forms.Form):
    """A line somebody types at the desk."""

    text = forms.CharField(required=False, strip=False)


class TakenForm(forms.Form):
    """What the group made: a sealed note that was shown, or an item of the list."""

    note = forms.IntegerField(min_value=1, max_value=LARGEST_KEY, required=False)
    driver = forms.IntegerField(min_value=1, max_value=LARGEST_KEY, required=False)


class SettleForm(forms.Form):
    """What becomes of a line."""

    did = forms.ChoiceField(choices=[(did, did) for did in ("keep", "dealt", "let_go")])
