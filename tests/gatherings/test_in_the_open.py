"""Writing under a name and by a scribe, read off the wire: who may write, who is told what, and what is kept (E4)."""

import secrets
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from holdfast.audit.models import Entry
from holdfast.gatherings import actions
from holdfast.gatherings.actions.striking import strike_words
from holdfast.gatherings.models import Round, Saying
from holdfast.programmes.models import Mode, PlanItem
from holdfast.voices.admission import Viewer
from holdfast.voices.models import Intake, Note, VoiceRound
from tests.gatherings.rooms import COLUMNS, Stage, a_room
from tests.wire import Answer, Stream, Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
WHY = [{"key": key, "label": key.title(), "hint": "", "tone": ""} for key in ("why", "what", "how")]


class Pen:
    """A device that writes in the open, as the protocol describes it."""

    def __init__(self, wire: Wire, stage: Stage, found: Round, viewer: Viewer = Viewer.PARTICIPANT) -> None:
        self.wire, self.stage = wire, stage
        self.right: dict[str, Any] = {
            "ticket": stage.phone(wire, viewer).ticket,
            "round": str(found.pk),
            "id": str(secrets.randbits(62) + 1),
            "secret": secrets.token_hex(16),
            "rev": 0,
        }

    def say(self, *, name: str = "", place: str = "", by_when: str = "", rev: int = 0, **parts: str) -> Answer:
        """Write or change the entry."""
        self.right["rev"] = rev or self.right["rev"] + 1
        return self.say_parts(parts, name=name, place=place, by_when=by_when, rev=self.right["rev"])

    def say_parts(self, parts: dict[str, str], **changes: Any) -> Answer:
        """Write an entry with these parts."""
        fields = {**self.right, "rev": 1, "parts": parts, "name": "", "place": "", "by_when": "", **changes}
        return self.wire.post(f"/r/{self.stage.room.code}/sayings/", fields)

    def withdraw(self) -> Answer:
        """Take it back."""
        fields = {key: self.right[key] for key in ("ticket", "round", "id", "secret")}
        return self.wire.post(f"/r/{self.stage.room.code}/withdrawals/", fields)


def begin(stage: Stage, kind: str, mode: str, columns: list[dict[str, str]] | None = None) -> Round:
    """Start an activity of this kind in this mode."""
    position = stage.gathering.plan.count() + 1
    item = PlanItem.objects.create(
        gathering=stage.gathering, position=position, title=kind, minutes=5, kind=kind, mode=mode, columns=columns or []
    )
    return actions.start_round(stage.room, item=item, by=stage.bo)


def sayings(stream: Stream) -> list[dict[str, Any]]:
    """Return what a screen was last told was written in the open."""
    said = [data["sayings"] for _, event, data in stream.events() if event == "sayings"]
    return said[-1] if said else []


def all_screens(stage: Stage, wire: Wire) -> dict[Viewer, Stream]:
    """Open a stream of each kind of viewer."""
    return {viewer: stage.stream(wire, viewer) for viewer in Viewer}


def test_D6_1_promises_are_named_dated_and_shown_all_at_once(wire: Wire) -> None:
    stage = a_room(writing=False)
    found = begin(stage, "commit", Mode.NAMED)
    screens = all_screens(stage, wire)
    ada, leader = Pen(wire, stage, found), Pen(wire, stage, found, Viewer.LEADER)
    assert ada.say(name="Ada", then="too early").status == 409  # nothing is written before the promise was read
    actions.begin_writing(found, by=stage.bo)
    wire.settle(0.05)
    assert screens[Viewer.PARTICIPANT].state()["round"]["sheet"]["dated"]
    assert ada.say(then="I stop at the stairs").json()["code"] == "gatherings.no_name_yet"
    assert ada.say(name="Ada", then="I stop at the stairs", by_when="2026-13-01").status == 422
    before = {viewer: len(screen.events()) for viewer, screen in screens.items()}
    assert ada.say(name="  Ada  Vos ", by_when="2026-12-01", then="I stop at the stairs").status == 201
    assert leader.say(name="Lou", then="I leave on time").status == 201
    wire.settle(0.05)
    assert not any(sayings(screen) for screen in screens.values()), "nobody reads it before all of it is shown"
    assert before  # there were events to compare with
    actions.reveal(found, by=stage.bo)
    wire.settle(0.05)
    for screen in screens.values():
        assert {(row["name"], row["by_when"]) for row in sayings(screen)} == {("Ada Vos", "2026-12-01"), ("Lou", "")}
        assert "secret" not in sayings(screen)[0]
    assert leader.say(name="Lou", then="and one more").status == 403  # a leader does not have the last word
    assert ada.say(name="Ada", then="I stop twice").status == 200
    actions.finish_talk(found, by=stage.bo)
    assert ada.say(name="Ada", then="late").status == 409
    assert set(Saying.objects.values_list("secret", flat=True)) == {""}
    assert Saying.objects.count() == 2


