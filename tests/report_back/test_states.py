"""In whatever order people act: nothing handed over is lost, nothing published changes, nobody lets go for others."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from itertools import count
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from holdfast import keys
from holdfast.gatherings.actions import set_place
from holdfast.people.models import Person
from holdfast.programmes.models import Gathering
from holdfast.refusals import Refused
from holdfast.report_back import actions, queries
from holdfast.report_back.actions import answers
from holdfast.report_back.models import Answer, Concern, LetGoItem, OursItem
from tests.given import Ours
from tests.report_back.given import NOT_SOON, REASON, TODAY, Said, a_driver

WHICH = st.integers(0, 30)
SAID: dict[str, Said] = {
    "this_year": REASON,
    "not_soon": NOT_SOON,
    "cannot": {"reason": "The law says so."},
    "keep": REASON,
}
CAN = sorted(SAID)
PATIENT = settings(max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))


class Programme(RuleBasedStateMachine):
    """A group, its leader, and everything they can do with what was named."""

    ours: Ours
    session: Gathering
    happened: Counter[str] = Counter()
    counted: Iterator[int] = count(1)

    def __init__(self) -> None:
        super().__init__()
        Programme.counted = count(1)
        self.undo = ExitStack()
        self.undo.enter_context(transaction.atomic())
        self.named = 0
        self.handed: set[int] = set()
        self.published: dict[int, tuple[object, ...]] = {}
        self.let_go: set[int] = set()

    def teardown(self) -> None:
        """Leave the database as it was."""
        transaction.set_rollback(True)
        self.undo.close()

    @initialize()
    def begin(self) -> None:
        """A group that has sorted five things and handed three over; one no is published."""
        for place, restores in (("leadership", False), ("leadership", True), ("leadership", False)):
            self.sort(place, restores, agreed=True)
        self.hand_over(most=3, times=1)
        self.sort("ours", restores=False, agreed=False)
        self.sort("nobody", restores=False, agreed=False)
        self.draft(0, "not_soon")
        self.publish(most=1, times=1)
        self.let_something_go(0)
        self.take_back(0)

    @rule(place=st.sampled_from(["leadership", "ours", "nobody"]), restores=st.booleans(), agreed=st.booleans())
    def sort(self, place: str, restores: bool, agreed: bool) -> None:
        """The group names something and puts it somewhere."""
        self.named += 1
        tone = "restores" if restores else "drains"
        a_driver(self.session, f"Thing {self.named}", place=place, agreed=agreed, tone=tone)

    @rule(most=st.integers(1, 4), times=st.integers(1, 2))
    def hand_over(self, most: int, times: int) -> None:
        """The facilitator hands over, perhaps pressing twice."""
        agreed = list(self.session.drivers.filter(agreed=True).order_by("pk")[:most])
        for _ in range(times):
            made = actions.hand_over(self.session, driver_ids=[d.pk for d in agreed], due_on=TODAY(), by=self.ours.bo)
            self.handed |= {concern.pk for concern in made}

    @rule(which=WHICH, verdict=st.sampled_from(CAN))
    def draft(self, which: int, verdict: str) -> None:
        """The leader drafts an answer, or another beside the one that stands."""
        if concern := self._concern(which):
            with suppress(Refused):  # what drains cannot be kept
                actions.draft_answer(concern, verdict=verdict, by=self.ours.amara, **SAID[verdict])

    @rule(which=WHICH)
    def drop(self, which: int) -> None:
        """The leader throws a draft away."""
        if concern := self._concern(which):
            actions.drop_draft(concern, by=self.ours.amara)

    @rule(most=st.integers(1, 3), times=st.integers(1, 2))
    def publish(self, most: int, times: int) -> None:
        """The leader publishes some drafts as a set, perhaps twice."""
        drafts = queries.drafts_of(self.session.programme)[:most]
        if drafts:
            found = actions.collect(
                self.session.programme, answer_ids=[draft.pk for draft in drafts], by=self.ours.amara
            )
            self.happened["published"] += 1
            for _ in range(times):
                actions.publish(found, said_on=TODAY(), by=self.ours.amara)

    @precondition(lambda self: self.published)
    @rule(which=WHICH)
    def move(self, which: int) -> None:
        """Something moves."""
        found = list(Answer.objects.filter(pk__in=self.published).order_by("pk"))
        self.happened["moved"] += 1
        actions.add_progress(found[which % len(found)], text="Begun.", by=self.ours.amara)

    @rule(which=WHICH)
    def let_something_go(self, which: int) -> None:
        """The group lets one thing go that it may let go, perhaps again."""
        lists = queries.our_list(self.session.programme)
        offered = [("driver_ids", d.pk) for d in lists.nobody] + [("concern_ids", o.concern.pk) for o in lists.offers]
        offered += [("concern_ids", item.concern_id) for item in lists.taken_back if item.concern_id]
        if offered:
            kind, key = offered[which % len(offered)]
            with suppress(Refused):  # leadership may have changed its mind since it was taken back
                put = actions.let_go(self.session.programme, **{kind: [key]}, by=self.ours.bo)
                self.happened["let go"] += 1
                self.let_go |= {item.pk for item in put}

    @rule(which=WHICH)
    def take_back(self, which: int) -> None:
        """The group takes something up again."""
        items = list(LetGoItem.objects.filter(taken_back_on__isnull=True).order_by("pk"))
        if items:
            item = items[which % len(items)]
            actions.take_back(item, by=self.ours.bo)
            self.happened["taken back"] += 1
            self.let_go.discard(item.pk)

    @rule()
    def keep(self) -> None:
        """The group puts what is ours on its list."""
        spare = queries.our_list(self.session.programme).spare
        actions.put_on_our_list(self.session.programme, driver_ids=[d.pk for d in spare], by=self.ours.bo)

    @rule(which=WHICH)
    def take_off(self, which: int) -> None:
        """The group takes something off its own list."""
        items = list(OursItem.objects.order_by("pk"))
        if items:
            actions.take_off(items[which % len(items)], by=self.ours.bo)
            self.happened["taken off"] += 1

    @rule(which=WHICH, place=st.sampled_from(["", "leadership", "ours", "nobody"]))
    def place_anew(self, which: int, place: str) -> None:
        """Something is placed anew, which is refused where it has gone somewhere already."""
        drivers = list(self.session.drivers.order_by("pk"))
        with suppress(Refused):
            set_place(self.session, driver_id=drivers[which % len(drivers)].pk, to=place, by=self.ours.bo)
            self.session.drivers.filter(place="leadership").update(agreed=True)

    @invariant()
    def nothing_handed_over_is_lost(self) -> None:
        """Handed over = answered + open, and it is what was handed over, once each."""
        view = queries.public_view(self.session.programme)
        assert {concern.id for concern in view.concerns} == self.handed
        assert len(view.concerns) == len(self.handed) == len(view.answered) + len(view.open)
        assert view.balance.handed_over == view.balance.answered + view.balance.open
        assert Concern.objects.values("driver").distinct().count() == len(self.handed)

    @invariant()
    def nothing_published_changes(self) -> None:
        """Every field of a published answer stays what it was when it was published."""
        now: dict[int, tuple[object, ...]] = {
            row[0]: row[1:] for row in Answer.objects.filter(published_on__isnull=False).values_list()
        }
        assert {key: now.get(key) for key in self.published} == self.published
        self.published = now

    @invariant()
    def only_the_group_lets_go(self) -> None:
        """The let-go list is what the group put there and has not taken back."""
        assert set(LetGoItem.objects.filter(taken_back_on__isnull=True).values_list("pk", flat=True)) == self.let_go

    @invariant()
    def drafts_stay_private(self) -> None:
        """What everybody sees holds no draft."""
        seen = {
            answer.id for concern in queries.public_view(self.session.programme).concerns for answer in concern.answers
        }
        assert seen == set(Answer.objects.filter(published_on__isnull=False).values_list("pk", flat=True))

    @invariant()
    def everything_stands_in_one_place(self) -> None:
        """What is handed over, on the group's list and let go are three different things."""
        handed = set(Concern.objects.values_list("driver", flat=True))
        ours = set(OursItem.objects.exclude(state="let_go").values_list("driver", flat=True))
        let_go = set(LetGoItem.objects.filter(taken_back_on=None, concern=None).values_list("driver", flat=True))
        assert len(handed | ours | let_go) == len(handed) + len(ours) + len(let_go)

    @invariant()
    def ours_is_what_was_sorted_as_ours(self) -> None:
        """Nothing of leadership's comes onto the group's own list."""
        assert not OursItem.objects.exclude(driver__place="ours").exists()

    def _concern(self, which: int) -> Concern | None:
        concerns = list(Concern.objects.select_related("programme__group__site").order_by("pk"))
        return concerns[which % len(concerns)] if concerns else None


