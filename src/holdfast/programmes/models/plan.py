"""The plan: programmes, gatherings, and the activities planned for each."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from holdfast.curriculum.models import in_language_now
from holdfast.documents import Document
from holdfast.keys import RandomKey
from holdfast.programmes.rules import MakeKind


class Setting(models.TextChoices):
    """Where a programme is held; the toolkit has words of its own for each."""

    SCHOOLS = "schools", _("A school")
    HEALTH = "health", _("Health or human services")
    ELSEWHERE = "elsewhere", _("Another workplace")


class Programme(models.Model):
    """One group working through one version of a pack. closed_on: the day on which hours became certificates."""

    id = RandomKey()
    group = models.ForeignKey("people.Group", on_delete=models.CASCADE, related_name="programmes")
    pack = models.ForeignKey("curriculum.PackVersion", on_delete=models.PROTECT, related_name="programmes")
    setting = models.CharField(max_length=10, choices=Setting, default=Setting.ELSEWHERE)
    started_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["group", "pack"], name="a_group_works_through_a_pack_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.pack.title_now}"


class Gathering(models.Model):
    """One meeting of the group, on one section of the pack.

    title: of its section, as it was when the date was set; titles: the same in other languages, by their codes.
    zone: the time zone on whose clock its time was written, to notice when the site moves to another.
    sitting: what its first sitting is called where there are several, such as "day".
    sequence: how often its date was changed, cancelled or taken up again, so that calendars know the latest.
    A cancelled meeting stays, with a sentence where somebody wrote one.
    budget: the minutes the team plans for, when it is not the length of the session.
    """

    id = RandomKey()
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="gatherings")
    section = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    titles = Document(default=dict, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    zone = models.CharField(max_length=64, blank=True)
    sitting = models.CharField(max_length=60, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_why = models.CharField(max_length=200, blank=True)
    budget = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        # Years of sessions lie behind, few ahead: what comes next is found without reading them all.
        indexes = [
            models.Index(fields=["ends_at"], name="sessions_by_their_end"),
            models.Index(fields=["programme", "ends_at"], name="a_programmes_sessions_ahead"),
        ]
        constraints = [
            CheckConstraint(
                name="only_a_cancelled_gathering_says_why",
                condition=Q(cancelled_at__isnull=False) | Q(cancelled_why=""),
            ),
            CheckConstraint(
                name="a_session_is_planned_for_30_to_90_minutes_or_its_length",
                condition=Q(budget__isnull=True) | Q(budget__gte=30, budget__lte=90),
            ),
            CheckConstraint(name="a_gathering_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
            CheckConstraint(name="sections_are_counted_from_1", condition=Q(section__gte=1)),
        ]

    def __str__(self) -> str:
        return self.title_now

    @property
    def title_now(self) -> str:
        """The title in the active language, as it was written where there is none."""
        return in_language_now(self.titles) or self.title


class Mode(models.TextChoices):
    """How people take part in an activity."""

    SPOKEN = "spoken", _("Spoken, phones face-down")
    NAMED = "named", _("With names")
    UNNAMED = "unnamed", _("Without names, on phones")
    SCRIBE = "scribe", _("One person writes for all")


class PlanItem(models.Model):
    """One activity in the plan of a gathering, copied from the pack so that the team can change it.

    activity_key: the activity of the pack it came from; empty for one the team added.
    kind: the round kind that runs it, for example `gather` or `talk`. columns: for `gather`, a list of
    {"key", "label", "hint", "tone"} with tone drains or restores. make: which make of the toolkit's activity it is.
    came, took, began_at: what really happened; minutes are whole ones, and it began at that moment while it is held.
    """

    class Make(models.TextChoices):
        USUAL = MakeKind.USUAL.value, _("As in the toolkit")
        SHORT = MakeKind.SHORT.value, _("Shorter")
        LONG = MakeKind.LONG.value, _("Longer")

    class Came(models.TextChoices):
        AHEAD = "", _("Not said")
        HELD = "held", _("Held")
        SKIPPED = "skipped", _("Left out")

    id = RandomKey()
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="plan")
    position = models.PositiveSmallIntegerField()
    activity_key = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120)
    prompt = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    mode = models.CharField(max_length=10, choices=Mode)
    columns = Document(default=list, blank=True)
    make = models.CharField(max_length=5, choices=Make, default=Make.USUAL, blank=True)
    came = models.CharField(max_length=7, choices=Came, default=Came.AHEAD, blank=True)
    took = models.PositiveSmallIntegerField(null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(
                name="only_what_was_held_took_time",
                condition=Q(took__isnull=True, began_at__isnull=True) | Q(came="held"),
            ),
            UniqueConstraint(
                fields=["gathering", "position"],
                name="two_activities_do_not_share_a_place_in_the_plan",
            ),
            UniqueConstraint(
                fields=["gathering", "activity_key"],
                condition=~Q(activity_key=""),
                name="an_activity_of_the_pack_is_planned_once",
            ),
            CheckConstraint(name="an_activity_takes_1_to_240_minutes", condition=Q(minutes__gte=1, minutes__lte=240)),
        ]

    @property
    def way(self) -> str:
        """How people take part, in words. What everybody looks at alone is not spoken, whatever its mode."""
        return str(_("Each for oneself, in silence") if self.kind == "reflect" else Mode(self.mode).label)


class Why(models.Model):
    """Why this organisation, and why this leader, does the work. Written anew, never over: staff see the newest.

    text is empty once a version was struck, because it named somebody.
    """

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("Why we do this")
        OWN = "own", _("Why I take part")

    id = RandomKey()
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="whys")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField()
    version = models.PositiveSmallIntegerField()
    written_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    written_on = models.DateField()

    class Meta:
        constraints = [UniqueConstraint(fields=["programme", "kind", "version"], name="a_why_has_each_version_once")]


class CommunicateLater(models.Model):
    """A leader's private note: something to say more clearly, later, not in the conversation that showed it.

    said_on, how: when it was said and in which way. handed_to: somebody else who should say it, by name.
    """

    id = RandomKey()
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="communicate_later")
    owner = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="communicate_later")
    text = models.TextField()
    handed_to = models.CharField(max_length=120, blank=True)
    noted_on = models.DateField()
    said_on = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(name="what_was_said_has_a_day_and_a_way", condition=Q(said_on__isnull=True) | ~Q(how=""))
        ]
