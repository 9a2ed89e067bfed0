"""A whole installation in a process of its own, with one open room; its desk is worked by lines on standard input."""

import json
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import django

django.setup()

from holdfast.config.serving import prepare_databases, run  # noqa: E402 - needs the app registry
from holdfast.curriculum.models import PackVersion  # noqa: E402
from holdfast.gatherings import actions  # noqa: E402
from holdfast.gatherings.actions import further, holding  # noqa: E402
from holdfast.gatherings.actions.slips import draw_slips  # noqa: E402
from holdfast.gatherings.hub import HUB, read_cards  # noqa: E402
from holdfast.gatherings.models import Driver, Room, Round  # noqa: E402
from holdfast.gatherings.queries import room_view  # noqa: E402
from holdfast.people import actions as people  # noqa: E402
from holdfast.people.models import Person  # noqa: E402
from holdfast.programmes.models import Gathering, PlanItem, Programme  # noqa: E402
from holdfast.voices import intake  # noqa: E402
from holdfast.voices.admission import Viewer  # noqa: E402
from holdfast.voices.queries import tallies_of  # noqa: E402
from tests.gatherings.rooms import EMPTY_PACK  # noqa: E402
from tests.given import our_district  # noqa: E402


def main(port: int) -> None:
    """Serve until stopped. Each line on standard input is one act; the answer is one line of JSON."""
    prepare_databases()
    desk = Desk()
    threading.Thread(target=desk.work, daemon=True).start()
    run("127.0.0.1", port)


def say(answer: object) -> None:
    """Print one line of JSON in one piece: the server prints too."""
    sys.stdout.write(f"\n{json.dumps(answer)}\n")
    sys.stdout.flush()


def open_a_room() -> Room:
    """Make everything a room needs: a district, a programme and a session with an activity of each kind."""
    ours = our_district()
    now = datetime.now(UTC)
    pack = PackVersion.objects.create(
        key="room", version="1", title="Room", digest="0" * 64, content=EMPTY_PACK, loaded_at=now
    )
    programme = Programme.objects.create(group=ours.group, pack=pack, started_on=now.date())
    gathering = Gathering.objects.create(
        programme=programme, section=4, title="Session 4", starts_at=now, ends_at=now + timedelta(hours=1)
    )
    PlanItem.objects.create(
        gathering=gathering,
        position=1,
        title="What drains you at work, and what restores you?",
        minutes=6,
        kind="gather",
        mode="unnamed",
        columns=[
            {"key": "drains", "label": "Drains", "hint": "What takes your strength.", "tone": "drains"},
            {"key": "restores", "label": "Restores", "hint": "What gives it back.", "tone": "restores"},
        ],
    )
    PlanItem.objects.create(
        gathering=gathering, position=2, title="What surprises you?", minutes=6, kind="talk", mode="spoken", columns=[]
    )
    for position, (kind, title) in enumerate(AFTERWARDS.items(), start=3):
        PlanItem.objects.create(
            gathering=gathering, position=position, title=title, minutes=6, kind=kind, mode="unnamed", columns=[]
        )
    for place, (kind, (mode, title, parts)) in enumerate(OTHERS.items(), start=3 + len(AFTERWARDS)):
        columns = [{"key": part.lower(), "label": part, "hint": "", "tone": ""} for part in parts]
        PlanItem.objects.create(
            gathering=gathering, position=place, title=title, minutes=6, kind=kind, mode=mode, columns=columns
        )
    return actions.open_room(gathering, by=ours.bo)


OTHERS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "check_in": ("named", "One word each: how are you here?", ()),
    "form": ("scribe", "Why, what, how: we make one clear", ("Why", "What", "How")),
    "stories": ("unnamed", "Strength we have seen", ()),
    "reflect": ("spoken", "My lane, for me alone", ("Mine", "My team’s", "Other people’s")),
    "commit": ("named", "What I do from tomorrow on", ()),
    "close": ("spoken", "What I take, what I leave", ()),
}
"""The other kinds: mode, title and parts."""
AFTERWARDS = {
    "condense": "Bring together",
    "sort": "Ours, leadership’s, or nobody’s here?",
    "agree": "What we hand to leadership",
    "prioritise": "What comes first",
}


