"""What the page for typing sends: one sheet of paper, and what it still knows of the one before."""

import secrets
from typing import Any

from django import forms
from django.http import QueryDict

from holdfast.gatherings.actions.paper import Sheet
from holdfast.gatherings.exchange import HEX
from holdfast.keys import LARGEST_KEY, random_key

CHOICE = "choice-"
"""Begins the name of a field with the choice about one thing."""
MOST_TYPED = 9999


class SheetForm(forms.Form):
    """A sheet with its right; typed: how many this page has typed in so far."""

    id = forms.IntegerField(min_value=1, max_value=LARGEST_KEY)
    secret = forms.RegexField(HEX.pattern, min_length=32, max_length=32)
    tag = forms.RegexField(HEX.pattern, min_length=32, max_length=32)
    typed = forms.IntegerField(required=False, min_value=0, max_value=MOST_TYPED)
    column = forms.CharField(required=False, max_length=60, strip=False)
    text = forms.CharField(required=False, max_length=8192, strip=False)

    def sheet(self) -> Sheet:
        """Return the right to this sheet."""
        return Sheet(self.cleaned_data["id"], self.cleaned_data["secret"], self.cleaned_data["tag"])


class PapersForm(forms.Form):
    """How many people take part on paper."""

    people = forms.IntegerField(min_value=0, max_value=200)


def fresh_sheet() -> Sheet:
    """Draw the right to a sheet that is typed in next."""
    return Sheet(random_key(), secrets.token_hex(16), secrets.token_hex(16))


def choices_in(sent: QueryDict) -> dict[str, str]:
    """Return what a ballot says about each thing; what is left open is left out."""
    said: dict[str, Any] = {n.removeprefix(CHOICE): v for n, v in sent.items() if n.startswith(CHOICE) and v}
    return {key: str(value) for key, value in said.items()}
