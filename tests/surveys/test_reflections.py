"""Private reflections: no table, no form and no script takes their words; only what is shared is sent."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from holdfast import surveys
from holdfast.curriculum.actions import load_pack
from holdfast.people.models import Role
from holdfast.programmes.actions.touch_bases import plan_touch_bases
from holdfast.programmes.companion_words import ALONE
from holdfast.programmes.companion_words import FOR_EVERYBODY as ALONE_FOR_EVERYBODY
from holdfast.programmes.models import Programme
from holdfast.surveys.models import Shared
from holdfast.surveys.reflections import FOR_EVERYBODY, REFLECTIONS, Kind
from tests.given import Ours, Theirs, somebody_who
from tests.programmes.given import A_DAY, a_programme, a_session
from tests.programmes.test_briefing import address, read
from tests.programmes.test_leading import signed_in

SENDS = re.compile(
    r"fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|\.submit\(|new Image|import\(|location|\.src\b"
)


def page_of(programme: Programme, kind: str) -> str:
    """Return the address of one reflection."""
    return reverse("surveys.reflection", kwargs={"programme_id": programme.pk, "kind": kind})


def sharing(programme: Programme, section: int) -> str:
    """Return the address of what one would share in one section."""
    return reverse("surveys.sharing", kwargs={"programme_id": programme.pk, "section": section})


class Boxes(HTMLParser):
    """Finds the boxes that are somebody's own, and those of them a form could send."""

    def __init__(self) -> None:
        super().__init__()
        self.in_form, self.own, self.sent = 0, 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.in_form += tag == "form"
        if "data-own" in given:
            self.own += 1
            self.sent += bool(self.in_form or (given.get("name") and given.get("form") != "none"))

    def handle_endtag(self, tag: str) -> None:
        self.in_form -= tag == "form"


def boxes(html: str) -> Boxes:
    """Read a page."""
    found = Boxes()
    found.feed(html)
    return found


@pytest.fixture
def bundled(ours: Ours) -> Programme:
    """The programme of the Northgate team with the bundled toolkit."""
    return a_programme(ours.group, ours.bo, load_pack(settings.PACKS_DIR / "compassion-resilience"))


def test_a_box_that_a_form_would_send_is_noticed() -> None:
    for planted in ('<form><input data-own="a"></form>', '<input data-own="a" name="a">'):
        assert boxes(planted).sent == 1
    assert boxes('<input data-own="a" name="a" form="none"><form></form><textarea data-own="b">').sent == 0


@pytest.mark.parametrize("kind", list(REFLECTIONS))
def test_D2_3_D3_1_D4_1_D6_1_no_form_of_the_page_can_take_a_private_word_along(
    ours: Ours, programme: Programme, kind: Kind
) -> None:
    html = read(signed_in(ours.amara), page_of(programme, kind))
    found = boxes(html)
    assert found.own == len(REFLECTIONS[kind].asks) + 3 * len(REFLECTIONS[kind].statements) >= 5
    assert found.sent == 0
    assert "htmx" not in html
    assert html.count('spellcheck="false"') == len(REFLECTIONS[kind].asks)


def test_D2_3_the_policy_of_the_page_lets_no_script_send_anything(ours: Ours, programme: Programme) -> None:
    answer = signed_in(ours.amara).get(page_of(programme, "self-kindness"))
    policy = answer["Content-Security-Policy"]
    assert "connect-src 'none'" in policy
    assert "img-src 'self';" in f"{policy};"
    assert "data:" not in policy
    other = signed_in(ours.amara).get("/desk/")["Content-Security-Policy"]
    assert "connect-src 'self'" in other  # there is something that was taken away


def test_D2_3_the_script_of_the_page_has_no_way_to_send() -> None:
    script = (Path(surveys.__path__[0]) / "static/surveys/own.js").read_text()
    code = re.sub(r"^\s*//.*$", "", script, flags=re.MULTILINE)
    assert SENDS.search("fetch('/x')")
    assert SENDS.search("i.src = w")
    assert SENDS.findall(code) == []
    assert "localStorage" in code


