"""What was handed over, what was answered, what the group does itself, and what it lets go."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from holdfast.documents import Document
from holdfast.keys import RandomKey

PUBLISHED = Q(published_on__isnull=False)
STRUCK = Q(struck=True)


class Concern(models.Model):
    """Something a group asked its leaders to look at, in the wording the group agreed to. Never linked to who wrote it.

    sources: keys of the sealed notes, as decimal text. position: the group's own order. theme: leadership's word for
    alike ones. wall_by_group, wall_by_leader: both must be set before it may hang in a common area. struck: its text
    named somebody and was removed; a stub stays.
    """

    class Kind(models.TextChoices):
        DRIVER = "driver", _("What drains or restores")
        EXPECTATION = "expectation", _("An expectation")
        BARRIER = "barrier", _("A barrier")
        QUESTION = "question", _("A question")

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="concerns")
    driver = models.OneToOneField(
        "gatherings.Driver", on_delete=models.PROTECT, null=True, blank=True, related_name="concern"
    )
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.DRIVER)
    tone = models.CharField(max_length=10, default="drains")
    wording = models.CharField(max_length=280)
    sources = Document(default=list)
    theme = models.CharField(max_length=80, blank=True)
    position = models.PositiveSmallIntegerField()
    owner = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="concerns_owned"
    )
    handed_over_on = models.DateField()
    due_on = models.DateField()
    wall_by_group = models.BooleanField(default=False)
    wall_by_leader = models.BooleanField(default=False)
    struck = models.BooleanField(default=False)

    class Meta:
        constraints = [
            CheckConstraint(name="a_struck_concern_has_no_wording", condition=Q(struck=False) | Q(wording="")),
            CheckConstraint(
                name="answers_are_due_on_or_after_the_day_of_handing_over",
                condition=Q(due_on__gte=models.F("handed_over_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.wording or str(_("(struck)"))


class ReportBack(models.Model):
    """Answers said aloud in one meeting, then published as a set. A published one never changes."""

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="report_backs")
    said_on = models.DateField(null=True, blank=True)
    opening_words = models.TextField(blank=True)
    published_on = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )


class Answer(models.Model):
    """What leadership says to one concern. A later answer stands beside it; a published one is never rewritten.

    version: the newest has the highest. who, by_when: a staff team takes it on. taken_to, reply_expected_on: not ours
    to decide. question: asked back; box is the key of the round that collects the group's unnamed replies until
    box_closes_on.
    """

    class Verdict(models.TextChoices):
        THIS_YEAR = "this_year", _("We are exploring this, this year")
        NEXT_YEAR = "next_year", _("We are exploring this next year")
        UNDERSTAND = "understand", _("We need to understand this better")
        TEAM = "team", _("A staff team takes this on")
        ALREADY_SO = "already_so", _("This is already so; we did not say it clearly")
        KEEP = "keep", _("We will keep and protect this")
        NOT_OURS = "not_ours", _("This is not ours to decide")
        NOT_SOON = "not_soon", _("Not within the next two years")
        CANNOT = "cannot", _("This cannot be changed")

    id = RandomKey()
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="answers")
    report_back = models.ForeignKey(ReportBack, on_delete=models.PROTECT, null=True, blank=True, related_name="answers")
    version = models.PositiveSmallIntegerField(default=1)
    verdict = models.CharField(max_length=12, choices=Verdict)
    reason = models.TextField(blank=True)
    validation = models.TextField(blank=True)
    question = models.TextField(blank=True)
    who = models.CharField(max_length=160, blank=True)
    by_when = models.DateField(null=True, blank=True)
    taken_to = models.CharField(max_length=160, blank=True)
    reply_expected_on = models.DateField(null=True, blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    box = models.BigIntegerField(null=True, blank=True)
    box_closes_on = models.DateField(null=True, blank=True)
    drafted_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    drafted_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    struck = models.BooleanField(default=False)

    class Meta:
        constraints = [
            CheckConstraint(
                name="a_struck_answer_has_no_words",
                condition=Q(struck=False) | Q(reason="", validation="", question="", who="", taken_to=""),
            ),
            CheckConstraint(
                name="not_soon_says_why_and_when_to_look_again",
                condition=STRUCK
                | ~Q(verdict="not_soon")
                | (~Q(reason="") & ~Q(validation="") & Q(look_again_on__isnull=False)),
            ),
            CheckConstraint(
                name="an_answer_that_it_cannot_be_says_why", condition=STRUCK | ~Q(verdict="cannot") | ~Q(reason="")
            ),
            CheckConstraint(
                name="a_question_back_asks_something", condition=STRUCK | ~Q(verdict="understand") | ~Q(question="")
            ),
            CheckConstraint(
                name="a_team_has_a_name_and_a_date",
                condition=STRUCK | ~Q(verdict="team") | (~Q(who="") & Q(by_when__isnull=False)),
            ),
            CheckConstraint(
                name="what_is_not_ours_was_taken_to_somebody_by_somebody",
                condition=STRUCK
                | ~Q(verdict="not_ours")
                | (~Q(taken_to="") & ~Q(who="") & Q(reply_expected_on__isnull=False)),
            ),
            UniqueConstraint(fields=["concern", "version"], name="a_concern_has_each_version_of_its_answer_once"),
            UniqueConstraint(fields=["concern"], condition=~PUBLISHED, name="a_concern_has_one_draft_at_a_time"),
        ]


class Progress(models.Model):
    """What has moved since an answer was published. In common areas it shows only when both sides marked it too."""

    id = RandomKey()
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="progress")
    text = models.TextField()
    on = models.DateField()
    by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    wall_by_group = models.BooleanField(default=False)
    wall_by_leader = models.BooleanField(default=False)
    struck = models.BooleanField(default=False)

    class Meta:
        constraints = [
            CheckConstraint(name="what_moved_and_is_struck_has_no_words", condition=~STRUCK | Q(text="")),
        ]


class OursItem(models.Model):
    """One thing the group does itself: a small step, who takes it, when the group looks again.

    who: the name people are known by; a promise is named. plan: if-then wording, "If it is Monday 8:00, then …".
    """

    class State(models.TextChoices):
        OPEN = "open", _("Under way")
        DONE = "done", _("Done")
        LET_GO = "let_go", _("Let go")

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="ours")
    driver = models.OneToOneField(
        "gatherings.Driver", on_delete=models.PROTECT, null=True, blank=True, related_name="ours_item"
    )
    wording = models.CharField(max_length=280)
    step = models.CharField(max_length=280, blank=True)
    who = models.CharField(max_length=160, blank=True)
    plan = models.CharField(max_length=280, blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    position = models.PositiveSmallIntegerField()
    wall_by_group = models.BooleanField(default=False)
    wall_by_leader = models.BooleanField(default=False)
    struck = models.BooleanField(default=False)

    class Meta:
        constraints = [
            CheckConstraint(
                name="what_is_struck_from_our_list_has_no_words",
                condition=Q(struck=False) | Q(wording="", step="", who="", plan=""),
            )
        ]


class LetGoItem(models.Model):
    """Something the group puts down, by its own act: nobody here controls it, or leadership will not take it on now.

    later: it may come back after other priorities; False only where change is impossible.
    taken_back_on: picked up again.
    """

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="let_go")
    driver = models.OneToOneField(
        "gatherings.Driver", on_delete=models.PROTECT, null=True, blank=True, related_name="let_go_item"
    )
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="let_go_item")
    wording = models.CharField(max_length=280)
    later = models.BooleanField(default=True)
    look_again_on = models.DateField(null=True, blank=True)
    added_on = models.DateField()
    taken_back_on = models.DateField(null=True, blank=True)
    struck = models.BooleanField(default=False)

    class Meta:
        constraints = [
            CheckConstraint(
                name="what_is_struck_from_the_let_go_list_has_no_words", condition=Q(struck=False) | Q(wording="")
            )
        ]


class StaffLink(models.Model):
    """The address of a group's page for everyone who works there, without an account. Renewing it ends the old one.

    scope: `staff` shows everything the group may see; `wall` only what both sides marked for the wall.
    """

    class Scope(models.TextChoices):
        STAFF = "staff", _("For the staff room")
        WALL = "wall", _("For common areas")

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="staff_links")
    scope = models.CharField(max_length=5, choices=Scope)
    token = models.CharField(max_length=43, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["programme", "scope"],
                condition=Q(ended_at__isnull=True),
                name="a_page_has_one_address_at_a_time",
            )
        ]
