"""What accompanies a leader: one briefing per section, in their own part, with ticks that nobody else reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from holdfast.curriculum import pack as packs
from holdfast.people.models import Person, Role
from holdfast.people.queries import groups_for, one_of
from holdfast.programmes.companion_words import FROM_OUTSIDE, IN_THE_ROOM, PARTS, TOOLS, WHEN, Tool
from holdfast.programmes.models import BriefingMark, CommunicateLater, Gathering, LeaderWord, Programme
from holdfast.programmes.models.companion import WHOLE_BRIEFING
from holdfast.programmes.queries.over import sessions_of
from holdfast.programmes.queries.plan import content_of, programmes_led
from holdfast.programmes.queries.starting import leaders_of, leaders_part, today_at
from holdfast.programmes.rules import companion as rules
from holdfast.refusals import Words

EARLY = timedelta(hours=1)
"""How long before and after its time a session counts as on."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing a section asks of this leader. mark: `ready`, `not_now`, or nothing yet."""

    consideration: packs.Consideration
    mark: str

    @property
    def tool(self) -> Tool | None:
        """The page on which it is done, where there is one."""
        return TOOLS.get(self.consideration.id)

    @property
    def is_open(self) -> bool:
        """Tell whether the leader has said nothing about it yet."""
        return not self.mark


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is asked before, in or after a session. due: until when, if the section has a date ahead."""

    when: packs.When
    title: Words
    due: date | None
    asked: Sequence[Asked]


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the session, with what may help a leader to choose what to share."""

    key: str
    title: str
    prompt: str
    hints: Sequence[str]


@dataclass(frozen=True, slots=True)
class Briefing:
    """One section as it meets one leader.

    invited: what holds once a leader who drops in has been asked in. next_one: the session after this.
    """

    programme: Programme
    section: packs.Section
    part: str
    gathering: Gathering | None
    next_one: Gathering | None
    stretches: Sequence[Stretch]
    invited: Sequence[Asked]
    left_out: bool

    @property
    def part_words(self) -> Words:
        """The leader's part, said to them."""
        return PARTS[self.part]

    @property
    def conduct(self) -> Sequence[Words]:
        """How to be in the room, or outside it."""
        return FROM_OUTSIDE if self.part == "supporting" else IN_THE_ROOM

    @property
    def asked(self) -> list[Asked]:
        """Everything asked, in order."""
        return [one for stretch in self.stretches for one in stretch.asked] + list(self.invited)

    @property
    def ready(self) -> list[Asked]:
        """What the leader has ticked."""
        return [one for one in self.asked if one.mark == BriefingMark.Kind.READY]

    @property
    def before(self) -> Stretch | None:
        """What is asked before the session."""
        return self.stretch("before")

    @property
    def during(self) -> Stretch | None:
        """What is asked in the room."""
        return self.stretch("during")

    @property
    def after(self) -> Stretch | None:
        """What is asked afterwards."""
        return self.stretch("after")

    @property
    def own_words(self) -> list[packs.Words]:
        """Ready words of the section that a leader says in the room; none for who stays outside it."""
        if self.part == "supporting":
            return []
        return [words for words in self.section.words if words.who is packs.Speaker.LEADER]

    def stretch(self, when: str) -> Stretch | None:
        """Return what is asked at one time, or None."""
        return next((stretch for stretch in self.stretches if stretch.when == when), None)

    def open_at(self, when: str) -> list[Asked]:
        """Return what the leader has said nothing about, of one time; nothing once the briefing is left out."""
        found = self.stretch(when)
        return [one for one in found.asked if one.is_open] if found and not self.left_out else []


def briefing_of(programme: Programme, leader: Person, number: int) -> Briefing:
    """Return the briefing of one section for somebody who leads the group. Raises Http404."""
    section = content_of(programme).section(number)
    if section is None:
        raise Http404
    part = leaders_part(programme, leader, number)
    gathering, next_one = _held_on(programme, number)
    marks = dict(_marks(programme, leader).filter(section=number).values_list("asked", "kind"))
    zone = ZoneInfo(programme.group.site.time_zone)
    meets_on = gathering.starts_at.astimezone(zone).date() if gathering else None
    mine = section.considerations_for(packs.LeaderMode(rules.mode_of(part)))
    return Briefing(
        programme=programme,
        section=section,
        part=part,
        gathering=gathering,
        next_one=next_one,
        stretches=[
            _stretch(when, mine, marks, meets_on, today_at(programme)) for when in packs.When if _any_at(when, mine)
        ],
        invited=_asked(_only_inside(section), marks) if part == "dropping_in" else [],
        left_out=WHOLE_BRIEFING in marks,
    )


