"""Holding notes with a reason their unknown authors are told, muting, and the steps when a note worries somebody."""

from collections.abc import Collection, Sequence

from django.db import transaction

from holdfast.audit.actions import record
from holdfast.gatherings.actions.rounds import with_the_store
from holdfast.gatherings.holding import DANGER, REASONS
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import Round, Worry
from holdfast.gatherings.rules import LONGEST_OFFER, clean_text
from holdfast.people.models import Person
from holdfast.programmes.queries import today_at
from holdfast.refusals import Refused
from holdfast.voices import asking, intake
from holdfast.voices.intake import Standing


def hold_and_tell(found: Round, *, public_ids: Collection[int], reason: str, by: Person) -> int:
    """Hold notes, and let a letter tell their unknown authors why; return how many. Raises Refused.

    For a note that worries somebody it is written down that there was one: by whom and on which day, never its words.
    """
    if reason not in REASONS:
        raise Refused("gatherings.unreadable", status=400)
    found = _may_screen(found)
    worry = Worry.objects.filter(round=found, debriefed_on=None).order_by("pk").first()
    offer = worry.offer if worry and reason == DANGER else ""
    held: int = with_the_store(
        lambda: intake.screen(found.pk, public_ids=public_ids, standing=Standing.HELD, reason=reason, words=offer)
    )
    if held:
        with transaction.atomic():
            record("round.held_with_a_reason", by=by.pk, on=found.pk)
            if reason == DANGER and worry is None:
                Worry.objects.create(round=found, held_on=today_at(found.room.gathering.programme), by=by)
        HUB.refresh(found.room_id)
    return held


def mute_authors(found: Round, *, public_ids: Collection[int], by: Person) -> int:
    """Take nothing more in this activity from the phones of held notes; return how many. Raises Refused."""
    found = _may_screen(found)
    muted: int = with_the_store(lambda: asking.mute(found.pk, public_ids=public_ids))
    if muted:
        with transaction.atomic():
            record("round.muted", by=by.pk, on=found.pk)
    return muted


def follow_steps(worry: Worry, *, steps: Sequence[str], offer: str, debriefed: bool, by: Person) -> Worry:
    """Note which of the site's steps are taken, and what talk is offered to the author as long as a letter can tell it.

    Raises Refused.
    """
    offer = " ".join(clean_text(offer).split())
    if len(offer) > LONGEST_OFFER:
        raise Refused("gatherings.offer_too_long", {"most": LONGEST_OFFER}, status=422)
    with transaction.atomic():
        worry = Worry.objects.select_for_update().get(pk=worry.pk)
        changed = offer != worry.offer
        worry.steps, worry.offer = list(steps), offer
        today = today_at(worry.round.room.gathering.programme)
        worry.debriefed_on = (worry.debriefed_on or today) if debriefed else None
        worry.save(update_fields=["steps", "offer", "debriefed_on"])
        record("worry.followed", by=by.pk, on=worry.pk)
    if changed:
        with_the_store(lambda: asking.tell_more(worry.round_id, reason=DANGER, words=offer))
    HUB.refresh(worry.round.room_id)
    return worry


def _may_screen(found: Round) -> Round:
    found = Round.objects.get(pk=found.pk)
    if "screen" not in found.rules.may("desk", found.phase):
        raise Refused("gatherings.round_has_moved_on")
    return found
