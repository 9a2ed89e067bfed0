"""Why a note may be held: the published rule, and the sentence its unknown author gets on the phone."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of the rule. rule: how it is published. told: what the author reads. button: on the desk."""

    rule: str | Promise
    told: str | Promise
    button: str | Promise


REASONS: Mapping[str, Reason] = {
    "names": Reason(
        rule=_("It names somebody, or everybody would know who is meant."),
        told=_("Your note names or points at somebody. Others may be hurt by it, or guess that it is yours."),
        button=_("It names or points at somebody"),
    ),
    "attack": Reason(
        rule=_("It attacks a person instead of saying what is hard."),
        told=_("Your note can be read as an attack on a person. What is hard about it can be said without that."),
        button=_("It attacks a person"),
    ),
    "private": Reason(
        rule=_("It tells what belongs to somebody else: an illness, a family, a child."),
        told=_("Your note tells what belongs to somebody else. What it does to you can be said without that."),
        button=_("It tells what is somebody else’s"),
    ),
    DANGER: Reason(
        rule=_("It makes us worry that somebody is in danger. Then its author is offered help."),
        told=_("Your note makes us worry about somebody, perhaps about you. Here is who helps."),
        button=_("I worry: offer its author help"),
    ),
}
"""The whole rule. That something is hard to hear, or about leadership, is no reason."""
