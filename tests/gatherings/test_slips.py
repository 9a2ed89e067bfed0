"""Slips: one person, one ballot; a second phone takes over; torn, unknown and foreign ones hear so kindly (E3, E4)."""

import secrets
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from holdfast.gatherings import actions, doors
from holdfast.gatherings.actions.slips import draw_slips, let_in_by_code
from holdfast.gatherings.drawn.tokens import LENGTH, in_fours, new_token
from holdfast.gatherings.models import Room, Slip, SlipDraw
from holdfast.refusals import Refused
from holdfast.voices import intake
from holdfast.voices.admission import LETTERS, OPEN, SLIPS, Viewer
from holdfast.voices.queries import tallies_of
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import Stage, a_room
from tests.gatherings.test_ballots_on_the_wire import Voter, seal, start, with_notes
from tests.wire import Answer, Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


def show(wire: Wire, token: str) -> Answer:
    """Scan a slip with a phone."""
    return wire.post("/slips/", {"token": token})


def let_in(wire: Wire, token: str) -> str:
    """Scan a slip and return the ticket."""
    answer = show(wire, token)
    assert answer.status == 201, answer.body
    ticket: str = answer.json()["ticket"]
    return ticket


def form(wire: Wire, path: str, fields: str) -> Answer:
    """Send a form without a script."""
    return wire.request("POST", path, fields.encode())


def a_voter(wire: Wire, stage: Stage, found: Any, ticket: str) -> Voter:
    """Return a phone that chooses with this ticket, and with a tag and a secret of its own making."""
    voter = Voter(wire, stage, found)
    voter.slip["ticket"] = ticket
    return voter


def sorting_by_slips(wire: Wire, *, slips: int) -> tuple[Stage, Any, list[str]]:
    """Return a room that sorts and lets in by slips, its round, and what stands on the slips."""
    stage = with_notes(wire, "no cover", "late plans")
    tokens = draw_slips(stage.gathering, count=slips, by=stage.bo)
    found = actions.begin_writing(start(stage, "sort"), by=stage.bo, small_is_agreed=True)
    wire.settle(0.05)
    return stage, found, tokens


def test_E3_without_a_slip_nobody_is_in_whatever_code_or_ticket_they_have(wire: Wire) -> None:
    stage = a_room(writing=False)
    code, room = stage.room.code, stage.room.pk
    before = OPEN.issue(room, viewer=Viewer.PARTICIPANT)
    assert wire.get(f"/r/{code}/poll?ticket={before}").status == 200  # it was good until slips were asked for
    (token,) = draw_slips(stage.gathering, count=1, by=stage.bo)
    wire.settle(0.05)
    for lead in (False, True):
        refused = wire.post(f"/r/{code}/tickets/", {"lead": lead, "ticket": before})
        assert (refused.status, refused.json()["code"]) == (403, "gatherings.slip_needed")
    assert wire.get(f"/r/{code}/poll?ticket={before}").status == 403
    assert 'data-ticket=""' in wire.get(f"/r/{code}/").body.decode()
    plain = wire.get(f"/r/{code}/plain/")
    assert (plain.status, "lets in by slips only" in plain.body.decode()) == (403, True)
    assert stage.round.title not in plain.body.decode()
    ticket = let_in(wire, token)
    assert wire.get(f"/r/{code}/poll?ticket={ticket}").status == 200
    desk, wall = (OPEN.issue(room, viewer=viewer) for viewer in (Viewer.DESK, Viewer.WALL))
    assert [wire.get(f"/r/{code}/poll?ticket={t}").status for t in (desk, wall)] == [200, 200]


def test_E3_leaders_of_slips_are_told_apart_only_as_leaders(wire: Wire) -> None:
    stage = a_room(writing=False)
    tokens = draw_slips(stage.gathering, count=2, by=stage.bo)
    wire.settle(0.05)
    passes = set()
    for token in tokens:
        ticket = let_in(wire, token)
        answer = wire.post(f"/r/{stage.room.code}/tickets/", {"lead": True, "ticket": ticket})
        draw = SlipDraw.objects.get().pk
        found = SLIPS.redeem(answer.json()["ticket"], room_id=stage.room.pk, draw=draw)
        assert found is not None
        assert (found.viewer, found.holder) == (Viewer.LEADER, ticket.split("~")[1].split(".")[0])
        passes.add(answer.json()["ticket"].split("~")[0])
    assert len(passes) == 1  # what stands in the address of a stream is the same for all leaders


