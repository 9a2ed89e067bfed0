"""What the desk of a staff page is asked."""

from django import forms

from holdfast.report_back.models import StaffLink
from holdfast.web.printing import Paper


class AddressForm(forms.Form):
    """Which address, and the one that was on the screen."""

    scope = forms.ChoiceField(choices=StaffLink.Scope)
    instead_of = forms.IntegerField(required=False, min_value=1)


class PosterForm(forms.Form):
    """Which poster, on which paper."""

    scope = forms.ChoiceField(choices=StaffLink.Scope)
    paper = forms.ChoiceField(choices=[(paper.value, paper.value) for paper in Paper])


class MarkForm(forms.Form):
    """For which side something is marked, or the mark taken away."""

    side = forms.ChoiceField(choices=[("group", "group"), ("leader", "leader")])
    on = forms.BooleanField(required=False)


class ReplyForm(forms.Form):
    """Which reply."""

    reply = forms.IntegerField(min_value=1)
