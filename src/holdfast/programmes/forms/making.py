"""What is typed about the time of a plan, and about what really happened."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdfast.programmes import rules
from holdfast.programmes.models import PlanItem


class TimeForm(forms.Form):
    """For how many minutes a session is planned."""

    minutes = forms.TypedChoiceField(label=_("Time for the plan"), coerce=int)

    def __init__(self, *args: Any, length: int, **options: Any) -> None:
        super().__init__(*args, **options)
        minutes = self.fields["minutes"]
        if isinstance(minutes, forms.TypedChoiceField):
            others = [(n, _("%(n)s minutes") % {"n": n}) for n in rules.BUDGETS if n != length]
            minutes.choices = [(length, _("all %(n)s minutes of the session") % {"n": length}), *others]


class FitForm(TimeForm):
    """A proposal that is taken up. seen: its signature when it was shown."""

    seen = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)


class MakeForm(forms.Form):
    """Which make of an activity is planned."""

    make = forms.ChoiceField(choices=PlanItem.Make.choices, required=False)


class PlaceForm(forms.Form):
    """Where in its plan an activity is put; the first place is 0."""

    place = forms.IntegerField(min_value=0, max_value=rules.MOST_ACTIVITIES)


class RecordForm(forms.Form):
    """What really happened, activity by activity."""

    seen_by: Mapping[str, object] = {}

    def __init__(self, *args: Any, items: Sequence[PlanItem], **options: Any) -> None:
        super().__init__(*args, **options)
        self.items = items
        for item in items:
            self.fields[f"came-{item.pk}"] = forms.ChoiceField(
                label=item.title, choices=PlanItem.Came.choices, required=False, initial=item.came
            )
            self.fields[f"took-{item.pk}"] = forms.IntegerField(
                label=_("Minutes it took"), required=False, min_value=1, max_value=rules.MINUTES.stop - 1,
                initial=item.took,
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[PlanItem, forms.BoundField, forms.BoundField]]:
        """Each activity with its two boxes."""
        return [(item, self[f"came-{item.pk}"], self[f"took-{item.pk}"]) for item in self.items]

    def clean(self) -> dict[str, Any]:
        """Return what happened by activity; minutes alone say that it was held."""
        given = super().clean() or {}
        happened = {}
        for item in self.items:
            came, took = given.get(f"came-{item.pk}", ""), given.get(f"took-{item.pk}")
            if took and came == PlanItem.Came.SKIPPED:
                self.add_error(
                    f"took-{item.pk}", _("What was left out took no time. Empty the minutes, or say that it was held.")
                )
            happened[item.pk] = (PlanItem.Came.HELD if took and not came else came, took)
        return {"happened": happened}
