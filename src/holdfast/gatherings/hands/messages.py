"""The sentence for every refusal about raised hands."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "gatherings.no_hands_now": Message(
        what=_("No hands are raised just now."), next=_("Wait for the next open talk, or speak to your facilitator.")
    ),
    "gatherings.many_hands": Message(
        what=_("Very many hands are up."), next=_("Wait until some have spoken, then raise yours.")
    ),
}
