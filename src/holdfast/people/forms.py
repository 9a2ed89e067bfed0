"""What coordinators type."""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from holdfast.people.models import Group, Organisation, Person, Role, Site, name_of
from holdfast.people.reading import MOST_LINES, NotARoster, decoded, read
from holdfast.people.roster_words import UNREADABLE
from holdfast.people.rules import tidy_email

ZONE_SHOWN = _("Dates are shown in this zone.")
CHOOSE = ("", _("Choose"))
"""Said first: a role that nobody chose is never given."""

At = Organisation | Site | Group


def _zones() -> list[tuple[str, Any]]:
    """Return the world's time zones under their regions."""
    regional = sorted(name for name in available_timezones() if name.split("/")[0] in REGIONS)
    by_region = groupby(regional, key=lambda name: name.split("/")[0])
    listed = [
        (region, [(name, name.split("/", 1)[1].replace("_", " ")) for name in names]) for region, names in by_region
    ]
    return [("UTC", "UTC"), *listed]


REGIONS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


class ZoneSelect(forms.Select):
    """Four hundred zones drawn in one go: a template for each of them would take a tenth of a second."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw the list with the zone that is chosen."""
        chosen = str(value or "")
        groups = [(region, zones if isinstance(zones, list) else [(region, zones)]) for region, zones in self.choices]
        drawn = [
            format_html(
                '<optgroup label="{}">{}</optgroup>' if len(zones) > 1 else "{1}",
                region,
                format_html_join(
                    "",
                    '<option value="{}"{}>{}</option>',
                    ((key, SafeString(" selected") if key == chosen else "", label) for key, label in zones),
                ),
            )
            for region, zones in groups
        ]
        final = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(final), SafeString("".join(drawn)))


class NameForm(forms.Form):
    """A name that nothing beside it has. taken: the names already given."""

    name = forms.CharField(label=_("Name"), max_length=120)

    def __init__(self, *args: Any, taken: Collection[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.taken = {name.casefold() for name in taken}

    def clean_name(self) -> str:
        """Refuse a name that is taken."""
        name: str = self.cleaned_data["name"]
        if name.casefold() in self.taken:
            raise forms.ValidationError(_("There is one with this name already. Choose another name."))
        return name


class LanguageForm(forms.Form):
    """One of the languages the interface speaks."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class NewSiteForm(NameForm):
    """A place to add."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=_zones, widget=ZoneSelect, help_text=_("Dates are shown in this zone.")
    )

    def __init__(self, *args: Any, guess: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if guess:  # nobody has said where this organisation is: the clock of the device says it first
            self.fields["time_zone"].widget.attrs["data-own-zone"] = ""


class SiteForm(NewSiteForm):
    """A place with what its people see when something is wrong."""

    help_card = forms.CharField(
        label=_("Help card"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Crisis line, employee assistance, a colleague to talk to. One tap away on every page."),
    )
    help_card_checked_on = forms.DateField(
        label=_("Last checked on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day somebody last called these numbers. Shown on the card."),
    )
    danger_contact = forms.CharField(
        label=_("Where danger is reported"),
        required=False,
        max_length=200,
        help_text=_("Shown before anybody writes: “We cannot find you through this. Report danger here instead.”"),
    )
    danger_steps = forms.CharField(
        label=_("Steps when a note worries somebody"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One step a line. Facilitators tick them off at the desk; without any, usual ones stand there."),
    )

    def clean(self) -> dict[str, Any]:
        """Keep the date honest: not in the future, and there must be a card that was checked."""
        cleaned = super().clean() or self.cleaned_data
        checked_on = cleaned.get("help_card_checked_on")
        if checked_on and checked_on > timezone.localdate() + timedelta(days=1):
            self.add_error("help_card_checked_on", _("This day has not come yet. Write the day it was checked."))
        if checked_on and not cleaned.get("help_card"):
            self.add_error("help_card", _("There is no card to check. Write one, or leave the date empty."))
        return cleaned


class PersonForm(forms.Form):
    """Somebody's name and address. of: the person it is about, if there already."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("To sign in by a code sent there. Without one, sign-in links and slips work just as well."),
    )

    def __init__(self, *args: Any, of: Person | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.of = of

    def clean_email(self) -> str:
        """Refuse somebody else's address, whatever organisation they are in: it can open one account only."""
        email = tidy_email(self.cleaned_data["email"]) or ""
        others = Person.objects.exclude(pk=self.of.pk) if self.of else Person.objects.all()
        if email and others.filter(email__iexact=email).exists():
            raise forms.ValidationError(
                _("This address cannot be used here. Use another one, or leave it empty and hand out a sign-in link.")
            )
        return email


class RoleForm(forms.Form):
    """What somebody is, and where. places: what may be chosen."""

    kind = forms.ChoiceField(label=_("Role"), choices=[CHOOSE, *Role.Kind.choices])

    def __init__(self, *args: Any, places: Sequence[At], **options: Any) -> None:
        super().__init__(*args, **options)
        self.places = {str(at.pk): at for at in places}
        named = [(key, name_of(place)) for key, place in self.places.items()]
        self.fields["at"] = forms.ChoiceField(label=_("Where"), choices=[CHOOSE, *named])

    def clean_kind(self) -> Role.Kind:
        """Return the kind itself."""
        return Role.Kind(self.cleaned_data["kind"])

    def clean_at(self) -> At:
        """Return the place itself."""
        return self.places[self.cleaned_data["at"]]


class NewPersonForm(PersonForm, RoleForm):
    """Somebody to add, with the first role."""


class RosterForm(forms.Form):
    """A roster as a file, or pasted from a spreadsheet. After cleaning, `text` holds it, and `guessed` says how."""

    file = forms.FileField(
        label=_("A file"),
        required=False,
        allow_empty_file=True,
        help_text=_("CSV, with commas, semicolons or tabs between, of at most 900 kB."),
        widget=forms.FileInput(
            attrs={
                "accept": ".csv,.tsv,.txt,text/csv",
                "data-most-bytes": "900000",
                "data-too-large": _("This file is larger than 900 kB. A roster is much smaller: choose another file."),
            }
        ),
    )
    text = forms.CharField(
        label=_("Or paste the rows"),
        required=False,
        max_length=40_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("Copied from a spreadsheet, with the line of headings."),
    )
    guessed = False

    def clean(self) -> dict[str, Any]:
        """Read what was given, so that what cannot be read is said at the box it came from."""
        cleaned = super().clean() or self.cleaned_data
        box = "file" if cleaned.get("file") else "text"
        if self.errors:
            return cleaned
        try:
            if cleaned.get("file"):
                cleaned["text"], self.guessed = decoded(cleaned["file"].read())
            read(cleaned.get("text") or "")
        except NotARoster as error:
            self.add_error(box, str(UNREADABLE[error.why]) % {"most": MOST_LINES})
        return cleaned


class ChosenForm(forms.Form):
    """Persons who were ticked."""

    def __init__(self, *args: Any, people: Iterable[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {person.pk: person for person in people}
        named = [(str(key), person.name) for key, person in self.people.items()]
        self.fields["person"] = forms.TypedMultipleChoiceField(coerce=int, required=False, choices=named)

    def clean_person(self) -> list[Person]:
        """Return the persons themselves, in the order of the list."""
        chosen = set(self.cleaned_data["person"])
        return [person for key, person in self.people.items() if key in chosen]
