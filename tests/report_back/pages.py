"""A programme with something on every list of its staff page, and a server that is asked without a browser."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db import connections
from django.utils import timezone

from holdfast.config.asgi import application
from holdfast.curriculum.actions import load_pack
from holdfast.people.models import Person
from holdfast.programmes import actions as plans
from holdfast.programmes.models import Programme, Why
from holdfast.report_back.actions.staff import open_address
from holdfast.report_back.boxes import open_box
from holdfast.report_back.models import Answer, Concern, LetGoItem, OursItem, Progress, StaffLink
from tests.access.asgi import Answer as Reply
from tests.access.asgi import ask, running
from tests.days import today
from tests.given import Ours

TODAY = today()
FORM = [(b"content-type", b"application/x-www-form-urlencoded")]
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@dataclass(frozen=True, slots=True)
class Shown:
    """A programme whose page shows everything there is. asked: the concern whose answer asks something back."""

    programme: Programme
    staff: StaffLink
    wall: StaffLink
    answered: Concern
    waiting: Concern
    asked: Concern
    kept: Concern
    question: Answer
    ours: OursItem
    let_go: LetGoItem


def a_programme(ours: Ours) -> Programme:
    """Start a programme of our group."""
    pack = load_pack(settings.PACKS_DIR / "compassion-resilience")
    return plans.start_programme(ours.group, pack=pack, started_on=date(2026, 1, 5), by=ours.bo)


def concern(programme: Programme, wording: str, *, position: int, due_in: int = 10, **more: object) -> Concern:
    """Hand something over."""
    due_on = TODAY + timedelta(days=due_in)
    handed_over_on = min(TODAY, due_on) - timedelta(days=14)
    return Concern.objects.create(
        programme=programme, wording=wording, position=position, handed_over_on=handed_over_on, due_on=due_on, **more
    )


def answer(to: Concern, verdict: str, *, by: Person, version: int = 1, draft: bool = False, **said: object) -> Answer:
    """Answer it, in public unless it is a draft."""
    published_on = None if draft else TODAY
    return Answer.objects.create(
        concern=to, verdict=verdict, version=version, drafted_by=by, drafted_on=TODAY, published_on=published_on, **said
    )


def everything(ours: Ours) -> Shown:
    """Start a programme with a next date and something on every list."""
    programme = a_programme(ours)
    starts_at = timezone.now() + timedelta(days=9)
    plans.add_gathering(
        programme, section=4, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=60), by=ours.bo
    )
    return every_list(programme, ours)


def every_list(programme: Programme, ours: Ours, *, box: bool = True) -> Shown:
    """Put something on every list. box: open the one that belongs to the question back."""
    for kind, text in (("organisation", "So that people stay well."), ("own", "I want to listen better.")):
        Why.objects.create(
            programme=programme, kind=kind, text=text, version=1, written_by=ours.amara, written_on=TODAY
        )
    answered = concern(programme, "Cover is asked for with no notice.", position=1)
    waiting = concern(programme, "Nobody knows who decides about the rota.", position=2)
    asked = concern(programme, "Meetings run into the evening.", position=3)
    kept = concern(programme, "The quiet room gives strength.", position=4, tone="restores")
    first = answer(answered, "not_soon", by=ours.amara, reason="No budget for it.", validation="The need is real.",
                   look_again_on=TODAY + timedelta(days=700))  # fmt: skip
    answer(answered, "this_year", by=ours.amara, version=2, reason="We found a way: one spare hour a day.")
    Progress.objects.create(answer=first, text="The spare hour began on Monday.", on=TODAY, by=ours.amara)
    answer(waiting, "cannot", by=ours.amara, draft=True, reason="DRAFT-ONLY words.")
    question = answer(asked, "understand", by=ours.amara, question="Which meetings weigh most?",
                      box_closes_on=TODAY + timedelta(days=5))  # fmt: skip
    if box:
        open_box(question)
        question.save(update_fields=["box"])
    answer(kept, "keep", by=ours.amara, reason="It stays a room for nobody's meetings.")
    return Shown(
        programme=programme,
        staff=open_address(programme, scope="staff"),
        wall=open_address(programme, scope="wall"),
        answered=answered,
        waiting=waiting,
        asked=asked,
        kept=kept,
        question=question,
        ours=OursItem.objects.create(
            programme=programme, wording="We greet each other by name.", step="Begin on Monday.", who="Pat and Chi",
            plan="If it is eight, then we meet at the door.", look_again_on=TODAY + timedelta(days=20), position=1,
        ),
        let_go=LetGoItem.objects.create(programme=programme, wording="The state sets the test dates.", added_on=TODAY),
    )  # fmt: skip


def many(programme: Programme, count: int, *, by: Person) -> None:
    """Hand over so many things, two thirds of them answered twice, with progress; and fill the other lists a little."""
    for n in range(count):
        one = concern(programme, f"Matter {n} of many, in a sentence of usual length.", position=100 + n)
        if n % 3:
            answer(one, "next_year", by=by, reason="Before that, the plan.")
            said = answer(one, "this_year", by=by, version=2, reason="It begins now.")
            Progress.objects.create(answer=said, text="A first step.", on=TODAY, by=by)
        if n % 6 == 1:
            OursItem.objects.create(programme=programme, wording=f"Ours {n}", position=100 + n)
            LetGoItem.objects.create(programme=programme, wording=f"Put down {n}", added_on=TODAY)


def on_the_wire(act: Callable[[], Awaitable[None]]) -> None:
    """Run the whole application around `act`."""

    async def all_of_it() -> None:
        async with running(application):
            await act()
            await asyncio.to_thread(connections.close_all)

    asyncio.run(all_of_it())


async def get(path: str, *, cookie: str = "", query: str = "", language: str = "") -> Reply:
    """Ask for a page. language: the one the browser asks for."""
    said = {b"cookie": cookie, b"accept-language": language}
    headers = [(name, value.encode()) for name, value in said.items() if value]
    return await ask(application, "GET", path, query=query, headers=headers)


async def post(path: str, form: Mapping[str, str], *, cookie: str = "") -> Reply:
    """Send a form."""
    headers = [*FORM, (b"cookie", cookie.encode())] if cookie else FORM
    return await ask(application, "POST", path, body=urlencode(form).encode(), headers=headers)


def hidden(reply: Reply) -> dict[str, str]:
    """Return the hidden fields of a page's first form."""
    form = reply.body.decode().split("<form", 1)[1].split("</form>", 1)[0]
    return dict(HIDDEN.findall(form))