def questions_of(briefing: Briefing) -> list[Question]:
    """Return the questions of the session's plan, else of the toolkit's, that have something for this leader."""
    section, gathering = briefing.section, briefing.gathering
    if not rules.comes_into_a_room(briefing.part):
        return []
    if gathering is not None:
        asked = [(item.activity_key, item.prompt) for item in gathering.plan.order_by("position", "pk")]
    else:
        asked = [(activity.key, activity.prompt) for activity in section.plan]
    found = [(section.activity(key), prompt) for key, prompt in asked if key]
    return [
        Question(activity.key, activity.title, prompt or activity.prompt, activity.leader_prompts)
        for activity, prompt in found
        if activity and activity.leader_prompts
    ]


def words_of_leaders(programme: Programme) -> list[LeaderWord]:
    """Return what those who lead the group now have told it, by name."""
    words = programme.leaders_words.filter(leader__in=leaders_of(programme.group).order_by())
    return list(words.select_related("leader").order_by("leader__name", "pk"))


def unsaid_by(leader: Person) -> QuerySet[CommunicateLater]:
    """Return what a leader meant to say more clearly, and has neither said nor handed on; the oldest first."""
    own = leader.communicate_later.filter(said_on__isnull=True, handed_to="")
    led = Programme.objects.filter(group__in=groups_for(leader, (Role.Kind.LEADER,)).order_by())
    return own.filter(programme__in=led).select_related("programme__group").order_by("noted_on", "pk")


def meeting_now(leader: Person) -> Programme:
    """Return the led programme whose session is on now, else the one that met last. Raises Http404 for nobody's."""
    led, now = programmes_led(leader), timezone.now()
    running = led.filter(gatherings__starts_at__lte=now + EARLY, gatherings__ends_at__gt=now - EARLY)
    return running.first() or one_of(led.order_by("-started_on", "pk"))


def own_word(programme: Programme, leader: Person) -> LeaderWord | None:
    """Return what a leader has told the group."""
    return LeaderWord.objects.filter(programme=programme, leader=leader).first()


def held_before(programme: Programme, gathering: Gathering | None) -> Gathering | None:
    """Return the session that was held last before another, or before now."""
    over = sessions_of(programme).over
    before = [one for one in over if gathering is None or one.starts_at < gathering.starts_at]
    return before[-1] if before else None


def _held_on(programme: Programme, number: int) -> tuple[Gathering | None, Gathering | None]:
    """Return a section's session, the one ahead before one held, and what the group meets for after it."""
    sessions = sessions_of(programme)
    session = sessions.on(number)
    if session is None:
        return None, None
    is_over = session in sessions.over
    after = [one for one in sessions.ahead if is_over or one.starts_at > session.starts_at]
    return session, after[0] if after else None


def _stretch(
    when: packs.When, mine: Sequence[packs.Consideration], marks: dict[str, str], meets_on: date | None, today: date
) -> Stretch:
    day = rules.until(str(when), meets_on) if meets_on else None
    due = day if day and day >= today else None  # a day that is over only presses
    return Stretch(when, WHEN[str(when)], due, _asked([one for one in mine if one.when is when], marks))


def _any_at(when: packs.When, mine: Sequence[packs.Consideration]) -> bool:
    return any(one.when is when for one in mine)


def _asked(considerations: Sequence[packs.Consideration], marks: dict[str, str]) -> list[Asked]:
    return [Asked(one, marks.get(one.id, "")) for one in considerations]


def _only_inside(section: packs.Section) -> list[packs.Consideration]:
    inside = (packs.LeaderMode.TAKING_PART, packs.When.DURING)
    return [one for one in section.considerations if (one.mode, one.when) == inside]


def _marks(programme: Programme, leader: Person) -> QuerySet[BriefingMark]:
    return BriefingMark.objects.filter(programme=programme, leader=leader)
