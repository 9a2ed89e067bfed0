"""Calendars: days on which nobody meets, the further sittings of one meeting, and addresses of a person's dates."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils import timezone

from holdfast.keys import RandomKey


class NoGo(models.Model):
    """Days on which nobody at a site meets, the first and the last included: holidays, exams, an inspection."""

    id = RandomKey()
    site = models.ForeignKey("people.Site", on_delete=models.CASCADE, related_name="no_go")
    label = models.CharField(max_length=80)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        constraints = [
            CheckConstraint(name="a_no_go_ends_on_or_after_its_first_day", condition=Q(last_day__gte=F("first_day")))
        ]

    def __str__(self) -> str:
        return self.label


class Sitting(models.Model):
    """A further sitting of one gathering, for those who cannot come to the first: by night, online, the other shift.

    The first sitting is the gathering itself. What is written mixes: the room stays open, or it is kept.
    """

    id = RandomKey()
    gathering = models.ForeignKey("programmes.Gathering", on_delete=models.CASCADE, related_name="further_sittings")
    label = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            CheckConstraint(name="a_sitting_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
        ]

    def __str__(self) -> str:
        return self.label


class DatesAddress(models.Model):
    """Where the calendar of somebody's phone finds their dates. Whoever has it reads dates and places, nothing else.

    A renewed address ends at once; ended ones stay, so that no other person can ever get one again.
    """

    id = RandomKey()
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="dates_addresses")
    token = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="a_person_has_one_address_for_dates"
            )
        ]
