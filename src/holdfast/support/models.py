"""Coaches who were invited, what teams ask them, and the links and handouts an organisation adds to a section."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from holdfast.keys import RandomKey
from holdfast.support.rules import FileKind, LinkState, State

OPEN = Q(ended_on__isnull=True)


class Invitation(models.Model):
    """An organisation asks somebody to coach its groups. Nothing is seen before it is accepted, or after it ended.

    address: where the invitation went; only whoever signs in with it accepts. accepted_by: the coach, wherever they
    belong.
    """

    id = RandomKey()
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="invitations")
    address = models.EmailField()
    invited_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    invited_on = models.DateField()
    accepted_by = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, null=True, blank=True, related_name="coaching"
    )
    accepted_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["organisation", "address"], condition=OPEN, name="an_address_is_invited_once_at_a_time"
            ),
            CheckConstraint(
                name="who_accepted_has_a_day",
                condition=Q(accepted_by__isnull=True) | Q(accepted_on__isnull=False),
            ),
        ]


class HelpRequest(models.Model):
    """What a leader or the facilitation team would like a coach to help with: a thread with a state.

    mine_alone: besides the coaches only whoever asked reads it; otherwise leaders and facilitators of the group do.
    """

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="help_requests")
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in State], default=State.ASKED)
    mine_alone = models.BooleanField(default=False)
    asked_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="help_requests")
    moved_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.title


class HelpMessage(models.Model):
    """One turn in a thread: what somebody wrote, by name. number: its place."""

    id = RandomKey()
    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    from_coach = models.BooleanField()
    written_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [UniqueConstraint(fields=["request", "number"], name="turns_of_a_thread_follow_one_another")]


class Added(models.Model):
    """What links and handouts share: the section and slot they fill, and for whom.

    programme: the group's own; empty for all groups of the organisation that work with this pack. slot: a slot the
    pack names; empty for something besides.
    """

    id = RandomKey()
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="%(class)ss")
    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss"
    )
    pack_key = models.CharField(max_length=60)
    section = models.PositiveSmallIntegerField()
    slot = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120)
    added_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    added_on = models.DateField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Link(Added):
    """A link somebody recommends, and what the server found when it last looked.

    checked_on: the day of the last look; empty before the first. working_on: the last day it answered.
    """

    url = models.URLField(max_length=500)
    recommended_by = models.CharField(max_length=120)
    state = models.CharField(
        max_length=8, choices=[(state.value, state.value) for state in LinkState], default=LinkState.NEW
    )
    checked_on = models.DateField(null=True, blank=True, db_index=True)
    working_on = models.DateField(null=True, blank=True)


class Handout(Added):
    """A file the organisation may use under its own licence; the file itself lies in the data folder under its key.

    licence: who permits it, in a few words. digest: SHA-256, hexadecimal.
    """

    class Kind(models.TextChoices):
        PDF = FileKind.PDF.value, _("PDF")
        PNG = FileKind.PNG.value, _("picture (PNG)")
        JPEG = FileKind.JPEG.value, _("picture (JPEG)")

    kind = models.CharField(max_length=4, choices=Kind)
    licence = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
