"""A folder becomes a whole pack, or a list of problems that each name a file, a line and what to do."""

import os
import shutil
from pathlib import Path

import pytest

from holdfast.curriculum.messages import PROBLEMS
from holdfast.curriculum.pack import Kind
from holdfast.curriculum.reading import LARGEST_FILE, read_pack
from tests.curriculum.given import PACK, SECTION, line_with, problems, write

IN_ALL_SETTINGS = 'schools = "x"\nhealth = "x"\nelsewhere = "x"\n'
SECTION_FILE = "sections/01-why.toml"


def test_a_sound_folder_becomes_a_pack(tmp_path: Path) -> None:
    reading = read_pack(write(tmp_path))
    assert reading.problems == ()
    assert reading.pack is not None
    section = reading.pack.section(1)
    assert section is not None
    assert section.concept == "First line and the rest of it.\n\nSecond paragraph."
    assert [(a.key, a.kind) for a in section.plan] == [("circle", Kind.TALK), ("notes", Kind.GATHER)]
    assert section.plan[1].columns[0].for_plan() == {
        "key": "drains",
        "label": "Drains",
        "hint": "Anything",
        "tone": "drains",
    }


def test_the_digest_changes_with_any_byte_of_any_file(tmp_path: Path) -> None:
    first = read_pack(write(tmp_path)).digest
    assert len(first) == 64
    assert read_pack(tmp_path).digest == first
    write(tmp_path, sections={"01-why.toml": SECTION + "# a remark\n"})
    assert read_pack(tmp_path).digest != first


def test_files_may_have_windows_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / SECTION_FILE).write_bytes(b"\xef\xbb\xbf" + SECTION.replace("\n", "\r\n").encode())
    assert problems(tmp_path) == []


WRONG = [
    # what to write instead of what, in the section; the code; the words that mark the line; what the problem says
    ('title = "Circle"\n', 'titel = "Circle"\n', "unknown_field", "titel", "Did you mean “title”?"),
    ('title = "Circle"\n', "", "missing_field", "[[activities]]", 'Add title = "…".'),
    ("minutes = 10", "minutes = 0", "out_of_range", "minutes = 0", "from 1 to 240"),
    ("minutes = 10", "minutes = 241", "out_of_range", "minutes = 241", "from 1 to 240"),
    ("minutes = 10", 'minutes = "10"', "wrong_type", 'minutes = "10"', "a whole number without quotes"),
    ("minutes = 10", "minutes = true", "wrong_type", "minutes = true", "a whole number"),
    ('kind = "talk"', 'kind = "tlak"', "unknown_word", "tlak", "Did you mean “talk”?"),
    ('kind = "talk"', 'kind = "xyz"', "unknown_word", "xyz", "check_in, condense, sort"),
    ('mode = "unnamed"', 'mode = "anonymous"', "unknown_word", "anonymous", "spoken, named, unnamed, scribe"),
    ('mode = "unnamed"', 'mode = "spoken"', "gather_is_written", 'mode = "spoken"@2', "people write"),
    ('mode = "spoken"', 'mode = "scribe"', "talk_is_spoken", 'mode = "scribe"', "people speak"),
    ('key = "notes"', 'key = "circle"', "repeated", 'key = "circle"@2', "used twice"),
    ('key = "notes"', 'key = "My Notes"', "wrong_form", "My Notes", "small letters"),
    ('title = "Circle"', 'title = "  "', "empty_text", "  ", "says nothing"),
    ('title = "Circle"', f'title = "{"x" * 121}"', "text_too_long", "xxx", "at most 120"),
    ('title = "Circle"', 'title = "a\\u0000b"', "control_character", "u0000", "cannot be seen"),
    ('steps = ["Ask.", "Listen."]', "steps = []", "too_few", "steps = []", "at least 1"),
    ('steps = ["Ask.", "Listen."]', "steps = 'Ask.'", "wrong_type", "steps = 'Ask.'", "a list"),
    ('steps = ["Ask.", "Listen."]', 'steps = [\n"Ask.",\n7]', "wrong_type", "7]", "steps 2"),
    ("minutes = 5", "minutes = 10", "short_is_not_shorter", "minutes = 10@2", "fewer than 10"),
    ("[activities.short]", "[activities.long]", "long_is_not_longer", "minutes = 5", "more than 10"),
    ('tone = "drains"', 'tone = "drain"', "unknown_word", 'tone = "drain"', "“drains”"),
    ('everywhere = ["The printer."]', 'anywhere = ["x"]', "unknown_field", "anywhere", "“everywhere”"),
    ('consideration = "D1.1"', 'consideration = "D9"', "no_such_consideration", "D9", "D1.1"),
    ('key = "C7"', 'key = "C6"', "component_missing", "number = 1", "C7"),
    ('key = "C7"', 'key = "C8"', "unknown_word", "C8", "C1, C2"),
    ("number = 1", "number = 2", "number_is_not_in_name", "number = 2", "Make the two the same"),
    ("number = 1", "number = 1\nnumber = 1", "written_twice", "number = 1@2", "second time"),
    ("minutes = 12", "minutes = 240", "plan_too_long", "[[activities]]", "250 minutes"),
    ('aim = "To know why."', 'aim = "To know why.', "not_toml", "aim", "missing quote"),
    ('layout = "steps"', 'layout = "lines"', "layout_without_lines", "layout", 'lines = ["'),
    ('layout = "steps"', 'layout = "steps"\nlines = ["a", "b", "c"]', "lines_without_layout", "lines =", "“lines”"),
    ('model = "steps"\n', "", "visual_without_model", "layout", 'Add model = "'),
    ('model = "steps"', 'model = "stepz"', "no_such_model", "stepz", "Did you mean “steps”?"),
    ('layout = "steps"', 'layout = "compass"', "compass_has_four", "model =", "four directions"),
    ('layout = "steps"', 'layout = "circle"', "unknown_word", 'layout = "circle"', "Did you mean “cycle”?"),
    ("how {people} are", "how {peple} are", "no_such_wording", "{peple}", "Did you mean “people”?"),
    ("how {people} are", "how {} are", "no_such_wording", "{}", "take the curly brackets away"),
    ("Ask a child", "Ask a {child}", "no_such_wording", "Ask a {child}", "prompts 1"),
    ('prompts = ["Ask a child."]', "prompts = []", "too_few", "prompts", "at least 1"),
    ("[activities.short]\n", "[[activities.short]]\n", "wrong_type", "[[activities.short]]", "a table"),
]


