"""A question back is answered without a name, and nobody reads a reply before everybody does."""

import asyncio
import random
import re
from datetime import timedelta

import pytest
from django.db import connections

from holdfast.gatherings import box as boxes
from holdfast.notifications.models import Mail
from holdfast.report_back.actions import staff as actions
from holdfast.report_back.boxes import boxes_of, close_what_is_due
from holdfast.report_back.models import Answer
from holdfast.report_back.staff_pages import _draw_page
from holdfast.voices import intake
from holdfast.voices.queries import sealed_notes
from tests.given import Ours
from tests.privacy.loot import every_byte
from tests.report_back.pages import TODAY, Shown, everything, get, hidden, on_the_wire, post

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


def let_the_day_pass(shown: Shown) -> None:
    """Move the last day of the box to yesterday."""
    Answer.objects.filter(pk=shown.question.pk).update(box_closes_on=TODAY - timedelta(days=2))
    connections.close_all()


def test_D4_2_E3_a_reply_is_saved_changed_and_taken_back_without_a_name_or_a_cookie(ours: Ours) -> None:
    shown = everything(ours)
    path = f"/s/{shown.staff.token}/replies/"

    async def story() -> None:
        page = await get(f"/s/{shown.staff.token}/")
        assert "all replies at once, mixed" in page.body.decode()  # said before the box
        fields = hidden(page)
        assert set(fields) == {"question", "id", "secret", "tag", "rev"}

        saved = await post(path, {**fields, "text": "The Tuesday one.", "act": "send"}, cookie="sessionid=abc")
        assert (saved.status, "set-cookie" in saved.headers) == (201, False)
        assert "Your reply is saved." in saved.body.decode()

        mine = hidden(saved)
        assert mine["rev"] == "2"
        changed = await post(path, {**mine, "text": "The Tuesday evening one.", "act": "change"})
        assert (changed.status, "The Tuesday evening one." in changed.body.decode()) == (200, True)

        other = hidden(await get(f"/s/{shown.staff.token}/"))
        assert not {other[name] for name in ("id", "secret", "tag")} & set(fields.values())  # nothing ties two readers
        strange = await post(path, {**mine, "secret": other["secret"], "text": "Not mine.", "act": "change"})
        assert strange.status == 409
        assert "Not mine." in strange.body.decode()  # what was typed is still there

        taken = await post(path, {**other, "text": "A second thought.", "act": "send"})
        gone = await post(path, {**hidden(taken), "act": "withdraw"})
        assert "Your reply is taken back." in gone.body.decode()

        early = (await get(f"/s/{shown.staff.token}/")).body.decode()
        assert "The Tuesday" not in early
        await asyncio.to_thread(let_the_day_pass, shown)
        late = (await get(f"/s/{shown.staff.token}/")).body.decode()
        assert late.count("The Tuesday evening one.") == 1
        assert "second thought" not in late
        assert "Only a few replied." in late
        assert "Reply without your name" not in late

    on_the_wire(story)


def test_the_same_form_twice_is_one_reply_and_a_form_filled_anew_is_another(ours: Ours) -> None:
    shown = everything(ours)
    path = f"/s/{shown.staff.token}/replies/"

    async def story() -> None:
        fields = hidden(await get(f"/s/{shown.staff.token}/"))
        for text in ("First.", "First.", "Second, after going back."):
            saved = await post(path, {**fields, "text": text, "act": "send"})
            assert saved.status == 201
            assert text in saved.body.decode()
        await asyncio.to_thread(let_the_day_pass, shown)
        late = (await get(f"/s/{shown.staff.token}/")).body.decode()
        assert (late.count("First."), late.count("Second, after going back.")) == (1, 1)

    on_the_wire(story)


