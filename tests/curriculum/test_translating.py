"""A pack speaks other languages by catalogues in its folder; each is checked, kept up and counted."""

import io
from pathlib import Path

import polib
import pytest
from django.utils import translation

from holdfast.curriculum.actions import load_pack
from holdfast.curriculum.checking import check_pack, write_strings
from holdfast.curriculum.pack import Section
from holdfast.curriculum.queries import pack_of
from holdfast.curriculum.reading import read_pack
from tests.curriculum.given import PACK, SECTION, line_with, problems, write

SPANISH = {
    "How are you?": "¿Cómo estás?",
    "First line and the rest of it.\n\nSecond paragraph.": "Primera línea.\n\nSegundo párrafo.",
    "See how {people} are.": "Mira cómo están {people}.",
    "children": "las niñas y los niños",
}


def strings(folder: Path, language: str = "es") -> tuple[int, str]:
    out = io.StringIO()
    return write_strings(folder, language, out), out.getvalue()


def catalogue(folder: Path) -> Path:
    return folder / "translations" / "es.po"


def translate(folder: Path, texts: dict[str, str] = SPANISH) -> Path:
    """Write a small pack with its catalogue, and translate a few of its texts as a translator would."""
    strings(write(folder))
    file = polib.pofile(str(catalogue(folder)))
    for source, target in texts.items():
        entry = file.find(source)
        assert entry is not None, source
        entry.msgstr = target
    file.save()
    return folder


def section(folder: Path, *, setting: str = "elsewhere", language: str | None = None) -> Section:
    found = pack_of(load_pack(folder), setting=setting, language=language).section(1)
    assert found is not None
    return found


def test_every_text_is_written_out_once_with_where_it_stands(tmp_path: Path) -> None:
    code, said = strings(write(tmp_path))
    assert code == 0
    file = polib.pofile(str(catalogue(tmp_path)))
    entry = file.find("How are you?")
    assert entry is not None
    assert entry.comment == "01-why.toml activities circle prompt"
    assert f"{len(file)} texts are in {catalogue(tmp_path)}." in said
    texts = {one.msgid for one in file}
    assert {"A small pack", "See how {people} are.", "children", "The printer.", "Ask a child."} <= texts
    assert not texts & {"small", "talk", "CC0", "Somebody", "D1.1"}  # keys, words of the format and names stay
    assert len(texts) == len(file)


def test_a_second_writing_keeps_what_is_translated_and_sets_aside_what_is_gone(tmp_path: Path) -> None:
    translate(tmp_path)
    changed = SECTION.replace("How are you?", "How are you all?").replace("Second paragraph", "Another end")
    write(tmp_path, sections={"01-why.toml": changed})
    assert {problem.code for problem in problems(tmp_path)} == {"stale_translation"}
    assert strings(tmp_path)[0] == 0
    again = polib.pofile(str(catalogue(tmp_path)))
    kept, near = again.find("See how {people} are."), again.find("How are you all?")
    assert kept is not None
    assert near is not None
    assert kept.msgstr == SPANISH["See how {people} are."]
    assert (near.msgstr, near.fuzzy) == ("¿Cómo estás?", True)  # offered, not used until somebody looks at it
    assert "How are you?" in {entry.msgid for entry in again.obsolete_entries()}
    assert strings(tmp_path)[0] == 0
    assert polib.pofile(str(catalogue(tmp_path))) == again


@pytest.mark.django_db
def test_the_active_language_decides_and_what_is_not_translated_stays(tmp_path: Path) -> None:
    translate(tmp_path)
    with translation.override("es"):
        spanish = section(tmp_path)
    assert spanish.activities[0].prompt == "¿Cómo estás?"
    assert spanish.concept == "Primera línea.\n\nSegundo párrafo."
    assert spanish.activities[0].purpose == "To begin."
    assert section(tmp_path, language="es-mx") == spanish
    assert section(tmp_path, language="fr").activities[0].prompt == "How are you?"


@pytest.mark.django_db
def test_E6_the_words_of_a_setting_are_put_into_the_translated_text(tmp_path: Path) -> None:
    share = section(translate(tmp_path), setting="schools", language="es").share
    assert share is not None
    assert share.parts[0].text == "Mira cómo están las niñas y los niños."


