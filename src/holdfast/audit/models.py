"""The audit trail."""

from django.db import models

from holdfast.keys import RandomKey


class Entry(models.Model):
    """One act: a name such as `room.opened`, plain ids of who and what, and when. Never text anybody wrote."""

    id = RandomKey()
    act = models.CharField(max_length=60)
    by = models.BigIntegerField(null=True)
    on = models.BigIntegerField(null=True)
    at = models.DateTimeField()
