"""The only code that writes programmes, sessions and plans."""

from collections.abc import Sequence
from copy import copy
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import F, Max, ProtectedError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from holdfast.audit.actions import record
from holdfast.curriculum import pack as packs
from holdfast.curriculum.models import PackVersion
from holdfast.erasing import empty_the_log
from holdfast.people.models import Group, Person
from holdfast.programmes import queries, rules
from holdfast.programmes.models import CommunicateLater, Gathering, PlanItem, Programme, Setting, Sitting, Why
from holdfast.programmes.queries import content_of
from holdfast.programmes.telling import DateNews, tell_everyone
from holdfast.refusals import Refused

ASIDE = 1000
"""Positions are first moved out of the way by this much, so that two rows never share one in between."""

OWN_COLUMNS = (
    {"key": "drains", "label": gettext_lazy("What drains us"), "hint": "", "tone": "drains"},
    {"key": "restores", "label": gettext_lazy("What restores us"), "hint": "", "tone": "restores"},
)


@transaction.atomic
def start_programme(
    group: Group, *, pack: PackVersion, started_on: date, setting: str = Setting.ELSEWHERE, by: Person
) -> Programme:
    """Begin a group's way through one version of a pack, once. Raises Refused."""
    try:
        with transaction.atomic():
            programme = Programme.objects.create(group=group, pack=pack, setting=setting, started_on=started_on)
    except IntegrityError as error:
        raise Refused("programmes.already_started") from error
    record("programmes.programme_started", by=by.pk, on=programme.pk)
    return programme


@transaction.atomic
def add_gathering(
    programme: Programme, *, section: int, starts_at: datetime, ends_at: datetime, place: str = "", by: Person
) -> Gathering:
    """Set a date for one section, with the activities the pack plans for it. Raises Refused."""
    content = section_in_pack(programme, section)
    check_times(programme, starts_at, ends_at)
    gathering = Gathering.objects.create(
        programme=programme, section=section, title=content.title, titles=queries.section_titles(programme, section),
        starts_at=starts_at, ends_at=ends_at, place=place,
        zone=programme.group.site.time_zone,
    )  # fmt: skip
    PlanItem.objects.bulk_create(
        from_pack(activity, gathering, position) for position, activity in enumerate(content.plan, start=1)
    )
    record("programmes.gathering_added", by=by.pk, on=gathering.pk)
    return gathering


@transaction.atomic
def move_gathering(
    gathering: Gathering, *, starts_at: datetime, ends_at: datetime, place: str, by: Person
) -> Gathering:
    """Give a session another date or place, and tell everyone; its further sittings move along. Raises Refused.

    One that was cancelled takes place on its new date.
    """
    gathering = locked(gathering)
    check_times(gathering.programme, starts_at, ends_at, but=gathering)
    zone = gathering.programme.group.site.time_zone
    before, was = copy(gathering), gathering.ends_at
    same = (gathering.starts_at, was, gathering.place, gathering.zone) == (starts_at, ends_at, place, zone)
    if same and gathering.cancelled_at is None:
        return gathering
    _move_sittings(gathering, starts_at, zone)
    gathering.starts_at, gathering.ends_at, gathering.place, gathering.zone = starts_at, ends_at, place, zone
    gathering.cancelled_at, gathering.cancelled_why = None, ""
    changed(gathering, "starts_at", "ends_at", "place", "zone", "cancelled_at", "cancelled_why")
    record("programmes.gathering_moved", by=by.pk, on=gathering.pk)
    tell_everyone(gathering, news=DateNews.MOVED, before=before, by=by, was=was)
    return gathering


@transaction.atomic
def remove_gathering(gathering: Gathering, *, by: Person) -> None:
    """Take a session that was never opened out of the programme, with its plan, and tell everyone. Raises Refused."""
    key, gathering = gathering.pk, locked(gathering)
    if gathering.cancelled_at is None:  # of a cancelled one everybody has been told
        tell_everyone(gathering, news=DateNews.TAKEN_OUT, before=gathering, by=by, was=gathering.ends_at)
    try:
        gathering.delete()
    except ProtectedError as error:
        raise Refused("programmes.was_held") from error
    record("programmes.gathering_removed", by=by.pk, on=key)


