"""A session ahead that lets in by slips drawn from a hat, so that one sees what that looks like."""

from django.utils import timezone

from holdfast.gatherings.actions.slips import draw_slips
from holdfast.gatherings.models import SlipDraw
from holdfast.people.models import Person
from holdfast.programmes.models import Programme

SLIPS = 14


def ask_for_slips(programme: Programme, *, by: Person) -> None:
    """Draw slips for the next session of a programme; done again it adds nothing while one asks for them."""
    ahead = programme.gatherings.filter(cancelled_at__isnull=True, starts_at__gt=timezone.now())
    coming = ahead.order_by("starts_at", "pk").first()
    if coming is not None and not SlipDraw.objects.filter(gathering__in=ahead).exists():
        draw_slips(coming, count=SLIPS, by=by)