@pytest.mark.django_db
def test_a_translation_belongs_to_the_version(tmp_path: Path) -> None:
    first = load_pack(write(tmp_path)).digest
    translate(tmp_path)
    assert read_pack(tmp_path).digest != first


def test_check_says_how_much_is_missing_and_who_has_read_it(tmp_path: Path) -> None:
    translate(tmp_path)
    out = io.StringIO()
    assert check_pack(tmp_path, out) == 0
    total = len(read_pack(tmp_path).sentences)
    line = f"es: 4 of {total} texts are translated. It still needs a reader who grew up with the language."
    assert line in out.getvalue().splitlines()
    file = polib.pofile(str(catalogue(tmp_path)))
    file.metadata["X-Native-Reader"] = "Inés"
    file.save()
    out = io.StringIO()
    check_pack(tmp_path, out)
    assert f"es: 4 of {total} texts are translated. Read by Inés." in out.getvalue().splitlines()


WRONG = [
    ("How are you?", "How were you?", "stale_translation", "How were you?", "“holdfast pack strings”"),
    ("Mira cómo están {people}.", "Mira cómo están.", "wording_lost", "See how {people}", "Write {people} where"),
    ("cómo están {people}", "{people} {gente}", "no_such_wording", "See how {people}", "curly brackets"),
    ("¿Cómo estás?", "a\\bb", "control_character", 'msgid "How are you?"', "cannot be seen"),
    ('msgid "How are you?"', 'msgd "How are you?"', "not_a_catalogue", 'msgd "How', "missing quote"),
    ('msgstr "¿Cómo estás?"', 'msgstr "¿Cómo "estás"', "not_a_catalogue", "¿Cómo", "missing quote"),
    ("las niñas y los niños", "x" * 121, "text_too_long", 'msgid "children"', "at most 120"),
    ('msgid "Listen."', 'msgid "How are you?"', "repeated", 'msgid "How are you?"@2', "used twice"),
]


@pytest.mark.parametrize(("old", "new", "code", "marked", "says"), WRONG)
def test_what_is_wrong_in_a_catalogue_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, code: str, marked: str, says: str
) -> None:
    file = catalogue(translate(tmp_path))
    assert problems(tmp_path) == []  # as it was, it is sound
    text = file.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    part, _, occurrence = marked.partition("@")
    line = line_with(text, part, occurrence=int(occurrence or 1))
    wanted = [problem for problem in problems(tmp_path) if problem.code == code]
    assert ("translations/es.po", line) in [(problem.file, problem.line) for problem in wanted]
    assert any(says in f"{problem.what} {problem.next}" for problem in wanted)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("es.po", b"# caf\xe9\n", "not_utf8"),
        ("es.mo", b"", "not_a_translation_name"),
        ("Spanish.po", b"", "not_a_translation_name"),
        ("es.po", b'msgid "a"\nmsgstr[x] "b"', "not_a_catalogue"),
        ("es.po", b"#~ ", "not_a_catalogue"),
        ("es.po", b'msgid "' + b"x" * 5000, "line_too_long"),
    ],
)
def test_files_nobody_meant_are_told(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (write(tmp_path) / "translations").mkdir()
    (tmp_path / "translations" / name).write_bytes(content)
    assert code in {problem.code for problem in problems(tmp_path)}


def test_an_empty_catalogue_translates_nothing_and_is_no_problem(tmp_path: Path) -> None:
    (write(tmp_path) / "translations").mkdir()
    catalogue(tmp_path).write_bytes(b"")
    assert problems(tmp_path) == []


def test_strings_are_not_written_for_a_broken_pack_or_a_language_that_is_none(tmp_path: Path) -> None:
    write(tmp_path, pack=PACK.replace('"1.0"', '"one"'))
    code, said = strings(tmp_path)
    assert (code, catalogue(tmp_path).exists()) == (1, False)
    assert "pack.toml:3:" in said
    code, said = strings(write(tmp_path), "../es")
    assert (code, list(tmp_path.glob("translations/*"))) == (1, [])
    assert "is not the code of a language" in said