@transaction.atomic
def add_activity(
    gathering: Gathering, *, title: str, prompt: str, minutes: int, kind: str, mode: str, by: Person
) -> PlanItem:
    """Put an activity of the team's own into a plan, before what closes it. Raises Refused."""
    gathering = locked(gathering)
    _check_activity(kind, mode, minutes)
    item = PlanItem.objects.create(
        gathering=gathering, position=_next_position(gathering), title=title, prompt=prompt, minutes=minutes,
        kind=kind, mode=mode, columns=_own_columns() if kind == packs.Kind.GATHER else [],
    )  # fmt: skip
    _to_its_place(item)
    record("programmes.activity_added", by=by.pk, on=item.pk)
    return item


@transaction.atomic
def change_activity(item: PlanItem, *, title: str, prompt: str, minutes: int, mode: str, by: Person) -> PlanItem:
    """Change the words, the length or the way of taking part of one planned activity. Raises Refused."""
    item = locked_item(item)
    _check_activity(item.kind, mode, minutes)
    item.title, item.prompt, item.minutes, item.mode = title, prompt, minutes, mode
    item.save(update_fields=["title", "prompt", "minutes", "mode"])
    record("programmes.activity_changed", by=by.pk, on=item.pk)
    return item


@transaction.atomic
def move_activity(item: PlanItem, *, places: int, by: Person) -> None:
    """Move one activity earlier (negative) or later in its plan; at the end it stays."""
    item = locked_item(item)
    gathering = item.gathering
    order = list(gathering.plan.order_by("position", "pk").values_list("pk", flat=True))
    write_order(gathering, rules.moved(order, item.pk, by=places))
    record("programmes.activity_moved", by=by.pk, on=item.pk)


@transaction.atomic
def put_before(item: PlanItem, *, before: PlanItem, by: Person) -> None:
    """Let one activity come before another of the same plan; pressed twice, or at two desks, it moves once."""
    item = locked_item(item)
    order = list(item.gathering.plan.order_by("position", "pk").values_list("pk", flat=True))
    if before.pk not in order:
        raise Refused("programmes.activity_gone", {"title": before.title})
    if (after := rules.moved_before(order, item.pk, before.pk)) != order:
        write_order(item.gathering, after)
        record("programmes.activity_moved", by=by.pk, on=item.pk)


@transaction.atomic
def remove_activity(item: PlanItem, *, by: Person) -> None:
    """Take one activity out of its plan; one of the pack can be put back."""
    item = locked_item(item)
    gathering, key = item.gathering, item.pk
    item.delete()
    write_order(gathering, list(gathering.plan.order_by("position", "pk").values_list("pk", flat=True)))
    record("programmes.activity_removed", by=by.pk, on=key)


@transaction.atomic
def put_in_from_pack(gathering: Gathering, *, activity_key: str, by: Person) -> PlanItem:
    """Put an activity of the pack into a plan, in the pack's words and at its place there. Raises Refused."""
    gathering = locked(gathering)
    activity = section_in_pack(gathering.programme, gathering.section).activity(activity_key)
    if activity is None:
        raise Refused("programmes.not_in_pack")
    if gathering.plan.filter(activity_key=activity_key).exists():
        raise Refused("programmes.already_in_plan")
    item = from_pack(activity, gathering, _next_position(gathering))
    item.save(force_insert=True)
    _to_its_place(item)
    record("programmes.activity_put_in", by=by.pk, on=item.pk)
    return item


@transaction.atomic
def restore_from_pack(item: PlanItem, *, by: Person) -> PlanItem:
    """Give one activity back the words, the length and the way of taking part the pack gives it. Raises Refused."""
    item = locked_item(item)
    gathering = item.gathering
    activity = section_in_pack(gathering.programme, gathering.section).activity(item.activity_key)
    if activity is None:
        raise Refused("programmes.not_in_pack")
    fresh = from_pack(activity, gathering, item.position)
    restored = ("title", "prompt", "minutes", "kind", "mode", "columns", "make")
    for name in restored:
        setattr(item, name, getattr(fresh, name))
    item.save(update_fields=restored)
    record("programmes.activity_restored", by=by.pk, on=item.pk)
    return item


