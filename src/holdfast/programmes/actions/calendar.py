"""Writing a calendar: days on which nobody meets, all dates in one press, sittings, and a change of clocks."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction

from holdfast.audit.actions import record
from holdfast.curriculum.models import PackVersion
from holdfast.curriculum.queries import pack_of
from holdfast.people.models import Group, Person, Site
from holdfast.programmes import queries, rules
from holdfast.programmes.actions.plan import add_gathering, changed, check_times, hold_group, start_programme
from holdfast.programmes.models import Gathering, NoGo, Programme, Sitting
from holdfast.programmes.queries.over import last_end
from holdfast.programmes.telling import DateNews, tell_everyone
from holdfast.refusals import Refused


@transaction.atomic
def begin_programme(
    group: Group,
    *,
    pack: PackVersion,
    started_on: date,
    weekday: int | None,
    starts: time | None,
    minutes: int,
    by: Person,
    **rest: str,
) -> Programme:
    """Start a programme and, when a day of the week and a time are known, date its first section. Raises Refused.

    rest: what else is said about a programme. The first session is on the first free day from now on.
    """
    programme = start_programme(group, pack=pack, started_on=started_on, by=by, **rest)
    if weekday is None or starts is None:
        return programme
    zone = group.site.time_zone
    ends = rules.clock_later(starts, minutes)
    first_day = max(started_on, queries.today_at(programme) + timedelta(days=1))
    rhythm = rules.Rhythm(first_day, weeks=1, beats=[rules.Beat(weekday, starts, ends)])
    found = rules.propose(rhythm, 1, zone=zone, no_go=queries.closed_days(group.site))
    if found and (both := rules.instants(found[0], zone)):
        section = pack_of(pack).sections[0].number
        add_gathering(programme, section=section, starts_at=both[0], ends_at=both[1], by=by)
    return programme


@transaction.atomic
def add_no_go(site: Site, *, label: str, first_day: date, last_day: date, by: Person) -> NoGo:
    """Close some days of a site."""
    no_go = NoGo.objects.create(site=site, label=label, first_day=first_day, last_day=last_day)
    record("programmes.no_go_added", by=by.pk, on=no_go.pk)
    return no_go


@transaction.atomic
def change_no_go(no_go: NoGo, *, label: str, first_day: date, last_day: date, by: Person) -> NoGo:
    """Change what a closed time is called, or its days."""
    no_go.label, no_go.first_day, no_go.last_day = label, first_day, last_day
    no_go.save(update_fields=["label", "first_day", "last_day"])
    record("programmes.no_go_changed", by=by.pk, on=no_go.pk)
    return no_go


@transaction.atomic
def remove_no_go(no_go: NoGo, *, by: Person) -> None:
    """Open days again."""
    key = no_go.pk
    no_go.delete()
    record("programmes.no_go_removed", by=by.pk, on=key)


@transaction.atomic
def accept_dates(programme: Programme, *, dates: Sequence[rules.PlannedDate], by: Person) -> list[Gathering]:
    """Save all dates of a proposal, or none of them. Raises Refused."""
    hold_group(programme.group_id)
    made = []
    for one in dates:
        gathering = add_gathering(
            programme, section=one.section, starts_at=one.first.starts_at, ends_at=one.first.ends_at,
            place=one.first.place, by=by,
        )  # fmt: skip
        if one.further:
            gathering.sitting = one.first.label
            gathering.save(update_fields=["sitting"])
        for sitting in one.further:
            add_sitting(
                gathering, label=sitting.label, starts_at=sitting.starts_at, ends_at=sitting.ends_at,
                place=sitting.place, by=by, tell=False,
            )  # fmt: skip
        made.append(gathering)
    record("programmes.dates_accepted", by=by.pk, on=programme.pk)
    return made


@transaction.atomic
def add_sitting(
    gathering: Gathering, *, label: str, starts_at: datetime, ends_at: datetime, place: str, by: Person,
    tell: bool = True,
) -> Sitting:  # fmt: skip
    """Add a further sitting to a session, for those who cannot come to the first. Raises Refused.

    tell: everyone, by mail; not while a session with all its sittings gets its date.
    """
    hold_group(gathering.programme.group_id)
    if gathering.further_sittings.count() >= rules.MOST_FURTHER_SITTINGS:
        raise Refused("programmes.sittings_are_full", {"most": rules.MOST_FURTHER_SITTINGS})
    check_times(gathering.programme, starts_at, ends_at)
    sitting = Sitting.objects.create(
        gathering=gathering, label=label, starts_at=starts_at, ends_at=ends_at, place=place
    )
    record("programmes.sitting_added", by=by.pk, on=sitting.pk)
    if tell:
        _tell_of_sittings(gathering, by=by)
    return sitting


@transaction.atomic
def change_sitting(
    sitting: Sitting, *, label: str, starts_at: datetime, ends_at: datetime, place: str, by: Person
) -> Sitting:
    """Change a further sitting. Raises Refused."""
    check_times(sitting.gathering.programme, starts_at, ends_at, but=sitting)
    sitting.label, sitting.starts_at, sitting.ends_at, sitting.place = label, starts_at, ends_at, place
    changed(sitting, "label", "starts_at", "ends_at", "place")
    record("programmes.sitting_changed", by=by.pk, on=sitting.pk)
    _tell_of_sittings(sitting.gathering, by=by)
    return sitting


@transaction.atomic
def remove_sitting(sitting: Sitting, *, by: Person) -> None:
    """Take a further sitting out; the session and its plan stay."""
    key = sitting.pk
    sitting.delete()
    record("programmes.sitting_removed", by=by.pk, on=key)
    _tell_of_sittings(sitting.gathering, by=by)


@transaction.atomic
def settle_clock(programme: Programme, *, keep_wall_clock: bool, by: Person) -> None:
    """After a site got another time zone: keep what the clock shows for sessions to come, or the moment as it is.

    Raises Refused when a session would then meet another one.
    """
    hold_group(programme.group_id)
    zone = programme.group.site.time_zone
    coming = list(queries.on_another_clock(programme).select_for_update(of=("self",)))
    for gathering in coming:
        if keep_wall_clock:
            _to_clock(gathering, zone)
        gathering.zone = zone
        changed(gathering, "starts_at", "ends_at", "zone")
    if keep_wall_clock:
        for gathering in coming:
            check_times(programme, gathering.starts_at, gathering.ends_at, but=gathering)
    record("programmes.clock_settled", by=by.pk, on=programme.pk)


def _to_clock(gathering: Gathering, zone: str) -> None:
    sittings = list(gathering.further_sittings.all())
    both: list[Gathering | Sitting] = [gathering, *sittings]
    for one in both:
        one.starts_at = rules.on_another_clock(one.starts_at, old=gathering.zone, new=zone)
        one.ends_at = rules.on_another_clock(one.ends_at, old=gathering.zone, new=zone)
    Sitting.objects.bulk_update(sittings, ["starts_at", "ends_at"])


def _tell_of_sittings(gathering: Gathering, *, by: Person) -> None:
    """Tell everyone how the sittings stand now; each change counts as a newer state of the session."""
    changed(gathering)
    if gathering.cancelled_at is None:
        tell_everyone(gathering, news=DateNews.SITTINGS, by=by, was=last_end(gathering))
