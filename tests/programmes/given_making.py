"""A pack whose activities have shorter and longer makes, and a later version of it."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from holdfast.curriculum import pack as packs
from holdfast.curriculum.models import PackVersion
from holdfast.people.models import Person
from holdfast.programmes import actions
from holdfast.programmes.models import Gathering, Programme
from tests.programmes.given import A_DAY, activity, section

Make = packs.Make


def with_makes(one: packs.Activity) -> packs.Activity:
    """Give an activity a make of half its minutes, and one of twice as many."""
    short = Make(one.minutes // 2, f"{one.title}, in short.")
    return replace(one, short=short, long=Make(one.minutes * 2, f"{one.title}, at length."))


def an_hour() -> packs.Section:
    """Return a section whose plan takes an hour: 10, 20, 20 and 10 minutes."""
    plan = [
        activity("opening", minutes=10),
        activity("story", minutes=20),
        activity("pairs", minutes=20),
        activity("closing", minutes=10),
    ]
    spare = activity("walk", minutes=5, in_plan=False)
    return replace(section(1, "Why we meet"), activities=(*(with_makes(one) for one in plan), spare))


def load(version: str, *sections: packs.Section) -> PackVersion:
    """Load a version of a pack."""
    pack = packs.Pack(
        key="hours", title="Hours", version=version, language="en", authors=("Nobody",), licence="CC0-1.0",
        about="For tests.", sections=sections,
    )  # fmt: skip
    return PackVersion.objects.create(
        key=pack.key, version=version, title=pack.title, digest=f"hours-{version}", content=packs.to_json(pack),
        loaded_at=timezone.now(),
    )  # fmt: skip


def a_later_version(number: str = "1.1") -> PackVersion:
    """Load what came after: the story asks otherwise and is shorter, the pairs are gone, and there is a song."""
    before = {one.key: one for one in an_hour().activities}
    story = replace(before["story"], prompt="What do you carry?", minutes=16, short=Make(9, "Quickly."))
    activities = (before["opening"], story, activity("song", minutes=4), before["closing"], before["walk"])
    return load(number, replace(an_hour(), activities=activities))


def an_hour_of(programme: Programme, by: Person, *, minutes: int = 60, days: int = 0) -> Gathering:
    """Give the section of an hour a date."""
    starts_at = A_DAY + timedelta(days=days)
    ends_at = starts_at + timedelta(minutes=minutes)
    return actions.add_gathering(programme, section=1, starts_at=starts_at, ends_at=ends_at, place="Library", by=by)


def minutes_of(gathering: Gathering) -> dict[str, int]:
    """Return the plan as it stands: minutes by title, in its order."""
    return dict(gathering.plan.order_by("position", "pk").values_list("title", "minutes"))