def test_D5_2_a_scribe_types_and_everybody_reads_along_but_a_leader_does_not_type(wire: Wire) -> None:
    stage = a_room(writing=False)
    found = begin(stage, "form", Mode.SCRIBE, WHY)
    screens = all_screens(stage, wire)
    pen = Pen(wire, stage, found)
    refused = Pen(wire, stage, found, Viewer.LEADER).say(why="because I say so")
    assert (refused.status, refused.json()["code"]) == (403, "gatherings.leaders_do_not_type")
    assert pen.say(about="Answer mails at once", why="so that nobody waits", place="unclear").status == 201
    assert pen.say(rev=1, about="something else").status == 200  # the same request again changes nothing
    assert pen.say(nothing="else").status == 400
    wire.settle(0.05)
    for screen in screens.values():
        (row,) = sayings(screen)
        assert row["parts"] == {"about": "Answer mails at once", "why": "so that nobody waits"}
        assert (row["place"], row["name"]) == ("unclear", "")
    another = Pen(wire, stage, found)
    another.right["id"] = pen.right["id"]
    assert another.say(about="mine now", rev=9).status == 409
    assert pen.withdraw().json() == {"withdrawn": 1}
    wire.settle(0.05)
    assert not any(sayings(screen) for screen in screens.values())
    assert pen.say(rev=9, about="a copy that was still on its way").status == 200
    wire.settle(0.05)
    assert not any(sayings(screen) for screen in screens.values())
    actions.finish_talk(found, by=stage.bo)
    assert not Saying.objects.exists()  # what was taken back is gone


def test_E3_what_is_written_in_the_open_never_meets_the_anonymous_store(wire: Wire) -> None:
    stage = a_room()
    phone = stage.phone(wire)
    note = phone.write("unnamed words")
    assert note.status == 201
    actions.close_round(stage.round, by=stage.bo)
    actions.seal_round(stage.round.pk, by=stage.bo)
    found = actions.begin_writing(begin(stage, "check_in", Mode.NAMED), by=stage.bo)
    wire.settle(0.05)
    assert Pen(wire, stage, found).say(name="Ada", said="named words").status == 201
    assert not VoiceRound.objects.filter(pk=found.pk).exists()
    assert not Intake.objects.exists()
    assert [n.text for n in Note.objects.all()] == ["unnamed words"]  # there was something to be joined with
    names = {field.name for field in Saying._meta.get_fields()}
    assert not names & {"tag", "person", "at", "created_at", "address", "session"}
    assert phone.write("into the named one", round=str(found.pk)).status == 409


def test_E4_without_a_script_one_writes_reads_and_takes_back(wire: Wire) -> None:
    stage = a_room(writing=False)
    found = actions.begin_writing(begin(stage, "commit", Mode.NAMED), by=stage.bo)
    wire.settle(0.05)
    plain = f"/r/{stage.room.code}/plain/"
    page = wire.get(plain).body.decode()
    assert page.index("This carries a name") < page.index('name="part-then"')
    right = {"id": "77", "secret": "a" * 32}
    fields = {
        "ticket": stage.phone(wire).ticket, "round": str(found.pk), "tag": "b" * 32, "act": "say", "rev": "1", **right,
        "part-then": "I go home at five", "name": "Ada", "by_when": "2026-12-01",
    }  # fmt: skip
    page = post(wire, plain, fields)
    assert "I go home at five" in page
    assert f"77:{'a' * 32}:1" in page
    assert not Saying.objects.get().withdrawn
    page = post(wire, plain, {**fields, "act": "withdraw", "mine": f"77:{'a' * 32}:1"})
    assert "I go home at five" not in page
    assert Saying.objects.get().withdrawn


def post(wire: Wire, path: str, fields: dict[str, str]) -> str:
    """Send an ordinary form."""
    return wire.request("POST", path, urlencode(fields).encode()).body.decode()