@pytest.fixture
def machine(ours: Ours, session: Gathering, monkeypatch: pytest.MonkeyPatch) -> type[Programme]:
    """The machine on a programme of its own.

    Keys are counted here: drawn at random, "the first by key" would be another one when the same story is told again.
    """
    Programme.ours, Programme.session = ours, session
    monkeypatch.setattr(keys, "secrets", SimpleNamespace(randbelow=lambda _most: next(Programme.counted)))
    return Programme


def test_D4_2_D4_4_whatever_the_order_nothing_is_lost_rewritten_or_let_go_for_the_group(
    machine: type[Programme],
) -> None:
    run_state_machine_as_test(machine, settings=PATIENT)
    assert min(machine.happened[what] for what in ("published", "moved", "let go", "taken back")) > 0


def rewrite(concern: Concern, verdict: str, _fields: object, *, by: Person) -> Answer:
    """Write over the newest answer, published or not: the fault the machine exists for."""
    found = concern.answers.order_by("-version").first()
    found = found or Answer(concern=concern, drafted_on=TODAY(), reason="x", validation="x", look_again_on=TODAY())
    found.verdict, found.drafted_by = verdict, by
    found.save()
    return found


def test_D4_2_a_planted_rewrite_of_what_is_published_is_noticed(
    machine: type[Programme], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "_write", rewrite)
    until_it_is_found = settings(PATIENT, max_examples=250, phases=[Phase.generate], report_multiple_bugs=False)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=until_it_is_found)
