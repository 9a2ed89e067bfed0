"""What phones post: notes of different lengths, and ballots that are sent again whenever a choice is made."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from bench.texts import TEXTS

NOTES_OF_A_TAG = 150
PLACES = ("ours", "leadership", "nobody")


@dataclass(frozen=True, slots=True)
class Sender:
    """What every request of a crowd has in common. phones: how many of them write."""

    host: str
    code: str
    ticket: str
    round: str
    phones: int
    rng: Random

    def request(self, address: str, body: dict[str, object]) -> bytes:
        """Write one POST."""
        content = json.dumps({"ticket": self.ticket, "round": self.round, **body}).encode()
        head = (
            f"POST /r/{self.code}/{address}/ HTTP/1.1\r\nHost: {self.host}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        return head.encode() + content

    def key(self) -> str:
        """Draw the id of a note or ballot."""
        return str(self.rng.randrange(10**17, 10**18))

    def hex(self) -> str:
        """Draw a secret or a tag."""
        return f"{self.rng.getrandbits(128):032x}"


class Bodies(Protocol):
    """Requests by their place in a schedule. shown: whether each of them comes back to all screens."""

    shown: bool

    def request(self, place: int) -> bytes:
        """Return the request of one place; asked once for each, in order."""


class Notes:
    """Notes. Screens know a note under another id than its phone: its first word, a mark, tells which it is.

    in_turn: each phone writes after the other, so that as many notes in a row as there are phones come from as many.
    """

    shown = True

    def __init__(self, sender: Sender, columns: Sequence[str], *, in_turn: bool = False) -> None:
        self.sender, self.columns, self.in_turn = sender, columns, in_turn
        self.places: dict[str, int] = {}
        self.tags: dict[int, tuple[str, int]] = {}

    def request(self, place: int) -> bytes:
        sender, mark = self.sender, f"{place:x}·"
        phones = max(1, sender.phones)
        self.places[mark] = place
        return sender.request(
            "notes",
            {
                "id": sender.key(),
                "secret": sender.hex(),
                "tag": self.tag_of(place % phones if self.in_turn else sender.rng.randrange(phones)),
                "rev": 1,
                "column": self.columns[place % len(self.columns)],
                "text": f"{mark} {sender.rng.choice(TEXTS)}",
            },
        )

    def tag_of(self, phone: int) -> str:
        """Return the tag of a phone, a new one when it has nearly written what one device may."""
        tag, written = self.tags.get(phone, ("", NOTES_OF_A_TAG))
        if written >= NOTES_OF_A_TAG:
            tag, written = self.sender.hex(), 0
        self.tags[phone] = tag, written + 1
        return tag


@dataclass(slots=True)
class Ballot:
    """One phone's ballot as it was sent last."""

    id: str
    secret: str
    tag: str
    rev: int = 0
    choices: dict[str, str] = field(default_factory=dict)


class Ballots:
    """One ballot for each phone: the phone whose turn it is places one item more, or thinks again about one.

    whole: each phone sends one ballot only, with every item placed.
    """

    shown = False

    def __init__(self, sender: Sender, items: Sequence[str], *, whole: bool = False) -> None:
        self.sender, self.items, self.whole = sender, items, whole
        self.of = [Ballot(sender.key(), sender.hex(), sender.hex()) for _ in range(sender.phones)]

    def request(self, place: int) -> bytes:
        rng = self.sender.rng
        ballot = self.of[place % len(self.of) if self.whole else rng.randrange(len(self.of))]
        open_items = [item for item in self.items if item not in ballot.choices]
        for item in self.items if self.whole else [rng.choice(open_items or self.items)]:
            ballot.choices[item] = rng.choice(PLACES)
        ballot.rev += 1
        fields = {"id": ballot.id, "secret": ballot.secret, "tag": ballot.tag, "rev": ballot.rev}
        return self.sender.request("ballots", {**fields, "choices": ballot.choices})

    def tallies(self) -> dict[tuple[str, str], int]:
        """Count what was sent last on every phone: (item, place) to number of phones."""
        return dict(Counter(choice for ballot in self.of for choice in ballot.choices.items()))

    def sent(self) -> int:
        """Count the phones that have sent a ballot."""
        return sum(ballot.rev > 0 for ballot in self.of)
