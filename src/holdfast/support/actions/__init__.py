"""The only code that writes invitations, threads, links and handouts."""

from holdfast.support.actions.coaching import accept_invitation, end_invitation, invite_coach
from holdfast.support.actions.requests import ask_for_help, close_request, take_up_again, write_turn
from holdfast.support.actions.resources import (
    add_handout,
    add_link,
    change_link,
    note_look,
    remove_handout,
    remove_link,
)

__all__ = [
    "accept_invitation",
    "add_handout",
    "add_link",
    "ask_for_help",
    "change_link",
    "close_request",
    "end_invitation",
    "invite_coach",
    "note_look",
    "remove_handout",
    "remove_link",
    "take_up_again",
    "write_turn",
]
