"""What the desk asks before a session is practised: how many phones, and of what temper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdfast.gatherings.actions.practising import FEWEST_PHONES, MOST_PHONES
from holdfast.people.queries import people_of
from holdfast.programmes.models import Gathering

TEMPERS = (
    ("lively", _("Lively: everybody writes, most agree")),
    ("quiet", _("Quiet: few write, and slowly")),
    ("contrary", _("Contrary: the group is split, objects and doubts")),
    ("spammer", _("One spammer: a phone floods the room with long notes")),
)


class PracticeForm(forms.Form):
    """How the practice group is."""

    LEAST, MOST = FEWEST_PHONES, MOST_PHONES
    phones = forms.IntegerField(label=_("How many phones"), min_value=LEAST, max_value=MOST)
    temper = forms.ChoiceField(label=_("What kind of group"), choices=TEMPERS)


def practice_form(gathering: Gathering) -> PracticeForm | None:
    """Return the form with as many phones as the group has people, or None once a real room was held."""
    if gathering.rooms.filter(rehearsal=False).exists():
        return None
    people = people_of(gathering.programme.group).count()
    filled: dict[str, Any] = {"phones": max(FEWEST_PHONES, min(people, MOST_PHONES)), "temper": "lively"}
    return PracticeForm(initial=filled, auto_id="practice_%s")
