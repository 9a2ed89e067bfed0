"""Cards and ballots on paper: alike sheets, one door with phones, no label, counted together, nothing lost (E4)."""

import re
from typing import Any

import pytest
from django.urls import reverse

from holdfast.audit.models import Entry
from holdfast.gatherings import actions
from holdfast.gatherings.kinds.prioritise import SCALES
from holdfast.gatherings.models import Round
from holdfast.programmes.models import PlanItem
from holdfast.voices.admission import Viewer
from holdfast.voices.models import Intake, Note
from holdfast.voices.queries import sealed_notes, tallies_of
from tests.gatherings.choosing import choosing
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import Stage, a_room
from tests.gatherings.test_ballots_on_the_wire import Voter, seal, sorting
from tests.gatherings.test_in_the_open import begin
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="(\w*)">')


class Typist:
    """A facilitator who types in what stands on paper, in a browser without a script."""

    def __init__(self, wire: Wire, stage: Stage, found: Round) -> None:
        self.desk, self.found = Desk(stage, wire, stage.bo), found
        self.status, self.page = 200, ""
        self.look()

    def look(self) -> None:
        self._got(self.desk.client.get(reverse("gatherings.paper", kwargs={"round_id": self.found.pk})))

    def type(self, **said: Any) -> str:
        """Send the form as it stands on the page, filled in like this."""
        return self._send("gatherings.paper", self.fields() | said)

    def again(self, fields: dict[str, str], **said: Any) -> str:
        """Send a page that was sent before, as after a reload or the back button."""
        return self._send("gatherings.paper", fields | said)

    def take_back(self) -> str:
        form = self.page[self.page.index("/paper/removal/") :]
        return self._send("gatherings.paper_removal", dict(HIDDEN.findall(form)))

    def fields(self) -> dict[str, str]:
        begin = self.page.index("data-entry=")
        return dict(HIDDEN.findall(self.page[begin : self.page.index("</form>", begin)]))

    def _send(self, name: str, fields: dict[str, str]) -> str:
        self._got(self.desk.client.post(reverse(name, kwargs={"round_id": self.found.pk}), fields))
        self.desk.wire.settle(0.05)
        return self.page

    def _got(self, answer: Any) -> None:
        self.status, self.page = answer.status_code, " ".join(answer.content.decode().split())


def texts(found: Round) -> set[tuple[str, str, str]]:
    return {(note.column, note.text, note.standing) for note in sealed_notes(found.pk)}


def test_E4_cards_are_typed_in_one_after_the_other_and_sealed_with_the_phones_as_if_they_were_one(wire: Wire) -> None:
    stage = a_room()
    assert stage.phone(wire).write("from a phone").status == 201
    typist, before = Typist(wire, stage, stage.round), Entry.objects.count()
    for number, text in enumerate(("no cover", "plans come late", "we laugh"), start=1):
        page = typist.type(text=text, column="restores" if text == "we laugh" else "drains")
        assert typist.status == 200
        assert f"{number} typed in on this page." in page or number == 1
    assert 'value="restores" required checked' in typist.page  # the column stays for the next card of the pile
    assert Entry.objects.count() == before  # a row beside each card would say which notes stood on paper
    assert {len(bytes(row.sealed)) for row in Intake.objects.all()} == {len(bytes(Intake.objects.first().sealed))}  # type: ignore[union-attr]
    actions.stop_writing(stage.round, by=stage.bo)
    wire.settle(0.05)
    assert len(typist.desk.pile("waiting")) == 4
    actions.accept_all(stage.round, by=stage.bo)
    actions.reveal(stage.round, by=stage.bo)
    wire.settle(0.05)
    rows = list(stage.stream(wire, Viewer.PARTICIPANT).notes().values())
    assert {len(row) for row in rows} == {4}  # id, column, words, leader: nothing says where it was written
    seal(stage.round, stage)
    assert texts(stage.round) == {
        ("drains", "from a phone", "shown"), ("drains", "no cover", "shown"), ("drains", "plans come late", "shown"),
        ("restores", "we laugh", "shown"),
    }  # fmt: skip
    columns = [field.name for field in Note._meta.concrete_fields]
    assert columns == [
        "id",
        "round",
        "column",
        "text",
        "from_leader",
        "standing",
        "about",
        "question",
    ]  # none: on paper


def test_E4_nothing_typed_is_lost_when_it_is_refused_sent_twice_or_brought_back_by_the_browser(wire: Wire) -> None:
    stage = a_room(screened=False)
    typist = Typist(wire, stage, stage.round)
    page = typist.type(text="x" * 601, column="restores")
    assert (typist.status, "x" * 601 in page) == (422, True)
    assert 'value="restores" required checked' in page
    sent = typist.fields()
    typist.type(text="once", column="drains")
    typist.again(sent, text="once", column="drains")  # a reload
    typist.again(sent, text="another card in an old page", column="drains")  # the back button
    typist.type(text="typed by mistake", column="drains")
    assert "The last one is taken back." in typist.take_back()
    seal(stage.round, stage)
    late = typist.type(text="too late", column="drains") if "data-entry" in typist.page else ""
    assert typist.status == 409
    assert ">too late</textarea>" in late
    assert texts(stage.round) == {("drains", "once", "shown"), ("drains", "another card in an old page", "shown")}


def test_E4_cards_are_taken_while_the_activity_closes_and_not_before_people_write(wire: Wire) -> None:
    stage = a_room(writing=False)
    typist = Typist(wire, stage, stage.round)
    assert "Nothing can be typed in just now." in typist.page
    actions.begin_writing(stage.round, by=stage.bo, small_is_agreed=True)
    typist.look()
    actions.close_round(stage.round, by=stage.bo)
    typist.type(text="in the last minute", column="drains")
    assert typist.status == 200
    actions.seal_round(stage.round.pk, by=stage.bo)
    assert {words for _, words, _ in texts(stage.round)} == {"in the last minute"}


