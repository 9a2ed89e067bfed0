"""What is typed to invite a coach, to ask for help, and to add a link or a handout."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdfast.curriculum.pack import Section
from holdfast.people.rules import tidy_email
from holdfast.programmes.forms import try_to_save
from holdfast.support.rules import LARGEST_FILE, fits_a_link

__all__ = ["AskForm", "HandoutForm", "InviteForm", "LinkForm", "NewLinkForm", "TurnForm", "try_to_save"]
MEGABYTES = LARGEST_FILE // 1024 // 1024
NO_NAMES = _("Write no names, and nothing a colleague said: your coach needs only the situation.")


class InviteForm(forms.Form):
    """Whom to ask as a coach."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("The invitation goes there. Nothing is seen before it is accepted."),
    )

    def clean_email(self) -> str:
        """Keep an address as all addresses are kept."""
        return tidy_email(self.cleaned_data["email"]) or ""


class TurnForm(forms.Form):
    """One more turn in a thread."""

    text = forms.CharField(label=_("Write"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, seen_by: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.seen_by = {"text": seen_by}


class AskForm(forms.Form):
    """What a team would like help with. readers: who coaches the group, in words."""

    title = forms.CharField(
        label=_("What is it about?"), max_length=120, help_text=_("A few words, such as: two people always talk.")
    )
    text = forms.CharField(
        label=_("What happens, and what have you tried?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=NO_NAMES,
    )
    mine_alone = forms.ChoiceField(
        label=_("Who reads it besides the coach?"),
        choices=[("team", _("Leaders and facilitators of this group")), ("me", _("Only I"))],
        initial="team",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, readers: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.seen_by = {"text": _("Read by: %(readers)s, and by whom you choose below.") % {"readers": readers}}

    def clean_mine_alone(self) -> bool:
        """Tell whether only whoever asks reads it."""
        return bool(self.cleaned_data["mine_alone"] == "me")


class LinkForm(forms.Form):
    """A link that stands already."""

    title = forms.CharField(label=_("Title"), max_length=120)
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("It begins with https:// and opens without your own password. Holdfast looks once a week at it."),
    )
    recommended_by = forms.CharField(
        label=_("Who recommends it?"), max_length=120, help_text=_("A name or a role; the group reads it.")
    )

    def clean_url(self) -> str:
        """Take only addresses of the web."""
        url: str = self.cleaned_data["url"].strip()
        if not fits_a_link(url):
            raise forms.ValidationError(
                _("This is not an address of the web. Copy it from the browser: it begins with https://.")
            )
        return url


class _Placed(forms.Form):
    """Where something stands. section: one of the pack; slot: a slot it names, or nothing. may_share: see for_all."""

    slot = forms.ChoiceField(label=_("It is"), required=False)
    for_all = forms.BooleanField(label=_("For all groups of the organisation with this toolkit"), required=False)

    def __init__(self, *args: Any, section: Section, may_share: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        slots = [(slot.key, slot.title) for slot in section.resources]
        self.fields["slot"] = forms.ChoiceField(
            label=_("What it is"), required=False, choices=[*slots, ("", _("Something besides"))]
        )
        if not may_share:
            self.fields["for_all"] = forms.BooleanField(required=False, disabled=True, widget=forms.HiddenInput)
            self.initial["for_all"] = False


class NewLinkForm(LinkForm, _Placed):
    """A link to set in a section."""

    field_order = ["slot", "title", "url", "recommended_by", "for_all"]


class HandoutForm(_Placed):
    """A file to add to a section."""

    field_order = ["slot", "title", "file", "licence", "for_all"]
    title = forms.CharField(label=_("Title"), max_length=120)
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(
            attrs={
                "accept": ".pdf,.png,.jpg,.jpeg",
                "data-most-bytes": str(LARGEST_FILE),
                "data-too-large": _("This file is larger than 10 MB. Choose a smaller one."),
            },
        ),
    )
    licence = forms.CharField(
        label=_("By whose permission do you use it?"),
        max_length=200,
        help_text=_("For example: our own; or licensed by the publisher until 2028."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        said = _("A PDF, PNG or JPEG of at most %(most)s MB. What it is called does not matter.")
        self.fields["file"].help_text = said % {"most": MEGABYTES}
