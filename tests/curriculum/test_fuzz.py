"""However a pack is damaged: problems or a pack, never an exception, and never half of it in the database."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfast.curriculum.actions import load_pack
from holdfast.curriculum.models import PackVersion
from holdfast.curriculum.pack import from_json, to_json
from holdfast.curriculum.reading import read_pack
from holdfast.curriculum.translating import Sentence, written_catalogue
from holdfast.refusals import Refused
from tests.curriculum.given import BUNDLED


def _sentences_of(tables: list[str]) -> Mapping[str, Sentence]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "sections").mkdir()
        for name in tables:
            shutil.copy(BUNDLED / name, Path(folder) / name)
        return read_pack(Path(folder)).sentences


TABLES = ["pack.toml", "sections/01-why.toml", "sections/04-drivers.toml"]
SPANISH = written_catalogue(_sentences_of(TABLES), "es").replace('msgstr ""\n\n', 'msgstr "Así."\n\n')
CONTENTS = {name: (BUNDLED / name).read_bytes() for name in TABLES} | {"translations/es.po": SPANISH.encode()}
FILES = list(CONTENTS)
PIECES = [
    b'"', b"'", b'"""', b"[", b"]", b"[[", b"{", b"}", b"=", b"\n", b"#", b"\\", b"\x00", b"\xff", b"\xed\xa0\x80",
    b"0", b"-1", b"999999999999999999999", b"true", b"nan", b"inf", b"1979-05-27", b"0x" + b"f" * 3990,
    b'key = "why"\n', b"[[activities]]\n", b"[activities]\n", b"[[activities.columns]]\n", b"a" + b".a" * 50,
    b"\xe2\x80\xae", "é".encode("latin-1"), b"[" * 1500,
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, bytes]:
    """Return the files of the bundled pack with one to three injuries."""
    files = dict(CONTENTS)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(FILES))
        content = files[name]
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.sampled_from([0, 0, 1, 2, 20, 400, 5000])))
        piece = draw(st.sampled_from([b"", *PIECES]) | st.binary(max_size=6) | st.just(content[start:end] * 2))
        files[name] = content[:start] + piece + content[end:]
    if draw(st.booleans()):
        lines = files[name].split(b"\n")
        one, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        lines[one], lines[other] = lines[other], lines[one]
        files[name] = b"\n".join(lines)
    return files


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damaged())
def test_a_damaged_pack_yields_problems_or_a_pack_and_nothing_in_between(files: dict[str, bytes]) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / "sections").mkdir()
        (folder / "translations").mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        reading = read_pack(folder)
        before = PackVersion.objects.count()
        if reading.pack is None:
            assert reading.problems
            for problem in reading.problems:
                total = files.get(problem.file, b"").count(b"\n") + 1
                assert 1 <= problem.line <= total
                assert problem.what.endswith(".")
                assert (problem.what + problem.next).isprintable()
            with pytest.raises(Refused):
                load_pack(folder)
            assert PackVersion.objects.count() == before
        else:
            assert not reading.problems
            assert from_json(to_json(reading.pack)) == reading.pack
            assert load_pack(folder).content == reading.content
            PackVersion.objects.all().delete()
    finally:
        shutil.rmtree(folder)
