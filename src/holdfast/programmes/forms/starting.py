"""What is typed while a programme gets ready."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdfast.curriculum import pack as packs
from holdfast.programmes import rules
from holdfast.programmes.forms.plan import DayField
from holdfast.programmes.models import Commitment, Gap, HandOver, LeaderPart, StepMark, Values
from holdfast.programmes.queries import LeaderView
from holdfast.programmes.starting_words import ANSWERS, AREAS, ASKED

ALIKE = ("", _("As in the whole programme"))
SEEN_BY_PLANNERS = _("Those who facilitate, lead or coordinate this group read this.")
USUAL_WAIT = timedelta(weeks=8)


def lines(rows: int) -> forms.Textarea:
    """Return a box of some lines."""
    return forms.Textarea(attrs={"rows": rows})


class StepMarkForm(forms.Form):
    """What is said about a step; an empty kind takes it back."""

    step = forms.ChoiceField(choices=[(step.value, step.value) for step in rules.StartStep])
    kind = forms.ChoiceField(choices=StepMark.Kind, required=False)


class ValuesForm(forms.Form):
    """The organisation's values, where they meet the toolkit's, and whose voices are missing."""

    ours = forms.CharField(
        label=_("What our organisation stands for"),
        widget=lines(4),
        max_length=2000,
        required=False,
        help_text=_("In the words people here use, not those of the brochure."),
    )
    meet = forms.CharField(
        label=_("Where this meets what the toolkit stands for, and where it rubs"),
        widget=lines(4),
        max_length=2000,
        required=False,
    )
    missing_voices = forms.CharField(
        label=_("Whose voices are missing"),
        widget=lines(3),
        max_length=2000,
        required=False,
        help_text=_(
            "Think of shifts, contracts, languages, jobs nobody asks. Name groups of people, never one person."
        ),
    )
    seen_by: Mapping[str, object] = {"ours": SEEN_BY_PLANNERS}

    @classmethod
    def from_saved(cls, data: Any, saved: Values | None) -> "ValuesForm":
        """Begin with what is written already."""
        names = ("ours", "meet", "missing_voices")
        return cls(data, initial={name: getattr(saved, name) for name in names} if saved else None)


class GapForm(forms.Form):
    """What the team lacks, with a coaching step and a day to look again."""

    kind = forms.ChoiceField(label=_("What is missing"), choices=Gap.Kind, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What we see"),
        max_length=300,
        widget=lines(2),
        help_text=_("About the team as a whole. A sentence that points at one person does not belong here."),
    )
    coaching_step = forms.CharField(
        label=_("A step that helps us learn"),
        max_length=300,
        widget=lines(2),
        help_text=_("Small enough to do in the coming weeks: invite, show, practise, ask somebody who knows."),
    )
    look_again_on = DayField(label=_("Look again on"))
    seen_by: Mapping[str, object] = {"text": SEEN_BY_PLANNERS}


class GapFateForm(GapForm):
    """The same, with what came of it."""

    came_of_it = forms.CharField(
        label=_("What came of it"),
        max_length=300,
        widget=lines(2),
        required=False,
        help_text=_("Once this is written, it is closed. It stays on the list."),
    )


class ReadinessForm(forms.Form):
    """Nine sentences about the team, each answered with a word, and what would help."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for area, questions in rules.QUESTIONS.items():
            for key in questions:
                self.fields[key] = forms.ChoiceField(
                    label=str(ASKED[key]),
                    choices=[(ready.value, str(words)) for ready, words in ANSWERS.items()],
                    widget=forms.RadioSelect,
                    error_messages={"required": _("Choose a word; “we do not know” is one.")},
                )
            self.fields[f"note_{area}"] = forms.CharField(
                label=str(AREAS[area][1]), widget=lines(2), max_length=600, required=False
            )

    @property
    def areas(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The questions under their areas, in order."""
        return [
            (AREAS[area][0], [*(self[key] for key in questions), self[f"note_{area}"]])
            for area, questions in rules.QUESTIONS.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Part the words from the notes."""
        given = super().clean() or {}
        notes = {str(area): given.pop(f"note_{area}", "") for area in rules.QUESTIONS}
        return {"answers": given, "notes": {area: note for area, note in notes.items() if note}}


class PartForm(forms.Form):
    """In which way a leader is there: usually, and where a section differs."""

    whole = forms.ChoiceField(label=_("In the whole programme"), choices=LeaderPart, widget=forms.RadioSelect)

    def __init__(self, *args: Any, sections: Sequence[packs.Section], **options: Any) -> None:
        super().__init__(*args, **options)
        for section in sections:
            self.fields[f"s{section.number}"] = forms.ChoiceField(
                label=f"{section.number} · {section.title}", choices=[ALIKE, *LeaderPart.choices], required=False
            )

    @property
    def by_section(self) -> list[forms.BoundField]:
        """The boxes for single sections."""
        return [bound for bound in self if bound.name != "whole"]

    def clean(self) -> dict[str, Any]:
        """Return the parts by section number."""
        given = super().clean() or {}
        return {"whole": given.get("whole", ""), "sections": {int(k[1:]): v for k, v in given.items() if k[0] == "s"}}


def part_now(leader: LeaderView) -> dict[str, str]:
    """Return what a PartForm begins with."""
    return {"whole": leader.whole, **{f"s{number}": part for number, part in leader.differs}}


class HandOverForm(forms.Form):
    """What a successor must know and no other page says."""

    how_we_work = forms.CharField(
        label=_("How we hold the sessions together"), widget=lines(3), max_length=1200, required=False,
        help_text=_("Who opens, who watches the time, what this group likes and what it does not."),
    )  # fmt: skip
    promised = forms.CharField(
        label=_("What we promised, to the group and to the leader"), widget=lines(3), max_length=1200, required=False
    )
    open_things = forms.CharField(
        label=_("What is open just now"), widget=lines(3), max_length=1200, required=False,
        help_text=_("Never what somebody said in the circle. That stays there."),
    )  # fmt: skip
    where_things_are = forms.CharField(
        label=_("Where things are, and whom to ask"), widget=lines(3), max_length=1200, required=False
    )
    seen_by: Mapping[str, object] = {"how_we_work": SEEN_BY_PLANNERS}

    def clean(self) -> dict[str, Any]:
        """Ask for at least one thing."""
        given = super().clean() or {}
        if not any(given.values()) and not self.errors:
            raise forms.ValidationError(_("Write one of the four; the others can wait."))
        return given

    @classmethod
    def from_saved(cls, data: Any, saved: HandOver | None) -> "HandOverForm":
        """Begin with what is written already."""
        names = ("how_we_work", "promised", "open_things", "where_things_are")
        return cls(data, initial={name: getattr(saved, name) for name in names} if saved else None)


class CommitmentForm(forms.Form):
    """Whether one wants to take part."""

    answer = forms.ChoiceField(
        label=_("Would you like to take part?"),
        choices=Commitment.Answer,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one; you can change it at any time.")},
    )
    seen_by: Mapping[str, object] = {
        "answer": _(
            "Only you see your answer. Leaders, facilitators and coordinators see how many said yes, rounded down "
            "to fives, and never who. No reason is asked."
        )
    }


class CircleForm(forms.Form):
    """One sentence of the group on how its circle meets."""

    text = forms.CharField(
        label=_("One sentence, in the group’s words"),
        max_length=200,
        error_messages={"required": _("Write one sentence the group agrees on.")},
    )
