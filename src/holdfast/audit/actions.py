"""Writing to the audit trail."""

from django.utils import timezone

from holdfast.audit.models import Entry


def record(act: str, *, by: int | None, on: int | None) -> None:
    """Note that somebody did something: the act as `app.done`, ids only."""
    Entry.objects.create(act=act, by=by, on=on, at=timezone.now())
