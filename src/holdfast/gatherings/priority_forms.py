"""What the desk sends about priorities: how people choose, what goes forward, and what leaders said."""

from typing import Any

from django import forms
from django.http import QueryDict

from holdfast.keys import LARGEST_KEY

SAID = "said-"
"""Begins the name of a field with a leader's answer: said-<driver>-<leader>."""


class SetupForm(forms.Form):
    """How people choose: what is left empty stays as it is."""

    manner = forms.CharField(required=False, max_length=10)
    among = forms.CharField(required=False, max_length=10)
    budget = forms.IntegerField(required=False, min_value=1, max_value=999)


class ForwardForm(forms.Form):
    """Whether an item goes forward; nothing means that it stays on the list."""

    forward = forms.BooleanField(required=False)


def answers_in(sent: QueryDict) -> dict[tuple[int, int], str] | None:
    """Return what leaders said, by driver and leader; None when it cannot be read."""
    answers: dict[tuple[int, int], str] = {}
    for name, choice in sent.items():
        if not name.startswith(SAID):
            continue
        keys: list[Any] = name.removeprefix(SAID).split("-")
        if len(keys) != 2 or not all(k.isascii() and k.isdecimal() and len(k) < 20 for k in keys):
            return None
        driver, leader = map(int, keys)
        if not (1 <= driver <= LARGEST_KEY and 1 <= leader <= LARGEST_KEY) or not isinstance(choice, str):
            return None
        answers[driver, leader] = choice
    return answers