def test_E3_what_stands_in_an_address_is_the_same_for_all_and_only_lets_watch(wire: Wire) -> None:
    stage = a_room()
    seal(stage.round, stage)
    tokens = draw_slips(stage.gathering, count=2, by=stage.bo)
    again = actions.start_round(stage.room, item=stage.gather, by=stage.bo)
    found = actions.begin_writing(again, by=stage.bo, small_is_agreed=True)
    wire.settle(0.05)
    tickets = [let_in(wire, token) for token in tokens]
    assert tickets[0] != tickets[1]
    watching = {ticket.split("~")[0] for ticket in tickets}
    assert len(watching) == 1
    shared = watching.pop()
    assert wire.get(f"/r/{stage.room.code}/poll?ticket={shared}").status == 200
    phone = stage.phone(wire)
    phone.round_id = found.pk
    phone.ticket = shared
    assert phone.write("not by a pass").status == 403
    phone.ticket = tickets[0]
    assert phone.write("by a slip").status == 201


def test_D4_1_a_slip_has_one_ballot_and_the_phone_that_chose_last_has_it(wire: Wire) -> None:
    stage, found, tokens = sorting_by_slips(wire, slips=2)
    one = found.items[0]
    first = a_voter(wire, stage, found, let_in(wire, tokens[0]))
    assert first.choose({one: "ours"}).status == 201
    assert first.choose({one: "nobody"}).status == 200
    second = a_voter(wire, stage, found, let_in(wire, in_fours(tokens[0]).lower()))  # typed, on another phone
    assert second.choose({one: "ours"}).status == 201
    late = first.choose({one: "nobody"})
    assert (late.status, late.json()["code"]) == (409, "gatherings.slip_chose_elsewhere")
    assert a_voter(wire, stage, found, let_in(wire, tokens[1])).choose({one: "ours"}).status == 201
    seal(found, stage)
    tallies = tallies_of(found.pk)
    assert tallies is not None
    assert (tallies.ballots, tallies.of[int(one)]) == (2, {"ours": 2})


def test_D4_1_two_phones_of_one_slip_that_choose_in_the_same_moment_are_one(wire: Wire) -> None:
    stage, found, tokens = sorting_by_slips(wire, slips=1)
    ticket, one = let_in(wire, tokens[0]), found.items[0]
    voters = [a_voter(wire, stage, found, ticket) for _ in range(6)]
    assert {voter.choose({one: "ours"}).status for voter in voters} == {201}
    tags = {voter.slip["tag"] for voter in voters}
    kept = [record for record in intake.records(found.pk)[1] if record.standing is not intake.Standing.WITHDRAWN]
    assert (len(tags), len(kept)) == (6, 1)
    assert kept[0].tag not in tags  # what the phone says of itself counts for nothing
    seal(found, stage)
    tallies = tallies_of(found.pk)
    assert tallies is not None
    assert tallies.ballots == 1


def test_E4_without_a_script_a_slip_lets_in_and_two_people_share_one_phone(wire: Wire) -> None:
    stage, found, tokens = sorting_by_slips(wire, slips=2)
    code, items = stage.room.code, list(found.items)
    for token in tokens:
        page = form(wire, "/slip/", f"token={token}").body.decode()
        assert "You are let in." in page
        ticket = page.split('name="ticket" value="')[1].split('"')[0]
        inside = form(wire, f"/r/{code}/plain/", f"act=look&ticket={ticket}")
        assert (inside.status, ticket in inside.body.decode()) == (200, True)
        mine = f"id={secrets.randbits(60) + 1}&secret={'a' * 32}&tag={'b' * 32}&rev=1&round={found.pk}&ticket={ticket}"
        chosen = form(wire, f"/r/{code}/plain/", f"act=ballot&{mine}&choice-{items[0]}=ours")
        assert chosen.status == 200, chosen.body
    seal(found, stage)
    tallies = tallies_of(found.pk)
    assert tallies is not None
    assert tallies.ballots == 2


