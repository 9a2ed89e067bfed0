"""`holdfast pack check` prints one line for each problem, and says by its exit code whether there are any."""

import io
import re
from pathlib import Path

from holdfast.curriculum.checking import check_pack
from tests.curriculum.given import BUNDLED, SECTION, line_with, write


def checked(folder: Path) -> tuple[int, list[str]]:
    out = io.StringIO()
    code = check_pack(folder, out)
    return code, out.getvalue().splitlines()


def test_a_sound_pack_is_said_to_be_sound() -> None:
    code, lines = checked(BUNDLED)
    assert code == 0
    assert re.match(r"Compassion resilience [\d.]+ is sound: \d+ sections, \d+ activities\.$", lines[0])


def test_each_problem_is_one_line_that_an_editor_can_jump_to(tmp_path: Path) -> None:
    text = SECTION.replace("minutes = 10", "minutes = 0").replace('tone = "drains"', 'tone = "tired"')
    code, lines = checked(write(tmp_path, sections={"01-why.toml": text}))
    tone = line_with(text, 'tone = "tired"')
    assert code == 1
    file = tmp_path / "sections" / "01-why.toml"
    assert lines == [
        f"{file}:16: “minutes” is 0. Write a whole number from 1 to 240.",
        f"{file}:{tone}: “tone” is 'tired', which is not known. Choose one of: drains, restores.",
        "2 problems.",
    ]


def test_a_name_that_would_play_with_the_terminal_is_shown_harmless(tmp_path: Path) -> None:
    text = SECTION.replace('key = "circle"', '"ke\\u001b[31my" = "circle"')
    _, lines = checked(write(tmp_path, sections={"01-why.toml": text}))
    assert any("unknown" in line or "no field" in line for line in lines)
    assert not re.search(r"[\x00-\x1f]", "".join(lines))
