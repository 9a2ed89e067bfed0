"""Live meetings as records: rooms, rounds and attendance; what people write is not here but in voices."""

from types import ModuleType

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from holdfast.documents import Document
from holdfast.gatherings.kinds import kind_of
from holdfast.keys import RandomKey

OPEN = Q(ended_at__isnull=True)


class Room(models.Model):
    """One live run of a gathering. Its code ends with it. A rehearsal is wiped in one act.

    code: six unambiguous capital letters, unique among open rooms. skipped: keys of the planned activities that are
    left out today. looks_back: the earlier activity that all screens show again, until the room goes on where it was.
    paused_at: since when everything stands still. stopped: it ended earlier than planned, and everybody was told so.
    has_late_words: something came after its activity had closed; it waits until the session is over.
    """

    id = RandomKey()
    gathering = models.ForeignKey("programmes.Gathering", on_delete=models.PROTECT, related_name="rooms")
    code = models.CharField(max_length=6)
    rehearsal = models.BooleanField(default=False)
    opened_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    skipped = Document(default=list, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    stopped = models.BooleanField(default=False)
    has_late_words = models.BooleanField(default=False)
    looks_back = models.ForeignKey("Round", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["code"], condition=OPEN, name="an_open_room_has_its_code_to_itself"),
            UniqueConstraint(fields=["gathering"], condition=OPEN, name="a_gathering_has_one_open_room"),
        ]

    @property
    def left_out(self) -> frozenset[int]:
        """The keys of the planned activities that are skipped today."""
        return frozenset(int(key) for key in self.skipped)


class Round(models.Model):
    """One activity being run live. Its own key also names its notes in the anonymous store, as a plain number.

    items: for ballots, the keys of the drivers people choose about, in the order in which they are frozen.
    setup: for priorities, the manner in which people choose, and how much each may give. set_size: people when writing
    began, those on_paper included. stood_still: seconds since then in which the room was paused.
    """

    class Phase(models.TextChoices):
        PROMISE = "promise", _("Before writing")
        WRITING = "writing", _("Writing")
        SCREENING = "screening", _("Looking through the notes")
        REVEALED = "revealed", _("Shown to all")
        CLOSING = "closing", _("Closing")
        SEALED = "sealed", _("Closed for good")
        GROUPING = "grouping", _("Bringing together")
        CHECKING = "checking", _("Looking at doubts")
        TALKING = "talking", _("Talking")
        QUIET = "quiet", _("Each alone")
        HANDED = "handed", _("Handed round")
        FINISHED = "finished", _("Finished")
        NOT_KEPT = "not_kept", _("Not in this copy")
        KEPT = "kept", _("Closed until another sitting")

    id = RandomKey()
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="rounds")
    plan_item = models.ForeignKey("programmes.PlanItem", on_delete=models.SET_NULL, null=True, related_name="rounds")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    mode = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    prompt = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField()
    columns = Document(default=list)
    items = Document(default=list, blank=True)
    setup = Document(default=dict, blank=True)
    leader_labelled = models.BooleanField(default=True)
    screened = models.BooleanField(default=True)
    set_size = models.PositiveSmallIntegerField(null=True, blank=True)
    on_paper = models.PositiveSmallIntegerField(default=0)
    smallest_group = models.PositiveSmallIntegerField(default=5)
    phase = models.CharField(max_length=10, choices=Phase)
    phase_before_closing = models.CharField(max_length=10, blank=True)
    writing_since = models.DateTimeField(null=True, blank=True)
    stood_still = models.PositiveIntegerField(default=0)
    wall_page = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["room", "position"], name="rounds_of_a_room_follow_one_another"),
            CheckConstraint(name="the_smallest_group_is_never_below_3", condition=Q(smallest_group__gte=3)),
        ]

    @property
    def rules(self) -> ModuleType:
        """The rules of its kind in its mode."""
        return kind_of(self.kind, self.mode)

    @property
    def besides(self) -> int:
        """Count those who take part without a phone in this room: on paper, or in an earlier sitting."""
        return self.on_paper + int(self.setup.get("before", 0))

    @property
    def gathers(self) -> bool:
        """Tell whether people write notes without names in it, to be shown all at once."""
        return "screen" in self.rules.may("desk", "screening")

    @property
    def look(self) -> str:
        """The page it has of its own, if any."""
        return getattr(self.rules, "LOOK", "")

    @property
    def in_the_open(self) -> bool:
        """Tell whether what is written in it has a name, or is written by one for all."""
        return getattr(self.rules, "IN_THE_OPEN", False)


