"""A programme that is put out of the way: read as before, changed no more, taken up again at will."""

from django.db import models

from holdfast.keys import RandomKey


class Archiving(models.Model):
    """Says that a programme is archived, since when and by whom; taken away when it is taken up again."""

    id = RandomKey()
    programme = models.OneToOneField("programmes.Programme", on_delete=models.CASCADE, related_name="archiving")
    archived_on = models.DateField()
    archived_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