@transaction.atomic
def write_why(programme: Programme, *, kind: str, text: str, by: Person) -> Why:
    """Write a new version of why the organisation, or a leader, does this work; the same words again add nothing."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    newest = programme.whys.filter(kind=kind).order_by("-version", "pk").first()
    if newest is not None and newest.text == text:
        return newest
    version = newest.version + 1 if newest else 1
    day = queries.today_at(programme)
    why = Why.objects.create(programme=programme, kind=kind, text=text, version=version, written_by=by, written_on=day)
    record("programmes.why_written", by=by.pk, on=why.pk)
    return why


@transaction.atomic
def strike_why(why: Why, *, by: Person) -> None:
    """Remove the words of one version because it names somebody, for good; that there was one stays."""
    why = Why.objects.select_for_update().get(pk=why.pk)
    if why.text:
        why.text = ""
        why.save(update_fields=["text"])
        transaction.on_commit(partial(empty_the_log, "default"))
        record("programmes.why_struck", by=by.pk, on=why.pk)


@transaction.atomic
def note_for_later(programme: Programme, *, text: str, by: Person) -> CommunicateLater:
    """Keep something a leader wants to say more clearly, but not now. Only the leader sees it."""
    day = queries.today_at(programme)
    note = CommunicateLater.objects.create(programme=programme, owner=by, text=text, noted_on=day)
    record("programmes.noted_for_later", by=by.pk, on=note.pk)
    return note


@transaction.atomic
def change_later(
    note: CommunicateLater, *, text: str, handed_to: str, said_on: date | None, how: str, by: Person
) -> CommunicateLater:
    """Say when and how something was said, or who should say it instead. Raises Refused."""
    if said_on and not how:
        raise Refused("programmes.said_how", status=422)
    note.text, note.handed_to, note.said_on, note.how = text, handed_to, said_on, how
    note.save(update_fields=["text", "handed_to", "said_on", "how"])
    record("programmes.later_changed", by=by.pk, on=note.pk)
    return note


@transaction.atomic
def drop_later(note: CommunicateLater, *, by: Person) -> None:
    """Take something off a leader's own list."""
    key = note.pk
    note.delete()
    record("programmes.later_dropped", by=by.pk, on=key)


def changed(one: Gathering | Sitting, *fields: str) -> None:
    """Save some fields of a date so that every calendar takes it as newer than what it has."""
    one.sequence, one.changed_at = one.sequence + 1, timezone.now()
    one.save(update_fields=[*fields, "sequence", "changed_at"])


def locked(gathering: Gathering) -> Gathering:
    """Read a session again and hold it, so that two people changing its plan at once take turns. Raises Refused."""
    together = Gathering.objects.select_related("programme__pack", "programme__group__site")
    found = together.select_for_update(of=("self",)).filter(pk=gathering.pk).first()
    if found is None:
        raise Refused("programmes.session_gone")
    return found


def locked_item(item: PlanItem) -> PlanItem:
    """Read an activity again once its plan is held: somebody else may just have changed it. Raises Refused."""
    gathering = locked(item.gathering)
    found = gathering.plan.filter(pk=item.pk).first()
    if found is None:
        raise Refused("programmes.activity_gone", {"title": item.title})
    found.gathering = gathering
    return found


def _move_sittings(gathering: Gathering, starts_at: datetime, zone: str) -> None:
    there = ZoneInfo(zone)
    days = (starts_at.astimezone(there).date() - gathering.starts_at.astimezone(there).date()).days
    sittings = list(gathering.further_sittings.all()) if days else []
    for sitting in sittings:
        start, end = (rules.days_later(at, days, zone=zone) for at in (sitting.starts_at, sitting.ends_at))
        check_times(gathering.programme, start, end, but=gathering)
        sitting.starts_at, sitting.ends_at = start, end
        sitting.sequence, sitting.changed_at = sitting.sequence + 1, timezone.now()
    Sitting.objects.bulk_update(sittings, ["starts_at", "ends_at", "sequence", "changed_at"])


