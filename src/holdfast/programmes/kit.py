"""The launch kit: an invitation, a page for union and privacy officer, and one for IT, with this group's own facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.people.models import Person
from holdfast.programmes import queries
from holdfast.programmes.models import Gathering, Programme, Why
from holdfast.programmes.starting_words import PLEDGE
from holdfast.web.days import day_and_hours, day_in_full
from holdfast.web.printing import Paper, compiled_once, plain, qr_of

TEMPLATE = Path(__file__).with_name("sheet.typ")
MOST_DATES = 12


class SheetKind(StrEnum):
    """The pages of the kit."""

    INVITATION = "invitation"
    UNION = "union"
    IT = "it"


@dataclass(frozen=True, slots=True)
class Part:
    """One heading of a sheet with its sentences; listed: as a list."""

    title: str
    lines: Sequence[str]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the kit in words, for the screen and for paper alike."""

    kind: SheetKind
    above: str
    title: str
    lead: str
    parts: Sequence[Part]
    foot: str


def sheet_of(programme: Programme, kind: SheetKind) -> Sheet:
    """Return one page of the kit, filled with what is so today."""
    made = {SheetKind.INVITATION: _invitation, SheetKind.UNION: _union, SheetKind.IT: _it}[kind]
    title, lead, parts = made(programme)
    site = programme.group.site
    return Sheet(
        kind=kind,
        above=f"{site.organisation.name} · {site.name} · {programme.group.name}",
        title=title,
        lead=lead,
        parts=[part for part in parts if part.lines],
        foot=_("As of %(day)s. The page of limits is open to everybody: %(address)s")
        % {"day": day_in_full(queries.today_at(programme)), "address": f"{settings.PUBLIC_URL}/promise/"},
    )


def printed(sheet: Sheet, *, paper: Paper) -> bytes:
    """Return one page of the kit as PDF."""
    data = {
        "paper": paper,
        "above": plain(sheet.above),
        "title": plain(sheet.title),
        "lead": plain(sheet.lead),
        "parts": [
            {"title": plain(part.title), "lines": [plain(line) for line in part.lines], "listed": part.listed}
            for part in sheet.parts
        ],
        "foot": plain(sheet.foot),
        "qr": qr_of(f"{settings.PUBLIC_URL}/promise/"),
        "qr-words": _("What we keep and what we do not"),
    }
    return compiled_once(TEMPLATE, data)


Made = tuple[str, str, list[Part]]


def _invitation(programme: Programme) -> Made:
    dates, whys = _dates(programme), {why.kind: why.text for why in queries.newest_whys(programme)}
    facilitators, leaders = list(queries.facilitators_of(programme.group)), list(queries.leaders_of(programme.group))
    parts = [
        Part(_("Why we do this"), _paragraphs(whys.get(Why.Kind.ORGANISATION, ""))),
        Part(_("Why I take part"), _paragraphs(whys.get(Why.Kind.OWN, ""))),
        Part(
            _("What happens"),
            [
                _("We meet in a circle and talk about what wears us down at work and what gives us strength."),
                _(
                    "Some things we write on phones, without names. What leadership can change goes to "
                    "leadership, and an answer comes back with a date."
                ),
            ],
        ),
        Part(_("When we meet"), dates, listed=True),
        Part(
            _("You decide"),
            [
                _(
                    "Taking part is your own choice. “Not this time” needs no reason, and nobody keeps a list "
                    "of who said it."
                ),
                _("In the circle everybody may pass."),
            ],
        ),
        Part(_("What leaders give their word for"), _pledged(programme), listed=True),
        Part(
            _("Whom to ask"),
            [_names(_("They facilitate: %(names)s."), facilitators), _names(_("They lead: %(names)s."), leaders)],
        ),
    ]
    title = _("Would you like to come?")
    lead = _("%(group)s begins to work through “%(pack)s”.") % {"group": programme.group.name, "pack": programme.pack}
    return title, lead, [_without_empty(part) for part in parts]


def _union(programme: Programme) -> Made:
    leaders = queries.pledges_of(programme)
    named = [
        _("%(name)s gave their word on %(day)s.") % {"name": pledge.leader.name, "day": day_in_full(pledge.accepted_on)}
        for pledge in leaders
    ]
    parts = [
        Part(
            _("What people write without a name"),
            [
                _(
                    "It is kept without author, time, order, network address or account. Phones in a session "
                    "have no account and no cookie; requests to a session are not logged."
                ),
                _(
                    "While an activity is open, each note is encrypted under a key of its own activity. When "
                    "it closes, the notes are written anew in random order and the key is destroyed. After "
                    "that nobody finds the author in what is stored: not leaders, not facilitators, not IT "
                    "with every file and every backup."
                ),
            ],
        ),
        Part(
            _("What is kept with names"),
            [
                _(
                    "Plans and dates, who came to a session, what leaders answered and when, what a leader "
                    "gave their word for."
                ),
                _(
                    "Who would like to take part: each person sees their own answer; all others see a number "
                    "rounded down to fives."
                ),
            ],
            listed=True,
        ),
        Part(
            _("What nobody can promise"),
            [
                _(
                    "Somebody with full rights who rewrites the running server could watch while an activity "
                    "is open. Ask who runs it."
                ),
                _(
                    "People in the room see each other type. A way of writing, or a story only one person can "
                    "tell, is its own signature."
                ),
                _(
                    "In a very small group it is easy to guess. The screen says how many are in the room "
                    "before anybody writes."
                ),
                _(
                    "A lone leader’s labelled note shows whose it is. A disk may hold traces of erased keys "
                    "for a while."
                ),
                _(
                    "No way back to an author also means no way to find somebody in danger. Before the first "
                    "note the page says so and names where danger is reported."
                ),
            ],
            listed=True,
        ),
        Part(_("What leaders give their word for"), [*(str(line) for line in PLEDGE), *named], listed=True),
        Part(
            _("How to check it"),
            [
                _(
                    "Every automatic test of this promise comes with the program, which is free software. "
                    "They attack stored sessions in several ways and must do no better than chance."
                ),
                _(
                    "Taking part is voluntary. Nothing here is meant for appraisal, discipline or measuring "
                    "single people."
                ),
            ],
            listed=True,
        ),
    ]
    title, lead = _("For union and privacy officer"), _("What is kept, what is not, and what cannot be promised.")
    return title, lead, parts


