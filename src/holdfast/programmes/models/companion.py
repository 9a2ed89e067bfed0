"""What accompanies a leader: a tick of one's own for each thing a section asks, and a word to the group by name."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from holdfast.keys import RandomKey

WHOLE_BRIEFING = ""
"""Stands where one consideration could be named: the leader leaves out the whole briefing."""


class BriefingMark(models.Model):
    """A leader's own tick on one thing a section asks, or that it is not for this time. Nobody else reads it."""

    class Kind(models.TextChoices):
        READY = "ready", _("Ready")
        NOT_NOW = "not_now", _("Not this time")

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="briefing_marks")
    leader = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="briefing_marks")
    section = models.PositiveSmallIntegerField()
    asked = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=8, choices=Kind)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["programme", "leader", "section", "asked"], name="a_leader_marks_a_consideration_once"
            ),
            CheckConstraint(
                name="a_whole_briefing_is_only_left_out", condition=~Q(asked=WHOLE_BRIEFING) | Q(kind="not_now")
            ),
        ]


class LeaderWord(models.Model):
    """What a leader tells the group by name: why it matters to them, what they learned, how they will be there."""

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="leaders_words")
    leader = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="words_to_groups")
    interest = models.TextField()
    learned = models.TextField(blank=True)
    engaged = models.TextField()
    written_on = models.DateField()

    class Meta:
        constraints = [UniqueConstraint(fields=["programme", "leader"], name="a_leader_has_one_word_for_a_group")]