def test_words_typed_without_a_slip_stand_on_the_page_that_asks_for_one(wire: Wire) -> None:
    stage = a_room(writing=False)
    draw_slips(stage.gathering, count=1, by=stage.bo)
    wire.settle(0.05)
    ticket = OPEN.issue(stage.room.pk, viewer=Viewer.PARTICIPANT)
    page = form(wire, f"/r/{stage.room.code}/plain/", f"act=add&ticket={ticket}&text=Cover+with+no+notice.")
    assert page.status == 403
    assert "Cover with no notice." in page.body.decode()


def test_torn_unknown_foreign_and_early_slips_are_told_what_they_are(wire: Wire) -> None:
    stage = a_room(writing=False)
    (token,) = draw_slips(stage.gathering, count=1, by=stage.bo)
    torn = show(wire, token[:7])
    assert (torn.status, torn.json()["code"]) == (422, "gatherings.slip_is_torn")
    assert "12 letters, and here are 7." in torn.json()["what"]
    for strange in (new_token(), "é" * LENGTH, "1" * LENGTH):
        unknown = show(wire, strange)
        assert (unknown.status, unknown.json()["code"]) == (404, "gatherings.no_such_slip")
    draw = SlipDraw.objects.get().pk
    foreign = SLIPS.issue(stage.room.pk, viewer=Viewer.PARTICIPANT, draw=draw + 1, token=token)
    assert wire.get(f"/r/{stage.room.code}/poll?ticket={foreign}").status == 403
    Room.objects.filter(pk=stage.room.pk).update(ended_at=stage.room.opened_at)
    early = show(wire, token)
    assert (early.status, early.json()["code"]) == (409, "gatherings.slip_too_early")
    assert "not used up" in early.json()["next"]
    for body in ({}, {"token": 1}, {"token": "x" * 61}, {"token": None}):
        assert wire.post("/slips/", body).status == 400
    assert form(wire, "/slip/", "token=%ff").status in {400, 404, 422}
    assert form(wire, "/slip/", "").status == 422
    typed = form(wire, "/slip/", "token=EFH%20K").body.decode()
    assert 'value="EFH K"' in typed  # what was typed is still there


def test_E3_guessing_is_hopeless_and_slowed_down_for_all_guessers_together(wire: Wire, monkeypatch: Any) -> None:
    assert len(LETTERS) ** LENGTH / 600 / doors.WRONG_A_SECOND > 100 * 365 * 86_400  # seconds
    stage = a_room(writing=False)
    (token,) = draw_slips(stage.gathering, count=1, by=stage.bo)
    wire.settle(0.05)
    ticket = let_in(wire, token)
    monkeypatch.setattr(doors, "GUESSES", doors.Guesses(left=5))
    monkeypatch.setattr(doors, "WRONG_A_SECOND", 0.0)
    monkeypatch.setattr(doors, "WAITING_AT_ONCE", 0)
    assert [show(wire, new_token()).status for _ in range(7)] == [404] * 5 + [429] * 2
    assert wire.get(f"/r/{stage.room.code}/poll?ticket={ticket}").status == 200  # who is in does not wait
    draw = SlipDraw.objects.get().pk
    other = ticket[:-1] + ("A" if ticket[-1] != "A" else "B")
    for forged in (other, ticket.replace("p.", "l.", 1), "p.1~x.y", "p.é~x.y", "~", ticket + ".", ticket.split("~")[1]):
        assert SLIPS.redeem(forged, room_id=stage.room.pk, draw=draw) is None


