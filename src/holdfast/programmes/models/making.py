"""What a team has made of the toolkit's plan for a section, kept with its day for whoever evaluates the programme."""

from django.db import models

from holdfast.documents import Document
from holdfast.keys import RandomKey


class TeamMake(models.Model):
    """A team's own make of one section, saved on a day. A later one stands beside it; none is changed.

    pack: the version it was made from. activities: the plan, in order, as field values. differs: in which ways it is
    not the toolkit's, as {"what", "title", "was", "now"} with the words of rules.Differs; empty when it is the same.
    """

    id = RandomKey()
    group = models.ForeignKey("people.Group", on_delete=models.CASCADE, related_name="makes")
    pack = models.ForeignKey("curriculum.PackVersion", on_delete=models.PROTECT, related_name="+")
    section = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    activities = Document(default=list)
    differs = Document(default=list, blank=True)
    saved_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    saved_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "section", "number"], name="a_teams_makes_follow_one_another")
        ]
