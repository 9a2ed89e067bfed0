"""What somebody chose to share of a private reflection; the reflection itself is in no table."""

from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from holdfast.keys import RandomKey


class Shared(models.Model):
    """One thing somebody chose to say of what they found, and to whom. It is all that ever leaves their device.

    kind, section: the reflection it came from; the section is 0 where it does not matter.
    """

    class Audience(models.TextChoices):
        FACILITATORS = "facilitators", _("Those who facilitate this group")
        GROUP = "group", _("Everybody in the group")

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="shared_by_leaders")
    owner = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="shared_with_groups")
    kind = models.CharField(max_length=16)
    section = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    audience = models.CharField(max_length=12, choices=Audience)
    shared_on = models.DateField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["programme", "owner", "kind", "section"], name="of_one_reflection_one_thing_is_shared"
            )
        ]
