"""What is typed about components, ideas and practices."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdfast.curriculum import pack as packs
from holdfast.programmes import rules
from holdfast.programmes.forms.plan import DayField
from holdfast.programmes.forms.starting import SEEN_BY_PLANNERS, lines
from holdfast.programmes.models import WHOLE_PROGRAMME, ComponentPlan

PLANNED = ("how", "who", "due_on", "timing")
READ_BY_ALL = _("Everybody of this group can read this.")


class ComponentForm(forms.Form):
    """How, by whom and when one component is done; of the page to read also whether before or after."""

    state = forms.ChoiceField(
        label=_("Where it stands"),
        choices=ComponentPlan.State,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one; “not this time” needs no reason.")},
    )
    timing = forms.ChoiceField(
        label=_("When people get the page"), choices=ComponentPlan.Timing, widget=forms.RadioSelect, required=False
    )
    how = forms.CharField(label=_("How"), max_length=300, widget=lines(2), required=False)
    who = forms.CharField(label=_("Who"), max_length=120, required=False)
    due_on = DayField(label=_("By when"), required=False)
    seen_by: Mapping[str, object] = {"how": SEEN_BY_PLANNERS}

    def __init__(self, *args: Any, component: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if component != "C1":
            del self.fields["timing"]

    def clean(self) -> dict[str, Any]:
        """Bring together what is planned."""
        given = super().clean() or {}
        planned = {name: given[name] for name in PLANNED if given.get(name)}
        return {"state": given.get("state", ""), "plan": rules.HowAndWho(**planned)}

    @classmethod
    def from_saved(cls, data: Any, saved: ComponentPlan | None, *, component: str) -> "ComponentForm":
        """Begin with what is written already."""
        begin = {name: getattr(saved, name) for name in ("state", *PLANNED)} if saved else {"state": "planned"}
        return cls(data, component=component, initial=begin)


class MarkForm(forms.Form):
    """One press: done, not this time, or open again."""

    state = forms.ChoiceField(choices=[("done", "done"), ("not_now", "not_now")], required=False)


class HelpForm(forms.Form):
    """Whether help is wanted, and with what."""

    section = forms.IntegerField(min_value=0, max_value=99, initial=WHOLE_PROGRAMME, required=False)
    component = forms.ChoiceField(choices=[(key, key) for key in rules.COMPONENTS], required=False)
    wanted = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Help is for one component of one section, or for the whole programme."""
        given = super().clean() or {}
        given["section"] = given.get("section") or WHOLE_PROGRAMME
        if bool(given["section"]) is not bool(given.get("component")):
            raise forms.ValidationError(_("Name a section and a component, or neither."))
        return given


class _InSection(forms.Form):
    """Something that came up in a section, or in none."""

    def clean_section(self) -> int:
        """Nothing chosen is no section."""
        return self.cleaned_data["section"] or WHOLE_PROGRAMME

    def __init__(self, *args: Any, sections: Sequence[packs.Section], **options: Any) -> None:
        super().__init__(*args, **options)
        known = [(section.number, f"{section.number} · {section.title}") for section in sections]
        self.fields["section"] = forms.TypedChoiceField(
            label=_("Came up in"),
            choices=[(WHOLE_PROGRAMME, _("No section")), *known],
            coerce=int,
            required=False,
        )


class IdeaForm(_InSection):
    """An idea for staying connected."""

    text = forms.CharField(
        label=_("The idea"),
        max_length=300,
        widget=lines(2),
        error_messages={"required": _("Write a few words, enough to remember.")},
    )
    seen_by: Mapping[str, object] = {"text": READ_BY_ALL}


class PracticeForm(_InSection):
    """How we do it now, since when, and where it is written."""

    text = forms.CharField(
        label=_("How we do it now"),
        max_length=300,
        widget=lines(2),
        error_messages={"required": _("Write in one sentence what is done.")},
    )
    since = DayField(label=_("Since"))
    written_where = forms.CharField(
        label=_("Where it is written"),
        max_length=200,
        required=False,
        help_text=_("Staff handbook, induction list, agenda of the meeting …"),
    )
    seen_by: Mapping[str, object] = {"text": READ_BY_ALL}