def _it(programme: Programme) -> Made:
    site = programme.group.site
    parts = [
        Part(
            _("This installation"),
            [
                _("Holdfast %(version)s at %(address)s.")
                % {"version": version("holdfast"), "address": settings.PUBLIC_URL},
                _encryption(),
                _(
                    "Two databases (%(kind)s): one with people, plans and answers, one with what was written "
                    "without a name."
                )
                % {"kind": connections["default"].vendor},
                _mail(),
                _("Times at %(site)s are shown in the zone %(zone)s.") % {"site": site.name, "zone": site.time_zone},
            ],
            listed=True,
        ),
        Part(
            _("What it needs"),
            [
                _(
                    "One process on one small server. No other service, no content network, no tracking, no "
                    "font or script from elsewhere."
                ),
                _(
                    "Phones need a browser and this network; the address must be let through, streams that "
                    "stay open included (server-sent events). Without them a phone asks every few seconds "
                    "instead."
                ),
                _(
                    "Passwords do not exist: people sign in by a code, a link or a printed slip. Taking part "
                    "in a session needs no account."
                ),
            ],
            listed=True,
        ),
        Part(
            _("What to look after"),
            [
                _(
                    "Back up with the command “holdfast backup” every night, and try “holdfast restore” once. "
                    "Do not copy the database files while it runs."
                ),
                _(
                    "The folder of keys is never part of a backup: copies of keys would undo what people were "
                    "promised. Keep it on a disk that is encrypted."
                ),
                _(
                    "In front of it, do not log addresses below /r/, /join/, /s/, /dates/, /here/ and /barrier/, nor "
                    "keep what is sent there."
                ),
            ],
            listed=True,
        ),
        Part(
            _("Honest limits"),
            [
                _(
                    "Whoever has full rights on this server can change the program. Few people should have "
                    "them, and staff should know who."
                ),
                _(
                    "While an activity is open, its key is on this server. It is destroyed at the close; a "
                    "disk may hold traces for a while."
                ),
            ],
            listed=True,
        ),
    ]
    return _("For IT"), _("What runs here, what it needs, and what must not be kept."), parts


def _encryption() -> str:
    if settings.HTTPS:
        return _("Browsers reach it through HTTPS only.")
    return _(
        "It is reached without HTTPS: what is typed can be read on the way. "
        "Put HTTPS in front of it before people write."
    )


def _mail() -> str:
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        return _("No mail is sent: no mail server is set. People sign in by link or slip.")
    return _("Mail goes out through %(host)s. It says that there is something new, never what.") % {
        "host": settings.EMAIL_HOST
    }


def _pledged(programme: Programme) -> list[str]:
    pledges = queries.pledges_of(programme)
    if not pledges:
        return []
    names = ", ".join(pledge.leader.name for pledge in pledges)
    return [*(str(line) for line in PLEDGE), _("Given by: %(names)s.") % {"names": names}]


def _dates(programme: Programme) -> list[str]:
    coming = list(queries.coming_of(programme))
    zone = ZoneInfo(programme.group.site.time_zone)
    lines = [_one_date(gathering, zone) for gathering in coming[:MOST_DATES]]
    rest = len(coming) - len(lines)
    more = ngettext("… and one more session.", "… and %(n)s more sessions.", rest) % {"n": rest}
    return [*lines, more] if rest > 0 else lines


def _one_date(gathering: Gathering, zone: ZoneInfo) -> str:
    both = [queries.OneSitting("", gathering.starts_at, gathering.ends_at, gathering.place)]
    both += [
        queries.OneSitting(one.label, one.starts_at, one.ends_at, one.place) for one in gathering.further_sittings.all()
    ]
    said = [
        " · ".join(part for part in (one.label, day_and_hours(one.starts_at, one.ends_at, zone), one.place) if part)
        for one in both
    ]
    return f"{gathering.title_now}: {' / '.join(said)}"


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _names(sentence: str, people: Sequence[Person]) -> str:
    return sentence % {"names": ", ".join(person.name for person in people)} if people else ""


def _without_empty(part: Part) -> Part:
    return Part(part.title, [line for line in part.lines if line], part.listed)
