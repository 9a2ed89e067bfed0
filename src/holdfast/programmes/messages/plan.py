"""The sentences for refusals about programmes, sessions and plans."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "programmes.already_started": Message(
        what=_("This group already works through this version of the toolkit."),
        next=_("Open its programme, or choose another group."),
    ),
    "programmes.section_not_in_pack": Message(
        what=_("Section %(section)s is not in this version of the toolkit yet."),
        next=_("Choose a section that is filled."),
    ),
    "programmes.ends_before_it_starts": Message(
        what=_("The session ends before it starts."),
        next=_("Write an end that is later than the start."),
    ),
    "programmes.too_long": Message(
        what=_("This session would take more than %(hours)s hours."),
        next=_("Check the two times, morning and afternoon included. A longer day is two sessions."),
    ),
    "programmes.overlaps": Message(
        what=_("At that time the group already meets: %(title)s, %(when)s."),
        next=_("Choose another time, or move that session first."),
    ),
    "programmes.session_gone": Message(
        what=_("Somebody has just taken this session out of the programme."),
        next=_("Load the programme again to see what stands."),
    ),
    "programmes.activity_gone": Message(
        what=_("Somebody has just taken “%(title)s” out of the plan."),
        next=_("Load the plan again; an activity of the toolkit can be put back there."),
    ),
    "programmes.is_over": Message(
        what=_("This session is over, so it can no longer be cancelled."),
        next=_("Leave it as it is. If it was not held, nobody is written down as having been there."),
    ),
    "programmes.was_held": Message(
        what=_("This session has already been opened, so it stays on record."),
        next=_("Change its date or place if it goes on another day."),
    ),
    "programmes.mode_does_not_fit": Message(
        what=_("An activity of this kind cannot be held in that way."),
        next=_("Choose one of the ways offered."),
    ),
    "programmes.minutes_out_of_range": Message(
        what=_("One activity takes from 1 to 240 minutes."),
        next=_("Write a number of minutes in that range."),
    ),
    "programmes.plan_is_full": Message(
        what=_("A plan holds at most %(most)s activities."),
        next=_("Take one out before you add another."),
    ),
    "programmes.already_in_plan": Message(
        what=_("This activity is already in the plan."),
        next=_("Change it where it stands."),
    ),
    "programmes.said_how": Message(
        what=_("It has a day, but not how it was said."),
        next=_("Write in a few words how you said it: in the huddle, by a note, one to one."),
    ),
    "programmes.not_in_pack": Message(
        what=_("This activity does not come from the toolkit, or the toolkit no longer has it."),
        next=_("Change it by hand."),
    ),
}
