"""What stands beside the made-up groups: their coach with threads, links that were looked at, a handout."""

from datetime import timedelta
from io import BytesIO

import segno
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from holdfast.homes.demo.calendar import on_day
from holdfast.people.models import Organisation, Person
from holdfast.programmes.models import Programme
from holdfast.support import actions
from holdfast.support.models import HelpRequest, Link
from holdfast.support.rules import LinkState

LINKS = (
    (1, "leader-video", "A principal on beginning to listen", "https://example.org/leaders/listening", "works"),
    (1, "", "Three short texts on being tired at work", "https://example.org/reading/tired", "works"),
    (
        3,
        "quality-of-life-test",
        "The test our district has a licence for",
        "https://example.org/tests/quality",
        "sign_in",
    ),
    (4, "leader-video", "What we did with forty notes", "https://example.org/leaders/notes", "gone"),
)


@transaction.atomic
def stand_beside(first: Programme, second: Programme, *, cast: dict[str, Person], clinic: Organisation) -> None:
    """Fill in requests, links and a handout, once; done again it adds nothing."""
    if HelpRequest.objects.filter(programme=first).exists():
        return
    amara, bo, uma, cole, gil = (cast[name] for name in ("amara", "bo", "uma", "cole", "gil"))
    zone = first.group.site.time_zone
    with on_day(timezone.localdate() - timedelta(days=9), zone):
        talking = actions.ask_for_help(
            first,
            title="Two people always talk first",
            text="In the opening round the same two begin, and the others repeat them. I asked once for others to "
            "begin; it felt like a reproach.",
            mine_alone=False,
            by=bo,
        )
        alone = actions.ask_for_help(
            first,
            title="I am not sure I can sit quietly in session 4",
            text="I know what will come up about cover, and I will want to explain. How do I stay quiet and not cold?",
            mine_alone=True,
            by=amara,
        )
    with on_day(timezone.localdate() - timedelta(days=7), zone):
        actions.write_turn(
            talking,
            text="Try a minute of silent writing before the round, and let the talking piece start opposite the door. "
            "Nobody is told off, and the order is another one.",
            by=cole,
        )
        actions.write_turn(
            alone,
            text="Hold a pen. Write down what you would explain, for the list of what you say later. Your eyes and "
            "your thanks at the end are enough on the day.",
            by=cole,
        )
        actions.close_request(alone, by=amara)
    actions.ask_for_help(
        second,
        title="The answers came, and nobody looks at them",
        text="Leadership has published its answers. In the break room nobody mentions them. How do we bring them back "
        "without a lecture?",
        mine_alone=False,
        by=uma,
    )
    actions.invite_coach(clinic, name=cole.name, email=cole.email or "", by=gil)
    for number, slot, title, url, state in LINKS:
        link = actions.add_link(
            first,
            section=number,
            slot=slot,
            title=title,
            url=url,
            recommended_by="Dee Alvarez",
            for_all=True,
            by=bo,
        )
        actions.note_look(link, LinkState(state))
    Link.objects.filter(state=LinkState.GONE).update(working_on=timezone.localdate() - timedelta(days=21))
    drawn = BytesIO()
    segno.make("https://example.org/assistance", error="m").save(drawn, kind="pdf", scale=6)
    actions.add_handout(
        first,
        section=3,
        slot="",
        title="The way to the employee assistance page, to hang up",
        file=ContentFile(drawn.getvalue()),
        licence="Our own, from the district office",
        for_all=True,
        by=bo,
    )