def test_nobody_sees_a_reply_or_how_many_there_are_before_the_day(ours: Ours) -> None:
    shown = everything(ours)
    path = f"/s/{shown.staff.token}/replies/"

    async def story() -> None:
        before = await get(f"/s/{shown.staff.token}/")
        for n in range(7):
            form = {**hidden(await get(f"/s/{shown.staff.token}/")), "text": f"Reply {n}.", "act": "send"}
            assert (await post(path, form)).status == 201
        after = await get(f"/s/{shown.staff.token}/")
        assert _without_numbers(after.body) == _without_numbers(before.body)
        asked = [(shown.question.pk, shown.question.pk, TODAY + timedelta(days=5))]
        box = await asyncio.to_thread(lambda: boxes_of(shown.programme, asked))
        assert box[shown.question.pk].replies == ()

    on_the_wire(story)


def _without_numbers(body: bytes) -> bytes:
    return re.sub(rb'name="(id|secret|tag)" value="\w+"', rb"", body)


def test_after_its_day_a_box_takes_nothing_and_gives_back_what_was_typed(ours: Ours) -> None:
    shown = everything(ours)

    async def story() -> None:
        fields = hidden(await get(f"/s/{shown.staff.token}/"))
        await asyncio.to_thread(let_the_day_pass, shown)
        for _ in range(2):  # before anybody has looked, and after
            late = await post(f"/s/{shown.staff.token}/replies/", {**fields, "text": "Too late.", "act": "send"})
            assert late.status == 409
            assert "Nobody has seen what you just wrote." in late.body.decode()
            assert "Too late." in late.body.decode()
            page = (await get(f"/s/{shown.staff.token}/")).body.decode()
            assert "Too late." not in page
            assert "Nobody replied to this question." in page

    on_the_wire(story)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"text": ""}, 422), ({"text": " \n\t"}, 422), ({"text": "x" * 601}, 422), ({"id": "0"}, 400),
        ({"secret": "short"}, 400), ({"question": "1"}, 404), ({"question": "x"}, 400), ({"rev": "-1"}, 400),
        ({"text": "😀"}, 201), ({"text": "שלום مرحبا"}, 201), ({"text": "a\x00b"}, 201),
    ],
)  # fmt: skip
def test_bad_input_has_a_kind_outcome(ours: Ours, change: dict[str, str], status: int) -> None:
    shown = everything(ours)

    async def story() -> None:
        fields = {**hidden(await get(f"/s/{shown.staff.token}/")), "text": "Kept words.", "act": "send"}
        reply = await post(f"/s/{shown.staff.token}/replies/", {**fields, **change})
        assert reply.status == status, reply.body
        assert reply.headers["content-type"] == ["text/html; charset=utf-8"]
        assert "set-cookie" not in reply.headers
        if status >= 400 and "text" not in change:
            assert "Kept words." in reply.body.decode()

    on_the_wire(story)


def test_the_address_of_common_areas_has_no_box(ours: Ours) -> None:
    shown = everything(ours)
    for leader in (False, True):
        actions.mark_for_wall(shown.asked, by_leader=leader, on=True, by=ours.bo)

    async def story() -> None:
        fields = hidden(await get(f"/s/{shown.staff.token}/"))
        reply = await post(f"/s/{shown.wall.token}/replies/", {**fields, "text": "From the hall.", "act": "send"})
        assert reply.status == 404

    on_the_wire(story)


def test_the_daily_beat_closes_what_is_due_once_and_leaders_hear_of_it_once(ours: Ours) -> None:
    shown = everything(ours)

    async def story() -> None:
        fields = hidden(await get(f"/s/{shown.staff.token}/"))
        await post(f"/s/{shown.staff.token}/replies/", {**fields, "text": "CANARY reply", "act": "send"})
        await asyncio.to_thread(let_the_day_pass, shown)
        assert await asyncio.to_thread(close_what_is_due) == 1
        assert await asyncio.to_thread(close_what_is_due) == 0
        await asyncio.to_thread(_draw_page, shown.staff.token)
        await asyncio.to_thread(connections.close_all)

    on_the_wire(story)
    assert boxes.states_of([shown.question.pk]) == {shown.question.pk: "sealed"}
    mails = list(Mail.objects.all())
    assert [mail.address for mail in mails] == ["amara@lakeside.example"]
    assert "CANARY" not in mails[0].body + mails[0].subject