def test_E4_ballots_on_paper_are_counted_in_the_same_tallies(wire: Wire) -> None:
    stage, found, (one, two) = sorting(wire, "no cover", "late plans")
    for _ in range(4):
        assert Voter(wire, stage, found).choose({one: "ours", two: "leadership"}).status == 201
    typist = Typist(wire, stage, found)
    typist.type(**{f"choice-{one}": "ours", f"choice-{two}": "nobody"})
    typist.type(**{f"choice-{one}": "ours"})
    typist.type(**{f"choice-{one}": "elsewhere"})
    assert typist.status == 422
    typist.type()
    assert (typist.status, "Nothing is chosen on this ballot yet." in typist.page) == (422, True)
    seal(found, stage)
    tallies = tallies_of(found.pk)
    assert tallies is not None
    assert (tallies.ballots, tallies.of) == (6, {int(one): {"ours": 6}, int(two): {"leadership": 4, "nobody": 1}})


@pytest.mark.parametrize("manner", ["dots", "rating", "consent"])
def test_E4_priorities_on_paper_in_each_manner_that_fits_on_a_sheet(wire: Wire, manner: str) -> None:
    stage, found, ids = choosing(wire, "cover", "plans", "rooms", manner=manner)
    typist = Typist(wire, stage, found)
    said = {f"choice-{key}": SCALES[manner][0] for key in ids}
    if manner == "dots":  # one dot of three items is suggested
        typist.type(**said)
        assert typist.status == 422
        assert typist.page.count(" checked") == 3  # what was ticked stands as it was
        said = dict(list(said.items())[:1])
    typist.type(**said)
    assert typist.status == 200
    seal(found, stage)
    tallies = tallies_of(found.pk)
    assert tallies is not None
    assert tallies.ballots == 1
    assert tallies.of[int(ids[0])] == {SCALES[manner][0]: 1}


def test_E4_the_questions_at_the_close_are_answered_on_paper_too_and_pairs_are_left_to_phones(wire: Wire) -> None:
    stage = a_room(writing=False)
    found = begin(stage, "close", "unnamed")
    actions.ask_at_the_close(found, by=stage.bo)
    found = actions.begin_writing(found, by=stage.bo, small_is_agreed=True)
    typist = Typist(wire, stage, found)
    typist.type(**{"choice-1": "yes", "choice-3": "partly"})
    assert typist.status == 200
    seal(found, stage)
    tallies = tallies_of(found.pk)
    assert tallies is not None
    assert tallies.of == {1: {"yes": 1}, 2: {}, 3: {"partly": 1}}
    stage, pairs, _ids = choosing(wire, "cover", "plans", "rooms", manner="pairs")
    desk = Desk(stage, wire, stage.bo)
    assert desk.client.get(reverse("gatherings.paper", kwargs={"round_id": pairs.pk})).status_code == 404


def test_E4_who_takes_part_on_paper_counts_as_somebody_in_the_room_and_the_number_is_frozen(wire: Wire) -> None:
    stage = a_room(writing=False)
    desk = Desk(stage, wire, stage.bo)
    assert "You are few." in desk.look()
    assert "not a number of people" in desk.press("paper_people", people="many")
    page = desk.press("paper_people", people="6")
    assert "You are few." not in page
    assert stage.stream(wire, Viewer.PARTICIPANT).state()["round"]["set_size"] == 6
    assert actions.begin_writing(desk.round(), by=stage.bo).set_size == 7  # six on paper, and this very phone
    assert "6 people take part on paper." in desk.look()
    assert "before anybody writes" in desk.press("paper_people", people="2")
    assert desk.round().on_paper == 6


def test_E4_more_ballots_than_people_are_pointed_out_with_those_on_paper_counted_in(wire: Wire) -> None:
    stage, found, (one, _two) = sorting(wire, "no cover", "late plans")
    Round.objects.filter(pk=found.pk).update(set_size=2, on_paper=2)
    typist = Typist(wire, stage, found)
    for _ in range(2):
        page = typist.type(**{f"choice-{one}": "ours"})
        assert "more ballots than people who take part on paper" not in page
    page = typist.type(**{f"choice-{one}": "ours"})
    assert "more ballots than people who take part on paper" in page
    seal(found, stage)
    wire.settle(0.05)
    assert "More choices came in than people were here when it began." in typist.desk.look()


def test_E4_printed_sheets_are_all_alike_and_the_same_whenever_they_are_printed(wire: Wire) -> None:
    stage = a_room()
    desk = Desk(stage, wire, stage.bo)
    about = {"gathering_id": stage.gathering.pk, "item_id": stage.gather.pk}
    one, other = (desk.client.get(reverse("gatherings.paper_cards", kwargs=about), {"size": "a4"}) for _ in range(2))
    assert one["Content-Type"] == "application/pdf"
    assert one.content == other.content
    letter = desk.client.get(reverse("gatherings.paper_cards", kwargs=about), {"size": "us-letter"})
    assert letter.content != one.content
    assert desk.client.get(reverse("gatherings.paper_cards", kwargs=about), {"size": "a0"}).status_code == 404
    talk = {"gathering_id": stage.gathering.pk, "item_id": stage.talk.pk}
    assert desk.client.get(reverse("gatherings.paper_cards", kwargs=talk)).status_code == 404  # nothing is written
    page = desk.client.get(reverse("gatherings.papers", kwargs={"gathering_id": stage.gathering.pk})).content.decode()
    assert page.count("Blank cards") == 2
    assert PlanItem.objects.filter(gathering=stage.gathering).count() == 2
