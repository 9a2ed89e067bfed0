"""Writing what accompanies a leader: own ticks, and a word to the group."""

from django.db import transaction

from holdfast.audit.actions import record
from holdfast.people.models import Person
from holdfast.people.queries import leads
from holdfast.programmes.models import BriefingMark, LeaderWord, Programme
from holdfast.programmes.queries import content_of, today_at
from holdfast.refusals import Refused


@transaction.atomic
def mark_asked(programme: Programme, *, section: int, asked: str, kind: str, by: Person) -> None:
    """Tick one thing as `ready` or `not_now`, or take the tick back with an empty kind. Raises Refused.

    asked: a consideration of the section; empty leaves out the whole briefing.
    """
    found = content_of(programme).section(section)
    known = {one.id for one in found.considerations} if found else set()
    if asked and asked not in known:
        raise Refused("programmes.not_asked", status=422)
    if kind:
        BriefingMark.objects.update_or_create(
            programme=programme, leader=by, section=section, asked=asked, defaults={"kind": kind}
        )
    else:
        BriefingMark.objects.filter(programme=programme, leader=by, section=section, asked=asked).delete()
    record("programmes.briefing_marked", by=by.pk, on=programme.pk)


@transaction.atomic
def say_to_group(programme: Programme, *, interest: str, learned: str, engaged: str, by: Person) -> LeaderWord:
    """Tell the group by name why it matters, what one has learned, and how one will be there. Raises Refused."""
    if not leads(by, programme.group):
        raise Refused("programmes.leads_no_more", {"name": by.name})
    said = {"interest": interest, "learned": learned, "engaged": engaged, "written_on": today_at(programme)}
    word, _made = LeaderWord.objects.update_or_create(programme=programme, leader=by, defaults=said)
    record("programmes.leader_said_to_group", by=by.pk, on=word.pk)
    return word


@transaction.atomic
def take_back_word(programme: Programme, *, by: Person) -> None:
    """Take back what one told the group; it is gone."""
    LeaderWord.objects.filter(programme=programme, leader=by).delete()
    record("programmes.leader_word_taken_back", by=by.pk, on=programme.pk)
