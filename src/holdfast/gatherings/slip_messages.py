"""The sentence for every refusal about slips."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

SLIP_MESSAGES = {
    "gatherings.no_such_slip": Message(
        what=_("No slip has these letters, or its session is over: its slips end with it."),
        next=_("Compare them with the slip, or scan it. A slip may also have been replaced: ask the facilitator."),
    ),
    "gatherings.slip_is_torn": Message(
        what=_("A slip has %(whole)s letters, and here are %(has)s."),
        next=_("Type what is missing. If the slip is torn, put it aside and draw another one."),
    ),
    "gatherings.slip_too_early": Message(
        what=_("The session of this slip is not open just now."),
        next=_("Scan it again when the facilitator has opened it. The slip is not used up."),
    ),
    "gatherings.slip_needed": Message(
        what=_("This session lets in by slips only: one for each person, drawn from a hat."),
        next=_("Scan your slip or type its letters. If you have none, ask the facilitator for the hat."),
    ),
    "gatherings.slip_chose_elsewhere": Message(
        what=_("With this slip somebody has chosen on another phone since, and that choice counts."),
        next=_("To change it, use that phone. If it was not you, tell the facilitator: somebody else has your slip."),
    ),
    "gatherings.slips_between_activities": Message(
        what=_("People are taking part just now, and how they are let in stays until the activity is closed."),
        next=_("Close the activity first, then change it."),
    ),
    "gatherings.too_many_slips": Message(
        what=_("A session has at most %(most)s slips, and these would be more."),
        next=_("Use those that are left in the hat, or replace all of them."),
    ),
}
