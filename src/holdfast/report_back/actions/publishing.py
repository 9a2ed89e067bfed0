"""From drafts to answers that stand: collected for a meeting, said aloud, published together, followed by progress."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.urls import reverse

from holdfast.audit.actions import record
from holdfast.people.models import Person
from holdfast.programmes.models import Programme
from holdfast.programmes.queries import today_at
from holdfast.refusals import Refused
from holdfast.report_back import rules
from holdfast.report_back.boxes import open_box
from holdfast.report_back.models import Answer, Progress, ReportBack
from holdfast.report_back.news import ForGroup, tell_group


@transaction.atomic
def collect(programme: Programme, *, answer_ids: Collection[int], opening_words: str = "", by: Person) -> ReportBack:
    """Choose which drafts are said at the next meeting; a group has one such set at a time. Raises Refused."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    drafts = Answer.objects.filter(concern__programme=programme, published_on__isnull=True)
    if not drafts.filter(pk__in=answer_ids).exists():
        raise Refused("report_back.nothing_collected", status=422)
    found = programme.report_backs.filter(published_on__isnull=True).order_by("pk").first()
    found = found or ReportBack.objects.create(programme=programme)
    drafts.exclude(pk__in=answer_ids).update(report_back=None)
    drafts.filter(pk__in=answer_ids).update(report_back=found)
    found.opening_words = opening_words
    found.save(update_fields=["opening_words"])
    record("report_back.collected", by=by.pk, on=found.pk)
    return found


@transaction.atomic
def publish(report_back: ReportBack, *, said_on: date, by: Person) -> ReportBack:
    """Make a set of answers visible to the group, once; doing it again changes nothing. Raises Refused.

    said_on: the day on which the answers were said aloud. Report-back is a moment before it is a page.
    """
    together = ReportBack.objects.select_for_update(of=("self",)).select_related("programme__group__site")
    found = together.get(pk=report_back.pk)
    if found.published_on:
        return found
    today = today_at(found.programme)
    if said_on > today:
        raise Refused("report_back.not_said_yet", status=422)
    answers = list(found.answers.filter(published_on__isnull=True).order_by("pk"))
    if not answers:
        raise Refused("report_back.nothing_collected", status=422)
    for answer in answers:
        _publish_one(answer, today)
    found.said_on, found.published_on, found.published_by = said_on, today, by
    found.save(update_fields=["said_on", "published_on", "published_by"])
    record("report_back.published", by=by.pk, on=found.pk)
    path = reverse("report_back.programme", kwargs={"programme_id": found.programme_id})
    tell_group(found.programme, news=ForGroup.PUBLISHED, about=found.pk, path=path, by=by)
    return found


def _publish_one(answer: Answer, today: date) -> None:
    """Make one answer stand; one that asks the group something opens a box for unnamed replies."""
    answer.published_on = today
    if answer.verdict == Answer.Verdict.UNDERSTAND:
        answer.box_closes_on = rules.box_closes(answer.box_closes_on, today)
        open_box(answer)
    answer.save(update_fields=["published_on", "box", "box_closes_on"])


@transaction.atomic
def add_progress(answer: Answer, *, text: str, by: Person) -> Progress:
    """Say what has moved since an answer was published; the answer itself stays as it was. Raises Refused."""
    together = Answer.objects.select_related("concern__programme__group__site")
    answer = together.get(pk=answer.pk)
    if answer.published_on is None:
        raise Refused("report_back.not_published_yet")
    programme = answer.concern.programme
    step = Progress.objects.create(answer=answer, text=text, on=today_at(programme), by=by)
    record("report_back.progress_added", by=by.pk, on=step.pk)
    path = reverse("report_back.programme", kwargs={"programme_id": programme.pk})
    tell_group(programme, news=ForGroup.MOVED, about=step.pk, path=path, by=by)
    return step
