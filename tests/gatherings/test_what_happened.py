"""While a session is held, the room writes into its plan what really happened; a rehearsal writes nothing (E5)."""

import pytest

from holdfast.gatherings import actions
from holdfast.programmes.models import PlanItem
from tests.gatherings.rooms import a_gathering

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


def came() -> dict[str, str]:
    """Return what is written about each activity."""
    return dict(PlanItem.objects.order_by("position").values_list("kind", "came"))


def test_E5_what_was_started_was_held_and_what_was_not_was_left_out() -> None:
    bo, gathering, _gather, talk = a_gathering()
    room = actions.open_room(gathering, by=bo)
    assert came() == {"gather": "", "talk": ""}
    found = actions.start_round(room, item=talk, by=bo)
    assert came() == {"gather": "", "talk": "held"}
    assert PlanItem.objects.get(kind="talk").began_at is not None
    actions.finish_talk(found, by=bo)
    assert PlanItem.objects.get(kind="talk").took == 1
    actions.end_room(room, by=bo)
    assert came() == {"gather": "skipped", "talk": "held"}


def test_a_rehearsal_is_not_what_happened() -> None:
    bo, gathering, _gather, talk = a_gathering()
    room = actions.open_room(gathering, by=bo, rehearsal=True)
    actions.finish_talk(actions.start_round(room, item=talk, by=bo), by=bo)
    actions.end_room(room, by=bo)
    assert came() == {"gather": "", "talk": ""}


def test_a_session_taken_up_again_on_another_day_is_held_after_all() -> None:
    bo, gathering, gather, talk = a_gathering()
    first = actions.open_room(gathering, by=bo)
    actions.start_round(first, item=talk, by=bo)
    actions.end_room(first, by=bo)
    actions.start_round(actions.open_room(gathering, by=bo), item=gather, by=bo)
    assert came() == {"gather": "held", "talk": "held"}