@pytest.mark.parametrize(("old", "new", "code", "marked", "says"), WRONG)
def test_what_is_wrong_in_a_section_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, code: str, marked: str, says: str
) -> None:
    assert old in SECTION
    text = SECTION.replace(old, new, 1)
    found = problems(write(tmp_path, sections={"01-why.toml": text}))
    part, _, occurrence = marked.partition("@")
    line = line_with(text, part, occurrence=int(occurrence or 1))
    wanted = [problem for problem in found if problem.code == code]
    assert (SECTION_FILE, line) in [(problem.file, problem.line) for problem in wanted], found
    assert any(says in f"{problem.what} {problem.next}" for problem in wanted)


def test_every_activity_out_of_the_plan_is_noticed(tmp_path: Path) -> None:
    text = SECTION.replace('mode = "spoken"', 'mode = "spoken"\nin_plan = false')
    text = text.replace('mode = "unnamed"', 'mode = "unnamed"\nin_plan = false')
    assert [p.code for p in problems(write(tmp_path, sections={"01-why.toml": text}))] == ["nothing_in_plan"]


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.TALK, Kind.GATHER}))
def test_every_kind_may_be_in_the_plan(tmp_path: Path, kind: str) -> None:
    text = SECTION.replace('kind = "talk"', f'kind = "{kind}"', 1)
    assert problems(write(tmp_path, sections={"01-why.toml": text})) == []


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        pack=PACK.replace('version = "1.0"', 'version = "new"'),
        sections={"01-why.toml": SECTION.replace("minutes = 10", "minutes = 0"), "02-b.toml": "number = ["},
    )
    assert [(p.file, p.code) for p in problems(folder)] == [
        ("pack.toml", "wrong_form"),
        ("sections/01-why.toml", "out_of_range"),
        ("sections/02-b.toml", "not_toml"),
    ]


