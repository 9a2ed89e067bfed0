"""Certificates of hours on paper, one page for each person."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.gatherings.models import Certificate
from holdfast.programmes.queries import facilitators_of
from holdfast.web.printing import Paper, compiled, plain

TEMPLATE = Path(__file__).with_name("certificate.typ")


def certificates_on_paper(certificates: Sequence[Certificate], *, paper: Paper) -> bytes:
    """Return certificates of one programme as PDF."""
    return compiled(TEMPLATE, words_of(certificates, paper=paper))


def words_of(certificates: Sequence[Certificate], *, paper: Paper) -> dict[str, object]:
    """Return everything that stands on certificates of one programme, in words."""
    programme = certificates[0].programme
    site = programme.group.site
    facilitators = ", ".join(person.name for person in facilitators_of(programme.group))
    return {
        "paper": paper,
        "title": _("Certificate of hours"),
        "above": plain(f"{site.organisation.name} · {site.name}"),
        "people": [{"name": plain(one.person.name), "took-part": plain(_took_part(one))} for one in certificates],
        "programme": plain(
            _("“%(pack)s” with %(group)s, %(from)s to %(to)s.")
            % {
                "pack": programme.pack.title,
                "group": programme.group.name,
                "from": date_format(programme.started_on, _("j F Y")),
                "to": date_format(certificates[0].issued_on, _("j F Y")),
            }
        ),
        "facilitated": plain(_("Facilitated by %(names)s.") % {"names": facilitators}) if facilitators else "",
        "signed": _("Place, date, signature"),
        "foot": _("Hours are counted from the sessions’ dates and who was written down as being there."),
    }


def _took_part(one: Certificate) -> str:
    hours, rest = divmod(one.minutes, 60)
    both = {
        "hours": ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours},
        "minutes": ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest},
    }
    said = _("%(hours)s and %(minutes)s") % both if hours and rest else both["hours" if hours else "minutes"]
    words = ngettext("took part in %(n)s session, %(time)s.", "took part in %(n)s sessions, %(time)s.", one.sessions)
    return words % {"n": one.sessions, "time": said}
