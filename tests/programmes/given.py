"""A small pack of two sections, and sessions held with it."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from holdfast.curriculum import pack as packs
from holdfast.curriculum.models import PackVersion
from holdfast.people.models import Group, Person
from holdfast.programmes import actions
from holdfast.programmes.actions.happening import note_begun, note_end
from holdfast.programmes.models import Gathering, Programme
from tests.days import today

LENGTH = timedelta(minutes=60)
A_DAY = datetime(2031, 3, 13, 20, 30, tzinfo=UTC)
"""A Thursday far ahead, 15:30 on the clock of Northgate School, in Chicago."""


def activity(
    key: str, *, minutes: int, kind: str = "talk", mode: str = "spoken", in_plan: bool = True
) -> packs.Activity:
    """Make one activity of a pack."""
    both = [("drains", "Takes strength"), ("restores", "Gives strength")]
    columns = tuple(packs.Column(tone, label, "", packs.Tone(tone)) for tone, label in both)
    return packs.Activity(
        key=key,
        title=key.replace("-", " ").capitalize(),
        minutes=minutes,
        kind=packs.Kind(kind),
        mode=packs.ActivityMode(mode),
        purpose="To begin.",
        prompt=f"What about {key}?",
        steps=("Say why.", "Wait."),
        in_plan=in_plan,
        columns=columns if kind == "gather" else (),
    )


def consideration(key: str, mode: str, when: str) -> packs.Consideration:
    """Make one thing a section asks of the leader."""
    title = f"{key} {mode} {when}"
    return packs.Consideration(key, packs.LeaderMode(mode), packs.When(when), title, "Because it helps.")


def ready(number: int) -> tuple[packs.ReadyText, ...]:
    """Make the ready texts of a component: only the connection in between has some."""
    huddle = packs.ReadyText(packs.ReadyKind.HUDDLE, "A huddle", "Stand in a circle.\n\nAsk one question.")
    mail = packs.ReadyText(
        packs.ReadyKind.MAIL, "A mail", "Subject: Next time & thanks\n\nOn [day and time].\n\n[leader]"
    )
    return (huddle, mail) if number == 4 else ()


def section(number: int, title: str) -> packs.Section:
    """Make one section with three planned activities and one on top."""
    return packs.Section(
        number=number,
        key=f"section-{number}",
        title=title,
        short_title=title.split(maxsplit=1)[0],
        concept="A thought.",
        aim="To know more.",
        activities=(
            activity("opening", minutes=10),
            activity("notes", minutes=15, kind="gather", mode="unnamed"),
            activity("closing", minutes=10),
            activity("walk", minutes=5, in_plan=False),
        ),
        considerations=(
            consideration(f"D{number}.1", "both", "before"),
            consideration(f"D{number}.2", "taking_part", "before"),
            consideration(f"D{number}.3", "supporting", "before"),
            consideration(f"D{number}.4", "both", "after"),
        ),
        components=tuple(packs.Component(f"C{n}", (f"Suggestion for C{n}.",), ready(n)) for n in range(1, 8)),
        words=(packs.Words("open", packs.Speaker.LEADER, "Opening words", "I am here to listen."),),
        share=packs.Share(
            "A page to read",
            (
                packs.SharePart("When", "On [day and time] we meet in [place], for [minutes] minutes. Bring nothing."),
                packs.SharePart(
                    "Whom to ask", "Ask [name]. In danger, [name and number]. Or call [a number]. All may pass."
                ),
            ),
        ),
        visual=packs.Visual(
            "A picture to see", packs.Layout.LINES, "Three lines.", lines=("Uno, ñandú.", "Zwei.", "3.")
        ),
    )


def a_pack(version: str = "1.0") -> PackVersion:
    """Load a pack that holds sections 1 and 4."""
    pack = packs.Pack(
        key="small",
        title="Small pack",
        version=version,
        language="en",
        authors=("Nobody",),
        licence="CC0-1.0",
        about="For tests.",
        sections=(section(1, "Why we meet"), section(4, "Drivers of strength")),
    )
    content = packs.to_json(pack)
    return PackVersion.objects.create(
        key="small", version=version, title=pack.title, digest=version, content=content, loaded_at=timezone.now()
    )


def a_programme(group: Group, by: Person, pack: PackVersion | None = None) -> Programme:
    """Start a group's programme."""
    return actions.start_programme(group, pack=pack or a_pack(), started_on=today(), by=by)


def a_session(programme: Programme, by: Person, *, starts_at: datetime = A_DAY, section: int = 4) -> Gathering:
    """Give a section a date; the plan is 35 minutes, the session 60."""
    return actions.add_gathering(
        programme, section=section, starts_at=starts_at, ends_at=starts_at + LENGTH, place="Library", by=by
    )


def hold_now(session: Gathering) -> None:
    """Let a session be held from its first activity to its end at this moment, whatever its hour."""
    note_begun(session.plan.order_by("position")[0], at=timezone.now())
    note_end(session, at=timezone.now())