OPEN_FOR_NOTES = (
    Round.Phase.GROUPING, Round.Phase.CHECKING, Round.Phase.WRITING, Round.Phase.SCREENING, Round.Phase.HANDED,
    Round.Phase.REVEALED, Round.Phase.CLOSING,
)  # fmt: skip
"""Phases in which something without a name may come in, or has not been sealed yet."""


class Saying(models.Model):
    """What somebody wrote in the open while an activity lasted: under the name they chose, or as scribe for everybody.

    Far from the anonymous store, and without a tag that could join it to a note. place: the column or fault it belongs
    to. parts: what is filled in, by the part of its sheet. secret: SHA-256 of the right to change it, "" at the desk
    and once the activity is over. An entry taken back is empty until then, so that a late copy of it stays away.
    """

    id = RandomKey()
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sayings")
    position = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=20, blank=True)
    parts = Document(default=dict)
    name = models.CharField(max_length=80, blank=True)
    by_when = models.DateField(null=True, blank=True)
    from_leader = models.BooleanField(default=False)
    secret = models.CharField(max_length=64, blank=True)
    rev = models.PositiveIntegerField(default=0)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            CheckConstraint(name="what_is_taken_back_has_no_name", condition=Q(withdrawn=False) | Q(name=""))
        ]


class Asked(models.Model):
    """A question to the unknown author of a note that is shown. A record of who asked, never of who answers.

    note: the id under which screens knew the words; nothing leads from it to anything once the round's key is gone.
    gathered: every phone has been asked for its envelope.
    """

    id = RandomKey()
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="asked")
    note = models.BigIntegerField()
    words = models.CharField(max_length=140)
    gathered = models.BooleanField(default=False)
    by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [UniqueConstraint(fields=["round", "note"], name="a_note_is_asked_about_once")]


class Worry(models.Model):
    """That a note was held because it made somebody worry, and what was done since. Never its words, nor which it was.

    steps: those of the site that are taken, as they were worded. offer: with whom its author can talk, and where.
    """

    id = RandomKey()
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="worries")
    held_on = models.DateField()
    steps = Document(default=list)
    offer = models.CharField(max_length=140, blank=True)
    debriefed_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")


class CircleOfTalk(models.Model):
    """How one activity that is talk goes round: by seats, which are numbers and never persons.

    seats: how many chairs the circle has, 0 in open talk. leaders: their seats, the junior first. gone: seats whose
    people have left. waiting, spoke, passed: seats of the question of the moment; all emptied when it is over.
    start, clockwise: its way round. questions: how many have gone round, so that over a programme the others come early
    and late alike. speakers: how many others have spoken to the question of open talk. changes: how often it changed,
    by which a second desk knows that it has to be drawn again.
    """

    id = RandomKey()
    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="circle")
    seats = models.PositiveSmallIntegerField(default=0)
    leaders = Document(default=list, blank=True)
    gone = Document(default=list, blank=True)
    waiting = Document(default=list, blank=True)
    spoke = Document(default=list, blank=True)
    passed = Document(default=list, blank=True)
    start = models.PositiveSmallIntegerField(default=0)
    clockwise = models.BooleanField(default=True)
    questions = models.PositiveSmallIntegerField(default=0)
    speakers = models.PositiveSmallIntegerField(default=0)
    changes = models.PositiveIntegerField(default=0)


class Hand(models.Model):
    """Somebody wants to speak, and waits: a number drawn for this alone, never beside a note, gone when they have.

    place: the order in which hands went up. secret: SHA-256 of the right to put it down. called_at: it is their turn.
    """

    id = RandomKey()
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="hands")
    place = models.PositiveIntegerField()
    secret = models.CharField(max_length=64)
    from_leader = models.BooleanField(default=False)
    raised_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["round"], condition=Q(called_at__isnull=False), name="one_hand_is_called_at_a_time"
            )
        ]


class Driver(models.Model):
    """What drains or restores a group, in its own words: one note, or several brought together.

    sources: keys of the sealed notes it came from, as decimal text. place: where the group put it, once confirmed.
    part_of: the driver it was cut out of. agreed: the group has read this very wording and would hand it to leadership.
    forward: the group takes it into what comes next. A retired driver was merged or cut; it stays for the history.
    """

    class Place(models.TextChoices):
        OURS = "ours", _("Ours")
        LEADERSHIP = "leadership", _("For leadership")
        NOBODY = "nobody", _("Nobody here controls it")

    id = RandomKey()
    gathering = models.ForeignKey("programmes.Gathering", on_delete=models.PROTECT, related_name="drivers")
    wording = models.CharField(max_length=280)
    column = models.CharField(max_length=20)
    tone = models.CharField(max_length=10)
    sources = Document(default=list)
    from_leader = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=10, choices=Place, blank=True)
    part_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="parts")
    agreed = models.BooleanField(default=False)
    forward = models.BooleanField(default=False)
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [
            CheckConstraint(
                name="only_what_is_for_leadership_is_agreed_for_handing_over",
                condition=Q(agreed=False) | Q(place="leadership"),
            )
        ]

    def __str__(self) -> str:
        return self.wording


