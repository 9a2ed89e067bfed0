"""The box: a standing round outside a meeting, in which a group answers one question without names."""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from holdfast.gatherings.exchange import hex_of, number_of, text_of
from holdfast.gatherings.rules import LONGEST_TEXT, clean_text
from holdfast.keys import LARGEST_KEY, random_key
from holdfast.refusals import Refused
from holdfast.voices import intake
from holdfast.voices.intake import CannotSave, Contribution, Outcome, Receipt, Standing

MOST_REVS = 10_000
REPLIES_AT_ONCE = 400
REPLIES_A_SECOND = 10.0
MOST_PACES = 1000


@dataclass(frozen=True, slots=True)
class Kept:
    """A reply as it is now stored: what its writer needs to change it or take it back."""

    id: int
    secret: str
    tag: str
    rev: int
    text: str

    @property
    def next_rev(self) -> int:
        """The rev of its next change."""
        return self.rev + 1


@dataclass(slots=True)
class Pace:
    """How many replies to one question this process still takes calmly. No address is looked at: a school has one."""

    left: float = REPLIES_AT_ONCE
    at: float = 0.0

    def take(self, now: float) -> bool:
        """Use up one, if there is one."""
        self.left = min(float(REPLIES_AT_ONCE), self.left + (now - self.at) * REPLIES_A_SECOND)
        self.at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


PACES: dict[int, Pace] = {}
"""A pace for each box: whoever floods one question slows nobody at another."""


def in_pace(box: int, now: float) -> bool:
    """Tell whether one more reply to this question is taken now."""
    pace = PACES.pop(box, None) or Pace(at=now)
    PACES[box] = pace  # the one asked last stands last; only boxes there are get this far, and the oldest go
    while len(PACES) > MOST_PACES:
        del PACES[next(iter(PACES))]
    return pace.take(now)


def open_box(box: int) -> None:
    """Open a box; one that is open already stays as it is. Raises Refused when the store cannot."""
    try:
        intake.open_round(box)
    except CannotSave as error:
        raise Refused("gatherings.voices_stay_closed", status=503) from error


def close_box(box: int) -> None:
    """Close a box for good: what is in it becomes readable, mixed. Safe to repeat. Raises Refused."""
    try:
        intake.begin_closing(box)
        intake.seal_round(box)
    except CannotSave as error:
        raise Refused("gatherings.voices_stay_closed", status=503) from error


def states_of(boxes: Collection[int]) -> dict[int, str]:
    """Return the state of each box the store has: open, closing, sealing or sealed."""
    return intake.states(boxes) if boxes else {}


async def store_reply(box: int, form: Mapping[str, str]) -> Kept:
    """Store or change one reply and return it as it now is, after the commit. Raises Refused; nothing is kept then."""
    if not in_pace(box, time.monotonic()):
        raise Refused("gatherings.replies_slow_down", status=429)
    wanted = _read(form)
    receipt = await _write(box, wanted)
    if receipt.outcome is Outcome.UNCHANGED and _stored_text(box, wanted) != wanted.text:
        # A form brought back by the browser and filled anew: another reply, which must not be lost.
        wanted = replace(wanted, id=random_key(), rev=1)
        receipt = await _write(box, wanted)
    return Kept(wanted.id, wanted.secret, wanted.tag, receipt.rev, wanted.text)


async def take_back_reply(box: int, form: Mapping[str, str]) -> None:
    """Withdraw one reply by its secret. Raises Refused.

    At the same pace as replies: each id that is taken back takes a place in the box, also one nobody has used.
    """
    if not in_pace(box, time.monotonic()):
        raise Refused("gatherings.replies_slow_down", status=429)
    note_id = number_of(form, "id", low=1, high=LARGEST_KEY)
    try:
        _refuse((await intake.withdraw(box, note_id=note_id, secret=hex_of(form, "secret"))).outcome)
    except CannotSave as error:
        raise Refused("gatherings.reply_not_saved", status=503) from error


def _read(form: Mapping[str, str]) -> Contribution:
    text = clean_text(text_of(form, "text", most=8192))
    if not text:
        raise Refused("gatherings.no_reply_written", status=422)
    if len(text) > LONGEST_TEXT:
        raise Refused("gatherings.text_too_long", {"most": LONGEST_TEXT, "has": len(text)}, status=422)
    return Contribution(
        id=number_of(form, "id", low=1, high=LARGEST_KEY),
        secret=hex_of(form, "secret"),
        tag=hex_of(form, "tag"),
        rev=number_of(form, "rev", low=1, high=MOST_REVS),
        column="",
        text=text,
        from_leader=False,
    )


async def _write(box: int, wanted: Contribution) -> Receipt:
    try:
        receipt = await intake.write(box, wanted, standing=Standing.ACCEPTED)
    except CannotSave as error:
        raise Refused("gatherings.reply_not_saved", status=503) from error
    _refuse(receipt.outcome)
    return receipt


def _stored_text(box: int, wanted: Contribution) -> str | None:
    own = intake.own_notes(box, {wanted.id: wanted.secret})
    return own[0].text if own else None


def _refuse(outcome: Outcome) -> None:
    if outcome is Outcome.CLOSED:
        raise Refused("gatherings.box_closed", status=409)
    if outcome is Outcome.NOT_YOURS:
        raise Refused("gatherings.not_your_note", status=409)
    if outcome is Outcome.TOO_MANY:
        raise Refused("gatherings.too_many_notes", status=429)
