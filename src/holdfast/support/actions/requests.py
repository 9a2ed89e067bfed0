"""Asking a coach, answering, closing and taking up again."""

from django.db import transaction
from django.utils import timezone

from holdfast.audit.actions import record
from holdfast.people.models import Person
from holdfast.programmes.models import Programme
from holdfast.refusals import Refused
from holdfast.support import news, queries
from holdfast.support.models import HelpMessage, HelpRequest
from holdfast.support.rules import MOST_TURNS, State, after_a_turn


@transaction.atomic
def ask_for_help(programme: Programme, *, title: str, text: str, mine_alone: bool, by: Person) -> HelpRequest:
    """Ask the coaches of a group. Raises Refused while nobody coaches it."""
    if not queries.coaches_of(programme.group).exists():
        raise Refused("support.no_coach")
    request = HelpRequest.objects.create(
        programme=programme, title=title, mine_alone=mine_alone, asked_by=by, moved_at=timezone.now()
    )
    _write(request, text=text, from_coach=False, by=by)
    record("support.help_asked", by=by.pk, on=request.pk)
    return request


@transaction.atomic
def write_turn(request: HelpRequest, *, text: str, by: Person) -> HelpMessage:
    """Write into a thread; it is answered or asked from then on, whatever it was. Raises Refused."""
    request = HelpRequest.objects.select_for_update().get(pk=request.pk)
    turn = _write(request, text=text, from_coach=queries.side_of(by, request) == queries.requests.COACH, by=by)
    record("support.help_answered" if turn.from_coach else "support.help_asked", by=by.pk, on=request.pk)
    return turn


@transaction.atomic
def close_request(request: HelpRequest, *, by: Person) -> None:
    """Close a thread: nothing waits any more. It stays readable and can be taken up again."""
    _set_state(request, State.CLOSED)
    record("support.help_closed", by=by.pk, on=request.pk)


@transaction.atomic
def take_up_again(request: HelpRequest, *, by: Person) -> None:
    """Take up a closed thread: it waits for the coach when the last word is the team's, else it is answered."""
    last = queries.turns_of(request).last()
    _set_state(request, after_a_turn(State(request.state), from_coach=bool(last and last.from_coach)))
    record("support.help_taken_up", by=by.pk, on=request.pk)


def _set_state(request: HelpRequest, state: State) -> None:
    request.state, request.moved_at = state, timezone.now()
    request.save(update_fields=["state", "moved_at"])


def _write(request: HelpRequest, *, text: str, from_coach: bool, by: Person) -> HelpMessage:
    number = request.messages.count() + 1
    if number > MOST_TURNS:
        raise Refused("support.thread_is_long", {"most": MOST_TURNS})
    turn = HelpMessage.objects.create(
        request=request, number=number, text=text, from_coach=from_coach, written_by=by, written_at=timezone.now()
    )
    _set_state(request, after_a_turn(State(request.state), from_coach=from_coach))
    news.tell_other_side(request, turn)
    return turn
