"""What a team changed in the toolkit's plan, in one line of words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from holdfast.programmes.rules import Difference, Differs

SAYS = {
    Differs.LEFT_OUT: gettext_lazy("left out: %(title)s"),
    Differs.OWN: gettext_lazy("added: %(title)s (%(now)s min)"),
    Differs.PUT_IN: gettext_lazy("also from the toolkit: %(title)s (%(now)s min)"),
    Differs.SHORTER: gettext_lazy("shorter: %(title)s (%(was)s → %(now)s min)"),
    Differs.LONGER: gettext_lazy("longer: %(title)s (%(was)s → %(now)s min)"),
    Differs.WORDS: gettext_lazy("own words: %(title)s"),
    Differs.WAY: gettext_lazy("held in another way: %(title)s"),
    Differs.ORDER: gettext_lazy("in another order"),
}


def in_one_line(differs: Sequence[Difference]) -> str:
    """Say in one line what differs from the toolkit."""
    if not differs:
        return _("As in the toolkit.")
    said = "; ".join(SAYS[one.what] % {"title": one.title, "was": one.was, "now": one.now} for one in differs)
    return _("%(changes)s.") % {"changes": said[:1].upper() + said[1:]}
