"""The page on the pack format names every field of every table, and no field that does not exist."""

import re
from pathlib import Path

import pytest

from holdfast.curriculum.fields import PACK, SECTION, Choice, Field, Many, Table, Text, Whole

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "pack-format.md"
ROW = re.compile(r"^\| `(\w+)` \| (.*?) \|", re.MULTILINE)


def tables(table: Table) -> dict[str, Table]:
    """Return a table and every table inside it, by how it is written."""
    found = {table.written: table}
    for field in table.fields.values():
        inner = field.form.of if isinstance(field.form, Many) else field.form
        if isinstance(inner, Table):
            found |= tables(inner)
    return found


def all_tables() -> dict[str, Table]:
    """Return the tables of both sorts of file."""
    return tables(PACK) | tables(SECTION)


def documented(written: str) -> dict[str, str]:
    """Return the rows under the heading of a table: field and what may stand there."""
    text = PAGE.read_text(encoding="utf-8")
    part = text.split(f"\n## `{written}`\n")[1].split("\n## ")[0]
    return dict(ROW.findall(part))


def demands(field: Field) -> list[str]:
    """Return what a row has to mention about a field."""
    form = field.form.of if isinstance(field.form, Many) else field.form
    words = ["required"] if field.required else []
    if isinstance(form, Choice) and not isinstance(field.form, Many):
        words += [f"`{word}`" for word in form.words]
    if isinstance(form, Whole):
        words += [str(form.low), str(form.high)]
    if isinstance(form, Text) and form.form is None:
        words.append(f"{form.longest:,}")
    if isinstance(form, Table):
        words.append(form.written)
    return words


def test_there_is_something_to_document() -> None:
    assert len(all_tables()) == 21
    assert sum(len(table.fields) for table in all_tables().values()) > 70


@pytest.mark.parametrize("written", sorted(all_tables()))
def test_every_field_is_on_the_page_and_every_row_is_a_field(written: str) -> None:
    assert set(documented(written)) == set(all_tables()[written].fields)


@pytest.mark.parametrize("written", sorted(all_tables()))
def test_a_row_says_what_is_required_and_what_may_stand_there(written: str) -> None:
    rows = documented(written)
    for name, field in all_tables()[written].fields.items():
        missing = [word for word in demands(field) if word not in rows[name]]
        assert missing == [], (written, name)
        assert ("required" in rows[name]) == field.required, (written, name)