def test_a_struck_reply_leaves_a_stub(ours: Ours) -> None:
    shown = everything(ours)

    async def story() -> None:
        fields = hidden(await get(f"/s/{shown.staff.token}/"))
        await post(f"/s/{shown.staff.token}/replies/", {**fields, "text": "It is Pat who …", "act": "send"})
        await asyncio.to_thread(let_the_day_pass, shown)
        assert "It is Pat who" in (await get(f"/s/{shown.staff.token}/")).body.decode()
        assert b"It is Pat who" in await asyncio.to_thread(every_byte, "voices")
        await asyncio.to_thread(_strike, shown, ours)
        page = (await get(f"/s/{shown.staff.token}/")).body.decode()
        assert "It is Pat who" not in page
        assert "Removed, because it named somebody." in page
        assert b"It is Pat who" not in await asyncio.to_thread(every_byte, "voices")

    on_the_wire(story)


def _strike(shown: Shown, ours: Ours) -> None:
    answer = Answer.objects.get(pk=shown.question.pk)
    (note,) = sealed_notes(shown.question.pk)
    actions.strike_reply(answer, reply_id=note.id, by=ours.bo)
    connections.close_all()


def test_E3_the_order_in_which_replies_came_is_at_chance_in_what_is_stored(ours: Ours) -> None:
    shown = everything(ours)
    count = 60
    chance = random.Random(7)

    async def story() -> None:
        for n in range(count):
            form = hidden(await get(f"/s/{shown.staff.token}/"))
            await post(
                f"/s/{shown.staff.token}/replies/", {**form, "text": f"{n:03d} {chance.random()}", "act": "send"}
            )
        await asyncio.to_thread(let_the_day_pass, shown)
        await asyncio.to_thread(close_what_is_due)
        await asyncio.to_thread(connections.close_all)

    on_the_wire(story)
    stored = [int(note.text[:3]) for note in sealed_notes(shown.question.pk)]
    with connections["voices"].cursor() as cursor:
        place = "ctid" if connections["voices"].vendor == "postgresql" else "rowid"
        cursor.execute(f"SELECT text FROM voices_note WHERE round_id = %s ORDER BY {place}", [shown.question.pk])  # noqa: S608 - one of two words
        by_row = [int(text[:3]) for (text,) in cursor.fetchall()]
    for order in (stored, by_row):
        assert sorted(order) == list(range(count))
        assert abs(_agreement(order)) < 0.35  # a rank correlation by chance, at four standard deviations of 60
    assert abs(_agreement(list(range(count)))) == 1  # the measure sees an order that is there


def _agreement(order: list[int]) -> float:
    """Return Kendall's tau of an order with that of arrival, -1 .. 1."""
    pairs = [(order[j] > order[i]) - (order[j] < order[i]) for i in range(len(order)) for j in range(i + 1, len(order))]
    return sum(pairs) / len(pairs)


def test_a_box_opens_once_and_outlives_a_restart(ours: Ours) -> None:
    shown = everything(ours)
    boxes.open_box(shown.question.pk)

    async def first() -> None:
        fields = hidden(await get(f"/s/{shown.staff.token}/"))
        assert (await post(f"/s/{shown.staff.token}/replies/", {**fields, "text": "Before."})).status == 201

    async def second() -> None:
        fields = hidden(await get(f"/s/{shown.staff.token}/"))
        assert (await post(f"/s/{shown.staff.token}/replies/", {**fields, "text": "After."})).status == 201
        assert len(intake.records(shown.question.pk)[1]) == 2

    on_the_wire(first)
    on_the_wire(second)
