"""Everything that changes organisations, persons, roles and ways to sign in."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from holdfast.audit.actions import record
from holdfast.people import queries
from holdfast.people.models import Group, Organisation, Person, Role, RosterDraft, SignInLink, Site
from holdfast.people.roster import Change, Newcomer
from holdfast.people.rules import covered, tidy_email
from holdfast.refusals import Refused

LINK_LASTS = timedelta(days=14)


@transaction.atomic
def add_organisation(name: str, *, by: Person | None = None) -> Organisation:
    """Make an organisation; nothing in it is shared with any other."""
    organisation = Organisation.objects.create(name=name)
    record("people.organisation_added", by=_key(by), on=organisation.pk)
    return organisation


@transaction.atomic
def rename_organisation(organisation: Organisation, *, name: str, by: Person) -> None:
    """Give an organisation another name."""
    organisation.name = name
    organisation.save(update_fields=["name"])
    record("people.organisation_renamed", by=by.pk, on=organisation.pk)


@transaction.atomic
def add_site(organisation: Organisation, *, name: str, time_zone: str = "UTC", by: Person | None = None) -> Site:
    """Add a place to an organisation."""
    site = Site.objects.create(organisation=organisation, name=name, time_zone=time_zone)
    record("people.site_added", by=_key(by), on=site.pk)
    return site


@transaction.atomic
def change_site(
    site: Site,
    *,
    name: str,
    time_zone: str,
    help_card: str,
    help_card_checked_on: date | None,
    danger_contact: str,
    danger_steps: str,
    by: Person,
) -> None:
    """Change a place: its name, time zone, help card, where danger is reported, and what is done then."""
    site.name, site.time_zone = name, time_zone
    site.help_card, site.help_card_checked_on, site.danger_contact = help_card, help_card_checked_on, danger_contact
    site.danger_steps = danger_steps
    shown = ["help_card", "help_card_checked_on", "danger_contact", "danger_steps"]
    site.save(update_fields=["name", "time_zone", *shown])
    record("people.site_changed", by=by.pk, on=site.pk)


@transaction.atomic
def add_group(site: Site, *, name: str, by: Person | None = None) -> Group:
    """Add people who meet to a place."""
    group = Group.objects.create(site=site, name=name)
    record("people.group_added", by=_key(by), on=group.pk)
    return group


@transaction.atomic
def rename_group(group: Group, *, name: str, by: Person) -> None:
    """Give a group another name."""
    group.name = name
    group.save(update_fields=["name"])
    record("people.group_renamed", by=by.pk, on=group.pk)


@transaction.atomic
def add_person(organisation: Organisation, *, name: str, email: str = "", by: Person | None = None) -> Person:
    """Add somebody to an organisation; without an e-mail address they sign in by link or slip. Raises Refused."""
    person = Person(organisation=organisation, name=name, email=_free_email(email, of=None))
    person.set_unusable_password()
    person.save(force_insert=True)
    record("people.person_added", by=_key(by), on=person.pk)
    return person


@transaction.atomic
def add_person_with_role(
    organisation: Organisation, *, name: str, email: str, kind: Role.Kind, at: Organisation | Site | Group, by: Person
) -> Person:
    """Add somebody together with what they are here. Raises Refused."""
    person = add_person(organisation, name=name, email=email, by=by)
    give_role(person, kind=kind, at=at, by=by)
    return person


@transaction.atomic
def change_person(person: Person, *, name: str, email: str, by: Person) -> None:
    """Change somebody's name and address. Raises Refused when the address is somebody else's."""
    before = person.email
    person.name, person.email = name, _free_email(email, of=person)
    person.save(update_fields=["name", "email"])
    if person.email != before:
        # The sign-in library keeps confirmed addresses of its own: an old one would go on opening this account.
        EmailAddress.objects.filter(user=person).delete()
        end_sign_ins(person, by=by)
    record("people.person_changed", by=by.pk, on=person.pk)


@transaction.atomic
def choose_language(person: Person, *, language: str) -> None:
    """Keep the language somebody reads in, also for what is sent to them."""
    person.language = language
    person.save(update_fields=["language"])
    record("people.language_chosen", by=person.pk, on=person.pk)


@transaction.atomic
def rename_self(person: Person, *, name: str) -> None:
    """Change one's own name as others see it."""
    person.name = name
    person.save(update_fields=["name"])
    record("people.person_changed", by=person.pk, on=person.pk)


