"""What is typed to start a programme, to set a date and to change a plan."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from holdfast.curriculum import pack as packs
from holdfast.curriculum.models import PackVersion
from holdfast.people.models import Group
from holdfast.programmes import rules
from holdfast.programmes.models import Mode, PlanItem, Setting, Why
from holdfast.refusals import Refused
from holdfast.web.wording import words_for

T = TypeVar("T")
if TYPE_CHECKING:
    GroupChoice = forms.ModelChoiceField[Group]
else:
    GroupChoice = forms.ModelChoiceField  # takes no type arguments when it runs
KIND_WORDS = {
    packs.Kind.TALK: _("A talk: one after the other, phones face-down"),
    packs.Kind.GATHER: _("Silent notes without names: what drains us, what restores us"),
    packs.Kind.CONDENSE: _("Bringing alike notes together"),
    packs.Kind.SORT: _("Sorting: ours, for leadership, or nobody here controls it"),
    packs.Kind.AGREE: _("Agreeing on wordings that go to leadership"),
}


def try_to_save(form: forms.Form, act: Callable[..., T]) -> T | None:
    """Do what a form asks for, or write into it why not, so that what was typed stays.

    act: called with the form's values by name. Returns what it returned, or None when nothing was done.
    """
    if not form.is_valid():
        return None
    try:
        return act(**form.cleaned_data)
    except Refused as refused:
        form.add_error(None, " ".join(words_for(refused)))
        return None


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day people may live to see; the calendar of the computer ends too, and cannot add a night to its last day."""

    widget = DayInput
    default_validators = [
        MinValueValidator(date(1990, 1, 1), _("This day is too long ago. Choose another.")),
        MaxValueValidator(date(2190, 1, 1), _("This day is too far ahead. Choose another.")),
    ]


class ClockInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class GroupField(GroupChoice):
    """Groups by site and name: two sites may both have a fourth grade."""

    def label_from_instance(self, obj: Group) -> str:
        return f"{obj.site.name} · {obj.name}"


class ProgrammeForm(forms.Form):
    """Which group works through which pack."""

    group = GroupField(Group.objects.none(), label=_("Group"), empty_label=_("Choose a group"))
    pack = forms.ModelChoiceField(
        PackVersion.objects.none(),
        label=_("Toolkit"),
        empty_label=None,
        help_text=_("The programme keeps this version, even when a newer one arrives."),
    )
    setting = forms.ChoiceField(
        label=_("Where you work"),
        choices=Setting.choices,
        initial=Setting.ELSEWHERE,
        help_text=_("The toolkit asks in words that fit."),
    )
    started_on = DayField(label=_("First day"))

    def __init__(self, *args: Any, groups: QuerySet[Group], versions: QuerySet[PackVersion], **options: Any) -> None:
        super().__init__(*args, **options)
        group, pack = self.fields["group"], self.fields["pack"]
        if isinstance(group, forms.ModelChoiceField) and isinstance(pack, forms.ModelChoiceField):
            group.queryset, pack.queryset = groups, versions


