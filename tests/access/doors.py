"""Who gets through which door of a room: one row for every route in front of Django."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from holdfast.gatherings.pages import asset_url
from holdfast.keys import random_key

HOLDERS = ("no ticket", "forged", "other room", "participant", "leader", "desk", "wall")
"""What is held up at the door. Nobody has a name here."""

PEOPLE = ("participant", "leader")
Outcome = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Knock:
    """One request: the query, the body and its type."""

    query: str = ""
    body: bytes = b""
    kind: bytes = b"application/json"


@dataclass(frozen=True, slots=True)
class Try:
    """Whoever knocks: the room, its round, a ticket, the token of the group’s staff page and the question on it."""

    code: str
    round: str
    ticket: str
    token: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """One route of the room. arguments: those of its address; knock: the request each method is asked with."""

    get: Outcome | None = None
    post: Outcome | None = None
    arguments: Callable[[Try], Mapping[str, str]] = lambda t: {"code": t.code}
    knock: Mapping[str, Callable[[Try], Knock]] = field(default_factory=dict)

    @property
    def outcomes(self) -> dict[str, Outcome]:
        """The methods this row answers."""
        return {method: outcome for method, outcome in (("GET", self.get), ("POST", self.post)) if outcome is not None}


def all_alike(status: int) -> Outcome:
    """A ticket changes nothing."""
    return dict.fromkeys(HOLDERS, status)


def ticket_of(*who: str, status: int) -> Outcome:
    """These tickets open it; every other one, and none, is refused."""
    return {holder: status if holder in who else 403 for holder in HOLDERS}


def _written(t: Try) -> dict[str, str]:
    """The fields every note has, drawn as a phone would."""
    secret, tag = secrets.token_hex(16), secrets.token_hex(16)
    mine = {"id": str(random_key()), "secret": secret, "tag": tag, "column": "drains"}
    return {"ticket": t.ticket, "round": t.round, **mine}


def _mine() -> dict[str, str]:
    """The fields of a reply that nobody else has."""
    secret, tag = secrets.token_hex(16), secrets.token_hex(16)
    return {"id": str(random_key()), "secret": secret, "tag": tag, "rev": "1"}


def note(t: Try) -> Knock:
    """A note that is in order."""
    return _json(**_written(t), rev=1, text="Cover with no notice.")


def withdrawal(t: Try) -> Knock:
    """All notes of a device that has written none."""
    return _json(ticket=t.ticket, round=t.round, tag=secrets.token_hex(16))


def ballot(t: Try) -> Knock:
    """Choices of a device, in an activity in which nobody chooses."""
    return _json(**_written(t), rev=1, choices={})


def doubt(t: Try) -> Knock:
    """A doubt about an item, in an activity that has none."""
    return _json(**_written(t), rev=1, item="1")


def envelope(t: Try) -> Knock:
    """An empty envelope, for a question nobody has asked."""
    return _json(**_written(t), asked="1", note="1", note_secret=secrets.token_hex(16), text="")


def done(t: Try) -> Knock:
    """A phone that says it is done."""
    return _json(ticket=t.ticket, round=t.round, mark=secrets.token_hex(16), done=True)


def hand(t: Try) -> Knock:
    """A hand that goes up where nobody talks."""
    return _json(ticket=t.ticket, round=t.round, id=str(random_key()), secret=secrets.token_hex(16), up=True)


def saying(t: Try) -> Knock:
    """An entry with a name, in an activity without names."""
    return _json(**_written(t), rev=1, parts={"said": "Tuesdays."}, name="Ada")


def _not_now() -> Outcome:
    """A participant is told that it is not the time; every other ticket is refused."""
    return ticket_of("participant", status=409)


def _json(**fields: object) -> Knock:
    return Knock(body=json.dumps(fields).encode())


def _query(**fields: str) -> Knock:
    return Knock(query=urlencode(fields))


def _form(**fields: str) -> Knock:
    return Knock(body=urlencode(fields).encode(), kind=b"application/x-www-form-urlencoded")


DOORS: dict[str, Door] = {
    # Whoever has the code may come in; that is what a code is for.
    "gatherings.join": Door(get=all_alike(303), arguments=lambda _: {}, knock={"GET": lambda t: _query(code=t.code)}),
    # A slip nobody has printed lets nobody in, whatever else is held up; what a real one does is tested on the wire.
    "gatherings.slip": Door(
        get=all_alike(200),
        post=all_alike(404),
        arguments=lambda _: {},
        knock={"POST": lambda _: _form(token="EFHK LMQR TWXY")},
    ),
    "gatherings.slip_tickets": Door(
        post=all_alike(404), arguments=lambda _: {}, knock={"POST": lambda _: _json(token="EFHKLMQRTWXY")}
    ),
    "gatherings.asset": Door(get=all_alike(200), arguments=lambda _: {"name": asset_url("css").rsplit("/", 1)[1]}),
    # What a phone keeps for a time without network is of no room: nobody has to be let in to read it.
    "gatherings.shell": Door(get=all_alike(200), arguments=lambda _: {}),
    "gatherings.worker": Door(get=all_alike(200), arguments=lambda _: {}),
    "gatherings.phone": Door(get=all_alike(200)),
    "gatherings.kinds": Door(get=all_alike(200)),
    "gatherings.pieces": Door(get=all_alike(200)),
    "gatherings.holding": Door(get=all_alike(200)),
    "gatherings.plain": Door(
        get=all_alike(200),
        post=ticket_of(*PEOPLE, status=200),
        knock={"POST": lambda t: _form(act="add", rev="1", text="Cover with no notice.", **_written(t))},
    ),
    "gatherings.tickets": Door(post=all_alike(201), knock={"POST": lambda _: _json(lead=False)}),
    # Every ticket of this room sees its own view of it; what each view holds is tested on the wire.
    "gatherings.stream": Door(
        get=ticket_of(*PEOPLE, "desk", "wall", status=200), knock={"GET": lambda t: _query(ticket=t.ticket)}
    ),
    "gatherings.poll": Door(
        get=ticket_of(*PEOPLE, "desk", "wall", status=200), knock={"GET": lambda t: _query(ticket=t.ticket)}
    ),
    # Whoever has the address of a staff page reads it and may answer what it asks; a room’s ticket changes nothing.
    "report_back.staff": Door(get=all_alike(200), arguments=lambda t: {"token": t.token}),
    "report_back.replies": Door(
        get=all_alike(303),
        post=all_alike(201),
        arguments=lambda t: {"token": t.token},
        knock={"POST": lambda t: _form(question=t.question, text="Tuesdays.", **_mine())},
    ),
    # Facilitators write from their own phone, as participants: desk and wall have no voice.
    "gatherings.notes": Door(post=ticket_of(*PEOPLE, status=201), knock={"POST": note}),
    # Notes are being written, so that nobody chooses yet; who may, when people do, is tested on the wire.
    "gatherings.ballots": Door(post=_not_now(), knock={"POST": ballot}),
    "gatherings.doubts": Door(post=_not_now(), knock={"POST": doubt}),
    "gatherings.done": Door(post=ticket_of(*PEOPLE, status=200), knock={"POST": done}),
    # Notes are being written, so that nobody talks: hands are tested on the wire.
    "gatherings.hands": Door(post=ticket_of(*PEOPLE, status=409), knock={"POST": hand}),
    # Nobody has been asked about a note, so that there is no envelope to send; what is in one is tested on the wire.
    "gatherings.envelopes": Door(post=ticket_of(*PEOPLE, status=409), knock={"POST": envelope}),
    # Nothing is handed round, and nobody writes in the open; a leader is told the same.
    "gatherings.stories": Door(post=ticket_of(*PEOPLE, status=409), knock={"POST": withdrawal}),
    "gatherings.open_sayings": Door(post=ticket_of(*PEOPLE, status=409), knock={"POST": saying}),
    # Words that come late are staff's: a leader's would be known by being the leader's.
    "gatherings.late_words": Door(post=ticket_of("participant", status=201), knock={"POST": note}),
    "gatherings.withdrawals": Door(post=ticket_of(*PEOPLE, status=200), knock={"POST": withdrawal}),
}