@transaction.atomic
def give_role(person: Person, *, kind: Role.Kind, at: Organisation | Site | Group, by: Person | None = None) -> Role:
    """Make somebody something for a group, a site or the organisation; giving it twice changes nothing.

    by: whoever gives it must coordinate that place; None only at the command line. Raises Refused.
    """
    where = queries.place(at)
    if where.organisation != person.organisation_id or (by and not covered(where, queries.coordinated_by(by))):
        raise Refused("people.not_your_place", status=403)
    role, is_new = Role.objects.get_or_create(
        person=person,
        kind=kind,
        group=at if isinstance(at, Group) else None,
        site=at if isinstance(at, Site) else None,
        organisation=at if isinstance(at, Organisation) else None,
    )
    if is_new:
        record(f"people.made_{role.kind}", by=_key(by), on=person.pk)
    return role


@transaction.atomic
def take_role(role: Role, *, by: Person) -> None:
    """End a role. Raises Refused for the last coordinator of an organisation."""
    if role.kind == Role.Kind.COORDINATOR and role.organisation_id:
        _keep_a_coordinator(role.person)
    record(f"people.no_longer_{role.kind}", by=by.pk, on=role.person_id)
    role.delete()


@transaction.atomic
def make_sign_in_link(person: Person, *, by: Person | None = None) -> str:
    """Return the token of a new one-time link; it is known only now, and earlier links stop working. Raises Refused."""
    if not person.is_active:
        raise Refused("people.has_left", {"name": person.name})
    now = timezone.now()
    _revoke_all(person)
    token = secrets.token_urlsafe(32)
    link = SignInLink.objects.create(
        person=person, made_by=by, token_hash=queries.hash_of(token), made_at=now, ends_at=now + LINK_LASTS
    )
    record("people.link_made", by=_key(by), on=link.pk)
    return token


@transaction.atomic
def make_sign_in_links(people: Sequence[Person], *, by: Person) -> list[str]:
    """Return the tokens of new one-time links, in the order of the people: all of them or none. Raises Refused."""
    return [make_sign_in_link(person, by=by) for person in people]


@transaction.atomic
def revoke(link: SignInLink, *, by: Person) -> None:
    """Stop a sign-in link from working; one that was used, revoked or has ended stays as it is."""
    link = SignInLink.objects.select_for_update().get(pk=link.pk)
    if link.used_at is None and link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        record("people.link_revoked", by=by.pk, on=link.pk)


@transaction.atomic
def redeem(token: str) -> Person:
    """Use up a sign-in link and return whom it signs in. Raises Refused."""
    link = check_link(token)
    # Two requests may both have passed the check: only one of them finds the link unused here.
    if not SignInLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=timezone.now()):
        raise Refused("people.link_used", status=410)
    record("people.link_used", by=link.person_id, on=link.pk)
    return link.person


def check_link(token: str) -> SignInLink:
    """Return the sign-in link with this token if it can be used now. Raises Refused."""
    link = queries.link_with(token)
    if link is None:
        raise Refused("people.link_unknown", status=404)
    if link.used_at:
        raise Refused("people.link_used", status=410)
    if link.revoked_at:
        raise Refused("people.link_revoked", status=410)
    if link.ends_at <= timezone.now():
        raise Refused("people.link_too_old", status=410)
    if not link.person.is_active:
        raise Refused("people.link_of_someone_who_left", status=410)
    return link