def test_how_people_are_let_in_changes_only_between_activities_and_slips_end_with_the_session(wire: Wire) -> None:
    stage = a_room()
    with pytest.raises(Refused, match=r"gatherings\.slips_between_activities"):
        draw_slips(stage.gathering, count=3, by=stage.bo)  # whoever writes just now would be shut out
    seal(stage.round, stage)
    old = draw_slips(stage.gathering, count=3, by=stage.bo)
    ticket = let_in(wire, old[0])
    found = actions.begin_writing(start(stage, "gather"), by=stage.bo, small_is_agreed=True)
    draw_slips(stage.gathering, count=2, by=stage.bo)  # for those who come late
    for act in (
        lambda: let_in_by_code(stage.gathering, by=stage.bo),
        lambda: draw_slips(stage.gathering, count=2, fresh=True, by=stage.bo),
    ):
        with pytest.raises(Refused, match=r"gatherings\.slips_between_activities"):
            act()
    seal(found, stage)
    (new,) = draw_slips(stage.gathering, count=1, fresh=True, by=stage.bo)
    wire.settle(0.05)
    assert show(wire, old[1]).status == 404
    assert wire.get(f"/r/{stage.room.code}/poll?ticket={ticket}").status == 403  # nor its ticket: it is the old draw's
    assert show(wire, new).status == 201
    actions.end_room(stage.room, by=stage.bo)
    assert not Slip.objects.exists()
    assert show(wire, new).status == 404
    assert SlipDraw.objects.exists()  # the session still asks for slips, should it be opened again
    let_in_by_code(stage.gathering, by=stage.bo)
    assert not SlipDraw.objects.exists()


def test_there_are_no_more_slips_than_a_session_has_people_for(wire: Wire) -> None:
    stage = a_room(writing=False)
    for _ in range(3):
        draw_slips(stage.gathering, count=200, by=stage.bo)
    with pytest.raises(Refused, match=r"gatherings\.too_many_slips"):
        draw_slips(stage.gathering, count=1, by=stage.bo)
    assert len(draw_slips(stage.gathering, count=1, by=stage.bo, fresh=True)) == 1


def test_the_desk_prints_sheets_and_goes_back_to_the_code(wire: Wire) -> None:
    stage = a_room(writing=False)
    client = Client()
    client.force_login(stage.bo)
    address = reverse("gatherings.slips", kwargs={"gathering_id": stage.gathering.pk})
    for count in ("0", "201", "many", ""):
        refused = client.post(address, {"count": count, "paper": "a4"})
        assert (refused.status_code, Slip.objects.exists()) == (422, False)
        assert "Type a number of slips from 1 to 200." in refused.content.decode()
        assert f'value="{count}"' in refused.content.decode() or not count
    for paper, most in (("a4", 9), ("us-letter", 18), ("nothing", 27)):
        sheet = client.post(address, {"count": "9", "paper": paper})
        assert (sheet["Content-Type"], Slip.objects.count()) == ("application/pdf", most)
        assert "no-store" in sheet["Cache-Control"]
    assert "27 slips work." in " ".join(client.get(address).content.decode().split())
    assert "It lets in by slips drawn from a hat." in Desk(stage, wire, stage.bo).look()
    wall = Desk(stage, wire, stage.bo).wall()
    assert "Draw a slip from the hat" in wall
    assert "type the code" not in wall
    assert stage.room.code[:3] not in wall.split("wall__join")[1].split("</aside>")[0]
    client.post(reverse("gatherings.slip_removal", kwargs={"gathering_id": stage.gathering.pk}))
    assert not SlipDraw.objects.exists()
    assert "drawn from a hat." not in Desk(stage, wire, stage.bo).look()


@pytest.mark.parametrize("slips", [1, 3])
def test_the_desk_and_the_page_of_slips_ask_the_database_alike_for_few_and_many(
    wire: Wire, slips: int, django_assert_num_queries: Any
) -> None:
    stage = a_room(writing=False)
    draw_slips(stage.gathering, count=slips, by=stage.bo)
    client = Client()
    client.force_login(stage.bo)
    address = reverse("gatherings.slips", kwargs={"gathering_id": stage.gathering.pk})
    client.get(address)
    with django_assert_num_queries(6):
        client.get(address)