def test_D2_3_D3_1_D6_1_no_table_could_hold_a_private_word() -> None:
    columns = {
        field.name
        for model in apps.get_app_config("surveys").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
    }
    assert columns == {"kind", "text", "audience"}  # what was shared, and nothing beside it


def test_D2_3_no_sentence_of_a_number_or_a_result_stands_on_the_page(ours: Ours, programme: Programme) -> None:
    html = read(signed_in(ours.amara), page_of(programme, "self-kindness"))
    assert "There is no number and no result" in html
    assert not re.search(r"\bscore|\bpoints\b|average|percent", html, re.IGNORECASE)


def test_D2_3_D3_1_D4_1_D6_1_the_briefing_leads_to_what_is_looked_at_alone(ours: Ours, bundled: Programme) -> None:
    client = signed_in(ours.amara)
    for asked, section in (("D2.3", 2), ("D3.1", 3), ("D4.1-hands", 4), ("D6.1", 6)):
        assert page_of(bundled, ALONE[asked]) in read(client, address(bundled, section))
    assert set(ALONE.values()) == set(REFLECTIONS)


def test_B5_what_one_would_share_is_asked_question_by_question(ours: Ours, bundled: Programme) -> None:
    a_session(bundled, ours.bo, section=2)
    client = signed_in(ours.amara)
    html = read(client, sharing(bundled, 2))
    assert boxes(html).own >= 4
    assert boxes(html).sent == 0
    assert sharing(bundled, 2) in read(client, address(bundled, 2))
    assert client.get(page_of(bundled, "sharing")).status_code == 404
    assert client.get(sharing(bundled, 99)).status_code == 404


@pytest.mark.parametrize("kind", ["nothing", "survey"])
def test_there_is_no_other_reflection(ours: Ours, programme: Programme, kind: str) -> None:
    assert signed_in(ours.amara).get(page_of(programme, kind)).status_code == 404


@pytest.mark.parametrize(
    ("audience", "readers"),
    [("facilitators", {"amara", "bo", "chi"}), ("group", {"amara", "bo", "chi", "pat"})],
)
def test_D2_3_what_is_shared_reaches_those_who_were_chosen_and_nobody_else(
    ours: Ours, theirs: Theirs, programme: Programme, audience: str, readers: set[str]
) -> None:
    words = "I speak to myself in a tone I would not allow."
    client = signed_in(ours.amara)
    assert client.post(page_of(programme, "self-kindness"), {"text": words, "audience": audience}).status_code == 302
    found = reverse("surveys.shared", kwargs={"programme_id": programme.pk})
    cast = {name: getattr(ours, name) for name in ("amara", "bo", "chi", "pat", "dee", "cole", "eve")}
    seen = {name for name, person in cast.items() if words in signed_in(person).get(found).content.decode()}
    assert seen == readers
    assert signed_in(ours.dee).get(found).status_code == 404
    assert signed_in(theirs.gil).get(found).status_code == 404
    home = signed_in(ours.pat).get("/desk/").content.decode()
    assert (found in home) == (audience == "group")

    client.post(reverse("surveys.removal", kwargs={"programme_id": programme.pk, "kind": "self-kindness"}))
    assert words not in signed_in(ours.bo).get(found).content.decode()
    assert Shared.objects.count() == 0


def test_D3_1_what_a_leader_found_and_shared_with_the_facilitators_comes_up_when_they_talk(
    ours: Ours, programme: Programme
) -> None:
    session = a_session(programme, ours.bo)
    day = A_DAY.date().replace(day=6)
    [talk] = plan_touch_bases(programme, leader=ours.amara, days={session.pk: day}, by=ours.bo)
    page = reverse("homes.touch_base", kwargs={"touch_base_id": talk.pk})
    assert "chose to share" not in read(signed_in(ours.bo), page)
    sent = {"text": "One stretch is over.", "audience": "facilitators"}
    signed_in(ours.amara).post(page_of(programme, "looking-back"), sent)
    assert "One stretch is over." in read(signed_in(ours.bo), page)


