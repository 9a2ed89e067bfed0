"""The addresses of the staff page, what both sides mark for common areas, and removing words that name somebody."""

import secrets
from functools import partial

from django.db import transaction
from django.utils import timezone

from holdfast.audit.actions import record
from holdfast.gatherings.actions.striking import leave_no_trace, strike_words
from holdfast.people.models import Person
from holdfast.programmes.models import Programme
from holdfast.report_back.actions.answers import WORDS
from holdfast.report_back.models import Answer, Concern, LetGoItem, OursItem, Progress, StaffLink
from holdfast.voices import actions as voice_actions

NO_WORDS = {"wording": "", "struck": True}


@transaction.atomic
def open_address(programme: Programme, *, scope: str, by: Person | None = None) -> StaffLink:
    """Return the address of a group's page, made now when there is none."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    return _current(programme, scope) or _make(programme, scope, by)


@transaction.atomic
def renew_address(programme: Programme, *, scope: str, instead_of: int | None, by: Person) -> StaffLink:
    """End an address at once and make another.

    instead_of: the one that was on the screen. When it has been renewed since, nothing more happens, so that pressing
    twice, or at two desks, does not end the new one.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    current = _current(programme, scope)
    if current is not None and current.pk != instead_of:
        return current
    if current is not None:
        current.ended_at = timezone.now()
        current.save(update_fields=["ended_at"])
        record("report_back.address_ended", by=by.pk, on=current.pk)
    return _make(programme, scope, by)


@transaction.atomic
def mark_for_wall(item: Concern | OursItem | Progress, *, by_leader: bool, on: bool, by: Person) -> None:
    """Say for one side whether something may hang in a common area; it does only when both sides say so."""
    field = "wall_by_leader" if by_leader else "wall_by_group"
    item = type(item).objects.select_for_update().get(pk=item.pk)
    if getattr(item, field) != on:
        setattr(item, field, on)
        item.save(update_fields=[field])
        record(f"report_back.{field}_{'set' if on else 'cleared'}", by=by.pk, on=item.pk)


@transaction.atomic
def strike(item: Concern | OursItem | LetGoItem, *, by: Person) -> None:
    """Remove words that name somebody, for good, from wherever a programme shows or keeps them; a stub stays."""
    item = type(item).objects.select_for_update().select_related("programme").get(pk=item.pk)
    programme, wording = item.programme, item.wording
    if item.struck or not wording:
        return
    alike = {"programme": programme, "wording": wording}
    strike_words(programme, wording=wording)
    Concern.objects.filter(**alike).update(**NO_WORDS)
    LetGoItem.objects.filter(**alike).update(**NO_WORDS)
    OursItem.objects.filter(**alike).update(**NO_WORDS, step="", who="", plan="")
    for note in programme.communicate_later.filter(text__contains=wording).order_by("pk"):
        note.text = note.text.replace(wording, "…")
        note.save(update_fields=["text"])
    record("report_back.struck", by=by.pk, on=item.pk)


@transaction.atomic
def strike_reply(answer: Answer, *, reply_id: int, by: Person) -> None:
    """Remove a reply that names somebody, for good; a stub stays."""
    if answer.box and voice_actions.strike(round_id=answer.box, note_id=reply_id):
        transaction.on_commit(partial(leave_no_trace, "voices"), using="voices")
        record("report_back.reply_struck", by=by.pk, on=answer.pk)


@transaction.atomic
def strike_answer(answer: Answer, *, by: Person) -> None:
    """Remove the words of a published answer that name somebody, for good; what it decided and its days stay."""
    answer = Answer.objects.select_for_update().get(pk=answer.pk)
    if answer.struck or answer.published_on is None:
        return
    answer.struck = True
    for name in WORDS:
        setattr(answer, name, "")
    answer.save(update_fields=["struck", *WORDS])
    record("report_back.answer_struck", by=by.pk, on=answer.pk)


@transaction.atomic
def strike_progress(step: Progress, *, by: Person) -> None:
    """Remove what was said to have moved, because it names somebody, for good; a stub stays."""
    step = Progress.objects.select_for_update().get(pk=step.pk)
    if not step.struck:
        step.text, step.struck = "", True
        step.save(update_fields=["text", "struck"])
        record("report_back.progress_struck", by=by.pk, on=step.pk)


def _current(programme: Programme, scope: str) -> StaffLink | None:
    return programme.staff_links.filter(scope=scope, ended_at__isnull=True).first()


def _make(programme: Programme, scope: str, by: Person | None) -> StaffLink:
    link = StaffLink.objects.create(
        programme=programme, scope=scope, token=secrets.token_urlsafe(32), made_at=timezone.now()
    )
    record("report_back.address_made", by=by.pk if by else None, on=link.pk)
    return link
