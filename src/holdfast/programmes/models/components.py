"""What surrounds the sessions: plans for the seven components, where help is wanted, ideas and practices captured."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from holdfast.keys import RandomKey
from holdfast.programmes.models.starting import WHOLE_PROGRAMME
from holdfast.programmes.rules import COMPONENTS

KEYS = [(key, key) for key in COMPONENTS]


class ComponentPlan(models.Model):
    """What a team does about one of the seven components of a section. No row: nobody has said anything about it.

    due_on: the day the team named. timing: of the page to read, whether it is handed out before or after the session.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        DONE = "done", _("Done")
        NOT_NOW = "not_now", _("Not this time")

    class Timing(models.TextChoices):
        AHEAD = "ahead", _("Before the session")
        AFTER = "after", _("After the session")

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="component_plans")
    section = models.PositiveSmallIntegerField()
    component = models.CharField(max_length=2, choices=KEYS)
    state = models.CharField(max_length=8, choices=State)
    how = models.CharField(max_length=300, blank=True)
    who = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    timing = models.CharField(max_length=6, choices=Timing, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["programme", "section", "component"], name="a_component_of_a_section_is_planned_once"
            ),
            CheckConstraint(name="what_is_done_has_a_day", condition=~Q(state="done") | Q(done_on__isnull=False)),
        ]


class HelpWanted(models.Model):
    """A team would like help: with one component of a section, or (section 0, no component) with the programme."""

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="help_wanted")
    section = models.PositiveSmallIntegerField(default=WHOLE_PROGRAMME)
    component = models.CharField(max_length=2, choices=KEYS, blank=True)
    since = models.DateField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["programme", "section", "component"], name="help_is_wanted_once_for_one_thing")
        ]


class Idea(models.Model):
    """An idea for staying connected after the toolkit ends. section: in which it came up; 0 for none."""

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="ideas")
    section = models.PositiveSmallIntegerField(default=WHOLE_PROGRAMME)
    text = models.CharField(max_length=300)
    noted_on = models.DateField()

    def __str__(self) -> str:
        return self.text


class Practice(models.Model):
    """What became how this place does it: since when, and where it is written. idea: the one it grew from."""

    id = RandomKey()
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="practices")
    section = models.PositiveSmallIntegerField(default=WHOLE_PROGRAMME)
    idea = models.OneToOneField(Idea, on_delete=models.SET_NULL, null=True, blank=True, related_name="practice")
    text = models.CharField(max_length=300)
    since = models.DateField()
    written_where = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.text
