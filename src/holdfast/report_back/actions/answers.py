"""Working a concern through: who looks after it, what it belongs to, and the answer while it is a draft."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from holdfast.audit.actions import record
from holdfast.people.models import Person
from holdfast.programmes.actions import note_for_later
from holdfast.programmes.queries import today_at
from holdfast.refusals import Refused
from holdfast.report_back import rules
from holdfast.report_back.models import Answer, Concern

WORDS = ("reason", "validation", "question", "who", "taken_to")
DAYS = ("by_when", "reply_expected_on", "look_again_on", "box_closes_on")
EMPTY: dict[str, Any] = {**dict.fromkeys(WORDS, ""), **dict.fromkeys(DAYS)}


@transaction.atomic
def draft_answer(
    concern: Concern, *, verdict: str, also: Collection[Concern] = (), by: Person, **said: str | date | None
) -> list[Answer]:
    """Draft an answer, the same to alike concerns of other groups; nobody but their leaders sees it. Raises Refused.

    A draft is written over; a published answer stays, and a new draft stands beside it once it is published too.
    said: the fields this verdict speaks of; all others are emptied.
    """
    if rules.missing(verdict, said):
        raise Refused("report_back.says_too_little", status=422)
    closes = said.get("box_closes_on")
    if isinstance(closes, date) and closes > today_at(concern.programme) + rules.BOX_STAYS_OPEN_AT_MOST:
        raise Refused("report_back.box_open_too_long", status=422)
    fields = EMPTY | {name: said.get(name) or EMPTY[name] for name in rules.SAYS[verdict].fields}
    others = {other.pk for other in also} - {concern.pk}
    together = _locked([concern.pk, *others])
    _check(together, verdict, untouched=others)
    first_time = not concern.answers.filter(published_on__isnull=True, verdict=verdict).exists()
    drafts = [_write(one, verdict, fields, by=by) for one in together]
    if verdict == Answer.Verdict.ALREADY_SO and first_time:
        text = _("Say more clearly: “%(wording)s” is already so.") % {"wording": concern.wording}
        note_for_later(concern.programme, text=text, by=by)
    return drafts


@transaction.atomic
def drop_draft(concern: Concern, *, by: Person) -> None:
    """Throw a draft away; what is published stays, and without an answer the concern is open again."""
    draft = concern.answers.select_for_update().filter(published_on__isnull=True).first()
    if draft:
        key = draft.pk
        draft.delete()
        record("report_back.draft_dropped", by=by.pk, on=key)


@transaction.atomic
def own(concern: Concern, *, by: Person) -> None:
    """Look after a concern from now on, whoever did before."""
    _set_owner(concern, by, by=by)


@transaction.atomic
def release(concern: Concern, *, by: Person) -> None:
    """Let a concern be nobody's among the leaders; it still waits for an answer."""
    _set_owner(concern, None, by=by)


@transaction.atomic
def give_theme(concerns: Collection[Concern], *, theme: str, by: Person) -> None:
    """Put concerns under one theme, leadership's own word for what is alike; an empty one takes it away."""
    for concern in _locked([concern.pk for concern in concerns]):
        concern.theme = theme
        concern.save(update_fields=["theme"])
        record("report_back.theme_given", by=by.pk, on=concern.pk)


def _locked(keys: Collection[int]) -> list[Concern]:
    together = Concern.objects.select_for_update(of=("self",)).select_related("programme__group__site")
    return list(together.filter(pk__in=keys).order_by("pk"))


def _check(concerns: Sequence[Concern], verdict: str, *, untouched: Collection[int]) -> None:
    for concern in concerns:
        if not rules.may_say(verdict, concern.tone):
            raise Refused("report_back.keep_what_restores", {"wording": concern.wording}, status=422)
        if concern.pk in untouched and concern.answers.exists():
            raise Refused("report_back.already_worked_on", {"wording": concern.wording})


def _write(concern: Concern, verdict: str, fields: dict[str, Any], *, by: Person) -> Answer:
    draft = concern.answers.filter(published_on__isnull=True).first()
    if draft is None:
        last = concern.answers.aggregate(last=Max("version"))["last"] or 0
        draft = Answer(concern=concern, version=last + 1)
    draft.verdict, draft.drafted_by, draft.drafted_on = verdict, by, today_at(concern.programme)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save()
    if not concern.owner_id:
        _set_owner(concern, by, by=by)
    record("report_back.answer_drafted", by=by.pk, on=draft.pk)
    return draft


def _set_owner(concern: Concern, owner: Person | None, *, by: Person) -> None:
    concern.owner = owner
    concern.save(update_fields=["owner"])
    record("report_back.owner_set", by=by.pk, on=concern.pk)
