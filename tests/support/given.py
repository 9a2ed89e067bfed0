"""A thread, an invitation, a link and a handout of the Northgate team."""

from dataclasses import dataclass

from django.core.files.base import ContentFile

from holdfast.people.models import Person
from holdfast.programmes.models import Programme
from holdfast.support import actions
from holdfast.support.models import Handout, HelpRequest, Invitation, Link
from tests.given import Ours

A_PDF = b"%PDF-1.7\n%%EOF\n"
A_PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 8
SITUATION = "Nobody wants to begin."


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a programme; Bo is invited to coach, so that somebody with an address is asked."""

    request: HelpRequest
    invitation: Invitation
    link: Link
    handout: Handout


def a_request(programme: Programme, by: Person, *, mine_alone: bool = False) -> HelpRequest:
    """Ask the coach of a group."""
    return actions.ask_for_help(programme, title="Silence", text=SITUATION, mine_alone=mine_alone, by=by)


def a_link(programme: Programme, by: Person, *, url: str = "https://example.org/a", for_all: bool = False) -> Link:
    """Set a link in section 4."""
    return actions.add_link(
        programme, section=4, slot="", title="A text", url=url, recommended_by="Bo", for_all=for_all, by=by
    )


def a_handout(
    programme: Programme, by: Person, *, title: str = "A sheet", content: bytes = A_PDF, for_all: bool = False
) -> Handout:
    """Add a file to section 4."""
    return actions.add_handout(
        programme,
        section=4,
        slot="",
        title=title,
        file=ContentFile(content),
        licence="Our own",
        for_all=for_all,
        by=by,
    )


def beside(programme: Programme, ours: Ours) -> Beside:
    """Put everything beside a programme."""
    return Beside(
        request=a_request(programme, ours.bo),
        invitation=actions.invite_coach(ours.organisation, name="Bo", email=ours.bo.email or "", by=ours.dee),
        link=a_link(programme, ours.bo),
        handout=a_handout(programme, ours.bo),
    )
