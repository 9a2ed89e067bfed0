"""Whether people come to a session, what keeps them from it, and when a programme ended."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from holdfast.keys import RandomKey


class Coming(models.Model):
    """Whether a member comes to one session. Only the member reads it; everybody else gets a rounded number."""

    class Answer(models.TextChoices):
        YES = "yes", _("I come")
        UNSURE = "unsure", _("Not sure yet")
        NO = "no", _("Not this time")

    id = RandomKey()
    gathering = models.ForeignKey("programmes.Gathering", on_delete=models.CASCADE, related_name="coming")
    member = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="coming_to")
    answer = models.CharField(max_length=6, choices=Answer)

    class Meta:
        constraints = [UniqueConstraint(fields=["gathering", "member"], name="a_member_answers_once_for_a_session")]


class Barrier(models.Model):
    """What keeps somebody from taking part: a message to the leader, from its sender or from nobody.

    sender is empty for one without a name. Then nothing else may tell who it was: no session, no address, no time
    finer than the day, no entry in the audit trail, and a random key. done: what the leader did. told_group: the leader
    lets the group read what was done; the group never reads the barrier itself.
    """

    class Kind(models.TextChoices):
        COVER = "cover", _("Nobody covers for me")
        CLASH = "clash", _("It is at the same time as something else")
        UNIT = "unit", _("The class, unit or desk needs me")
        OTHER = "other", _("Something else")

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="barriers")
    kind = models.CharField(max_length=6, choices=Kind)
    text = models.CharField(max_length=500, blank=True)
    sender = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="barriers"
    )
    named_on = models.DateField()
    done = models.CharField(max_length=500, blank=True)
    done_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    told_group = models.BooleanField(default=False)

    class Meta:
        constraints = [
            CheckConstraint(
                name="a_closed_barrier_says_what_was_done", condition=Q(closed_on__isnull=True) | ~Q(done="")
            ),
            CheckConstraint(name="a_group_is_told_what_was_done", condition=Q(told_group=False) | ~Q(done="")),
        ]