def test_sharing_needs_words_and_somebody_to_read_them_and_keeps_what_was_typed(
    ours: Ours, programme: Programme
) -> None:
    answer = signed_in(ours.amara).post(page_of(programme, "boundaries"), {"text": "I leave at five.", "audience": ""})
    assert answer.status_code == 422
    assert "I leave at five." in answer.content.decode()
    assert Shared.objects.count() == 0


def test_D6_1_whoever_takes_part_looks_at_their_own_boundaries_alone_too(
    ours: Ours, theirs: Theirs, bundled: Programme
) -> None:
    assert {ALONE[asked] for asked in ALONE_FOR_EVERYBODY} == FOR_EVERYBODY
    pat = signed_in(ours.pat)
    own = page_of(bundled, "boundaries")
    member = reverse("programmes.taking_part", kwargs={"programme_id": bundled.pk})
    read_first = reverse("programmes.share", kwargs={"programme_id": bundled.pk, "number": 6})
    for page in (member, read_first):
        assert own in read(pat, page)
    html = read(pat, own)
    found = boxes(html)
    assert (found.own, found.sent) == (len(REFLECTIONS[Kind.BOUNDARIES].asks), 0)
    assert f'href="{member}"' in html  # the way back is a page they may read
    assert "those who take part in it, facilitate it or lead it" in html  # said before the box is filled
    assert own in read(signed_in(ours.bo), read_first)
    assert own not in read(signed_in(ours.dee), read_first)  # a coordinator reads the page and is no member
    assert signed_in(ours.dee).get(own).status_code == 404
    assert signed_in(theirs.gil).get(own).status_code == 404
    for kind in set(REFLECTIONS) - FOR_EVERYBODY:
        assert pat.get(page_of(bundled, kind)).status_code == 404


@pytest.mark.parametrize(
    ("audience", "readers"),
    [("facilitators", {"bo", "chi", "pat"}), ("group", {"amara", "bo", "chi", "pat"})],
)
def test_D6_1_what_somebody_who_takes_part_shares_reaches_whom_they_chose(
    ours: Ours, programme: Programme, audience: str, readers: set[str]
) -> None:
    words = "I answer mails until five."
    sent = {"text": words, "audience": audience}
    assert signed_in(ours.pat).post(page_of(programme, "boundaries"), sent).status_code == 302
    found = reverse("surveys.shared", kwargs={"programme_id": programme.pk})
    cast = {name: getattr(ours, name) for name in ("amara", "bo", "chi", "pat", "dee", "cole", "eve")}
    seen = {name for name, person in cast.items() if words in signed_in(person).get(found).content.decode()}
    assert seen == readers
    home = reverse("programmes.programme", kwargs={"programme_id": programme.pk})
    assert found in read(signed_in(ours.bo), home)  # and facilitators and leaders find the way there
    Role.objects.filter(person=ours.pat).delete()  # what somebody shared goes with them
    assert words not in read(signed_in(ours.bo), found)


def test_another_leader_of_the_group_reads_only_what_was_shared_with_the_group(
    ours: Ours, programme: Programme
) -> None:
    second = somebody_who(Role.Kind.LEADER, "Lea", ours.group)
    signed_in(ours.amara).post(page_of(programme, "boundaries"), {"text": "At five.", "audience": "facilitators"})
    found = reverse("surveys.shared", kwargs={"programme_id": programme.pk})
    assert "At five." not in read(signed_in(second), found)
    assert "At five." not in read(signed_in(second), page_of(programme, "boundaries"))


@pytest.mark.parametrize("rows", [1, 3])
def test_what_is_shared_asks_the_same_questions_for_one_and_three(
    ours: Ours, programme: Programme, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for kind in list(REFLECTIONS)[:rows]:
        signed_in(ours.amara).post(page_of(programme, kind), {"text": "x", "audience": "group"})
    client = signed_in(ours.bo)
    with django_assert_num_queries(7):
        client.get(reverse("surveys.shared", kwargs={"programme_id": programme.pk}))
