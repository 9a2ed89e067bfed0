"""Every table is attacked, or it is said why nobody's unnamed words can be in it; a new one has to choose (E3)."""

from collections.abc import Collection

import pytest
from django.apps import apps

from tests.architecture.tree import ROOT

LINKING = "tests/privacy/test_linking.py::test_E3_no_attacker_does_better_than_chance"
CHOOSING = "tests/privacy/test_linking.py::test_E3_no_attacker_finds_who_sorted_agreed_or_replied_how"
ON_PAPER = "tests/privacy/test_linking.py::test_E3_no_attacker_finds_whose_ballot_on_paper_said_what"
HOLDING = "tests/privacy/test_asking.py::test_E3_nobody_can_tell_who_answers_or_whose_note_is_held"
SITTINGS = "tests/durability/test_kept_between_sittings.py::test_E3_no_order_of_what_stays_tells_the_sittings_apart"
SERVER = "tests/privacy/test_rows_of_a_server.py"
MIXED = f"{SERVER}::test_E3_a_message_without_a_name_loses_its_place_among_named_acts"
DECIDED = (
    "tests/privacy/test_rows_of_a_server.py::test_E7_the_row_a_decision_was_about_has_no_place_of_its_own_in_the_file"
)
LATE = (
    "tests/privacy/test_late_words.py::test_E3_nobody_finds_out_who_sent_late_words_or_when_or_which_are_of_one_phone"
)
HANDS = "tests/privacy/test_hands.py::test_E3_nobody_finds_out_whose_note_it_is_from_who_raises_a_hand_when"
SLIPS = "tests/privacy/test_slips.py::test_E3_nobody_can_tell_who_drew_which_slip_nor_join_two_activities_by_it"

ATTACKED: dict[str, tuple[str, ...]] = {
    "voices_voiceround": (LINKING,),
    "voices_intake": (LINKING, HOLDING, DECIDED),
    "voices_note": (LINKING, HOLDING, SITTINGS),
    "voices_tally": (CHOOSING, ON_PAPER),
    "programmes_barrier": (MIXED,),
    "gatherings_parked": (LATE,),
    "gatherings_hand": (HANDS,),
    "gatherings_slipdraw": (SLIPS,),
    "gatherings_slip": (SLIPS,),
}
"""Tables in which there is something nobody put a name to, with those who try to find out whose it is."""

SAFE: dict[str, tuple[str, ...]] = {
    "what the group read and agreed to hand on, in its own words; who wrote the notes behind it is gone by then": (
        "gatherings_driver", "gatherings_driverstep", "report_back_concern", "report_back_oursitem",
        "report_back_letgoitem",
    ),
    "said by name, or by one for all, in the open": (
        "gatherings_saying", "gatherings_leaderanswer", "surveys_shared", "programmes_commitment", "programmes_coming",
        "programmes_pledge", "programmes_leaderword", "programmes_leadertakespart", "programmes_why",
        "programmes_communicatelater", "programmes_touchbase", "programmes_agreed", "programmes_circleagreement",
        "support_helprequest", "support_helpmessage",
    ),
    "what a facilitator did; never whose words it was about": (
        "gatherings_room", "gatherings_round", "gatherings_asked", "gatherings_worry", "gatherings_circleoftalk",
        "audit_entry",
    ),
    "written down by hand, by name, apart from everything anybody wrote": (
        "gatherings_attendance", "gatherings_signinsheet", "gatherings_certificate",
    ),
    "what a team, a leader or a coordinator plans, decides and answers for all": (
        "programmes_archiving", "programmes_nogo", "programmes_sitting", "programmes_datesaddress",
        "programmes_checkin", "programmes_briefingmark", "programmes_stepmark", "programmes_values", "programmes_gap",
        "programmes_readiness", "programmes_handover", "programmes_componentplan", "programmes_helpwanted",
        "programmes_idea", "programmes_practice", "programmes_hanging", "programmes_relief", "programmes_stepathome",
        "programmes_teammake", "programmes_aside", "programmes_programme", "programmes_gathering",
        "programmes_planitem",
        "report_back_reportback", "report_back_answer", "report_back_progress", "report_back_stafflink",
        "support_link", "support_handout", "curriculum_packversion",
    ),
    "who works here, how they sign in, and what is sent to them": (
        "people_organisation", "people_site", "people_group", "people_person", "people_role", "people_signinlink",
        "people_rosterdraft", "support_invitation", "notifications_mail", "notifications_recipient",
        "notifications_once",
    ),
}  # fmt: skip
"""All others, by why nothing in them is anybody's unnamed word. A new one is argued for here, in its review."""


def ours() -> set[str]:
    """Return every table of ours."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table for model in models if model.__module__.startswith("holdfast.")}


def unlisted(tables: Collection[str]) -> set[str]:
    """Return the tables nobody has thought about."""
    return set(tables) - set(ATTACKED) - {table for names in SAFE.values() for table in names}


def test_E3_every_table_is_attacked_or_it_is_said_why_it_needs_no_attack() -> None:
    assert unlisted({*ours(), "gatherings_whisper"}) == {"gatherings_whisper"}  # a new one would be noticed
    listed = [*ATTACKED, *(table for names in SAFE.values() for table in names)]
    assert sorted(listed) == sorted(ours())
    assert {table for table in ours() if table.startswith("voices_")} <= set(ATTACKED)


@pytest.mark.parametrize("attack", sorted({attack for attacks in ATTACKED.values() for attack in attacks}))
def test_the_attacks_named_here_exist(attack: str) -> None:
    path, name = attack.split("::")
    assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")
