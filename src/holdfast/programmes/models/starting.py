"""What a programme stands on before its first session: values, readiness, leaders' parts, agreements and pledges."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from holdfast.documents import Document
from holdfast.keys import RandomKey
from holdfast.programmes.rules import StartStep

WHOLE_PROGRAMME = 0
"""The number that stands for all sections where one could be named."""


class StepMark(models.Model):
    """What somebody said about a step of getting ready: not this time, or done where no page can tell."""

    class Kind(models.TextChoices):
        NOT_NOW = "not_now", _("Not this time")
        DONE = "done", _("Done")

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="step_marks")
    step = models.CharField(max_length=12, choices=[(step.value, step.value) for step in StartStep])
    kind = models.CharField(max_length=8, choices=Kind)
    marked_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    marked_on = models.DateField()

    class Meta:
        constraints = [UniqueConstraint(fields=["programme", "step"], name="a_step_has_one_mark")]


class Values(models.Model):
    """The organisation's values beside the toolkit's, where they meet, and whose voices are missing."""

    id = RandomKey()
    programme = models.OneToOneField("programmes.Programme", on_delete=models.CASCADE, related_name="our_values")
    ours = models.TextField(blank=True)
    meet = models.TextField(blank=True)
    missing_voices = models.TextField(blank=True)
    written_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    written_on = models.DateField()


class Gap(models.Model):
    """What a team lacks in inclusion, knowledge or skill, with a coaching step. About the team, never one person.

    look_again_on: when to see what came of it. came_of_it: filled when somebody looked; it is closed then.
    """

    class Kind(models.TextChoices):
        INCLUSION = "inclusion", _("Inclusion: somebody is not in the room, or not heard")
        KNOWLEDGE = "knowledge", _("Knowledge: something we do not know yet")
        SKILL = "skill", _("Skill: something we cannot do well yet")

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="gaps")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=300)
    coaching_step = models.CharField(max_length=300)
    look_again_on = models.DateField()
    noted_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    noted_on = models.DateField()
    came_of_it = models.CharField(max_length=300, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(
                name="a_closed_gap_says_what_came_of_it", condition=Q(closed_on__isnull=True) | ~Q(came_of_it="")
            )
        ]


class Readiness(models.Model):
    """How ready a team says it is on one day, in words. A later look stands beside it; none is changed or summed up.

    answers: question → word of rules.Ready. notes: area → what would help, in the team's own words.
    """

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="readiness")
    looked_on = models.DateField()
    looked_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    answers = Document(default=dict)
    notes = Document(default=dict, blank=True)


class LeaderPart(models.TextChoices):
    """In which way a leader is there."""

    TAKING_PART = "taking_part", _("Takes part: sits in the circle like everybody")
    SUPPORTING = "supporting", _("Supports: meets the facilitators between the sessions")
    DROPPING_IN = "dropping_in", _("Drops in when the group asks")


class LeaderTakesPart(models.Model):
    """In which way one leader is there, for the whole programme (section 0) or differently in one section."""

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="leaders_parts")
    leader = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="parts_as_leader")
    section = models.PositiveSmallIntegerField(default=WHOLE_PROGRAMME)
    part = models.CharField(max_length=12, choices=LeaderPart)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["programme", "leader", "section"], name="a_leader_has_one_part_in_a_section")
        ]


class HandOver(models.Model):
    """One page for whoever comes next: what a successor must know and no other page says."""

    id = RandomKey()
    programme = models.OneToOneField("programmes.Programme", on_delete=models.CASCADE, related_name="hand_over")
    how_we_work = models.TextField(blank=True)
    promised = models.TextField(blank=True)
    open_things = models.TextField(blank=True)
    where_things_are = models.TextField(blank=True)
    written_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    written_on = models.DateField()


class Commitment(models.Model):
    """Whether a member wants to take part. Only the member reads it; everybody else gets a rounded number."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes, I would like to take part.")
        IF = "if", _("Yes, if something is cleared out of the way first.")
        NOT_NOW = "not_now", _("Not this time.")

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="commitments")
    member = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="commitments")
    answer = models.CharField(max_length=8, choices=Answer)

    class Meta:
        constraints = [UniqueConstraint(fields=["programme", "member"], name="a_member_answers_once_for_a_programme")]


class CircleAgreement(models.Model):
    """One sentence of the group on how its circle meets. Not a culture agreement: those come from section 7."""

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="circle_agreements")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    agreed_on = models.DateField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["programme", "position"], name="two_agreements_do_not_share_a_place_in_the_circle")
        ]


class Pledge(models.Model):
    """A leader's word, by name and date, in the wording that was accepted. Taken back, it stays with both dates."""

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="pledges")
    leader = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="pledges")
    wording = models.TextField()
    accepted_on = models.DateField()
    taken_back_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["programme", "leader"],
                condition=Q(taken_back_on__isnull=True),
                name="a_leader_pledges_once_at_a_time",
            )
        ]
