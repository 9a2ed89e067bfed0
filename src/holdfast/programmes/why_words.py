"""Five questions that help a leader to say why, in our own words (A2)."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Words

PROMPTS: Sequence[Words] = (
    _("Who comes to work here, and who stays? Which of our values should people meet in what we do, every time?"),
    _("What do you hope to learn yourself, next to the others? Which relationships would you like to be deeper?"),
    _("Where is it unclear what is expected of whom? What could we count on from each other, once it is clear?"),
    _("Who is not heard yet, and what can we not do well yet? How will you help people to grow there?"),
    _("What about the way we work together would you like to make better, together with the team?"),
)