class DriverStep(models.Model):
    """One step of bringing drivers together, with everything as it was before, so that it can be undone.

    before: the drivers of the gathering as a list of field values. An undone step is removed.
    """

    id = RandomKey()
    gathering = models.ForeignKey("programmes.Gathering", on_delete=models.PROTECT, related_name="driver_steps")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=20)
    words = models.CharField(max_length=280, blank=True)
    before = Document(default=list)
    by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [UniqueConstraint(fields=["gathering", "number"], name="steps_follow_one_another")]


class Attendance(models.Model):
    """Somebody was there. Written by hand after the meeting, by name, apart from everything anybody wrote."""

    id = RandomKey()
    gathering = models.ForeignKey("programmes.Gathering", on_delete=models.PROTECT, related_name="attendance")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="attendance")

    class Meta:
        constraints = [UniqueConstraint(fields=["gathering", "person"], name="somebody_attends_a_gathering_once")]


class SignInSheet(models.Model):
    """A code with which members write themselves down as being there, on their own phones; ends with the session.

    Presence is a record with names. It has its own code and its own pages, and nothing of the room knows it.
    """

    id = RandomKey()
    gathering = models.OneToOneField("programmes.Gathering", on_delete=models.CASCADE, related_name="sign_in_sheet")
    code = models.CharField(max_length=8, unique=True)
    closes_at = models.DateTimeField()


class Certificate(models.Model):
    """How many minutes somebody took part in a programme; made for everybody at once, in random order, at its close."""

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="certificates")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="certificates")
    minutes = models.PositiveIntegerField()
    sessions = models.PositiveSmallIntegerField()
    issued_on = models.DateField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["programme", "person"], name="a_person_has_one_certificate_of_a_programme")
        ]


class SlipDraw(models.Model):
    """A session that lets in by slips drawn from a hat instead of by its code. Its key goes into every ticket."""

    id = RandomKey()
    gathering = models.OneToOneField("programmes.Gathering", on_delete=models.CASCADE, related_name="slip_draw")


class Slip(models.Model):
    """One printed slip. Nothing says who drew it, whether or when it was used, or which of the sheet it was.

    fingerprint: of its letters, made with the server's secret. Written in an order of its own; gone with the session.
    """

    id = RandomKey()
    draw = models.ForeignKey(SlipDraw, on_delete=models.CASCADE, related_name="slips")
    fingerprint = models.CharField(max_length=64, unique=True)


class LeaderAnswer(models.Model):
    """What a leader said, by name and aloud, to a proposal, after the group had answered without names."""

    id = RandomKey()
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="leader_answers")
    driver = models.ForeignKey(Driver, on_delete=models.CASCADE, related_name="leader_answers")
    leader = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    choice = models.CharField(max_length=20)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["round", "driver", "leader"], name="a_leader_answers_a_proposal_once_a_round")
        ]


class Parked(models.Model):
    """A line kept for later in a programme, until it is dealt with or let go; whose words it has nobody knows.

    gathering: the session it comes from. made_of: the key of the sealed note it repeats, so that striking reaches it.
    state: offered while no facilitator has looked at what came late.
    """

    class Source(models.TextChoices):
        DESK = "desk", _("Written at the desk")
        GROUP = "group", _("From what the group wrote")
        LATE = "late", _("Came too late")

    class State(models.TextChoices):
        OFFERED = "offered", _("Not looked at")
        KEPT = "kept", _("Kept for later")
        DEALT = "dealt", _("Dealt with")

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="parked")
    gathering = models.ForeignKey("programmes.Gathering", on_delete=models.SET_NULL, null=True, related_name="parked")
    text = models.TextField()
    source = models.CharField(max_length=5, choices=Source)
    state = models.CharField(max_length=7, choices=State, default=State.KEPT)
    made_of = models.CharField(max_length=20, blank=True)
    kept_on = models.DateField()

    def __str__(self) -> str:
        return self.text
