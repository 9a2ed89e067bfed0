"""Writing down who was there, by hand or by oneself, and the certificates of hours; nothing here knows of voices."""

from datetime import timedelta
from random import SystemRandom
from secrets import choice

from django.db import IntegrityError, transaction
from django.utils import timezone

from holdfast.audit.actions import record
from holdfast.gatherings.attending import hours_of, members_of
from holdfast.gatherings.models import Attendance, Certificate, SignInSheet
from holdfast.people.models import Person
from holdfast.programmes import actions as plans
from holdfast.programmes.models import Gathering, Programme
from holdfast.programmes.queries import today_at
from holdfast.refusals import Refused
from holdfast.voices.admission import LETTERS

CODE_LENGTH = 8
AFTER_THE_END = timedelta(minutes=30)
AT_LEAST = timedelta(minutes=30)
CODE_TRIES = 20


@transaction.atomic
def note_presence(gathering: Gathering, *, person: Person, here: bool, by: Person) -> None:
    """Write down that somebody was there, or that they were not; only this one person is touched."""
    if here:
        Attendance.objects.get_or_create(gathering=gathering, person=person)
    else:
        gathering.attendance.filter(person=person).delete()
    record("attendance.written", by=by.pk, on=gathering.pk)


@transaction.atomic
def note_everybody(gathering: Gathering, *, by: Person) -> None:
    """Write down everybody who belongs to the group as having been there."""
    people = list(members_of(gathering))
    SystemRandom().shuffle(people)
    for person in people:
        Attendance.objects.get_or_create(gathering=gathering, person=person)
    record("attendance.written", by=by.pk, on=gathering.pk)


@transaction.atomic
def note_own_presence(sheet: SignInSheet, *, here: bool, by: Person) -> None:
    """Write oneself down, or take it back. The trail says that somebody did, and not who came at which minute."""
    if sheet.closes_at <= timezone.now():
        raise Refused("gatherings.sheet_is_closed", status=410)
    if here:
        Attendance.objects.get_or_create(gathering=sheet.gathering, person=by)
    else:
        sheet.gathering.attendance.filter(person=by).delete()
    record("attendance.signed_in", by=None, on=sheet.gathering_id)


def open_sheet(gathering: Gathering, *, by: Person) -> SignInSheet:
    """Let members write themselves down until shortly after the session, or for half an hour from now."""
    closes_at = max(gathering.ends_at + AFTER_THE_END, timezone.now() + AT_LEAST)
    for _ in range(CODE_TRIES):
        code = "".join(choice(LETTERS) for _letter in range(CODE_LENGTH))
        try:
            with transaction.atomic():
                fields = {"code": code, "closes_at": closes_at}
                sheet, _made = SignInSheet.objects.update_or_create(gathering=gathering, defaults=fields)
                record("attendance.sheet_opened", by=by.pk, on=gathering.pk)
        except IntegrityError:  # another session has this code
            continue
        return sheet
    raise Refused("gatherings.sheet_is_closed", status=503)


@transaction.atomic
def close_sheet(gathering: Gathering, *, by: Person) -> None:
    """End the code now; what was written down stays."""
    SignInSheet.objects.filter(gathering=gathering).delete()
    record("attendance.sheet_closed", by=by.pk, on=gathering.pk)


@transaction.atomic
def close_with_certificates(programme: Programme, *, by: Person) -> int:
    """Close a programme and make a certificate of hours for everybody who was there; return how many. Raises Refused.

    All at once and in random order, so that no key, place or time of a row says more than the certificate itself.
    """
    programme = plans.close_programme(programme, by=by)
    hours = hours_of(programme)
    SystemRandom().shuffle(hours)
    day = today_at(programme)
    made = Certificate.objects.bulk_create(
        Certificate(
            programme=programme, person_id=one.person_id, minutes=one.minutes, sessions=one.sessions, issued_on=day
        )
        for one in hours
    )
    return len(made)


@transaction.atomic
def reopen(programme: Programme, *, by: Person) -> None:
    """Go on with a programme after all; its certificates are taken back and made anew at the next close."""
    programme.certificates.all().delete()
    plans.reopen_programme(programme, by=by)
