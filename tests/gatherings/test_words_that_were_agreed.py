"""Words the group has agreed to: nothing brings them back once they changed, nothing changes them once handed over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from holdfast.gatherings import actions
from holdfast.refusals import Refused
from holdfast.report_back.actions import hand_over
from tests.gatherings.desks import Desk
from tests.gatherings.driving import act, another_desk, asked_about, named, sorted_by, with_drivers, wordings
from tests.gatherings.test_ballots_on_the_wire import start, with_notes
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


@pytest.fixture
def placed(wire: Wire) -> Desk:
    """A desk with two sorted items, both for leadership."""
    stage = with_notes(wire)
    with_drivers(stage, "cover", "plans")
    sorted_by(wire, stage)
    desk = Desk(stage, wire, stage.bo)
    for wording in ("cover", "plans"):
        act(desk, "driver_place", named(stage, wording), place="leadership")
    return desk


def test_D4_2_closing_for_good_once_more_agrees_to_no_words_that_changed_since(placed: Desk) -> None:
    asked_about(placed.wire, placed.stage, *({"cover": "yes", "plans": "yes"} for _ in range(5)))
    act(placed, "driver_wording", named(placed.stage, "cover"), wording="cover is our own fault")
    another_desk(placed.stage, placed.wire).press("seal")  # a page from before, or a second press
    assert not named(placed.stage, "cover is our own fault").agreed
    assert named(placed.stage, "plans").agreed


def test_D4_2_what_is_handed_over_keeps_its_words_and_is_no_part_of_anything_else(placed: Desk) -> None:
    stage = placed.stage
    asked_about(placed.wire, stage, *({"cover": "yes", "plans": "yes"} for _ in range(5)))
    cover = named(stage, "cover")
    hand_over(stage.gathering, driver_ids=[cover.pk], due_on=timezone.localdate() + timedelta(days=21), by=stage.bo)
    status, page = act(placed, "driver_wording", cover, wording="cover, once more")
    assert (status, "This is with leadership already" in page) == (409, True)
    with_drivers(stage, "forms")
    assert sorted_by(placed.wire, stage).items == [str(named(stage, "forms").pk)]  # the others have their place
    assert "This is with leadership already" in act(placed, "driver_place", cover, place="ours")[1]
    assert named(stage, "cover").place == "leadership"
    assert act(placed, "driver_cut", cover, ours="we ask", theirs="they tell us")[0] == 409
    found = start(stage, "condense")
    both = [cover.pk, named(stage, "plans").pk]
    with pytest.raises(Refused, match="is_handed_over"):
        actions.bring_together(found, driver_ids=both, wording="cover and plans", by=stage.bo)
    assert {"cover", "plans"} <= wordings(stage)
