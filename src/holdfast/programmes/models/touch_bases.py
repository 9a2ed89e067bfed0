"""Touch-bases: the facilitators and a leader meet for a few minutes between two sessions, and what they agree."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from holdfast.keys import RandomKey


class TouchBase(models.Model):
    """A short talk of the facilitators with one leader. Only they see it, also where it was missed.

    gathering: the session it prepares. held_on: when they talked; left_out: they said “not this time”, with no reason.
    """

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="touch_bases")
    leader = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="touch_bases")
    gathering = models.ForeignKey(
        "programmes.Gathering", on_delete=models.SET_NULL, null=True, blank=True, related_name="touch_bases"
    )
    planned_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    left_out = models.BooleanField(default=False)
    notes = models.TextField(blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["leader", "gathering"],
                condition=Q(gathering__isnull=False),
                name="a_leader_is_met_once_before_a_session",
            ),
            CheckConstraint(
                name="a_touch_base_that_was_held_is_not_left_out", condition=Q(held_on__isnull=True) | Q(left_out=False)
            ),
        ]


class Agreed(models.Model):
    """Something that was agreed in a touch-base: what, who looks after it, and until when."""

    id = RandomKey()
    touch_base = models.ForeignKey(TouchBase, on_delete=models.CASCADE, related_name="agreed")
    text = models.CharField(max_length=300)
    who = models.CharField(max_length=120)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