def test_E4_a_refused_entry_keeps_its_words_at_the_desk_and_once_it_is_over_they_can_still_be_read(wire: Wire) -> None:
    stage = a_room(writing=False)
    found = begin(stage, "form", Mode.SCRIBE, WHY)
    wire.settle(0.05)
    client = Client()
    client.force_login(stage.bo)
    address = reverse("gatherings.sayings", kwargs={"round_id": found.pk})
    typed = {"id": "7", "rev": "1", "part-why": "wherefore " * 90, "part-how": "with care"}
    answer = client.post(address, typed)
    page = answer.content.decode()
    assert (answer.status_code, Saying.objects.count()) == (422, 0)
    assert page.count("wherefore") == 90
    assert ">with care</textarea>" in page
    assert "What you had typed" not in page  # it stands in its box
    actions.finish_talk(found, by=stage.bo)
    wire.settle(0.05)
    page = client.post(address, {**typed, "part-why": "because"}).content.decode()
    assert "What you had typed" in page
    assert ">with care</p>" in page


def test_E4_a_refused_entry_keeps_its_words_on_the_page_without_a_script(wire: Wire) -> None:
    stage = a_room(writing=False)
    found = actions.begin_writing(begin(stage, "commit", Mode.NAMED), by=stage.bo)
    wire.settle(0.05)
    path = f"/r/{stage.room.code}/plain/"
    fields = {
        "ticket": stage.phone(wire).ticket, "round": str(found.pk), "act": "say", "id": "7", "secret": "a" * 32,
        "rev": "1", "part-then": "I stop at the stairs", "name": "", "by_when": "2026-12-01",
    }  # fmt: skip
    page = post(wire, path, fields)
    assert "In this activity a name stands beside what is written." in page
    assert ">I stop at the stairs</textarea>" in page
    assert 'value="2026-12-01"' in page
    actions.finish_talk(actions.reveal(found, by=stage.bo), by=stage.bo)
    wire.settle(0.05)
    page = post(wire, path, {**fields, "name": "Ada"})
    assert "Not sent" in page
    assert ">I stop at the stairs</p>" in page


def test_E4_a_gather_by_a_scribe_has_its_columns(wire: Wire) -> None:
    stage = a_room(writing=False)
    found = begin(stage, "gather", Mode.SCRIBE, COLUMNS)
    pen = Pen(wire, stage, found)
    assert pen.say(said="no cover", place="nowhere").status == 422
    assert pen.say(said="no cover", place="drains").status == 201
    assert Saying.objects.get().place == "drains"


def test_E3_of_entries_with_a_name_no_order_and_no_key_in_the_audit_is_kept(wire: Wire) -> None:
    stage = a_room(writing=False)
    found = actions.begin_writing(begin(stage, "commit", Mode.NAMED), by=stage.bo)
    wire.settle(0.05)
    for name in ("Ada", "Ben", "Cem"):
        assert Pen(wire, stage, found).say(name=name, then="I rest").status == 201
    assert set(Saying.objects.values_list("position", flat=True)) == {0}
    keys = set(Saying.objects.values_list("pk", flat=True))
    about = set(Entry.objects.filter(act="saying.written").values_list("on", flat=True))
    assert about == {found.pk}
    assert not about & keys


def test_D5_2_entries_of_a_scribe_stand_in_the_order_they_were_typed(wire: Wire) -> None:
    stage = a_room(writing=False)
    found = begin(stage, "form", Mode.SCRIBE, WHY)
    wire.settle(0.05)
    for about in ("first", "second", "third"):
        assert Pen(wire, stage, found).say(about=about).status == 201
    placed = {one.parts["about"]: one.position for one in found.sayings.all()}
    assert placed == {"first": 1, "second": 2, "third": 3}


def test_B3_a_leader_takes_back_their_own_entry(wire: Wire) -> None:
    stage = a_room(writing=False)
    found = actions.begin_writing(begin(stage, "commit", Mode.NAMED), by=stage.bo)
    wire.settle(0.05)
    pen = Pen(wire, stage, found, Viewer.LEADER)
    assert pen.say(name="Lou", then="I leave on time").status == 201
    assert pen.withdraw().json() == {"withdrawn": 1}


def test_E3_words_that_are_struck_are_gone_from_entries_too(wire: Wire) -> None:
    stage = a_room(writing=False)
    found = begin(stage, "form", Mode.SCRIBE, WHY)
    wire.settle(0.05)
    assert Pen(wire, stage, found).say(about="Kim is always late", why="plans").status == 201
    assert Pen(wire, stage, found).say(about="Mails at night", why="rest").status == 201
    with transaction.atomic():
        strike_words(stage.gathering.programme, wording="Kim is always late")
    left = [one.parts for one in found.sayings.filter(withdrawn=False)]
    assert [parts["about"] for parts in left] == ["Mails at night"]
    assert not any("Kim" in str(one.parts) for one in Saying.objects.all())
