"""The tables of the anonymous store: no author, no time, no order, and a test reads the schema and says so."""

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from holdfast.documents import Document
from holdfast.keys import RandomKey


class VoiceRound(models.Model):
    """One round's place in the store. The key is the round's own, given by who opened it.

    items: where ballots come in, what they are about, in order; only tallies stay, and shown counts the ballots.
    shown, held, waiting, withdrawn: how many notes there were of each when the round was sealed.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSING = "closing", _("Closing")
        SEALING = "sealing", _("Sealing")
        SEALED = "sealed", _("Sealed")

    id = RandomKey()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    items = Document(default=list, blank=True)
    shown = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)


class Intake(models.Model):
    """What somebody wrote while a round is open: AES-256-GCM under the round's key, padded, replaced in place.

    id: drawn at random by the writer's own device; a sealed note gets a fresh one.
    """

    id = RandomKey()
    round = models.ForeignKey(VoiceRound, on_delete=models.CASCADE, related_name="intake")
    sealed = models.BinaryField()


class Note(models.Model):
    """What somebody wrote, after the seal: nobody knows who or when.

    about, question: of an answer, the note it hangs below and what was asked. No index: rows have no second order.
    """

    class Standing(models.TextChoices):
        SHOWN = "shown", _("Shown")
        HELD = "held", _("Held")
        WAITING = "waiting", _("Not looked at yet")
        STRUCK = "struck", _("Struck")

    id = RandomKey()
    round = models.ForeignKey(VoiceRound, on_delete=models.CASCADE, related_name="notes")
    column = models.CharField(max_length=20)
    text = models.TextField()
    from_leader = models.BooleanField(default=False)
    standing = models.CharField(max_length=8, choices=Standing)
    about = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="answers", db_index=False)
    question = models.CharField(max_length=140, blank=True)

    class Meta:
        constraints = [CheckConstraint(name="a_struck_note_has_no_text", condition=~Q(standing="struck") | Q(text=""))]


class Tally(models.Model):
    """How many people made one choice about one item of a sealed round of ballots. No ballot is kept.

    No constraint on round, item and choice: it would be an index, and the store has no second order of its rows.
    """

    id = RandomKey()
    round = models.ForeignKey(VoiceRound, on_delete=models.CASCADE, related_name="tallies")
    item = models.BigIntegerField()
    choice = models.CharField(max_length=20)
    count = models.PositiveIntegerField()
