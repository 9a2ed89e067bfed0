"""What leadership and the facilitation team prepare for everybody: relief at each place, and common words."""

from django.db import models
from django.db.models import UniqueConstraint

from holdfast.keys import RandomKey


class Relief(models.Model):
    """One thing leadership makes lighter at one place of the cycle, for everybody. Nothing here knows who is where.

    place: a part of the toolkit's model. looked_again_on: when it was held beside what section 4 brought.
    """

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="relief")
    place = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    who = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    looked_again_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["programme", "place"], name="a_place_has_one_plan_of_relief")]


class StepAtHome(models.Model):
    """Where one of the Compassionate Action Steps is known already, and what common words for it would change."""

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="steps_at_home")
    step = models.CharField(max_length=60)
    known_from = models.CharField(max_length=300, blank=True)
    would_change = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["programme", "step"], name="a_step_is_at_home_once")]
