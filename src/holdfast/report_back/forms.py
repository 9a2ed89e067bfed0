"""What is typed to hand over, to answer, to publish, and to keep a group's own list."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from holdfast.gatherings.models import Driver
from holdfast.programmes.forms import DayField, try_to_save
from holdfast.report_back import rules
from holdfast.report_back.models import Answer, Concern, OursItem
from holdfast.report_back.queries import HandOver, OurList
from holdfast.report_back.words import ASKS, STILL_NEEDED

__all__ = [
    "AnswerForm",
    "HandOverForm",
    "LetGoForm",
    "NewOursForm",
    "OursForm",
    "ProgressForm",
    "PublicationForm",
    "ScriptForm",
    "SpareForm",
    "ThemeForm",
    "as_drafted",
    "as_it_stands",
    "try_to_save",
]
DAYS = frozenset({"by_when", "reply_expected_on", "look_again_on", "box_closes_on"})
SHORT = frozenset({"who", "taken_to"})
GROUP_SEES = _("The group and everybody at its site will read this, once it is published. Until then only its leaders.")


class Keys(forms.TypedMultipleChoiceField):
    """Several things chosen by their keys, each with a box to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, **options)


def _choices(things: Iterable[Driver | Concern]) -> list[tuple[int, str]]:
    return [(thing.pk, str(thing)) for thing in things]


class HandOverForm(forms.Form):
    """What goes to leadership, what may hang in common areas, and the day on which answers are expected."""

    drivers = Keys(
        label=_("Hand to leadership"),
        error_messages={
            "required": _("Choose at least one thing to hand over."),
            "invalid_choice": _("One of these has changed meanwhile. Look at the list again."),
        },
    )
    on_wall = Keys(
        label=_("May hang in common areas"),
        required=False,
        error_messages={"invalid_choice": _("One of these has changed meanwhile. Look at the list again.")},
    )
    due_on = DayField(
        label=_("Answers are expected on"),
        error_messages={"required": _("Choose the day on which both sides expect the answers.")},
    )

    def __init__(self, *args: Any, standing: HandOver, today: date, **options: Any) -> None:
        """Offer what is agreed; what went a moment ago counts as chosen again, so that a second press is no mistake."""
        options["initial"] = {"due_on": rules.usual_due(today), "drivers": [d.pk for d in standing.agreed]}
        super().__init__(*args, **options)
        self.fields["due_on"].help_text = _(
            "Agree on it with leadership: both sides will see this day. Three weeks from now is %(day)s."
        ) % {"day": date_format(rules.usual_due(today), str(_("l j F")))}
        gone = [(c.driver_id, c.wording) for c in standing.handed if c.driver_id]
        for name in ("drivers", "on_wall"):
            self.fields[name].choices = [*_choices(standing.agreed), *gone]  # type: ignore[attr-defined]
        self.today = today

    @property
    def chosen(self) -> frozenset[str]:
        """The keys ticked for handing over, as they stand in the page."""
        drivers = self.data.getlist("drivers") if self.is_bound else self.initial["drivers"]  # type: ignore[attr-defined]
        return frozenset(str(key) for key in drivers)

    @property
    def for_wall(self) -> frozenset[str]:
        """The keys ticked for common areas."""
        return frozenset(self.data.getlist("on_wall")) if self.is_bound else frozenset()  # type: ignore[attr-defined]

    def clean_due_on(self) -> date:
        """Take a day that both sides can wait for."""
        due: date = self.cleaned_data["due_on"]
        if not rules.may_be_due(due, self.today):
            raise forms.ValidationError(_("Choose a day from today to a year ahead."))
        return due

    def clean(self) -> dict[str, Any]:
        """Name the keys as the action does."""
        given = super().clean() or {}
        return {
            "driver_ids": given.get("drivers", []),
            "on_wall": given.get("on_wall", []),
            "due_on": given.get("due_on"),
        }


class AnswerForm(forms.Form):
    """What one verdict has to say, and which alike concerns it answers too."""

    seen_by: Mapping[str, object] = {}

    def __init__(self, *args: Any, verdict: str, alike: Sequence[Concern] = (), today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.verdict, self.today = verdict, today
        self.alike = {concern.pk: concern for concern in alike if rules.may_say(verdict, concern.tone)}
        says = rules.SAYS[verdict]
        for name in says.fields:
            self.fields[name] = _box(name, label=ASKS[verdict][name], required=name in says.must)
        self.seen_by = {says.fields[0]: GROUP_SEES}
        if self.alike:
            named = [(key, f"{one.programme.group.name}: {one.wording}") for key, one in self.alike.items()]
            self.fields["also"] = Keys(
                label=_("The same answer also for"),
                required=False,
                choices=named,
                help_text=_("Each becomes a draft of its own, for its own group. You can still change each one."),
                error_messages={"invalid_choice": _("Somebody has begun an answer to one of these meanwhile.")},
            )

    def clean(self) -> dict[str, Any]:
        """Ask for days that are still to come, and name the concerns instead of their keys."""
        given = super().clean() or {}
        for name in DAYS & given.keys():
            if given[name] and given[name] < self.today:
                self.add_error(name, _("This day is over. Choose one that is still to come."))
        closes = given.get("box_closes_on")
        if closes and closes >= self.today and not rules.may_close(closes, self.today):
            last = date_format(self.today + rules.BOX_STAYS_OPEN_AT_MOST, str(_("l j F")))
            told = _("Nobody sees a reply before this day, so choose one within eight weeks: %(day)s at the latest.")
            self.add_error("box_closes_on", told % {"day": last})
        also = [self.alike[key] for key in given.pop("also", [])]
        return {**given, "also": also, "verdict": self.verdict}


def _box(name: str, *, label: object, required: bool) -> forms.Field:
    told = {"required": STILL_NEEDED[name]}
    if name in DAYS:
        return DayField(label=label, required=required, error_messages=told)  # type: ignore[arg-type]
    if name in SHORT:
        return forms.CharField(label=label, required=required, max_length=160, error_messages=told)  # type: ignore[arg-type]
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=required, max_length=2000, widget=widget, error_messages=told)  # type: ignore[arg-type]


