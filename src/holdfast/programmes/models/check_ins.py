"""Check-ins: days on which a team looks whether what it began still goes, and what it found."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from holdfast.keys import RandomKey


class CheckIn(models.Model):
    """A day on which a team looks whether the work still goes. Until somebody has looked, nothing is found.

    alive: what still goes. quiet: what has gone quiet, and what would help.
    """

    class Found(models.TextChoices):
        GOING = "going", _("It goes on")
        PARTLY = "partly", _("Some of it goes on")
        QUIET = "quiet", _("It has gone quiet")

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="check_ins")
    planned_on = models.DateField()
    looked_on = models.DateField(null=True, blank=True)
    found = models.CharField(max_length=8, choices=Found, blank=True)
    alive = models.CharField(max_length=500, blank=True)
    quiet = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["programme", "planned_on"], name="a_team_looks_once_on_a_day"),
            CheckConstraint(
                name="whoever_looked_found_something",
                condition=Q(looked_on__isnull=True, found="") | (Q(looked_on__isnull=False) & ~Q(found="")),
            ),
        ]
