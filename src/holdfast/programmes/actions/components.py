"""Writing what surrounds the sessions: components, wanted help, ideas and practices."""

from dataclasses import asdict
from datetime import date

from django.db import transaction

from holdfast.audit.actions import record
from holdfast.people.models import Person
from holdfast.programmes import queries
from holdfast.programmes.models import WHOLE_PROGRAMME, ComponentPlan, HelpWanted, Idea, Practice, Programme
from holdfast.programmes.rules import HowAndWho
from holdfast.refusals import Refused

MOST_IDEAS = 200


@transaction.atomic
def plan_component(
    programme: Programme, *, section: int, component: str, state: str, plan: HowAndWho, by: Person
) -> ComponentPlan:
    """Say how, by whom and when one component of a section is done, that it is done, or not this time."""
    known = programme.component_plans.filter(section=section, component=component).first()
    if state == ComponentPlan.State.NOT_NOW:
        plan = HowAndWho(timing=plan.timing)  # no reason is asked, and none is kept
    done_on = None
    if state == ComponentPlan.State.DONE:
        done_on = (known and known.done_on) or queries.today_at(programme)
    saved, _made = ComponentPlan.objects.update_or_create(
        programme=programme, section=section, component=component,
        defaults={"state": state, "done_on": done_on, **asdict(plan)},
    )  # fmt: skip
    record("programmes.component_planned", by=by.pk, on=saved.pk)
    return saved


@transaction.atomic
def mark_component(programme: Programme, *, section: int, component: str, state: str, by: Person) -> None:
    """Say with one press that a component is done or left out this time; with an empty state it is open again."""
    known = programme.component_plans.filter(section=section, component=component)
    if state:
        saved = known.first()
        plan = HowAndWho(saved.how, saved.who, saved.due_on, saved.timing) if saved else HowAndWho()
        plan_component(programme, section=section, component=component, state=state, plan=plan, by=by)
    else:
        known.delete()
        record("programmes.component_opened", by=by.pk, on=programme.pk)


@transaction.atomic
def want_help(programme: Programme, *, section: int, component: str, wanted: bool, by: Person) -> None:
    """Say that the team would like help with a component, or with the programme, or that it no longer does."""
    which = {"programme": programme, "section": section, "component": component}
    if wanted:
        HelpWanted.objects.get_or_create(**which, defaults={"since": queries.today_at(programme)})
    else:
        HelpWanted.objects.filter(**which).delete()
    record("programmes.help_wanted" if wanted else "programmes.help_not_wanted", by=by.pk, on=programme.pk)


@transaction.atomic
def note_idea(programme: Programme, *, text: str, section: int = WHOLE_PROGRAMME, by: Person) -> Idea:
    """Put an idea on the running list. Raises Refused."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    if programme.ideas.count() >= MOST_IDEAS:
        raise Refused("programmes.ideas_are_full", {"most": MOST_IDEAS})
    day = queries.today_at(programme)
    idea = Idea.objects.create(programme=programme, section=section, text=text, noted_on=day)
    record("programmes.idea_noted", by=by.pk, on=idea.pk)
    return idea


@transaction.atomic
def change_idea(idea: Idea, *, text: str, section: int, by: Person) -> Idea:
    """Say an idea better."""
    idea.text, idea.section = text, section
    idea.save(update_fields=["text", "section"])
    record("programmes.idea_changed", by=by.pk, on=idea.pk)
    return idea


@transaction.atomic
def remove_idea(idea: Idea, *, by: Person) -> None:
    """Take an idea off the list; a practice that grew from it stays."""
    key = idea.pk
    idea.delete()
    record("programmes.idea_removed", by=by.pk, on=key)


@transaction.atomic
def note_practice(
    programme: Programme,
    *,
    text: str,
    since: date,
    written_where: str = "",
    section: int = WHOLE_PROGRAMME,
    idea: Idea | None = None,
    by: Person,
) -> Practice:
    """Write down what became how this place does it. idea: the one it grew from, once. Raises Refused."""
    if idea is not None and Practice.objects.filter(idea=idea).exists():
        raise Refused("programmes.already_a_practice")
    practice = Practice.objects.create(
        programme=programme, text=text, since=since, written_where=written_where, section=section, idea=idea
    )
    record("programmes.practice_noted", by=by.pk, on=practice.pk)
    return practice


@transaction.atomic
def change_practice(
    practice: Practice, *, text: str, since: date, written_where: str, section: int, by: Person
) -> Practice:
    """Change what is written about a practice."""
    practice.text, practice.since, practice.written_where, practice.section = text, since, written_where, section
    practice.save(update_fields=["text", "since", "written_where", "section"])
    record("programmes.practice_changed", by=by.pk, on=practice.pk)
    return practice


@transaction.atomic
def remove_practice(practice: Practice, *, by: Person) -> None:
    """Take a practice off the list because it is not so any more."""
    key = practice.pk
    practice.delete()
    record("programmes.practice_removed", by=by.pk, on=key)