def section_in_pack(programme: Programme, number: int) -> packs.Section:
    """Return a section of a programme's toolkit. Raises Refused."""
    section = content_of(programme).section(number)
    if section is None:
        raise Refused("programmes.section_not_in_pack", {"section": number})
    return section


def hold_group(group_id: int) -> None:
    """Let two people who set dates for one group at once take turns."""
    Group.objects.select_for_update().get(pk=group_id)


def check_times(
    programme: Programme, starts_at: datetime, ends_at: datetime, *, but: Gathering | Sitting | None = None
) -> None:
    """Let only times pass that people can sit through and at which the group does not meet already. Raises Refused."""
    if ends_at <= starts_at:
        raise Refused("programmes.ends_before_it_starts")
    if ends_at - starts_at > rules.LONGEST_SESSION:
        raise Refused("programmes.too_long", {"hours": rules.LONGEST_SESSION.seconds // 3600})
    hold_group(programme.group_id)
    if other := queries.meets_then(programme.group_id, starts_at, ends_at, but=but):
        local = other.starts_at.astimezone(ZoneInfo(programme.group.site.time_zone))
        raise Refused("programmes.overlaps", {"title": str(other), "when": date_format(local, _("l j F, H:i"))})


def _own_columns() -> list[dict[str, str]]:
    """Return the columns of an activity of the team's own, in the language of whoever puts it in."""
    return [{name: str(said) for name, said in column.items()} for column in OWN_COLUMNS]


def _check_activity(kind: str, mode: str, minutes: int) -> None:
    if not rules.may_run(kind, mode):
        raise Refused("programmes.mode_does_not_fit", status=422)
    if minutes not in rules.MINUTES:
        raise Refused("programmes.minutes_out_of_range", status=422)


def _next_position(gathering: Gathering) -> int:
    if gathering.plan.count() >= rules.MOST_ACTIVITIES:
        raise Refused("programmes.plan_is_full", {"most": rules.MOST_ACTIVITIES})
    last: int | None = gathering.plan.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _to_its_place(item: PlanItem) -> None:
    """Move an activity that was just put at the end of its plan to where the toolkit would have it."""
    gathering = item.gathering
    section = content_of(gathering.programme).section(gathering.section)
    others = list(gathering.plan.exclude(pk=item.pk).order_by("position", "pk"))
    told = [other.came != PlanItem.Came.AHEAD for other in others]
    in_pack = [activity.key for activity in section.activities] if section else []
    closing = section.plan[-1].key if section and section.plan else ""
    place = rules.place_in_plan(
        item.activity_key, [other.activity_key for other in others], in_pack, closing=closing, told=told
    )
    if place < len(others):
        order = [other.pk for other in others]
        write_order(gathering, [*order[:place], item.pk, *order[place:]])
        item.position = place + 1


def write_order(gathering: Gathering, order: Sequence[int]) -> None:
    """Give the activities of a held plan their places, in this order of keys."""
    gathering.plan.update(position=F("position") + ASIDE)
    items = {item.pk: item for item in gathering.plan.all()}
    for position, key in enumerate(order, start=1):
        items[key].position = position
    PlanItem.objects.bulk_update(items.values(), ["position"])


def from_pack(activity: packs.Activity, gathering: Gathering, position: int) -> PlanItem:
    """Return an activity of the toolkit as it begins in a plan, not saved yet."""
    kind, mode = rules.as_it_runs(str(activity.kind), str(activity.mode))
    return PlanItem(
        gathering=gathering,
        position=position,
        activity_key=activity.key,
        title=activity.title,
        prompt=activity.prompt,
        minutes=activity.minutes,
        kind=kind,
        mode=mode,
        columns=[column.for_plan() for column in activity.columns] if kind == packs.Kind.GATHER else [],
    )
