"""Writing what a team makes of its plan: time, makes, a proposal taken up, a saved make, and a newer toolkit."""

from collections.abc import Mapping
from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.db.models import Max

from holdfast.audit.actions import record
from holdfast.curriculum.models import PackVersion
from holdfast.people.models import Person
from holdfast.programmes import queries, rules
from holdfast.programmes.actions.plan import hold_group, locked, locked_item, section_in_pack, write_order
from holdfast.programmes.models import Gathering, PlanItem, Programme, TeamMake
from holdfast.refusals import Refused


@transaction.atomic
def plan_for(gathering: Gathering, *, minutes: int | None, by: Person) -> Gathering:
    """Say how many minutes a session is planned for; None for as long as it lasts. Its activities stay as they are."""
    gathering = locked(gathering)
    gathering.budget = minutes
    gathering.save(update_fields=["budget"])
    record("programmes.time_chosen", by=by.pk, on=gathering.pk)
    return gathering


@transaction.atomic
def choose_make(item: PlanItem, *, make: str, by: Person) -> PlanItem:
    """Plan the shorter, the longer or the usual make of an activity, with its minutes. Raises Refused."""
    item = locked_item(item)
    activity = section_in_pack(item.gathering.programme, item.gathering.section).activity(item.activity_key)
    known = {str(kind): minutes for kind, (minutes, _how) in rules.makes_of(activity).items()}
    if make not in known:
        raise Refused("programmes.no_such_make")
    item.make, item.minutes = make, known[make]
    item.save(update_fields=["make", "minutes"])
    record("programmes.make_chosen", by=by.pk, on=item.pk)
    return item


@transaction.atomic
def place_activity(item: PlanItem, *, place: int, by: Person) -> PlanItem:
    """Put one activity at a place of its plan, the first is 0; beyond the end is the end."""
    item = locked_item(item)
    order = list(item.gathering.plan.order_by("position", "pk").values_list("pk", flat=True))
    write_order(item.gathering, rules.moved(order, item.pk, by=place - order.index(item.pk)))
    record("programmes.activity_moved", by=by.pk, on=item.pk)
    return item


@transaction.atomic
def make_fit(gathering: Gathering, *, minutes: int, seen: str, by: Person) -> rules.Proposal:
    """Take up the proposal that was shown, all of it. seen: its signature. Raises Refused when the plan has changed."""
    gathering = locked(gathering)
    proposal, _lines = queries.proposal_for(gathering, minutes)
    if proposal.signature != seen:
        raise Refused("programmes.plan_has_changed")
    if not proposal.fits:
        raise Refused("programmes.cannot_fit", {"shortest": proposal.minutes})
    items = {item.pk: item for item in gathering.plan.all()}
    for change in proposal.changes:
        if change.make is not None:
            items[change.key].make, items[change.key].minutes = change.make, change.minutes
    PlanItem.objects.bulk_update(items.values(), ["make", "minutes"])
    gathering.plan.filter(pk__in=[change.key for change in proposal.changes if change.is_out]).delete()
    write_order(gathering, list(gathering.plan.order_by("position", "pk").values_list("pk", flat=True)))
    gathering.budget = None if minutes == rules.length_of(gathering.starts_at, gathering.ends_at) else minutes
    gathering.save(update_fields=["budget"])
    record("programmes.plan_made_to_fit", by=by.pk, on=gathering.pk)
    return proposal


@transaction.atomic
def save_make(gathering: Gathering, *, by: Person) -> TeamMake:
    """Keep a plan as the team's make of its section; the same plan again adds nothing."""
    gathering = locked(gathering)
    programme = gathering.programme
    hold_group(programme.group_id)
    items = list(gathering.plan.order_by("position", "pk"))
    kept = [queries.as_kept(item) for item in items]
    newest = queries.makes_of_section(gathering).first()
    if newest is not None and newest.activities == kept:
        return newest
    last: int | None = programme.group.makes.filter(section=gathering.section).aggregate(last=Max("number"))["last"]
    make = TeamMake.objects.create(
        group=programme.group, pack=programme.pack, section=gathering.section, number=(last or 0) + 1, activities=kept,
        differs=[asdict(one) for one in queries.differences_of(gathering, items)],
        saved_by=by, saved_on=queries.today_at(programme),
    )  # fmt: skip
    record("programmes.make_saved", by=by.pk, on=make.pk)
    return make


@transaction.atomic
def start_from_make(gathering: Gathering, *, by: Person) -> Gathering:
    """Put the team's newest make of the section in the place of a plan of which nothing was held. Raises Refused.

    An activity that this version of the toolkit does not have is the team's own from now on.
    """
    gathering = locked(gathering)
    make = queries.makes_of_section(gathering).first()
    if make is None:
        raise Refused("programmes.no_make_yet")
    if gathering.plan.exclude(came="").exists():
        raise Refused("programmes.already_held_in_part")
    known = {activity.key for activity in section_in_pack(gathering.programme, gathering.section).activities}
    gathering.plan.all().delete()
    kept: list[dict[str, object]] = make.activities
    for position, fields in enumerate(kept, start=1):
        theirs = {} if fields["activity_key"] in known else {"activity_key": "", "make": ""}
        PlanItem.objects.create(gathering=gathering, position=position, **{**fields, **theirs})
    record("programmes.started_from_make", by=by.pk, on=gathering.pk)
    return gathering


@transaction.atomic
def switch_toolkit(programme: Programme, *, to: PackVersion, by: Person) -> Programme:
    """Go on with a newer version of the toolkit: what the team changed stays, and what was held is not touched.

    An activity the newer version no longer has stays in the plan as the team's own. Raises Refused.
    """
    hold_group(programme.group_id)
    programme = Programme.objects.select_related("pack", "group__site").get(pk=programme.pk)
    newer = queries.newer_version(programme)
    if newer is None or newer.pk != to.pk:
        raise Refused("programmes.not_the_newest")
    for gathering in queries.still_to_come(programme):
        for item in gathering.plan.all():
            _take_along(item, gathering, programme, newer)
    programme.pack = newer
    try:
        with transaction.atomic():
            programme.save(update_fields=["pack"])
    except IntegrityError as error:
        raise Refused("programmes.already_started") from error
    record("programmes.toolkit_switched", by=by.pk, on=programme.pk)
    return programme


def _take_along(item: PlanItem, gathering: Gathering, programme: Programme, newer: PackVersion) -> None:
    into = queries.item_in(item, gathering.section, programme, newer)
    if into is None:
        item.activity_key, item.make = "", ""
    else:
        item.title, item.prompt, item.minutes, item.mode = into.title, into.prompt, into.minutes, into.mode
        item.kind, item.columns = into.kind, [dict(column) for column in into.columns]
    item.save(update_fields=["activity_key", "make", "title", "prompt", "minutes", "mode", "kind", "columns"])


@transaction.atomic
def write_record(gathering: Gathering, *, happened: Mapping[int, tuple[str, int | None]], by: Person) -> Gathering:
    """Write by hand what really happened, by activity: whether it was held, and the minutes it took, if known."""
    gathering = locked(gathering)
    items = [item for item in gathering.plan.all() if item.pk in happened]
    for item in items:
        item.came, took = happened[item.pk]
        held = item.came == PlanItem.Came.HELD
        item.took, item.began_at = (took, item.began_at) if held else (None, None)
    PlanItem.objects.bulk_update(items, ["came", "took", "began_at"])
    record("programmes.record_written", by=by.pk, on=gathering.pk)
    return gathering
