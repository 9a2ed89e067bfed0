"""What still waits for leadership, said before a programme is archived."""

from django.db.models import Exists, OuterRef
from django.utils.translation import ngettext

from holdfast.programmes.models import Programme
from holdfast.report_back.models import PUBLISHED, Answer, Concern


def unanswered_in(programme: Programme) -> list[str]:
    """Say how much was handed over and not answered, and that staff go on seeing it so."""
    published = Answer.objects.filter(PUBLISHED, concern=OuterRef("pk"))
    count = Concern.objects.filter(~Exists(published), programme=programme, struck=False).count()
    if not count:
        return []
    said = ngettext(
        "One thing waits for an answer. While the programme is archived nobody can answer it, and staff go on "
        "reading that it waits.",
        "%(n)s things wait for an answer. While the programme is archived nobody can answer them, and staff go on "
        "reading that they wait.",
        count,
    )
    return [said % {"n": count}]
