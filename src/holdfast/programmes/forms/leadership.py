"""What is typed into relief plans and the map of steps: a few boxes for each part of a model."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdfast.curriculum import pack as packs
from holdfast.programmes.forms.plan import DayField
from holdfast.programmes.forms.starting import SEEN_BY_PLANNERS, lines
from holdfast.programmes.models import Relief, StepAtHome
from holdfast.programmes.rules.companion import Lighter


class ReliefForm(forms.Form):
    """What leadership makes lighter at each place, with a name and a day."""

    def __init__(
        self, *args: Any, places: Sequence[packs.ModelPart], saved: Mapping[str, Relief], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.places = places
        for n, place in enumerate(places):
            one = saved.get(place.key)
            self.fields[f"text{n}"] = forms.CharField(
                label=_("What we make lighter, for everybody"), widget=lines(3), max_length=1000, required=False,
                initial=one.text if one else "",
            )  # fmt: skip
            self.fields[f"who{n}"] = forms.CharField(
                label=_("Who looks after it"), max_length=120, required=False, initial=one.who if one else ""
            )
            due = one.due_on if one else None
            self.fields[f"due{n}"] = DayField(label=_("Until"), required=False, initial=due)
        self.fields["again"] = forms.BooleanField(
            label=_("We have looked at it again, beside what section 4 brought"), required=False
        )

    @property
    def rows(self) -> list[tuple[packs.ModelPart, list[forms.BoundField]]]:
        """Each place with its boxes."""
        return [(place, [self[f"{name}{n}"] for name in ("text", "who", "due")]) for n, place in enumerate(self.places)]

    def clean(self) -> dict[str, Any]:
        """A thing that is planned has somebody who looks after it."""
        given, planned = super().clean() or {}, {}
        for n, place in enumerate(self.places):
            text, who = given.get(f"text{n}", ""), given.get(f"who{n}", "")
            if text and not who:
                self.add_error(f"who{n}", _("Name who looks after it; without a name it is nobody’s."))
            planned[place.key] = Lighter(text, who, given.get(f"due{n}"))
        return {"places": planned, "again": bool(given.get("again"))}


class StepsForm(forms.Form):
    """Where each step is known from, and what common words for it would change."""

    def __init__(
        self, *args: Any, steps: Sequence[packs.ModelPart], saved: Mapping[str, StepAtHome], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.steps = steps
        for n, step in enumerate(steps):
            one = saved.get(step.key)
            self.fields[f"known{n}"] = forms.CharField(
                label=_("Known here already, from"), max_length=300, required=False,
                initial=one.known_from if one else "",
            )  # fmt: skip
            self.fields[f"change{n}"] = forms.CharField(
                label=_("What would change if all of us used the same words"), max_length=300, required=False,
                initial=one.would_change if one else "",
            )  # fmt: skip
        self.seen_by = {"known0": SEEN_BY_PLANNERS}

    @property
    def rows(self) -> list[tuple[packs.ModelPart, list[forms.BoundField]]]:
        """Each step with its boxes."""
        return [(step, [self[f"known{n}"], self[f"change{n}"]]) for n, step in enumerate(self.steps)]

    def clean(self) -> dict[str, Any]:
        """Return both words by step."""
        given = super().clean() or {}
        return {
            "steps": {
                step.key: (given.get(f"known{n}", ""), given.get(f"change{n}", "")) for n, step in enumerate(self.steps)
            }
        }
