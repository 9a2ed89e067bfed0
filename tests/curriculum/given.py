"""The smallest sound pack, written to a folder, and the one that comes with the product."""

from pathlib import Path

from holdfast.curriculum.reading import Problem, read_pack

BUNDLED = Path(__file__).resolve().parents[2] / "packs" / "compassion-resilience"

PACK = """\
key = "small"
title = "A small pack"
version = "1.0"
language = "en"
authors = ["Somebody"]
licence = "CC0"
about = "For tests."

[[models]]
key = "steps"
title = "Steps"
about = "Two of them."
[[models.parts]]
key = "one"
label = "One"
text = "First."

[[wordings]]
key = "people"
schools = "children"
health = "patients"
elsewhere = "people"

[[glossary]]
word = "Circle"
meaning = "People who see each other."
"""

SECTION = """\
number = 1
key = "why"
title = "Why"
short_title = "Why"
concept = '''
First line
and the rest of it.

Second paragraph.
'''
aim = "To know why."

[[activities]]
key = "circle"
title = "Circle"
minutes = 10
kind = "talk"
mode = "spoken"
purpose = "To begin."
prompt = "How are you?"
steps = ["Ask.", "Listen."]

[activities.short]
minutes = 5
how = "One word."

[activities.schools]
prompts = ["Ask a child."]

[[activities]]
key = "notes"
title = "Notes"
minutes = 12
kind = "gather"
mode = "unnamed"
purpose = "To write."
prompt = "What drains you?"
steps = ["Write."]

[[activities.columns]]
key = "drains"
label = "Drains"
hint = "Anything"
tone = "drains"
[activities.columns.samples]
everywhere = ["The printer."]

[share]
title = "Five minutes"
[[share.parts]]
heading = "Look"
text = "See how {people} are."

[visual]
title = "Poster"
layout = "steps"
model = "steps"
about = "Two steps."

[[considerations]]
id = "D1.1"
mode = "both"
when = "before"
title = "Say why"
text = "In three sentences."

[[resources]]
key = "video"
kind = "video"
title = "A video"
about = "Of a leader."
consideration = "D1.1"

[[words]]
key = "hello"
who = "leader"
title = "Hello"
text = "Hello."

""" + "".join(f'[[components]]\nkey = "C{n}"\nsuggestions = ["Do it."]\n\n' for n in range(1, 8))


def write(folder: Path, *, pack: str = PACK, sections: dict[str, str] | None = None) -> Path:
    """Write a pack into a folder."""
    (folder / "sections").mkdir(parents=True, exist_ok=True)
    (folder / "pack.toml").write_text(pack, encoding="utf-8")
    for name, text in (sections or {"01-why.toml": SECTION}).items():
        (folder / "sections" / name).write_text(text, encoding="utf-8")
    return folder


def line_with(text: str, part: str, *, occurrence: int = 1) -> int:
    """Return the number of the line that holds a part, from 1."""
    return [number for number, line in enumerate(text.splitlines(), 1) if part in line][occurrence - 1]


def problems(folder: Path) -> list[Problem]:
    """Read a folder and return what is wrong with it."""
    reading = read_pack(folder)
    assert (reading.pack is None) == bool(reading.problems)
    return list(reading.problems)
