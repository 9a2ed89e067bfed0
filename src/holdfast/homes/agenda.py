"""The agenda of a touch-base writes itself: from what is due for this leader, what waits, and what was agreed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.gatherings.parking.shown import lines_to_talk_about
from holdfast.gatherings.worries import to_debrief
from holdfast.people.models import Person
from holdfast.programmes.models import Agreed, LeaderPart, TouchBase
from holdfast.programmes.queries import cleared_for_group, content_of, fetch_sessions, sessions_of
from holdfast.programmes.queries.companion import Briefing, briefing_of, held_before, questions_of
from holdfast.programmes.queries.components import around
from holdfast.programmes.queries.touch_bases import still_agreed
from holdfast.programmes.rules.touch_bases import minutes_for, shared_out
from holdfast.report_back.models import PUBLISHED, Answer, Concern
from holdfast.surveys.queries import shared_with

MOST_HINTS = 3
MOST_CLEARED = 3
MOST_COMPONENTS = 5
NUMBER = re.compile(r"^\d+\.\s+")
"""Before a question of the toolkit: the page numbers them itself."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to talk about. link: a page that helps. weight: how much of the time it needs beside the others."""

    key: str
    title: str
    lines: Sequence[str]
    link: str = ""
    weight: int = 1
    minutes: int = 1


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a touch-base is about. agreed: what is open since the last time. asks: questions of the toolkit for it."""

    topics: Sequence[Topic]
    agreed: Sequence[Agreed]
    asks: Sequence[str]
    minutes: int
    briefing: Briefing | None


def agenda_of(touch_base: TouchBase, *, seen_by: Person) -> Agenda:
    """Write the agenda of a touch-base as it is today. A leader's own ticks are not part of it."""
    programme, leader = touch_base.programme, touch_base.leader
    fetch_sessions([programme])
    agreed = list(still_agreed(seen_by, programme, leader))
    number = _section_ahead(touch_base)
    known = number is not None and content_of(programme).section(number) is not None
    briefing = briefing_of(programme, leader, number) if number is not None and known else None
    found = [
        *_agreed(agreed),
        *(_ahead(briefing) if briefing else []),
        *_shared(touch_base, seen_by),
        *_respond(touch_base),
        *_around(touch_base),
        *_barriers(touch_base, seen_by),
        *_worries(touch_base, seen_by),
        *_kept(touch_base, seen_by),
    ]
    minutes = minutes_for(len(found))
    shares = shared_out(minutes, [topic.weight for topic in found])
    topics = [replace(topic, minutes=share) for topic, share in zip(found, shares, strict=True)]
    return Agenda(topics, agreed, _asks(briefing), minutes, briefing)


def _section_ahead(touch_base: TouchBase) -> int | None:
    """Return the section a talk prepares: that of its session, or of the next one once that was held."""
    session, ahead = touch_base.gathering, sessions_of(touch_base.programme).ahead
    if session not in ahead:
        session = next(iter(ahead), session)
    return session.section if session else None


def _agreed(agreed: Sequence[Agreed]) -> list[Topic]:
    return [Topic("agreed", _("What we agreed last time"), [])] if agreed else []


def _ahead(briefing: Briefing) -> list[Topic]:
    titles = {str(part.when): [one.consideration.title for one in part.asked] for part in briefing.stretches}
    inside = titles.get("during", []) + [one.consideration.title for one in briefing.invited]
    part = str(LeaderPart(briefing.part).label)
    found = [
        Topic("endorse", _("Endorse: what the leader stands behind beforehand"), titles.get("before", []), weight=2),
        Topic("take_part", _("Take part: how the leader will be there"), [part, *inside], weight=2),
        Topic("model", _("Model: what the leader could show of themselves"), _hints(briefing)),
        Topic("follow", _("Respond: what follows from the session"), titles.get("after", [])),
    ]
    return [topic for topic in found if topic.lines]


def _hints(briefing: Briefing) -> list[str]:
    """Return one hint for each of the first questions."""
    return [f"{one.prompt} {one.hints[0]}" for one in questions_of(briefing)[:MOST_HINTS]]


