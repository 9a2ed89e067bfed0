"""Raising a hand, putting it down, calling the next; nothing of it is recorded, and no row outlives its activity."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from holdfast.gatherings.actions.circle import MOST_SPEAKERS, circle_of, keep_circle
from holdfast.gatherings.hands.shown import in_order, open_to_hands
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import CircleOfTalk, Hand, Round
from holdfast.refusals import Refused
from holdfast.voices.rules import hash_secret

MOST_HANDS = 60


def put_up(round_id: int, *, key: int, secret: str, from_leader: bool) -> bool:
    """Raise a hand; return whether it is new. Sent again it is the same hand, in the same place. Raises Refused."""
    with transaction.atomic():
        found, _circle = _open(round_id)
        if known := Hand.objects.filter(pk=key).first():
            if known.round_id != found.pk or known.secret != hash_secret(secret):
                raise Refused("gatherings.unreadable", status=400)
            return False
        if found.hands.count() >= MOST_HANDS:
            raise Refused("gatherings.many_hands", status=429)
        last: int | None = found.hands.aggregate(last=Max("place"))["last"]
        Hand.objects.create(
            id=key,
            round=found,
            place=(last or 0) + 1,
            secret=hash_secret(secret),
            from_leader=from_leader,
            raised_at=timezone.now(),
        )
    HUB.refresh(found.room_id)
    return True


def put_down(round_id: int, *, key: int, secret: str) -> None:
    """Let one's own hand down; one that is down already stays so. Raises Refused once people talk no more."""
    with transaction.atomic():
        found, _circle = _open(round_id)
        gone, _ = found.hands.filter(pk=key, secret=hash_secret(secret)).delete()
    if gone:
        HUB.refresh(found.room_id)


def call(found: Round, *, did: str, seen: int) -> None:
    """Go on to the next hand. Of two desks that press for one hand one counts. Raises Refused.

    did: next, when whoever was called has spoken and counts as a voice; passed, when they did not want to; down to let
    all hands down. seen: the id of the hand that was called when the button was drawn, 0 when none was.
    """
    with transaction.atomic():
        found, circle = _open(found.pk)
        if found.room.paused_at is not None:
            raise Refused("gatherings.is_paused")
        order, _ = in_order(found, circle)
        called = order[0] if order and order[0].called_at is not None else None
        if (called.pk if called else 0) != seen:
            return
        if did == "down":
            found.hands.all().delete()
        else:
            if called:
                _let_down(called, circle, has_spoken=did == "next")
            _call_first(found, circle)
    HUB.refresh(found.room_id)


def _let_down(called: Hand, circle: CircleOfTalk, *, has_spoken: bool) -> None:
    called.delete()
    if has_spoken and not called.from_leader:
        circle.speakers = min(MOST_SPEAKERS, circle.speakers + 1)
        keep_circle(circle)


def _call_first(found: Round, circle: CircleOfTalk) -> None:
    order, callable_now = in_order(found, circle)
    if callable_now:
        order[0].called_at = timezone.now()
        order[0].save(update_fields=["called_at"])


def _open(round_id: int) -> tuple[Round, CircleOfTalk]:
    """Lock a round in which hands are raised, and return it with its circle. Raises Refused where none are."""
    found = Round.objects.select_related("room").filter(pk=round_id).first()
    if found is None or found.phase != Round.Phase.TALKING:
        raise Refused("gatherings.no_hands_now", status=409)
    circle = circle_of(found)
    if not open_to_hands(found, circle):
        raise Refused("gatherings.no_hands_now", status=409)
    return found, circle
