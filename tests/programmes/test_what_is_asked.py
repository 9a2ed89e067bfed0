"""What the guide asks of a leader, id by id: it stands on the briefing of its section, in the part it is meant for."""

import pytest

from holdfast.curriculum.pack import Consideration, LeaderMode
from holdfast.curriculum.queries import pack_of
from holdfast.programmes.models import Programme
from tests.given import Ours
from tests.programmes.test_briefing import address, bundled, read, takes
from tests.programmes.test_leading import signed_in

__all__ = ["bundled"]
pytestmark = pytest.mark.django_db


def asked(ours: Ours, programme: Programme, number: int, wanted: str) -> list[Consideration]:
    """Return what a briefing shows a leader for one id, over both parts; each with its title and its words."""
    section = pack_of(programme.pack).section(number)
    assert section is not None
    found = []
    for part in (LeaderMode.TAKING_PART, LeaderMode.SUPPORTING):
        takes(programme, ours.amara, part)
        page = " ".join(read(signed_in(ours.amara), address(programme, number)).split())
        for one in section.considerations_for(part):
            if one.id.split()[0] == wanted and one.title in page:
                assert one.text.split("\n")[0].split(".")[0].strip()[:40].replace("'", "&#x27;") in page
                found.append(one)
    return found


def test_D4_3_what_wears_people_out_in_a_system_and_what_protects_is_at_hand(ours: Ours, bundled: Programme) -> None:
    found = asked(ours, bundled, 4, "D4.3")
    assert {part for one in found for part in ("wears", "protects") if part in one.text or part in one.title}
    assert any("in leaders’ hands" in one.text for one in found)


def test_D6_3_the_leader_knows_what_becomes_of_the_behaviours(ours: Ours, bundled: Programme) -> None:
    assert asked(ours, bundled, 6, "D6.3")


def test_D7_2_leader_and_team_plan_the_same_message_for_newcomers_meetings_and_talks(
    ours: Ours, bundled: Programme
) -> None:
    words = " ".join(one.text for one in asked(ours, bundled, 7, "D7.2")).lower()
    assert "meeting" in words
    assert "new" in words


def test_D7_3_learning_how_to_act_by_the_agreements_goes_on(ours: Ours, bundled: Programme) -> None:
    assert asked(ours, bundled, 7, "D7.3")


def test_D7_5_agreements_are_offered_to_all_before_they_hold(ours: Ours, bundled: Programme) -> None:
    assert asked(ours, bundled, 7, "D7.5")


def test_D8_the_leader_learns_beside_the_others(ours: Ours, bundled: Programme) -> None:
    assert asked(ours, bundled, 8, "D8")


def test_D9_the_leader_learns_beside_the_others(ours: Ours, bundled: Programme) -> None:
    assert asked(ours, bundled, 9, "D9")


def test_D10_the_leader_learns_beside_the_others(ours: Ours, bundled: Programme) -> None:
    assert asked(ours, bundled, 10, "D10")


def test_D11_the_leader_learns_beside_the_others(ours: Ours, bundled: Programme) -> None:
    assert asked(ours, bundled, 11, "D11")


def test_D12_1_the_leader_applies_it_to_one_real_relationship_too(ours: Ours, bundled: Programme) -> None:
    assert asked(ours, bundled, 12, "D12.1")


def test_D12_2_leader_and_team_bring_ideas_for_what_becomes_ordinary(ours: Ours, bundled: Programme) -> None:
    assert asked(ours, bundled, 12, "D12.2")


def test_an_id_the_toolkit_does_not_ask_in_a_section_is_not_found_there(ours: Ours, bundled: Programme) -> None:
    assert asked(ours, bundled, 12, "D4.3") == []
