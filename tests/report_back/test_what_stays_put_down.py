"""What is let go stays on one list, struck words are nowhere, and a box is not filled by taking back."""

from time import monotonic

import pytest
from django.urls import reverse
from django.utils import timezone

from holdfast.gatherings import box as boxes
from holdfast.gatherings.models import Driver
from holdfast.programmes.models import CommunicateLater, Gathering
from holdfast.report_back import actions
from holdfast.report_back.actions import staff
from holdfast.report_back.models import LetGoItem, OursItem
from tests.given import Ours
from tests.report_back.given import a_driver, drafted, handed_over, signed_in
from tests.report_back.pages import everything, get, hidden, on_the_wire, post


def test_D4_1_a_page_from_before_does_not_bring_back_what_the_group_let_go(ours: Ours, session: Gathering) -> None:
    item = actions.add_ours(session.programme, wording="Tea", step="", who="", plan="", look_again_on=None, by=ours.bo)
    where, bo = reverse("report_back.ours_item", kwargs={"item_id": item.pk}), signed_in(ours.bo)
    bo.post(where, {"state": "let_go"})
    bo.post(where, {"state": "let_go"})  # pressed twice
    answer = bo.post(where, {"state": "open", "step": "Begin on Monday."})
    assert "The group has let this go" in answer.content.decode()
    assert (OursItem.objects.get().state, LetGoItem.objects.get().taken_back_on) == ("let_go", None)


def test_D4_4_what_the_group_takes_back_stands_on_its_own_list_again(ours: Ours, session: Gathering) -> None:
    item = actions.add_ours(session.programme, wording="Tea", step="", who="", plan="", look_again_on=None, by=ours.bo)
    signed_in(ours.bo).post(reverse("report_back.ours_item", kwargs={"item_id": item.pk}), {"state": "let_go"})
    for _press in range(2):
        actions.take_back(LetGoItem.objects.get(), by=ours.bo)
        assert OursItem.objects.get().state == "open"


@pytest.mark.django_db(databases=["default", "voices"])
def test_E3_struck_words_stand_neither_on_a_leaders_own_list_nor_as_agreed(ours: Ours, session: Gathering) -> None:
    [one] = handed_over(session, "Bob shouts", by=ours.bo)
    drafted(one, by=ours.amara, verdict="already_so", reason="He has stopped.")
    alike = a_driver(session, "Bob shouts")
    step = session.driver_steps.create(
        number=1, act="placed", words="Bob shouts", by=ours.bo, at=timezone.now(),
        before=[{"id": str(alike.pk), "wording": "Bob shouts", "agreed": True}],
    )  # fmt: skip
    assert "Bob shouts" in CommunicateLater.objects.get().text
    staff.strike(one, by=ours.bo)
    assert "Bob" not in CommunicateLater.objects.get().text
    assert not Driver.objects.get(pk=alike.pk).agreed  # nothing without words is handed over
    step.refresh_from_db()
    assert (step.words, step.before[0]["wording"], step.before[0]["agreed"]) == ("", "", False)  # also when undone


@pytest.mark.django_db(transaction=True, databases=["default", "voices"])
def test_E3_taking_back_what_nobody_wrote_goes_no_faster_than_replying(
    ours: Ours, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = everything(ours)
    path = f"/s/{shown.staff.token}/replies/"
    assert shown.question.box
    monkeypatch.setitem(boxes.PACES, shown.question.box, boxes.Pace(left=1.0, at=monotonic()))
    monkeypatch.setattr(boxes, "REPLIES_A_SECOND", 0.0)

    async def story() -> None:
        fields = {**hidden(await get(f"/s/{shown.staff.token}/")), "act": "withdraw"}
        told = [(await post(path, {**fields, "id": str(7 + n)})).status for n in range(3)]
        assert told == [200, 429, 429]

    on_the_wire(story)


def test_E3_a_staff_of_forty_replies_in_one_minute_and_a_flood_at_one_question_slows_no_other() -> None:
    flooded, other, began = 11, 12, 1000.0
    boxes.PACES.clear()
    for second in range(40):  # each sends, changes and takes back, from one address
        assert all(boxes.in_pace(flooded, began + second) for _act in range(3))
    taken = sum(boxes.in_pace(flooded, began + 60) for _one in range(1000))
    assert taken < 1000  # a flood is slowed
    assert all(boxes.in_pace(other, began + 60) for _colleague in range(40))
    assert all(boxes.in_pace(flooded, began + 65) for _colleague in range(40))  # and a moment later there is room
    boxes.PACES.clear()


def test_no_number_of_questions_fills_the_memory_with_paces() -> None:
    for box in range(boxes.MOST_PACES + 50):
        boxes.in_pace(box, 1.0)
    assert len(boxes.PACES) == boxes.MOST_PACES
    boxes.PACES.clear()
