"""What leadership prepares for everybody: relief at each place, common words for the steps, a card for talks."""

import io
import re

import pytest
from django.conf import settings
from django.urls import reverse
from pypdf import PdfReader

from holdfast.curriculum.actions import load_pack
from holdfast.programmes.models import Programme, Relief, StepAtHome
from holdfast.programmes.queries import content_of, today_at
from holdfast.report_back.models import Concern
from tests.given import Ours
from tests.programmes.given import a_programme
from tests.programmes.test_briefing import address, read
from tests.programmes.test_leading import signed_in


@pytest.fixture
def bundled(ours: Ours) -> Programme:
    """The programme of the Northgate team with the bundled toolkit."""
    return a_programme(ours.group, ours.bo, load_pack(settings.PACKS_DIR / "compassion-resilience"))


def page(programme: Programme, name: str) -> str:
    """Return the address of one of the pages."""
    return reverse(name, kwargs={"programme_id": programme.pk})


def handed_over(programme: Programme, wording: str) -> None:
    """Something the group handed to its leaders."""
    Concern.objects.create(
        programme=programme, wording=wording, position=1, handed_over_on=today_at(programme),
        due_on=today_at(programme),
    )  # fmt: skip


def test_D3_2_relief_is_planned_for_each_place_with_a_name_and_a_day(ours: Ours, bundled: Programme) -> None:
    client, relief = signed_in(ours.amara), page(bundled, "homes.relief")
    places = [part.key for part in content_of(bundled).model("fatigue-cycle").parts]  # type: ignore[union-attr]
    assert places == ["zealot", "irritability", "withdrawal", "numb"]
    html = read(client, relief)
    assert all(f'id="{place}"' in html for place in places)
    assert "Mend one small, annoying thing each month" in html  # the toolkit's ideas

    assert client.post(relief, {"text0": "Say what is good enough."}).status_code == 422
    sent = {
        "text0": "Say what is good enough.",
        "who0": "Amara",
        "due0": "2031-04-03",
        "text2": "Two on it.",
        "who2": "Bo",
    }
    assert client.post(relief, sent).status_code == 302
    planned = {one.place: (one.text, one.who) for one in Relief.objects.all() if one.text}
    assert planned == {"zealot": ("Say what is good enough.", "Amara"), "withdrawal": ("Two on it.", "Bo")}
    assert "Say what is good enough." in read(client, relief)


def test_D3_2_the_plan_is_looked_at_again_beside_what_section_4_brought(ours: Ours, bundled: Programme) -> None:
    client, relief = signed_in(ours.amara), page(bundled, "homes.relief")
    assert 'name="again"' not in read(client, relief)
    handed_over(bundled, "Cover with no notice.")
    html = read(client, relief)
    assert "Cover with no notice." in html
    assert 'name="again"' in html
    client.post(relief, {"text0": "x", "who0": "Amara", "again": "on"})
    assert set(Relief.objects.values_list("looked_again_on", flat=True)) == {today_at(bundled)}
    assert "Looked at again on" in read(client, relief)
    client.post(relief, {"text0": "y", "who0": "Amara"})  # a later change does not undo that they looked
    assert set(Relief.objects.values_list("looked_again_on", flat=True)) == {today_at(bundled)}


def test_D3_2_nothing_says_or_could_say_how_many_people_are_at_a_place(ours: Ours, bundled: Programme) -> None:
    columns = {field.name: field.get_internal_type() for field in Relief._meta.concrete_fields}
    assert set(columns) == {"id", "programme", "place", "text", "who", "due_on", "looked_again_on"}
    html = read(signed_in(ours.amara), page(bundled, "homes.relief"))
    main = re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")])
    said = [word for word in re.findall(r"\b\d+\b", main) if word != "4"]  # section 4
    assert said == []


def test_D1_2_the_team_maps_the_steps_to_earlier_training_and_says_what_common_words_would_change(
    ours: Ours, bundled: Programme
) -> None:
    steps = page(bundled, "programmes.steps")
    html = read(signed_in(ours.bo), steps)
    model = content_of(bundled).model("compassionate-action-steps")
    assert model is not None
    assert len(model.parts) == 6
    assert all(part.label in html for part in model.parts)
    sent = {"known0": "The training on hard talks", "change0": "We would all say “notice” in the handover."}
    assert signed_in(ours.bo).post(steps, sent).status_code == 302
    assert StepAtHome.objects.get(step="notice").known_from == "The training on hard talks"
    leader = signed_in(ours.amara)
    html = read(leader, steps)
    assert "The training on hard talks" in html
    assert "We would all say" in html
    assert leader.post(steps, sent).status_code == 404  # the facilitation team writes it
    assert steps in read(leader, address(bundled, 1))


def test_D6_2_the_supervision_card_has_the_questions_and_the_sentence_for_the_room_and_prints(
    ours: Ours, bundled: Programme
) -> None:
    client, card = signed_in(ours.amara), page(bundled, "programmes.supervision_card")
    html = read(client, card)
    section = content_of(bundled).section(6)
    assert section is not None
    sentence = next(words for words in section.words if words.who == "leader")
    assert "never used in an appraisal" in html
    assert "Which expectation is behind it?" in html
    assert sentence.title in html
    assert card in read(client, address(bundled, 6))
    for size in ("a4", "us-letter"):
        answer = client.get(f"{page(bundled, 'programmes.supervision_card_on_paper')}?size={size}")
        pdf = PdfReader(io.BytesIO(answer.content))
        text = " ".join(pdf.pages[0].extract_text().split())
        assert len(pdf.pages) == 1
        assert "What matters to you this season?" in text
        assert "To say once in the room" in text


def test_D6_2_a_toolkit_without_a_card_has_no_page_for_it(ours: Ours, programme: Programme) -> None:
    assert signed_in(ours.amara).get(page(programme, "programmes.supervision_card")).status_code == 404