class WhenForm(forms.Form):
    """The date, the times and the place of a session, on the clock of its site."""

    day = DayField(label=_("Day"))
    starts = forms.TimeField(label=_("Starts"), widget=ClockInput)
    ends = forms.TimeField(label=_("Ends"), widget=ClockInput)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    already_held = forms.BooleanField(label=_("Yes, this session has already been held."), required=False)
    anyway = forms.BooleanField(label=_("I know, and we meet then anyway."), required=False)

    def __init__(self, *args: Any, zone: str, no_go: Sequence[rules.Span] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone, self.no_go = zone, no_go
        city = zone.rsplit("/", 1)[-1].replace("_", " ")
        self.fields["starts"].help_text = _("On the clock in %(city)s.") % {"city": city}
        self.fields["already_held"].widget = forms.HiddenInput()  # asked only when the day is over
        self.fields["anyway"].widget = forms.HiddenInput()  # asked only when the site is closed that day

    def clean(self) -> dict[str, Any]:
        """Turn what the clock shows into instants. A past date is asked about once."""
        given = super().clean() or {}
        held, anyway = given.pop("already_held", False), given.pop("anyway", False)
        if not {"day", "starts", "ends"} <= given.keys():
            return given
        day, starts, ends = given.pop("day"), given.pop("starts"), given.pop("ends")
        starts_at = self._moment("starts", day, starts)
        ends_at = self._moment("ends", rules.ends_when((day, starts), ends), ends)
        if starts_at and ends_at:
            given |= {"starts_at": starts_at, "ends_at": ends_at}
            if ends_at < timezone.now():
                self._ask_about_the_past(held=held)
            if any(rules.closed(one, self.no_go) for one in (day, rules.ends_when((day, starts), ends))):
                self._ask_about_closed_days(anyway=anyway)
        return given

    def _moment(self, name: str, day: date, clock: time) -> datetime | None:
        try:
            return rules.moment(day, clock, self.zone)
        except ValueError:
            self.add_error(name, _("The clocks go forward that night and skip this time. Choose another."))
        return None

    def _ask_about_the_past(self, *, held: bool) -> None:
        self.fields["already_held"].widget = forms.CheckboxInput()
        if not held:
            self.add_error("day", _("This day is over. Choose another, or tick below that it was held."))

    def _ask_about_closed_days(self, *, anyway: bool) -> None:
        self.fields["anyway"].widget = forms.CheckboxInput()
        if not anyway:
            self.add_error("day", _("Nobody meets on this day here: it is closed. Choose another, or tick below."))


def when_now(starts_at: datetime, ends_at: datetime, place: str, zone: str) -> dict[str, Any]:
    """Return what a WhenForm shows for a session that has a date."""
    with timezone.override(zone):
        start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return {"day": start.date(), "starts": start.time(), "ends": end.time(), "place": place}


class GatheringForm(WhenForm):
    """A new session: which section, and when."""

    section = forms.TypedChoiceField(label=_("Section"), coerce=int)
    field_order = ("section", "day", "starts", "ends", "place", "already_held", "anyway")

    def __init__(self, *args: Any, sections: Sequence[packs.Section], **options: Any) -> None:
        super().__init__(*args, **options)
        section = self.fields["section"]
        if isinstance(section, forms.TypedChoiceField):
            section.choices = [(s.number, f"{s.number} · {s.title}") for s in sections]


class WhyForm(forms.Form):
    """Why the organisation, or a leader, does this work."""

    kind = forms.ChoiceField(choices=Why.Kind.choices, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("In your words"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=3000,
        error_messages={"required": _("Write a sentence or two; you can write it anew at any time.")},
    )
    seen_by: Mapping[str, object] = {"text": _("Everybody at your site can read this, with the day it was written.")}


class LaterForm(forms.Form):
    """Something a leader wants to say more clearly later."""

    text = forms.CharField(
        label=_("What to say more clearly, later"),
        max_length=500,
        error_messages={"required": _("Write a few words, enough to remember.")},
    )
    seen_by: Mapping[str, object] = {"text": _("Only you see this list.")}


class LaterFateForm(LaterForm):
    """What became of it: said, or handed to somebody who should say it."""

    said_on = DayField(label=_("Said on"), required=False)
    how = forms.CharField(
        label=_("How you said it"),
        max_length=200,
        required=False,
        help_text=_("In the huddle, by a note, one to one …"),
    )
    handed_to = forms.CharField(label=_("Or handed to"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """A day needs a way."""
        given = super().clean() or {}
        if given.get("said_on") and not given.get("how"):
            self.add_error("how", _("Write in a few words how you said it."))
        return {"said_on": None, **given}


class ActivityForm(forms.Form):
    """The words, the length and the way of taking part of one activity."""

    title = forms.CharField(label=_("Title"), max_length=120)
    prompt = forms.CharField(
        label=_("What you ask the group"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
        help_text=_("Shown on the wall and on phones while the activity runs."),
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=rules.MINUTES.start, max_value=rules.MINUTES.stop - 1)
    mode = forms.ChoiceField(label=_("How people take part"))

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        mode = self.fields["mode"]
        if isinstance(mode, forms.ChoiceField):
            mode.choices = [(m, Mode(m).label) for m in rules.MODES_OF_KIND.get(kind, rules.ANY_MODE)]
            if len(mode.choices) == 1:
                mode.help_text = _("An activity of this kind is always held in this way.")


class OwnActivityForm(ActivityForm):
    """An activity of the team's own; its kind decides how people take part."""

    kind = forms.ChoiceField(label=_("What happens"), choices=list(KIND_WORDS.items()), widget=forms.RadioSelect)
    field_order = ("title", "prompt", "minutes", "kind")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, kind="", **options)
        del self.fields["mode"]

    def clean(self) -> dict[str, Any]:
        """Add the way of taking part that goes with the kind."""
        given = super().clean() or {}
        return given | {"mode": rules.fitting_mode(given.get("kind", ""), "")}


def as_it_is(item: PlanItem) -> dict[str, Any]:
    """Return what an ActivityForm shows for a planned activity."""
    return {"title": item.title, "prompt": item.prompt, "minutes": item.minutes, "mode": item.mode}
