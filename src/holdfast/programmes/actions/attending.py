"""Writing whether people come, what keeps them from it and what was done about that, and the end of a programme."""

import secrets

from django.db import connection, transaction
from django.db.models import F

from holdfast.audit.actions import record
from holdfast.erasing import forget_old_rows
from holdfast.people.models import Person
from holdfast.programmes import queries
from holdfast.programmes.models import Barrier, Coming, Gathering, Programme
from holdfast.refusals import Refused

MOST_UNNAMED = 30
"""How many open messages without a name a programme takes: whoever has the address could otherwise bury the others."""


@transaction.atomic
def answer_coming(gathering: Gathering, *, answer: str, by: Person) -> None:
    """Say for oneself whether one comes to a session; a later answer replaces the earlier one, an empty one takes it.

    The audit trail keeps nothing of it: that somebody was asked again and again is nobody's business.
    """
    if answer:
        Coming.objects.update_or_create(gathering=gathering, member=by, defaults={"answer": answer})
    else:
        Coming.objects.filter(gathering=gathering, member=by).delete()


@transaction.atomic
def name_barrier(programme: Programme, *, kind: str, text: str, by: Person) -> Barrier:
    """Tell the leader with one's name what keeps one from taking part."""
    day = queries.today_at(programme)
    barrier = Barrier.objects.create(programme=programme, kind=kind, text=text, sender=by, named_on=day)
    record("programmes.barrier_named", by=by.pk, on=barrier.pk)
    return barrier


@transaction.atomic
def name_barrier_unnamed(programme: Programme, *, kind: str, text: str) -> None:
    """Tell the leader without a name. Raises Refused.

    No entry in the audit trail: its moment, to the second, would lead to whoever was at the desk then.
    """
    if programme.barriers.filter(sender__isnull=True, closed_on__isnull=True).count() >= MOST_UNNAMED:
        raise Refused("programmes.enough_unnamed")
    Barrier.objects.create(programme=programme, kind=kind, text=text, named_on=queries.today_at(programme))


def mix_unnamed_barriers() -> None:
    """Write all messages without a name anew, in one transaction and in random order; done now and then by the server.

    PostgreSQL keeps beside each row the number of the transaction that wrote it, and a named act before and after it
    would say when it came. SQLite keeps no such number.
    """
    if connection.vendor != "postgresql":
        return
    with transaction.atomic():
        unnamed = list(Barrier.objects.filter(sender__isnull=True).order_by("pk").values_list("pk", flat=True))
        secrets.SystemRandom().shuffle(unnamed)
        for key in unnamed:
            Barrier.objects.filter(pk=key).update(named_on=F("named_on"))
    if unnamed:
        forget_old_rows("default", Barrier._meta.db_table)


@transaction.atomic
def act_on_barrier(barrier: Barrier, *, done: str, close: bool, told_group: bool, by: Person) -> Barrier:
    """Say what was done about a barrier, close it, and let the group read the deed. Raises Refused."""
    if not done and (close or told_group):
        raise Refused("programmes.nothing_done_yet", status=422)
    barrier = Barrier.objects.select_for_update().select_related("programme__group__site").get(pk=barrier.pk)
    day = queries.today_at(barrier.programme)
    barrier.done, barrier.told_group = done, told_group
    barrier.done_on = (barrier.done_on or day) if done else None
    barrier.closed_on = (barrier.closed_on or day) if close else None
    barrier.save(update_fields=["done", "done_on", "closed_on", "told_group"])
    record("programmes.barrier_acted_on", by=by.pk, on=barrier.pk)
    return barrier


@transaction.atomic
def close_programme(programme: Programme, *, by: Person) -> Programme:
    """End a programme on its last day, once. Raises Refused."""
    programme = Programme.objects.select_for_update().select_related("group__site", "pack").get(pk=programme.pk)
    if programme.closed_on is not None:
        raise Refused("programmes.already_closed")
    programme.closed_on = queries.today_at(programme)
    programme.save(update_fields=["closed_on"])
    record("programmes.programme_closed", by=by.pk, on=programme.pk)
    return programme


@transaction.atomic
def reopen_programme(programme: Programme, *, by: Person) -> Programme:
    """Go on with a programme after all; pressed twice it is open once."""
    programme.closed_on = None
    programme.save(update_fields=["closed_on"])
    record("programmes.programme_reopened", by=by.pk, on=programme.pk)
    return programme
