"""The sentences for refusals about what a team makes of its plan."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "programmes.no_such_make": Message(
        what=_("The toolkit has no such make of this activity."),
        next=_("Write its minutes by hand under “Change”."),
    ),
    "programmes.plan_has_changed": Message(
        what=_("Somebody has changed the plan since this proposal was made."),
        next=_("Look at the new proposal before you take it up."),
    ),
    "programmes.cannot_fit": Message(
        what=_("With all that has to stay, this plan takes at least %(shortest)s minutes."),
        next=_("Choose a longer time, or shorten or take out an activity of your own by hand."),
    ),
    "programmes.no_make_yet": Message(
        what=_("Your team has not saved a plan for this section yet."),
        next=_("Change this plan, then save it as your team’s make."),
    ),
    "programmes.already_held_in_part": Message(
        what=_("Part of this session has been held, so that its plan stays."),
        next=_("Change single activities where they stand."),
    ),
    "programmes.not_the_newest": Message(
        what=_("This is not the newest version of the toolkit, or the programme is on it already."),
        next=_("Load the page again to see where the programme stands."),
    ),
}
