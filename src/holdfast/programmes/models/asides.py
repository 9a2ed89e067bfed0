"""What those who hold the sessions of a group write for themselves about one activity."""

from django.db import models

from holdfast.keys import RandomKey


class Aside(models.Model):
    """Own words of whoever facilitates about one activity of one session, for the next time; nobody else reads them.

    They go with the activity and its session. rev: counts up with each change, so that two desks do not overwrite
    each other unseen.
    """

    id = RandomKey()
    item = models.OneToOneField("programmes.PlanItem", on_delete=models.CASCADE, related_name="aside")
    text = models.TextField()
    rev = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    written_on = models.DateField()

    def __str__(self) -> str:
        return self.text