@transaction.atomic
def end_sign_ins(person: Person, *, by: Person) -> None:
    """Sign somebody out on every device and stop their sign-in links."""
    # Every session carries a hash of this value, so a new random one ends them all at once.
    person.set_unusable_password()
    person.save(update_fields=["password"])
    _revoke_all(person)
    record("people.sign_ins_ended", by=by.pk, on=person.pk)


@transaction.atomic
def end_access(person: Person, *, by: Person) -> None:
    """Let somebody leave: signed out everywhere, no way back in; what they did as a record stays. Raises Refused."""
    if queries.may_coordinate_organisation(person):
        _keep_a_coordinator(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sign_ins(person, by=by)
    record("people.person_left", by=by.pk, on=person.pk)


@transaction.atomic
def restore_access(person: Person, *, by: Person) -> None:
    """Let somebody who left come back with the roles they had."""
    person.is_active = True
    person.save(update_fields=["is_active"])
    record("people.person_returned", by=by.pk, on=person.pk)


@transaction.atomic
def appoint_first_coordinator(name: str, organisation_name: str, *, email: str = "") -> Person:
    """Return a coordinator of the organisation, made together with it where they do not exist yet. Raises Refused."""
    organisation = Organisation.objects.filter(name=organisation_name).order_by("pk").first()
    organisation = organisation or add_organisation(organisation_name)
    known = {"email": tidy_email(email)} if tidy_email(email) else {"name": name, "roles__kind": Role.Kind.COORDINATOR}
    person = Person.objects.filter(organisation=organisation, **known).order_by("pk").first()
    person = person or add_person(organisation, name=name, email=email)
    give_role(person, kind=Role.Kind.COORDINATOR, at=organisation)
    return person


@transaction.atomic
def keep_roster(text: str, *, guessed: bool, by: Person) -> RosterDraft:
    """Keep a roster for looking at, in place of an earlier one; nobody is added or changed by it."""
    draft, _is_new = RosterDraft.objects.update_or_create(by=by, defaults={"text": text, "guessed": guessed})
    return draft


@transaction.atomic
def discard_roster(*, by: Person) -> None:
    """Remove the roster somebody was looking at."""
    RosterDraft.objects.filter(by=by).delete()


@transaction.atomic
def add_newcomers(organisation: Organisation, newcomers: Sequence[Newcomer], *, by: Person) -> int:
    """Add everybody who is new in a roster, with their roles: all of them or none. Raises Refused."""
    for one in newcomers:
        person = add_person(organisation, name=one.name, email=one.email or "", by=by)
        for kind, group in one.roles:
            give_role(person, kind=kind, at=group, by=by)
    return len(newcomers)


@transaction.atomic
def take_over_changes(changes: Sequence[Change], *, by: Person) -> int:
    """Take over names, addresses and further roles from a roster; no role is taken. Raises Refused."""
    for one in changes:
        if one.name or one.email:
            change_person(
                one.person, name=one.name or one.person.name, email=one.email or one.person.email or "", by=by
            )
        for kind, group in one.roles:
            give_role(one.person, kind=kind, at=group, by=by)
    return len(changes)


def _key(by: Person | None) -> int | None:
    return by.pk if by else None


def _revoke_all(person: Person) -> None:
    person.sign_in_links.filter(used_at__isnull=True, revoked_at__isnull=True).update(revoked_at=timezone.now())


def _keep_a_coordinator(person: Person) -> None:
    if not queries.another_coordinator_remains(person.organisation_id, without=person):
        raise Refused("people.last_coordinator", {"name": person.name})


def _free_email(written: str, *, of: Person | None) -> str | None:
    email = tidy_email(written)
    others = Person.objects.exclude(pk=of.pk) if of else Person.objects.all()
    if email and others.filter(email__iexact=email).exists():
        raise Refused("people.email_taken")
    return email
