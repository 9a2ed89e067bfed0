"""Every component draws what it was given, safely, and refuses what it does not know."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.template import Context, TemplateSyntaxError, engines
from django.template.backends.django import DjangoTemplates
from django.utils import timezone

from holdfast.web.pathway import Step, StepState
from holdfast.web.templatetags import ui

EVENING = datetime(2031, 3, 12, 20, 30, tzinfo=UTC)


class Question(forms.Form):
    """Some of everything one can ask."""

    name = forms.CharField(label="Name", help_text="As people call you.")
    mail = forms.EmailField(label="E-mail address", required=False)
    mode = forms.ChoiceField(label="How", choices=[("a", "Spoken"), ("b", "Written")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="I have read it.")
    seen_by = {"name": "Your group will see it."}


def draw(text: str, **given: object) -> str:
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)
    return engine.engine.from_string(text).render(Context(given))


SAMPLES = {
    "status": ('{% status label="saved" tone="done" %}', 'data-tone="done"'),
    "minutes": ("{% minutes 12 %}", "12 minutes"),
    "when": ('{% when evening "America/Chicago" %}', "15:30 (Chicago)"),
    "day": ("{% day today %}", "<time datetime="),
    "opening": ('{% opening title="Good evening." %}<p>Now.</p>{% endopening %}', "<h1>Good evening.</h1>"),
    "card": ('{% card title="Two for you" kicker="Waiting" tone="waiting" %}x{% endcard %}', "<h2"),
    "cards": ("{% cards %}x{% endcards %}", 'class="cards"'),
    "notice": ('{% notice title="Nobody can." %}x{% endnotice %}', 'data-tone="info"'),
    "empty": ('{% empty title="Nothing yet." %}x{% endempty %}', "Nothing yet."),
    "table": ('{% table caption="Who came" %}<tbody></tbody>{% endtable %}', "<caption>Who came</caption>"),
    "facts": ('{% facts %}{% fact term="Place" %}Here{% endfact %}{% endfacts %}', "<dt>Place</dt><dd>Here</dd>"),
    "fact": ('{% fact term="Place" %}Here{% endfact %}', "<dt>Place</dt>"),
    "path": ("{% path steps=steps %}", 'aria-current="step"'),
    "winding_path": ('{% winding_path steps=steps label="Two held" %}', 'role="img" aria-label="Two held"'),
    "help_card": ('{% help_card text="Ask Bo." checked_on=today %}', "Ask Bo."),
    "button": ('{% button label="Save" weight="main" %}', 'data-weight="main"'),
    "link_button": ('{% link_button label="Open" href="/x/" %}', 'href="/x/"'),
    "act": ('{% act label="Open" url="/x/" %}', "csrfmiddlewaretoken"),
    "confirm": ('{% confirm label="End" url="/x/" question="Sure?" yes="Yes" %}', "<summary"),
    "field": ("{% field bound=form.name %}", 'aria-describedby="id_name_hint id_name_seen"'),
    "error_summary": ("{% error_summary form=wrong %}", 'href="#id_name"'),
    "form_fields": ("{% form_fields form=form %}", "<legend"),
    "form": ('{% form form=form submit="Save" %}', ">Save</button>"),
    "languages": ("{% languages %}", '<a href="?language=es" lang="es" hreflang="es">Español</a>'),
    "language_in_links": ("{% language_in_links %}", ""),
    "navigation": ("{% navigation as places %}{{ places|length }}", "0"),
}


def given() -> dict[str, object]:
    steps = [
        Step(1, "Why", StepState.DONE, "/1/"),
        Step(2, "Compass", StepState.NOW),
        Step(3, "Cycle", StepState.AHEAD),
    ]
    return {
        "evening": EVENING,
        "today": date(2031, 3, 12),
        "steps": steps,
        "form": Question(),
        "wrong": Question({"mail": "nobody"}),
        "csrf_token": "a-token",
    }


def test_every_component_has_a_sample_here() -> None:
    assert set(SAMPLES) == set(ui.register.tags)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_component_draws_what_it_was_given(name: str) -> None:
    text, expected = SAMPLES[name]
    assert expected in draw(text, **given())


@pytest.mark.parametrize("name", [name for name in SAMPLES if name not in {"cards", "facts", "navigation"}])
def test_a_wrong_argument_fails_when_the_template_compiles(name: str) -> None:
    draw(SAMPLES[name][0], **given())  # right arguments compile
    wrong = SAMPLES[name][0].replace(f"{{% {name} ", f"{{% {name} colour=1 ", 1)
    with pytest.raises(TemplateSyntaxError):
        draw(wrong)


def test_every_drawing_belongs_to_a_component() -> None:
    source = Path(ui.__file__).read_text(encoding="utf-8")
    drawings = list((Path(ui.__file__).parents[1] / "templates/ui").glob("*.html"))
    assert len(drawings) > 10
    named = [path.stem for path in drawings if path.stem != "form_field"]  # drawn by the form renderer
    assert [name for name in named if f'ui/{name}.html"' not in source and f'_block("{name}"' not in source] == []


@pytest.mark.parametrize("text", ['{% status label="x" tone="red" %}', '{% button label="x" weight="huge" %}'])
def test_a_tone_or_weight_nobody_knows_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="is not a valid"):
        draw(text)


@pytest.mark.parametrize(
    "text",
    [
        "{% status label=said %}",
        "{% opening title=said %}{{ said }}{% endopening %}",
        "{% card title=said kicker=said aside=said %}{{ said }}{% endcard %}",
        "{% notice title=said %}{{ said }}{% endnotice %}",
        "{% fact term=said %}{{ said }}{% endfact %}",
        "{% help_card text=said danger_contact=said %}",
        "{% confirm label=said url=said question=said yes=said %}",
    ],
)
def test_what_people_typed_stays_text(text: str) -> None:
    drawn = draw(text, said="<b>'\"&")
    assert "&lt;b&gt;" in drawn
    assert "<b>" not in drawn


def test_a_moment_is_told_in_the_zone_of_its_site() -> None:
    assert "Wednesday 12 March 2031, 15:30–17:00 (Chicago)" in str(
        ui.when(EVENING, "America/Chicago", until=datetime(2031, 3, 12, 22, 0, tzinfo=UTC))
    )
    assert "Thursday 13 March 2031, 05:30 (Tokyo)" in str(ui.when(EVENING, "Asia/Tokyo"))


def test_the_year_is_said_only_when_it_is_another() -> None:
    this_year = timezone.localdate().year
    assert str(this_year) not in str(ui.day(date(this_year, 3, 12))).split(">", 1)[1]
    assert str(this_year + 1) in str(ui.day(date(this_year + 1, 3, 12))).split(">", 1)[1]


def test_a_form_says_what_is_wrong_and_leads_there() -> None:
    drawn = draw("{% form form=wrong submit='Save' %}", **given())
    assert 'role="alert"' in drawn
    for key in ("id_name", "id_mail", "id_agreed", "id_mode"):
        assert f'href="#{key}' in drawn
        assert f'id="{key}_error"' in drawn
    assert 'aria-describedby="id_name_hint id_name_seen id_name_error"' in drawn
    assert drawn.count('aria-invalid="true"') >= 3


def test_every_link_of_an_error_summary_leads_to_something() -> None:
    drawn = draw("{% form form=wrong submit='Save' %}", **given())
    targets = re.findall(r'href="#([^"]+)"', drawn)
    assert len(targets) == 4
    assert [target for target in targets if f'id="{target}"' not in drawn] == []


def test_a_form_that_is_right_so_far_has_no_summary() -> None:
    drawn = draw("{% form form=form submit='Save' %}", **given())
    assert 'role="alert"' not in drawn
    assert "(if you like)" in drawn


def test_forms_drawn_by_their_own_use_the_same_boxes() -> None:
    assert 'class="field"' in str(Question())
    assert 'class="field"' in Question()["name"].as_field_group()