def test_two_sections_share_neither_number_nor_key(tmp_path: Path) -> None:
    folder = write(tmp_path, sections={"01-why.toml": SECTION, "01-what.toml": SECTION})
    assert [(p.file, p.code, p.details["field"]) for p in problems(folder)] == [
        ("sections/01-why.toml", "repeated", "number"),
        ("sections/01-why.toml", "repeated", "key"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('word = "Circle"', 'word = "Circle"\nmeaning = "x"\n[[glossary]]\nword = "Circle"', "repeated"),
        ('key = "one"', 'key = "one"\nlabel = "x"\ntext = "x"\n[[models.parts]]\nkey = "one"', "repeated"),
        ('authors = ["Somebody"]', "authors = []", "too_few"),
        ('text = "First."', 'text = "First {peple}."', "no_such_wording"),
        ('health = "patients"', 'health = "{people}"', "wording_in_wording"),
        ('health = "patients"\n', "", "missing_field"),
        (
            'key = "people"',
            'key = "people"\nschools = "x"\nhealth = "x"\nelsewhere = "x"\n[[wordings]]\nkey = "people"',
            "repeated",
        ),
        ('language = "en"', 'language = "English"', "wrong_form"),
    ],
)
def test_what_is_wrong_in_the_pack_file_is_named(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert old in PACK
    assert [p.code for p in problems(write(tmp_path, pack=PACK.replace(old, new)))] == [code]


# --- folders and files that are not what they should be ---------------------------------------------------------------


def test_a_folder_that_is_not_there_or_empty_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    assert [p.code for p in problems(tmp_path / "nothing")] == ["not_a_folder"]
    assert [p.code for p in problems(tmp_path / "file")] == ["not_a_folder"]
    assert [p.code for p in problems(tmp_path / "empty")] == ["no_sections"]
    assert [p.code for p in problems(Path("a\0b"))] == ["not_a_folder"]


def test_sections_without_pack_file(tmp_path: Path) -> None:
    (write(tmp_path) / "pack.toml").unlink()
    assert [(p.file, p.code) for p in problems(tmp_path)] == [("pack.toml", "missing_file")]


@pytest.mark.parametrize(
    "name", ["1-why.toml", "01-Why.toml", "01-why.toml~", "notes.txt", ".hidden", "01-a\x1b[31m.toml"]
)
def test_a_file_that_would_silently_not_be_read_is_named(tmp_path: Path, name: str) -> None:
    write(tmp_path, sections={"01-why.toml": SECTION, name: SECTION})
    found = problems(tmp_path)
    assert [p.code for p in found] == ["not_a_section_name"]
    assert "\x1b" not in found[0].what


@pytest.mark.parametrize("target", ["pack.toml", SECTION_FILE, "sections"])
def test_links_are_not_followed_out_of_the_pack(tmp_path: Path, target: str) -> None:
    elsewhere = write(tmp_path / "elsewhere")
    folder = write(tmp_path / "here")
    assert problems(folder) == []  # there was something to refuse
    path = folder / target
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    path.symlink_to(elsewhere / target)
    assert [p.code for p in problems(folder)] == ["is_a_link"]


def test_a_pipe_or_a_folder_in_place_of_a_file_does_not_make_us_wait(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / SECTION_FILE).unlink()
    os.mkfifo(tmp_path / SECTION_FILE)
    (tmp_path / "sections" / "02-b.toml").mkdir()
    assert [p.code for p in problems(tmp_path)] == ["not_a_file", "not_a_file"]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"number = 1\n# caf\xe9\n", "not_utf8", 2),
        (b"# " + b"x" * LARGEST_FILE, "file_too_large", 1),
        (b"number = 1\n\na" + b".a" * 3000 + b" = 1", "line_too_long", 3),
        (b"a = " + b"[" * 3000, "nested_too_deep", 1),
        (b"number = " + b"9" * 3900, "out_of_range", 1),
        (b"number = 0x" + b"f" * 3900, "out_of_range", 1),
        (b"", "missing_field", 1),
        (b"\x00", "not_toml", 1),
    ],
)
def test_bytes_nobody_meant_are_told_quickly(tmp_path: Path, content: bytes, code: str, line: int) -> None:
    write(tmp_path)
    (tmp_path / SECTION_FILE).write_bytes(content)
    found = [p for p in problems(tmp_path) if p.code == code]
    assert found
    assert found[0].line == line


def test_too_many_files_are_not_read_at_all(tmp_path: Path) -> None:
    write(tmp_path)
    for number in range(100):
        (tmp_path / "sections" / f"x{number}").touch()
    assert [p.code for p in problems(tmp_path)] == ["too_many_files"]


def test_an_unreadable_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert {(p.code, p.details["reason"]) for p in problems(tmp_path)} == {("not_readable", "Permission denied")}


def test_each_problem_says_what_is_so_and_what_to_do() -> None:
    for code, message in PROBLEMS.items():
        assert str(message.what).endswith("."), code
        assert str(message.next).endswith((".", "?")), code
