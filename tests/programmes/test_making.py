"""A team makes the plan its own: time, makes, a proposal, what really happened, and a newer version of the toolkit."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from holdfast.curriculum.models import PackVersion
from holdfast.people.models import Person
from holdfast.programmes import actions, queries
from holdfast.programmes.making_words import in_one_line
from holdfast.programmes.models import Gathering, PlanItem, Programme, TeamMake
from holdfast.refusals import Refused
from tests.given import Ours
from tests.programmes.given import a_programme
from tests.programmes.given_making import a_later_version, an_hour, an_hour_of, load, minutes_of


@pytest.fixture
def pack(db: None) -> PackVersion:
    """The pack whose section takes an hour."""
    return load("1.0", an_hour())


@pytest.fixture
def programme(ours: Ours, pack: PackVersion) -> Programme:
    """A programme with it."""
    return a_programme(ours.group, ours.bo, pack)


@pytest.fixture
def session(ours: Ours, programme: Programme) -> Gathering:
    """A session of one hour with a plan of one hour."""
    return an_hour_of(programme, ours.bo)


def signed_in(person: Person) -> Client:
    """Return a browser of this person."""
    client = Client()
    client.force_login(person)
    return client


def at(name: str, gathering: Gathering) -> str:
    """Return an address of a session."""
    return reverse(f"programmes.{name}", kwargs={"gathering_id": gathering.pk})


def line_of(gathering: Gathering) -> str:
    """Return what the team changed, in one line."""
    return in_one_line(queries.differences_of(gathering, list(gathering.plan.order_by("position", "pk"))))


# --- time and makes ---


def test_E8_sixty_minutes_become_forty_five_by_one_press_after_the_proposal_was_read(
    ours: Ours, session: Gathering
) -> None:
    client = signed_in(ours.bo)
    html = client.get(at("plan_fit", session), {"minutes": 45}).content.decode()
    assert "The plan takes 60 minutes. With this it takes 45 minutes; nothing changes before you press." in html
    assert minutes_of(session) == {"Opening": 10, "Story": 20, "Pairs": 20, "Closing": 10}

    proposal, _lines = queries.proposal_for(session, 45)
    assert proposal.signature in html
    client.post(at("plan_fit", session), {"minutes": 45, "seen": proposal.signature})
    assert sum(minutes_of(session).values()) == 45
    session.refresh_from_db()
    assert session.budget == 45
    assert "45 minutes planned, it fits" in client.get(at("gathering", session)).content.decode()


def test_E8_the_teams_own_words_are_never_left_out_and_what_is_left_out_can_come_back(
    ours: Ours, session: Gathering
) -> None:
    story = session.plan.get(title="Story")
    actions.change_activity(story, title="Our story", prompt="Ours", minutes=20, mode="spoken", by=ours.bo)
    actions.add_activity(session, title="Tea", prompt="", minutes=10, kind="talk", mode="spoken", by=ours.bo)
    proposal, _lines = queries.proposal_for(session, 30)
    actions.make_fit(session, minutes=30, seen=proposal.signature, by=ours.bo)

    kept = minutes_of(session)
    assert {"Opening", "Our story", "Tea"} <= kept.keys()
    assert "Pairs" not in kept
    actions.put_in_from_pack(session, activity_key="pairs", by=ours.bo)
    assert minutes_of(session)["Pairs"] == 20


def test_a_proposal_that_no_longer_fits_the_plan_is_shown_anew(ours: Ours, session: Gathering) -> None:
    proposal, _lines = queries.proposal_for(session, 45)
    actions.remove_activity(session.plan.get(title="Pairs"), by=ours.bo)
    answer = signed_in(ours.bo).post(at("plan_fit", session), {"minutes": 45, "seen": proposal.signature})
    assert answer.status_code == 422
    assert "Somebody has changed the plan since this proposal was made." in answer.content.decode()
    assert minutes_of(session) == {"Opening": 10, "Story": 20, "Closing": 10}


def test_what_cannot_fit_says_how_short_it_could_be(ours: Ours, session: Gathering) -> None:
    actions.add_activity(session, title="Film", prompt="", minutes=60, kind="talk", mode="spoken", by=ours.bo)
    html = signed_in(ours.bo).get(at("plan_fit", session), {"minutes": 30}).content.decode()
    assert "it cannot be shorter than 70 minutes" in html  # the film, and both ends as short as they get
    with pytest.raises(Refused) as refused:
        actions.make_fit(session, minutes=30, seen=queries.proposal_for(session, 30)[0].signature, by=ours.bo)
    assert refused.value.code == "programmes.cannot_fit"


def test_a_time_alone_changes_no_activity_and_only_the_times_offered_are_taken(ours: Ours, session: Gathering) -> None:
    client = signed_in(ours.bo)
    client.post(at("plan_time", session), {"minutes": 45})
    html = client.get(at("gathering", session)).content.decode()
    assert "60 minutes planned, 15 minutes too long" in html
    assert "planned for 45 minutes of 60" in html
    assert client.post(at("plan_time", session), {"minutes": 46}).status_code == 404
    client.post(at("plan_time", session), {"minutes": 60})
    session.refresh_from_db()
    assert session.budget is None


def test_a_shorter_make_brings_its_minutes_and_how_to_hold_it_and_goes_back(ours: Ours, session: Gathering) -> None:
    client, story = signed_in(ours.bo), session.plan.get(title="Story")
    address = reverse("programmes.activity_make", kwargs={"item_id": story.pk})
    html = client.post(address, {"make": "short"}, headers={"HX-Request": "true"}).content.decode()
    assert "50 minutes planned" in html
    assert "Story, in short." in html
    client.post(address, {"make": "long"})
    assert minutes_of(session)["Story"] == 40
    client.post(address, {"make": ""})
    assert minutes_of(session)["Story"] == 20


def test_a_make_the_toolkit_does_not_have_is_refused(ours: Ours, session: Gathering) -> None:
    own = actions.add_activity(session, title="Tea", prompt="", minutes=10, kind="talk", mode="spoken", by=ours.bo)
    for item, make in ((own, "short"), (session.plan.get(title="Story"), "endless")):
        address = reverse("programmes.activity_make", kwargs={"item_id": item.pk})
        answer = signed_in(ours.bo).post(address, {"make": make})
        assert answer.status_code == 409
        assert "The toolkit has no such make of this activity." in answer.content.decode()


@pytest.mark.parametrize(
    ("place", "order"),
    [
        (0, ["Pairs", "Opening", "Story", "Closing"]),
        (3, ["Opening", "Story", "Closing", "Pairs"]),
        (40, ["Opening", "Story", "Closing", "Pairs"]),
    ],
)
def test_dropping_an_activity_puts_it_there(ours: Ours, session: Gathering, place: int, order: list[str]) -> None:
    address = reverse("programmes.activity_place", kwargs={"item_id": session.plan.get(title="Pairs").pk})
    signed_in(ours.bo).post(address, {"place": place})
    assert list(minutes_of(session)) == order


def test_dropping_it_nowhere_is_no_place(ours: Ours, session: Gathering) -> None:
    address = reverse("programmes.activity_place", kwargs={"item_id": session.plan.get(title="Pairs").pk})
    for place in ("", "-1", "41", "top"):
        assert signed_in(ours.bo).post(address, {"place": place}).status_code == 404


# --- the team's make ---


def test_E5_a_saved_make_says_in_one_line_what_was_changed_and_when(ours: Ours, session: Gathering) -> None:
    client = signed_in(ours.bo)
    assert line_of(session) == "As in the toolkit."
    actions.choose_make(session.plan.get(title="Story"), make="short", by=ours.bo)
    actions.remove_activity(session.plan.get(title="Pairs"), by=ours.bo)
    client.post(at("saved_make", session))
    client.post(at("saved_make", session))  # the same again adds nothing

    make = TeamMake.objects.get()
    assert (make.saved_by, make.saved_on) == (ours.bo, queries.today_at(session.programme))
    page = reverse("programmes.makes", kwargs={"programme_id": session.programme_id})
    for reader in (ours.bo, ours.amara, ours.eve):  # who evaluates reads it too
        html = signed_in(reader).get(page).content.decode()
        assert "Left out: Pairs; shorter: Story (20 → 10 min)." in html
    for other in (ours.pat, ours.cole, ours.fay):
        assert signed_in(other).get(page).status_code == 404


def test_E5_the_next_session_on_this_section_can_start_from_it(ours: Ours, session: Gathering) -> None:
    actions.choose_make(session.plan.get(title="Story"), make="short", by=ours.bo)
    actions.add_activity(session, title="Tea", prompt="?", minutes=5, kind="talk", mode="spoken", by=ours.bo)
    actions.save_make(session, by=ours.bo)
    later = an_hour_of(session.programme, ours.bo, days=7)
    client = signed_in(ours.bo)
    assert "Start from our make" in client.get(at("gathering", later)).content.decode()
    client.post(at("start_from_make", later))

    assert (
        minutes_of(later) == minutes_of(session) == {"Opening": 10, "Story": 10, "Pairs": 20, "Closing": 10, "Tea": 5}
    )
    assert "Start from our make" not in client.get(at("gathering", later)).content.decode()


def test_E2_another_teams_make_is_not_offered(ours: Ours, session: Gathering, pack: PackVersion) -> None:
    actions.save_make(session, by=ours.bo)
    theirs = an_hour_of(a_programme(ours.other_group, ours.dee, pack), ours.dee)
    assert queries.makes_of_section(session).exists()
    assert not queries.makes_of_section(theirs).exists()
    with pytest.raises(Refused) as refused:
        actions.start_from_make(theirs, by=ours.dee)
    assert refused.value.code == "programmes.no_make_yet"


def test_a_plan_of_which_something_was_held_does_not_give_way(ours: Ours, session: Gathering) -> None:
    actions.save_make(session, by=ours.bo)
    actions.choose_make(session.plan.get(title="Story"), make="short", by=ours.bo)
    actions.note_begun(session.plan.get(title="Opening"), at=session.starts_at)
    with pytest.raises(Refused) as refused:
        actions.start_from_make(session, by=ours.bo)
    assert refused.value.code == "programmes.already_held_in_part"
    assert minutes_of(session)["Story"] == 10


# --- what really happened ---


def test_E5_plan_and_record_are_one_what_was_held_takes_its_minutes_and_the_rest_was_left_out(
    ours: Ours, session: Gathering
) -> None:
    began = session.starts_at
    actions.note_begun(session.plan.get(title="Opening"), at=began)
    actions.note_begun(session.plan.get(title="Story"), at=began + timedelta(minutes=12, seconds=40))
    actions.note_begun(session.plan.get(title="Opening"), at=began + timedelta(minutes=30))  # taken up again
    actions.note_over(session, at=began + timedelta(minutes=33))
    actions.note_end(session, at=began + timedelta(minutes=59))

    took = {item.title: (item.came, item.took) for item in session.plan.all()}
    assert took == {
        "Opening": ("held", 16), "Story": ("held", 17), "Pairs": ("skipped", None), "Closing": ("skipped", None),
    }  # fmt: skip
    html = signed_in(ours.bo).get(at("gathering", session)).content.decode()
    assert "really taken: 33 minutes" in html
    assert "left out" in html


def test_an_activity_nobody_ended_for_hours_has_no_minutes_rather_than_wrong_ones(
    ours: Ours, session: Gathering
) -> None:
    actions.note_begun(session.plan.get(title="Opening"), at=session.starts_at)
    actions.note_over(session, at=session.starts_at + timedelta(hours=9))
    item = session.plan.get(title="Opening")
    assert (item.came, item.took, item.began_at) == ("held", None, None)


def test_a_session_held_without_a_network_is_written_by_hand(ours: Ours, session: Gathering) -> None:
    client, keys = signed_in(ours.bo), {item.title: item.pk for item in session.plan.all()}
    sent = {f"came-{keys['Opening']}": "held", f"took-{keys['Story']}": "25", f"came-{keys['Pairs']}": "skipped"}
    assert client.post(at("record", session), sent).status_code == 302
    took = {item.title: (item.came, item.took) for item in session.plan.all()}
    assert took == {"Opening": ("held", None), "Story": ("held", 25), "Pairs": ("skipped", None), "Closing": ("", None)}

    answer = client.post(at("record", session), {**sent, f"took-{keys['Pairs']}": "7"})
    assert answer.status_code == 422
    assert "What was left out took no time." in answer.content.decode()
    assert 'value="25"' in answer.content.decode()  # what was typed stays


# --- on paper ---


@pytest.mark.parametrize(("size", "points"), [("a4", (595, 842)), ("us-letter", (612, 792))])
def test_E4_the_run_sheet_on_paper_has_the_clock_of_the_place_and_everything_to_hold_it_by(
    ours: Ours, session: Gathering, size: str, points: tuple[int, int]
) -> None:
    actions.choose_make(session.plan.get(title="Story"), make="short", by=ours.bo)
    actions.add_circle_agreement(session.programme, text="Everybody may pass.", by=ours.bo)
    answer = signed_in(ours.amara).get(at("run_sheet_on_paper", session), {"size": size})
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(page.extract_text() for page in pages)
    said = ("15:30", "15:40", "15:50", "Opening", "What about story?", "Story, in short.", "Spoken", "Notes", "Library")
    assert [words for words in (*said, "Everybody may pass.", "Northgate team") if words not in text] == []
    assert tuple(round(float(n)) for n in pages[0].mediabox.upper_right) == points


def test_no_word_of_a_plan_is_an_instruction_to_the_typesetter(ours: Ours, session: Gathering) -> None:
    evil = '#panic("x") $ \\ *bold* <label> "quoted" // gone'
    item = session.plan.get(title="Story")
    actions.change_activity(item, title=evil, prompt=evil, minutes=5, mode="spoken", by=ours.bo)
    answer = signed_in(ours.bo).get(at("run_sheet_on_paper", session))
    assert '#panic("x")' in " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


# --- a newer version of the toolkit ---


def test_E6_a_programme_stays_on_its_version_and_says_what_a_newer_one_would_change(
    ours: Ours, session: Gathering
) -> None:
    client, programme = signed_in(ours.bo), session.programme
    page = reverse("programmes.programme", kwargs={"programme_id": programme.pk})
    assert "A newer version" not in client.get(page).content.decode()
    a_later_version()
    assert "This programme stays on version 1.0." in client.get(page).content.decode()
    assert "A newer version" not in signed_in(ours.amara).get(page).content.decode()  # it is not hers to decide

    news = reverse("programmes.newer_toolkit", kwargs={"programme_id": programme.pk})
    html = client.get(news).content.decode()
    for words in ("New: Song", "Changed: Story", "No longer there: Pairs", "Pairs: stays in the plan, as your own."):
        assert words in html
    assert minutes_of(session) == {"Opening": 10, "Story": 20, "Pairs": 20, "Closing": 10}


def test_E6_going_over_keeps_what_the_team_changed_and_what_was_held(ours: Ours, session: Gathering) -> None:
    programme = session.programme
    held = an_hour_of(programme, ours.bo, days=1)
    actions.note_begun(held.plan.get(title="Opening"), at=held.starts_at)
    closing = session.plan.get(title="Closing")
    actions.change_activity(closing, title="Farewell", prompt="Bye?", minutes=10, mode="spoken", by=ours.bo)
    newer = a_later_version()
    address = reverse("programmes.newer_toolkit", kwargs={"programme_id": programme.pk})
    signed_in(ours.bo).post(address, {"to": newer.pk})

    programme.refresh_from_db()
    assert programme.pack == newer
    assert minutes_of(session) == {"Opening": 10, "Story": 16, "Pairs": 20, "Farewell": 10}
    assert session.plan.get(title="Story").prompt == "What do you carry?"
    assert session.plan.get(title="Pairs").activity_key == ""
    assert minutes_of(held) == {"Opening": 10, "Story": 20, "Pairs": 20, "Closing": 10}
    html = signed_in(ours.bo).get(at("gathering", session)).content.decode()
    assert "Song" in html  # waits under “Also in the toolkit”


def test_E6_two_who_go_over_at_once_and_an_older_version_are_told_kindly(ours: Ours, session: Gathering) -> None:
    newer = a_later_version()
    address = reverse("programmes.newer_toolkit", kwargs={"programme_id": session.programme_id})
    client = signed_in(ours.bo)
    assert client.post(address, {"to": "1"}).status_code == 409
    assert client.post(address, {"to": newer.pk}).status_code == 302
    again = client.post(address, {"to": newer.pk})
    assert again.status_code == 409
    assert "or the programme is on it already" in again.content.decode()


def test_E6_a_group_that_began_the_newer_version_already_does_not_go_over_with_the_older(
    ours: Ours, session: Gathering
) -> None:
    newer = a_later_version()
    a_programme(ours.group, ours.bo, newer)
    with pytest.raises(Refused) as refused:
        actions.switch_toolkit(session.programme, to=newer, by=ours.bo)
    assert refused.value.code == "programmes.already_started"
    assert minutes_of(session)["Story"] == 20


def test_E2_a_make_from_an_older_version_keeps_what_the_newer_no_longer_has(ours: Ours, session: Gathering) -> None:
    actions.choose_make(session.plan.get(title="Story"), make="short", by=ours.bo)
    actions.save_make(session, by=ours.bo)
    next_year = an_hour_of(a_programme(ours.group, ours.bo, a_later_version()), ours.bo, days=365)
    actions.start_from_make(next_year, by=ours.bo)
    assert minutes_of(next_year) == {"Opening": 10, "Story": 10, "Pairs": 20, "Closing": 10}
    assert next_year.plan.get(title="Pairs").activity_key == ""


@pytest.mark.parametrize("rows", [1, 3])
def test_the_new_pages_ask_the_same_questions_for_one_row_and_three(
    ours: Ours, session: Gathering, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        actions.choose_make(session.plan.get(title="Story"), make=("short", "long", "")[number], by=ours.bo)
        actions.save_make(session, by=ours.bo)
    PlanItem.objects.filter(gathering=session, position__gt=rows).delete()
    queries.content_of(session.programme)
    client = signed_in(ours.bo)
    with django_assert_num_queries(7):
        client.get(reverse("programmes.makes", kwargs={"programme_id": session.programme_id}))
    with django_assert_num_queries(7):
        client.get(at("plan_fit", session), {"minutes": 45})
    with django_assert_num_queries(5):
        client.get(at("run_sheet_on_paper", session))
