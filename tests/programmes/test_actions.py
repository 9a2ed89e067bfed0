"""What happens to programmes, sessions and plans when somebody changes them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from holdfast.audit.models import Entry
from holdfast.curriculum.actions import load_pack
from holdfast.gatherings.kinds import kind_of
from holdfast.gatherings.models import Room
from holdfast.programmes import actions, rules
from holdfast.programmes.messages import MESSAGES
from holdfast.programmes.models import Gathering, PlanItem, Programme
from holdfast.programmes.queries import content_of
from holdfast.refusals import Refused
from tests.curriculum.given import BUNDLED
from tests.given import Ours
from tests.programmes.given import A_DAY, LENGTH, a_pack, a_programme, a_session


def titles(session: Gathering) -> list[str]:
    """Return the plan as it stands."""
    return list(session.plan.order_by("position", "pk").values_list("title", flat=True))


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    """Return the code of a refusal, which has a sentence."""
    assert str(MESSAGES[refused.value.code].what) % refused.value.details
    return refused.value.code


def test_the_toolkit_speaks_in_the_words_of_the_programmes_setting(ours: Ours) -> None:
    pack = load_pack(BUNDLED)
    in_school = actions.start_programme(ours.group, pack=pack, started_on=A_DAY.date(), setting="schools", by=ours.bo)
    elsewhere = actions.start_programme(ours.other_group, pack=pack, started_on=A_DAY.date(), by=ours.bo)
    assert [in_school.setting, elsewhere.setting] == ["schools", "elsewhere"]
    assert content_of(in_school) is not content_of(elsewhere)
    assert content_of(in_school) is content_of(in_school)  # made once


def test_what_the_room_has_no_pages_for_is_planned_as_a_talk(ours: Ours) -> None:
    written = [("stories", "unnamed"), ("gather", "scribe"), ("commit", "named"), ("sort", "spoken")]
    assert [rules.as_it_runs(*pair) for pair in written] == [
        ("stories", "unnamed"), ("talk", "spoken"), ("commit", "named"), ("talk", "spoken"),
    ]  # fmt: skip
    assert {kind_of(rules.as_it_runs(*pair)[0]).__name__ for pair in written} == {kind_of("talk").__name__}


def test_a_session_starts_with_the_plan_of_the_pack(session: Gathering) -> None:
    assert titles(session) == ["Opening", "Notes", "Closing"]  # "walk" is in the pack, but not in its plan
    notes = session.plan.get(activity_key="notes")
    assert (notes.kind, notes.mode, notes.minutes) == ("gather", "unnamed", 15)
    assert [column["tone"] for column in notes.columns] == ["drains", "restores"]
    assert session.title == "Drivers of strength"


def test_a_running_programme_keeps_the_version_it_began_with(ours: Ours, programme: Programme) -> None:
    a_pack("2.0")
    assert a_session(programme, ours.bo).programme.pack.version == "1.0"


def test_a_group_works_through_a_version_once(ours: Ours, programme: Programme) -> None:
    with pytest.raises(Refused) as refused:
        actions.start_programme(ours.group, pack=programme.pack, started_on=date(2031, 1, 1), by=ours.bo)
    assert code_of(refused) == "programmes.already_started"
    assert Programme.objects.count() == 1


def test_a_section_the_pack_does_not_hold_gets_no_session(ours: Ours, programme: Programme) -> None:
    with pytest.raises(Refused) as refused:
        a_session(programme, ours.bo, section=7)
    assert code_of(refused) == "programmes.section_not_in_pack"
    assert Gathering.objects.count() == 0


@pytest.mark.parametrize("minutes", [-59, 0, 59])
def test_a_group_cannot_be_in_two_sessions_at_once(ours: Ours, session: Gathering, minutes: int) -> None:
    with pytest.raises(Refused) as refused:
        a_session(session.programme, ours.bo, starts_at=A_DAY + timedelta(minutes=minutes))
    assert code_of(refused) == "programmes.overlaps"
    assert "Thursday 13 March, 15:30" in str(refused.value.details["when"])  # on the clock of the school


def test_one_session_may_begin_as_another_ends_and_another_group_may_meet_at_the_same_time(
    ours: Ours, session: Gathering
) -> None:
    a_session(session.programme, ours.bo, starts_at=A_DAY + LENGTH)
    a_session(a_programme(ours.other_group, ours.fay, session.programme.pack), ours.fay)
    assert Gathering.objects.count() == 3


@pytest.mark.parametrize(
    ("length", "code"), [(timedelta(0), "ends_before_it_starts"), (timedelta(hours=11), "too_long")]
)
def test_a_session_has_a_length_people_can_sit_through(
    ours: Ours, session: Gathering, length: timedelta, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        actions.move_gathering(session, starts_at=A_DAY, ends_at=A_DAY + length, place="", by=ours.bo)
    assert code_of(refused) == f"programmes.{code}"


def test_a_session_can_move_within_its_own_time(ours: Ours, session: Gathering) -> None:
    later = A_DAY + timedelta(minutes=15)
    actions.move_gathering(session, starts_at=later, ends_at=later + LENGTH, place="Gym", by=ours.bo)

    session.refresh_from_db()
    assert (session.starts_at, session.place) == (later, "Gym")


def test_a_session_that_was_never_opened_can_go_with_its_plan(ours: Ours, session: Gathering) -> None:
    actions.remove_gathering(session, by=ours.bo)
    assert (Gathering.objects.count(), PlanItem.objects.count()) == (0, 0)


def test_a_session_that_was_opened_stays_on_record(ours: Ours, session: Gathering) -> None:
    Room.objects.create(gathering=session, code="KTRMWE", opened_at=A_DAY)
    with pytest.raises(Refused) as refused:
        actions.remove_gathering(session, by=ours.bo)
    assert code_of(refused) == "programmes.was_held"
    assert len(titles(session)) == 3


def test_activities_move_and_stop_at_the_ends(ours: Ours, session: Gathering) -> None:
    closing = session.plan.get(activity_key="closing")
    actions.move_activity(closing, places=-1, by=ours.bo)
    assert titles(session) == ["Opening", "Closing", "Notes"]
    actions.move_activity(closing, places=-1, by=ours.bo)
    actions.move_activity(closing, places=-1, by=ours.bo)
    assert titles(session) == ["Closing", "Opening", "Notes"]


def test_an_activity_of_the_teams_own_goes_before_the_closing_and_out_again(ours: Ours, session: Gathering) -> None:
    own = actions.add_activity(
        session, title="Tea", prompt="", minutes=5, kind="gather", mode="unnamed", by=ours.bo
    )  # fmt: skip
    assert titles(session) == ["Opening", "Notes", "Tea", "Closing"]
    assert own.position == 3
    assert [column["tone"] for column in own.columns] == ["drains", "restores"]

    actions.remove_activity(session.plan.get(activity_key="opening"), by=ours.bo)
    assert titles(session) == ["Notes", "Tea", "Closing"]
    assert list(session.plan.order_by("position").values_list("position", flat=True)) == [1, 2, 3]


def test_what_was_taken_out_can_be_put_back_once_and_comes_to_its_place(ours: Ours, session: Gathering) -> None:
    actions.remove_activity(session.plan.get(activity_key="opening"), by=ours.bo)
    actions.put_in_from_pack(session, activity_key="opening", by=ours.bo)
    assert titles(session) == ["Opening", "Notes", "Closing"]

    with pytest.raises(Refused) as refused:
        actions.put_in_from_pack(session, activity_key="opening", by=ours.bo)
    assert code_of(refused) == "programmes.already_in_plan"
    with pytest.raises(Refused) as refused:
        actions.put_in_from_pack(session, activity_key="nonsense", by=ours.bo)
    assert code_of(refused) == "programmes.not_in_pack"


def test_the_packs_own_words_can_be_brought_back(ours: Ours, session: Gathering) -> None:
    notes = session.plan.get(activity_key="notes")
    actions.change_activity(notes, title="Ours", prompt="Ours?", minutes=99, mode="unnamed", by=ours.bo)
    assert titles(session)[1] == "Ours"
    actions.restore_from_pack(notes, by=ours.bo)

    notes.refresh_from_db()
    assert (notes.title, notes.prompt, notes.minutes, notes.position) == ("Notes", "What about notes?", 15, 2)


@pytest.mark.parametrize(
    ("minutes", "mode", "code"),
    [
        (10, "named", "mode_does_not_fit"),
        (0, "unnamed", "minutes_out_of_range"),
        (241, "unnamed", "minutes_out_of_range"),
    ],
)
def test_notes_are_never_planned_with_names_nor_for_no_time_at_all(
    ours: Ours, session: Gathering, minutes: int, mode: str, code: str
) -> None:
    notes = session.plan.get(activity_key="notes")
    with pytest.raises(Refused) as refused:
        actions.change_activity(notes, title="x", prompt="", minutes=minutes, mode=mode, by=ours.bo)
    assert code_of(refused) == f"programmes.{code}"
    assert titles(session)[1] == "Notes"


@pytest.mark.parametrize("press", ["change", "move", "remove", "restore"])
def test_who_presses_second_is_told_that_the_activity_is_gone(ours: Ours, session: Gathering, press: str) -> None:
    notes, by = session.plan.get(activity_key="notes"), ours.chi
    presses: dict[str, Callable[[], object]] = {
        "change": lambda: actions.change_activity(notes, title="x", prompt="", minutes=5, mode="unnamed", by=by),
        "move": lambda: actions.move_activity(notes, places=1, by=by),
        "remove": lambda: actions.remove_activity(notes, by=by),
        "restore": lambda: actions.restore_from_pack(notes, by=by),
    }
    actions.remove_activity(session.plan.get(activity_key="notes"), by=ours.bo)
    with pytest.raises(Refused) as refused:
        presses[press]()
    assert code_of(refused) == "programmes.activity_gone"
    assert titles(session) == ["Opening", "Closing"]


def test_who_moves_a_session_that_is_gone_is_told_so(ours: Ours, session: Gathering) -> None:
    actions.remove_gathering(Gathering.objects.get(pk=session.pk), by=ours.bo)
    with pytest.raises(Refused) as refused:
        actions.move_gathering(session, starts_at=A_DAY, ends_at=A_DAY + LENGTH, place="", by=ours.chi)
    assert code_of(refused) == "programmes.session_gone"


def test_a_plan_ends_somewhere(ours: Ours, session: Gathering) -> None:
    for number in range(37):
        actions.add_activity(session, title=f"{number}", prompt="", minutes=1, kind="talk", mode="spoken", by=ours.bo)
    with pytest.raises(Refused) as refused:
        actions.add_activity(session, title="x", prompt="", minutes=1, kind="talk", mode="spoken", by=ours.bo)
    assert code_of(refused) == "programmes.plan_is_full"


def test_the_database_itself_keeps_two_activities_apart(session: Gathering) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        session.plan.filter(position=1).update(position=2)


def test_every_change_is_on_the_audit_trail_without_a_word_of_it(ours: Ours, session: Gathering) -> None:
    actions.move_activity(session.plan.get(activity_key="notes"), places=1, by=ours.chi)
    acts = {(entry.act, entry.by) for entry in Entry.objects.filter(act__startswith="programmes.")}
    assert acts == {
        ("programmes.programme_started", ours.bo.pk),
        ("programmes.gathering_added", ours.bo.pk),
        ("programmes.activity_moved", ours.chi.pk),
    }
