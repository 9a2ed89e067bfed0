"""Where a section's visual hangs."""

from django.db import models
from django.db.models import CheckConstraint, Q

from holdfast.keys import RandomKey


class Hanging(models.Model):
    """A place where the visual of a section hangs, who hung it there and when.

    own_office: it is the leader's own office, which the toolkit asks for by name.
    """

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="hangings")
    section = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=120)
    who = models.CharField(max_length=120)
    hung_on = models.DateField()
    own_office = models.BooleanField(default=False)

    class Meta:
        constraints = [CheckConstraint(name="what_hangs_belongs_to_a_section", condition=Q(section__gte=1))]

    def __str__(self) -> str:
        return self.place
