"""A session whose drivers are sorted, and short ways to hand over, answer and publish."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.test import Client

from holdfast.gatherings.models import Driver
from holdfast.people.models import Person
from holdfast.programmes.models import Gathering
from holdfast.report_back import actions
from holdfast.report_back.models import Answer, Concern, ReportBack
from tests.days import today

TODAY = today
Said = Mapping[str, Any]
REASON: Said = {"reason": "One class tries it from April."}
NOT_SOON: Said = {"validation": "The need is real.", "reason": "There is no room.", "look_again_on": date(2033, 9, 1)}


def signed_in(person: Person) -> Client:
    """Return a browser of this person."""
    client = Client()
    client.force_login(person)
    return client


def text_of(html: str) -> str:
    """Return the words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def a_driver(
    gathering: Gathering, wording: str, *, place: str = "leadership", agreed: bool = True, tone: str = "drains"
) -> Driver:
    """Make a driver the group has sorted, and for leadership also agreed to."""
    return Driver.objects.create(
        gathering=gathering,
        wording=wording,
        column=tone,
        tone=tone,
        sources=["1"],
        position=gathering.drivers.count() + 1,
        place=place,
        agreed=agreed and place == "leadership",
    )


def handed_over(
    gathering: Gathering, *wordings: str, by: Person, tone: str = "drains", due_on: date | None = None
) -> list[Concern]:
    """Hand over these wordings as a group would."""
    drivers = [a_driver(gathering, wording, tone=tone) for wording in wordings]
    due_on = due_on or TODAY() + timedelta(days=21)
    return actions.hand_over(gathering, driver_ids=[d.pk for d in drivers], due_on=due_on, by=by)


def drafted(concern: Concern, *, by: Person, verdict: str = "this_year", **said: Any) -> Answer:
    """Draft an answer."""
    [draft] = actions.draft_answer(concern, verdict=verdict, by=by, **(said or REASON))
    return draft


def published(*drafts: Answer, by: Person) -> ReportBack:
    """Say these drafts aloud today, and publish them."""
    programme = drafts[0].concern.programme
    found = actions.collect(programme, answer_ids=[draft.pk for draft in drafts], by=by)
    return actions.publish(found, said_on=TODAY(), by=by)
