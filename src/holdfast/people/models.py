"""Who takes part: organisations, sites, groups, persons, roles and one-time sign-in links."""

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from holdfast.keys import RandomKey


class Organisation(models.Model):
    """Who runs programmes: a district, a clinic, an agency. Nothing is shared between two of them."""

    id = RandomKey()
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A place of the organisation, with the help card its people see."""

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, default="UTC")
    help_card = models.TextField(blank=True)
    help_card_checked_on = models.DateField(null=True, blank=True)
    danger_contact = models.CharField(max_length=200, blank=True)
    danger_steps = models.TextField(blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["organisation", "name"], name="two_sites_of_an_organisation_have_different_names")
        ]

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """The people who meet."""

    id = RandomKey()
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [UniqueConstraint(fields=["site", "name"], name="two_groups_of_a_site_have_different_names")]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Makes persons; nobody has a password."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(pk=username or 0)


class Person(AbstractBaseUser):
    """Somebody with a name. An e-mail address is optional: sign-in links work without one."""

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True, null=True)
    language = models.CharField(max_length=10, blank=True)  # empty: as the browser asks
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = PersonManager()

    class Meta:
        constraints = [UniqueConstraint(Lower("email"), name="one_person_per_email_address")]

    def __str__(self) -> str:
        return self.name


def name_of(place: Organisation | Site | Group) -> str:
    """Name a place so that it cannot be mistaken for another."""
    if isinstance(place, Group):
        return f"{place.site.name} › {place.name}"
    if isinstance(place, Organisation):
        return gettext("all of %(name)s") % {"name": place.name}
    return place.name


AT_A_GROUP = Q(group__isnull=False, site__isnull=True, organisation__isnull=True)
AT_A_SITE = Q(group__isnull=True, site__isnull=False, organisation__isnull=True)
AT_AN_ORGANISATION = Q(group__isnull=True, site__isnull=True, organisation__isnull=False)


class Role(models.Model):
    """What a person is for one group, one site or the whole organisation."""

    class Kind(models.TextChoices):
        PARTICIPANT = "participant", _("Participant")
        FACILITATOR = "facilitator", _("Facilitator")
        LEADER = "leader", _("Leader")
        COORDINATOR = "coordinator", _("Coordinator")
        COACH = "coach", _("Coach")
        EVALUATOR = "evaluator", _("Evaluator")

    id = RandomKey()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=12, choices=Kind)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, blank=True, related_name="roles")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, blank=True, related_name="roles")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="roles"
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="a_role_is_for_one_group_or_one_site_or_one_organisation",
                condition=AT_A_GROUP | AT_A_SITE | AT_AN_ORGANISATION,
            ),
            # Three, because NULL differs from NULL: of each only the rows that name such a place can collide.
            UniqueConstraint(fields=["person", "kind", "group"], name="a_person_holds_a_role_in_a_group_once"),
            UniqueConstraint(fields=["person", "kind", "site"], name="a_person_holds_a_role_at_a_site_once"),
            UniqueConstraint(
                fields=["person", "kind", "organisation"], name="a_person_holds_a_role_in_an_organisation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {name_of(self.place)}"

    @property
    def place(self) -> Organisation | Site | Group:
        """What the role is for."""
        place = self.group or self.site or self.organisation
        if place is None:
            raise ValueError(f"role {self.pk} is for nothing")
        return place

    @property
    def place_name(self) -> str:
        """Where the role holds, in words."""
        return name_of(self.place)


class SignInLink(models.Model):
    """A link or QR slip that signs one person in once. Only its hash is kept."""

    id = RandomKey()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_in_links")
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    ends_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)


class RosterDraft(models.Model):
    """A roster somebody is looking at before anything of it is taken over; one for each coordinator, then removed.

    guessed: its encoding was not the usual one, so that names with accents want a look.
    """

    id = RandomKey()
    by = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="roster_draft")
    text = models.TextField()
    guessed = models.BooleanField(default=False)
