"""What everybody of a programme may read and look at: share documents and visuals, in its setting's words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import Http404
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from holdfast.curriculum import pack as packs
from holdfast.curriculum.posters import Picture, credit, picture_of
from holdfast.people.models import Person
from holdfast.people.queries import groups_for, one_of
from holdfast.programmes.models import Gathering, Hanging, Programme
from holdfast.programmes.queries.over import sessions_of
from holdfast.programmes.queries.plan import EVERYBODY, READERS, content_of, programmes_as, programmes_for
from holdfast.programmes.queries.starting import circle_of, facilitators_of, leaders_of

BLANK = re.compile(r"\[[^\[\]]*\]")
SENTENCE = re.compile(r"(?<=[.!?…”])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class ReadyText:
    """A text to use as it is. mail: an address that opens it in the own mail program; empty when it is no mail."""

    kind: packs.ReadyKind
    title: str
    text: str
    mail: str


def programme_to_read(person: Person, programme_id: int) -> Programme:
    """Return one programme of a group somebody takes part in, facilitates, leads or coordinates. Raises Http404."""
    return one_of(programmes_as(person, EVERYBODY).filter(pk=programme_id))


def reads_plans_of(person: Person, programme: Programme) -> bool:
    """Tell whether somebody reads the plans of a programme and not only what it gives."""
    return groups_for(person, READERS).filter(pk=programme.group_id).exists()


def section_of(programme: Programme, number: int) -> packs.Section:
    """Return one section of a programme's toolkit. Raises Http404."""
    section = content_of(programme).section(number)
    if section is None:
        raise Http404
    return section


def session_on(programme: Programme, section: int) -> Gathering | None:
    """Return the session a section belongs to: the next one on it, else the last."""
    return sessions_of(programme).on(section)


def share_of(programme: Programme, section: packs.Section) -> packs.Share:
    """Return the share document of a section with this group's own date, place and names in it. Raises Http404.

    A sentence whose blank cannot be filled yet is left out: nobody reads a bracket.
    """
    if section.share is None:
        raise Http404
    blanks = _blanks(programme, session_on(programme, section.number))
    parts = (replace(part, text=_filled(part.text, blanks)) for part in section.share.parts)
    return replace(section.share, parts=tuple(part for part in parts if part.text))


def visual_of(programme: Programme, section: packs.Section) -> Picture:
    """Return the visual of a section in the words of a programme's setting. Raises Http404."""
    picture = picture_of(content_of(programme), section)
    if picture is None:
        raise Http404
    return picture


def circle_picture(programme: Programme) -> Picture:
    """Return the group's own agreements as a poster."""
    return Picture(
        title=_("How our circle meets"),
        about=_("Our own sentences. Everybody may remind us of them, kindly."),
        layout=packs.Layout.LINES,
        above=f"{programme.group.site.name} · {programme.group.name}",
        foot=credit(content_of(programme)),
        lines=[agreement.text for agreement in circle_of(programme)],
    )


def ready_texts(programme: Programme, section: packs.Section, key: str) -> list[ReadyText]:
    """Return the ready texts of a component, signed with the names of this group's leaders and facilitators."""
    component = section.component(key)
    if component is None or not component.ready:
        return []
    blanks = _signatures(programme)
    return [_ready(ready, blanks) for ready in component.ready]


def mail_with(subject: str, body: str) -> str:
    """Return an address that opens a mail to nobody yet in the own mail program."""
    return f"mailto:?subject={quote(subject)}&body={quote(body.replace(chr(10), chr(13) + chr(10)))}"


def hangings_of(programme: Programme, section: int) -> QuerySet[Hanging]:
    """Return where the visual of a section hangs, the latest first."""
    return programme.hangings.filter(section=section).order_by("-hung_on", "place", "pk")


def hanging_to_change(person: Person, hanging_id: int) -> Hanging:
    """Return one place of a programme somebody may read plans of. Raises Http404."""
    theirs = Hanging.objects.filter(pk=hanging_id, programme__in=programmes_for(person).order_by())
    return one_of(theirs.select_related("programme__group__site"))


def when_in_words(programme: Programme, session: Gathering) -> str:
    """Say when a session is on the clock of its site: the day with its weekday, and the time."""
    local = session.starts_at.astimezone(ZoneInfo(programme.group.site.time_zone))
    return _("%(day)s, %(time)s") % {"day": date_format(local, _("l j F")), "time": date_format(local, "H:i")}


def _blanks(programme: Programme, session: Gathering | None) -> Mapping[str, str]:
    """Return what goes into the blanks of a share document, each as it is written there in the language shown."""
    site = programme.group.site
    names = [person.name for person in facilitators_of(programme.group)]
    found = {
        _("[name]"): get_text_list(names, _("or")),
        _("[name and number]"): site.danger_contact or _("whom the help card names"),
    }
    if session is not None:
        length = (session.ends_at - session.starts_at) // timedelta(minutes=1)
        found |= {
            _("[day and time]"): when_in_words(programme, session),
            _("[place]"): session.place,
            _("[minutes]"): str(length),
        }
    return {blank: words for blank, words in found.items() if words}


def _signatures(programme: Programme) -> Mapping[str, str]:
    """Return whose names stand under ready texts. Their days and places are other ones each time: people write them."""
    leaders = get_text_list([person.name for person in leaders_of(programme.group)], _("and"))
    facilitators = get_text_list([person.name for person in facilitators_of(programme.group)], _("and"))
    found = {_("[leader]"): leaders, _("[Leader]"): leaders, _("[facilitators]"): facilitators}
    return {blank: words for blank, words in found.items() if words}


def _filled(text: str, blanks: Mapping[str, str]) -> str:
    told = (
        " ".join(sentence for sentence in _sentences(words, blanks) if not BLANK.search(sentence))
        for words in text.split("\n\n")
    )
    return "\n\n".join(words for words in told if words)


def _sentences(words: str, blanks: Mapping[str, str]) -> list[str]:
    return [BLANK.sub(lambda found: blanks.get(found[0], found[0]), one) for one in SENTENCE.split(words)]


def _ready(ready: packs.ReadyText, blanks: Mapping[str, str]) -> ReadyText:
    text = BLANK.sub(lambda found: blanks.get(found[0], found[0]), ready.text)
    mail = _mail(text) if ready.kind is packs.ReadyKind.MAIL else ""
    return ReadyText(ready.kind, ready.title, text, mail)


def _mail(text: str) -> str:
    """Return the address of a mail; the first paragraph of such a text names its subject."""
    first, _gap, body = text.partition("\n\n")
    _word, _colon, subject = first.partition(": ")
    return mail_with(subject or first, body)