class Desk:
    """What a facilitator can do, on a string."""

    def __init__(self) -> None:
        """Find the room of an earlier start, or open one."""
        self.room = Room.objects.order_by("pk").first() or open_a_room()
        assert self.room.opened_by is not None
        self.by: Person = self.room.opened_by
        self.acts: dict[str, Callable[[], object]] = {
            **{
                kind: partial(self.start, kind)
                for kind in ("gather", "talk", *AFTERWARDS, *(kind for kind in OTHERS if kind != "close"))
            },
            "write": lambda: actions.begin_writing(self.round(), by=self.by, small_is_agreed=True),
            "look": lambda: actions.stop_writing(self.round(), by=self.by),
            "accept": lambda: actions.accept_all(self.round(), by=self.by),
            "reveal": lambda: actions.reveal(self.round(), by=self.by),
            "close": lambda: actions.close_round(self.round(), by=self.by),
            "undo": lambda: actions.undo_close(self.round(), by=self.by),
            "seal": lambda: actions.seal_round(self.round().pk),
            "finish": lambda: actions.finish_talk(self.round(), by=self.by),
            "hand": lambda: actions.hand_round(self.round(), by=self.by),
            "close_round": partial(self.start, "close"),
            "ask": lambda: actions.ask_at_the_close(self.round(), by=self.by),
            "end": lambda: actions.end_room(self.room, by=self.by),
            "envelopes": self.envelopes,
            "accept_answers": self.accept_answers,
            "no_card": lambda: self.card_of_the_site("", ""),
            "check": lambda: actions.look_at_doubts(self.round(), by=self.by),
        }
        self.acts_with: dict[str, Callable[..., object]] = {
            "held": lambda text, reason: holding.hold_and_tell(
                self.round(), public_ids=[self.at_desk(text)], reason=reason, by=self.by
            ),
            "muted": lambda text: holding.mute_authors(self.round(), public_ids=[self.at_desk(text)], by=self.by),
            "asked": lambda text, words: further.ask_about_note(
                self.round(), note=self.card(text), words=words, by=self.by
            ),
            "drains": partial(self.name, "drains"),
            "restores": partial(self.name, "restores"),
            "together": self.together,
            "reworded": lambda one, wording: actions.reword(
                self.round(), driver_id=self.driver(one), wording=wording, by=self.by
            ),
            "card": self.card_of_the_site,
            "manner": lambda manner, budget="0": actions.set_up(
                self.round(), manner=manner, budget=int(budget), by=self.by
            ),
            "forward": lambda one: actions.take_forward(
                self.round(), driver_id=self.driver(one), forward=True, by=self.by
            ),
            "again": lambda manner, among: actions.look_again(self.round(), manner=manner, among=among, by=self.by),
            "placed": lambda one, to: actions.place(self.round(), driver_id=self.driver(one), to=to, by=self.by),
            "cut": lambda one, ours, theirs: actions.cut(
                self.round(), driver_id=self.driver(one), ours=ours, theirs=theirs, by=self.by
            ),
        }
        self.looks: dict[str, Callable[[], object]] = {
            "notes": self.notes,
            "doubts": self.doubts,
            "ballots": self.ballots,
            "tallies": self.tallies,
            "slips": lambda: draw_slips(self.room.gathering, count=2, by=self.by),
            "link": lambda: people.make_sign_in_link(self.by),
            "leader": lambda: people.make_sign_in_link(Person.objects.get(name="Amara")),
        }

    def work(self) -> None:
        """Do what each line says."""
        say({"code": self.room.code})
        for line in sys.stdin:
            act = line.strip()
            try:
                if act in self.looks:
                    say({act: self.looks[act]()})
                elif ": " in act:
                    name, _, rest = act.partition(": ")
                    self.acts_with[name](*rest.split(" > "))
                    say({"done": act})
                else:
                    self.acts[act]()
                    say({"done": act})
            except Exception as error:  # noqa: BLE001 - the test on the other end reads it
                say({"error": repr(error)})

    def at_desk(self, text: str) -> int:
        """Return the number under which the desk knows the note with this text."""
        return next(card.id for card in HUB.glance(self.room.pk, Viewer.DESK).cards if card.text == text)

    def card(self, text: str) -> int:
        """Return the number under which screens know the note with this text."""
        return next(card.id for card in HUB.glance(self.room.pk, Viewer.WALL).cards if card.text == text)

    def card_of_the_site(self, text: str, danger: str) -> None:
        """Let the site have another help card, as it is written on its page. |: a new line, ||: a new paragraph."""
        site = self.room.gathering.programme.group.site
        site.help_card, site.danger_contact = text.replace("|", "\n"), danger
        site.save(update_fields=["help_card", "danger_contact"])
        HUB.refresh(self.room.pk)

    def accept_answers(self) -> None:
        """Accept what the desk has been shown of the envelopes."""
        room = HUB.by_id[self.room.pk]
        shown = room.further.shown([card.id for card in HUB.glance(self.room.pk, Viewer.WALL).cards], desk=True)
        actions.screen_notes(
            self.round(), public_ids=[reply.id for reply in shown], standing=intake.Standing.ACCEPTED, by=self.by
        )

    def envelopes(self) -> None:
        """Gather the envelopes of every question."""
        for asked in self.round().asked.all():
            further.gather_envelopes(self.round(), asked_id=asked.pk, by=self.by)

    def round(self) -> Round:
        """Return the newest round."""
        return self.room.rounds.order_by("-position")[0]

    def start(self, kind: str) -> Round:
        """Bring an activity of the plan on the screens."""
        return actions.start_round(self.room, item=self.room.gathering.plan.get(kind=kind), by=self.by)

    def name(self, tone: str, *wordings: str) -> None:
        """Put items on the list, as if they had been written and brought together."""
        known = self.room.gathering.drivers.count()
        for position, wording in enumerate(wordings, start=known + 1):
            Driver.objects.create(
                gathering=self.room.gathering,
                wording=wording,
                column=tone,
                tone=tone,
                sources=[str(position)],
                position=position,
            )

    def together(self, *wordings: str) -> None:
        """Bring the items with these wordings together; the last is the new wording."""
        chosen = [self.driver(wording) for wording in wordings[:-1]]
        actions.bring_together(self.round(), driver_ids=chosen, wording=wordings[-1], by=self.by)

    def driver(self, wording: str) -> int:
        """Return the key of the item that now has this wording."""
        return self.room.gathering.drivers.get(wording=wording, retired=False).pk

    def doubts(self) -> list[str]:
        """Return the wordings somebody doubts now, one for each press that was not taken back."""
        wordings = dict(self.room.gathering.drivers.values_list("pk", "wording"))
        return sorted(wordings[int(text)] for text in self._slips())

    def ballots(self) -> list[dict[str, str]]:
        """Return the ballots that are in, each as wording to choice: a test may look, nothing else can."""
        wordings = dict(self.room.gathering.drivers.values_list("pk", "wording"))
        items = [wordings[int(key)] for key in self.round().items]
        return [
            {item: choice for item, choice in zip(items, text.split(","), strict=True) if choice}
            for text in self._slips()
        ]

    def tallies(self) -> dict[str, dict[str, int]]:
        """Return what is left after the seal."""
        tallies = tallies_of(self.round().pk)
        assert tallies is not None
        wordings = dict(self.room.gathering.drivers.values_list("pk", "wording"))
        return {wordings[item]: counts for item, counts in tallies.of.items()}

    def _slips(self) -> list[str]:
        _, records = intake.records(self.round().pk)
        return [record.text for record in records if record.standing != "withdrawn"]

    def notes(self) -> list[list[object]]:
        """Return column, text and leader's label of what is stored and not withdrawn, in alphabetical order."""
        view = room_view(self.room.pk)
        assert view is not None
        cards = [card for card in read_cards(view.round) if card.standing != "withdrawn"]
        return [[card.column, card.text, int(card.leader)] for card in sorted(cards, key=lambda c: (c.column, c.text))]


if __name__ == "__main__":
    main(int(sys.argv[1]))
