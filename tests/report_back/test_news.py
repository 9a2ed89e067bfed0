"""Who hears by mail that there is something new, and what such a mail never says."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from holdfast.notifications import jobs
from holdfast.notifications.models import Mail
from holdfast.people import actions as people
from holdfast.people.models import Role
from holdfast.programmes.models import Programme
from holdfast.report_back.news import ForGroup, ForLeaders, tell_group, tell_leaders
from tests.given import Ours, Theirs, somebody_who
from tests.programmes.given import a_programme

WORDING = "Cover with no notice"


@pytest.fixture
def programme(ours: Ours, theirs: Theirs) -> Programme:
    """Our group's programme; the clinic has people who must hear nothing."""
    return a_programme(ours.group, ours.bo)


def told() -> set[str]:
    """Return the addresses something waits for."""
    return set(Mail.objects.values_list("address", flat=True))


def test_D4_2_the_leader_hears_when_something_is_handed_over_and_by_when_answers_are_due(programme: Programme) -> None:
    tell_leaders(programme, news=ForLeaders.HANDED_OVER, about=7, due_on=date(2026, 3, 12), path="/desk/there/")
    letter = Mail.objects.get()
    assert letter.address == "amara@lakeside.example"
    assert "Northgate team" in letter.subject
    for words in ("Thursday 12 March 2026", "http://127.0.0.1:8000/desk/there/", "only that there is something new"):
        assert words in letter.body


def test_D4_2_the_group_hears_once_when_answers_are_published_but_not_who_did_it(programme: Programme) -> None:
    ours = programme.group
    pia = somebody_who(Role.Kind.PARTICIPANT, "Pia", ours, email="pia@lakeside.example")
    somebody_who(Role.Kind.EVALUATOR, "Vic", ours, email="vic@lakeside.example")
    for _ in range(2):
        tell_group(programme, news=ForGroup.PUBLISHED, about=7, by=pia)
    assert told() == {"bo@lakeside.example"}  # Pat and Chi have no address, Pia did it herself
    assert Mail.objects.count() == 1


def test_D4_2_each_thing_that_moved_is_news_of_its_own(programme: Programme) -> None:
    assert [tell_group(programme, news=ForGroup.MOVED, about=about) for about in (1, 2, 2)] == [1, 1, 0]


def test_while_nobody_leads_a_group_whoever_is_nearest_hears_of_it(programme: Programme, ours: Ours) -> None:
    people.end_access(ours.amara, by=ours.dee)
    tell_leaders(programme, news=ForLeaders.HANDED_OVER, about=7)
    assert told() == {"dee@lakeside.example"}  # the coordinator, who finds a new leader

    somebody_who(Role.Kind.LEADER, "Ola", ours.site, email="ola@lakeside.example")
    tell_leaders(programme, news=ForLeaders.HANDED_OVER, about=8)
    assert told() == {"dee@lakeside.example", "ola@lakeside.example"}


def test_somebody_who_left_hears_nothing(programme: Programme, ours: Ours) -> None:
    people.end_access(ours.bo, by=ours.dee)
    assert tell_group(programme, news=ForGroup.MOVED, about=1) == 0


def test_mails_go_out_by_day_on_the_clock_of_the_place(programme: Programme) -> None:
    tell_leaders(programme, news=ForLeaders.REPLIED, about=1)
    hour = Mail.objects.get().next_try_at.astimezone(ZoneInfo("America/Chicago")).hour
    assert 7 <= hour < 19


def test_E6_each_reads_the_news_in_the_language_they_chose(programme: Programme, ours: Ours) -> None:
    people.choose_language(ours.amara, language="es")
    somebody_who(Role.Kind.LEADER, "Ola", ours.group, email="ola@lakeside.example")
    with translation.override("es"):  # what whoever handed it over reads decides nothing
        tell_leaders(programme, news=ForLeaders.HANDED_OVER, about=7, due_on=date(2026, 3, 12))
    letters = {mail.address: mail for mail in Mail.objects.all()}
    assert {address: mail.language for address, mail in letters.items()} == {
        "amara@lakeside.example": "es",
        "ola@lakeside.example": "en",
    }
    assert "Thursday 12 March 2026" in letters["ola@lakeside.example"].body
    assert "jueves 12 de marzo de 2026" in letters["amara@lakeside.example"].body
    sent = {mail.address: jobs.letter(mail).body.rpartition("--")[2] for mail in letters.values()}
    assert "No more mails like this" in sent["ola@lakeside.example"]
    assert "No more mails like this" not in sent["amara@lakeside.example"]