def _shared(touch_base: TouchBase, seen_by: Person) -> list[Topic]:
    """Return what the leader chose to share with whoever reads the agenda."""
    found = [one for one in shared_with(seen_by, touch_base.programme) if one.owner_id == touch_base.leader_id]
    title = _("What the leader chose to share")
    return [Topic("shared", title, [one.text for one in found], link="surveys.shared")] if found else []


def _respond(touch_base: TouchBase) -> list[Topic]:
    """Return what still follows from the session before, and what the group waits for."""
    found, programme = [], touch_base.programme
    before = held_before(programme, touch_base.gathering)
    if before and content_of(programme).section(before.section):
        followed = briefing_of(programme, touch_base.leader, before.section).after
        lines = [one.consideration.title for one in followed.asked] if followed else []
        title = _("Respond: what followed from “%(title)s”") % {"title": before.title}
        found += [Topic("respond", title, lines)] if lines else []
    published = Exists(Answer.objects.filter(PUBLISHED, concern=OuterRef("pk")))
    waiting = list(Concern.objects.filter(~published, programme=programme, struck=False).order_by("due_on", "pk"))
    if waiting:
        line = ngettext(
            "The group waits for one answer; the agreed day is %(day)s.",
            "The group waits for %(n)s answers; the first agreed day is %(day)s.",
            len(waiting),
        ) % {"n": len(waiting), "day": date_format(waiting[0].due_on, _("l j F"))}
        found.append(Topic("unanswered", _("Unanswered"), [line], link="report_back.programme", weight=2))
    return found


def _kept(touch_base: TouchBase, seen_by: Person) -> list[Topic]:
    """Return what was kept for later in the sessions, until it is dealt with."""
    lines = lines_to_talk_about(touch_base.programme, to_leader=seen_by == touch_base.leader)
    return [Topic("kept", _("Kept for later"), lines)] if lines else []


def _around(touch_base: TouchBase) -> list[Topic]:
    """Return what surrounds the sessions and comes up in the next two weeks, the soonest first."""
    due = around(touch_base.programme).due[:MOST_COMPONENTS]
    lines = [f"{cell.name}: {cell.label}" for _section, cell in due]
    return [Topic("components", _("Around the session"), lines, link="programmes.components")] if lines else []


def _barriers(touch_base: TouchBase, seen_by: Person) -> list[Topic]:
    """Return what keeps people away: to the leader that something waits, to both what the group was told.

    What somebody named is a message to the leader alone: facilitators read neither its words nor how many there are.
    """
    programme = touch_base.programme
    told = [one.done for one in cleared_for_group(programme)][:MOST_CLEARED]
    lines = [_("Cleared: %(what)s") % {"what": what} for what in told]
    mine = seen_by.pk == touch_base.leader_id
    if mine and programme.barriers.filter(closed_on__isnull=True).exists():
        lines = [_("Something keeps people from coming. Which of it can be cleared, and when?"), *lines]
        return [Topic("barriers", _("What keeps people away"), lines, link="programmes.barriers")]
    return [Topic("barriers", _("What keeps people away"), lines)] if lines else []


def _worries(touch_base: TouchBase, seen_by: Person) -> list[Topic]:
    """Return, to the facilitators alone, that a note made them worry and was not talked over yet; never its words."""
    if seen_by.pk == touch_base.leader_id:
        return []
    lines = [
        _("In “%(title)s”, on %(day)s: who was told, what helped, and how are you?")
        % {"title": one.round.room.gathering.title_now, "day": date_format(one.held_on, _("l j F"))}
        for one in to_debrief(touch_base.programme)
    ]
    return [Topic("worries", _("A note that worried you: talk it over"), lines)] if lines else []


def _asks(briefing: Briefing | None) -> list[str]:
    """Return the questions the toolkit has for the talk before this section (C2)."""
    component = briefing.section.component("C2") if briefing else None
    ready = [text for text in component.ready if text.kind == "agenda"] if component else []
    lines = (NUMBER.sub("", line.strip()) for line in ready[0].text.split("\n\n")) if ready else ()
    return [line for line in lines if line]