def as_drafted(draft: Answer | None, verdict: str, today: date) -> dict[str, Any]:
    """Return what an AnswerForm begins with: the draft as far as this verdict speaks of the same."""
    begin: dict[str, Any] = {"box_closes_on": today + rules.BOX_STAYS_OPEN} if verdict == "understand" else {}
    if draft is None:
        return begin
    return begin | {name: value for name in rules.SAYS[verdict].fields if (value := getattr(draft, name))}


class ThemeForm(forms.Form):
    """Leadership's own word for what is alike."""

    concerns = Keys(label=_("These belong together"), error_messages={"required": _("Choose at least one.")})
    theme = forms.CharField(label=_("Theme"), max_length=80, required=False)

    def __init__(self, *args: Any, concerns: Sequence[Concern], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {concern.pk: concern for concern in concerns}
        self.fields["concerns"].choices = _choices(concerns)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Name the concerns instead of their keys."""
        given = super().clean() or {}
        chosen = [self.known[key] for key in given.get("concerns", [])]
        return {"concerns": chosen, "theme": given.get("theme", "")}


class ScriptForm(forms.Form):
    """Which drafts are said at the next meeting, and the words it opens with."""

    answer_ids = Keys(
        label=_("Answers for this meeting"),
        help_text=_("A handful is enough for fifteen minutes; the others wait for the next."),
        error_messages={"required": _("Choose at least one draft for the meeting.")},
    )
    opening_words = forms.CharField(
        label=_("Your opening words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=_("Thank the group first. Two sentences are enough."),
    )

    def __init__(self, *args: Any, drafts: Sequence[Answer], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answer_ids"].choices = [  # type: ignore[attr-defined]
            (draft.pk, f"{draft.concern} · {draft.get_verdict_display()}") for draft in drafts
        ]


class PublicationForm(forms.Form):
    """The day on which the answers were said aloud."""

    said_on = DayField(label=_("Said aloud on"))


class ProgressForm(forms.Form):
    """What has moved."""

    text = forms.CharField(
        label=_("What has moved"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("It stands below the answer; the answer itself stays as it was."),
        error_messages={"required": _("Write what has moved, even if it is small.")},
    )


class NewOursForm(forms.Form):
    """Something the group takes on itself."""

    wording = forms.CharField(
        label=_("What is ours"), max_length=280, error_messages={"required": _("Write what it is about.")}
    )
    step = forms.CharField(
        label=_("One small step"), max_length=280, required=False, help_text=_("Small enough to do within two weeks.")
    )
    who = forms.CharField(
        label=_("Who takes it"), max_length=160, required=False, help_text=_("By name: a promise has somebody.")
    )
    plan = forms.CharField(
        label=_("If … then …"),
        max_length=280,
        required=False,
        help_text=_("For example: If it is Monday, 8:00, then I put the timetable on the door."),
    )
    look_again_on = DayField(label=_("When we look again"), required=False)
    seen_by: Mapping[str, object] = {"wording": _("Everybody at your site can read your own list, names included.")}


class OursForm(NewOursForm):
    """How one thing on the group's own list stands; its words stay the group's."""

    state = forms.ChoiceField(label=_("How it stands"), choices=OursItem.State.choices, widget=forms.RadioSelect)
    wall_by_group = forms.BooleanField(label=_("May hang in common areas"), required=False)
    seen_by: Mapping[str, object] = {"step": _("Everybody at your site can read your own list, names included.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["wording"]


def as_it_stands(item: OursItem) -> dict[str, Any]:
    """Return what an OursForm begins with."""
    names = ("step", "who", "plan", "look_again_on", "state", "wall_by_group")
    return {name: getattr(item, name) for name in names}


class SpareForm(forms.Form):
    """What the group sorted as ours and puts on its list now."""

    driver_ids = Keys(label=_("Put on our own list"), error_messages={"required": _("Choose at least one.")})

    def __init__(self, *args: Any, lists: OurList, **options: Any) -> None:
        super().__init__(*args, **options)
        known = {item.driver_id: item.wording for item in lists.items if item.driver_id}
        self.fields["driver_ids"].choices = [*_choices(lists.spare), *known.items()]  # type: ignore[attr-defined]


class LetGoForm(forms.Form):
    """What the group puts down: what nobody here controls, and what leadership does not take on."""

    driver_ids = Keys(required=False)
    concern_ids = Keys(required=False)

    def __init__(self, *args: Any, lists: OurList, **options: Any) -> None:
        super().__init__(*args, **options)
        gone = [*lists.let_go, *lists.taken_back]
        drivers = [*_choices(lists.nobody), *((item.driver_id, item.wording) for item in gone if item.driver_id)]
        concerns = _choices(offer.concern for offer in lists.offers)
        concerns += [(item.concern_id, item.wording) for item in gone if item.concern_id]
        self.fields["driver_ids"].choices = drivers  # type: ignore[attr-defined]
        self.fields["concern_ids"].choices = concerns  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for at least one."""
        given = super().clean() or {}
        if not self.errors and not given.get("driver_ids") and not given.get("concern_ids"):
            self.add_error(None, _("Choose at least one thing the group lets go."))
        return given
