"""Reads a roster as spreadsheets write it: any usual separator and encoding, and each line with what is wrong in it."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from holdfast.people.rules import tidy_email

MOST_LINES = 5000
LONGEST = 120
RUNS_IN_A_SHEET = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run as a formula when somebody opens our list in it again."""

TURNS = {
    *"\u200e\u200f\u061c",
    *(chr(n) for n in range(0x202A, 0x202F)),
    *(chr(n) for n in range(0x2066, 0x206A)),
}
"""Invisible signs that turn the reading direction around: a name needs none, and may not use them to hide in."""

COLUMNS = {
    "name": {"name", "full name", "nombre"},
    "email": {"email", "e-mail", "mail", "e-mail address", "email address", "correo", "correo electrónico"},
    "site": {"site", "school", "place", "sitio", "centro", "escuela"},
    "group": {"group", "team", "grupo", "equipo"},
    "role": {"role", "rol", "función"},
}
ROLES = {
    "": "participant",
    "participant": "participant",
    "participante": "participant",
    "facilitator": "facilitator",
    "facilitador": "facilitator",
    "facilitadora": "facilitator",
    "leader": "leader",
    "líder": "leader",
}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")


class Unreadable(StrEnum):
    """Why a file cannot be read as a roster at all."""

    EMPTY = "empty"
    SPREADSHEET = "spreadsheet"
    NOT_TEXT = "not_text"
    NO_NAME_COLUMN = "no_name_column"
    TOO_MANY = "too_many"


class NotARoster(Exception):
    """The file cannot be read; why says the reason."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why)
        self.why = why


class Wrong(StrEnum):
    """What keeps a line from being taken over."""

    NO_NAME = "no_name"
    TOO_LONG = "too_long"
    FORMULA = "formula"
    NO_ADDRESS = "no_address"
    TWICE = "twice"
    NO_ROLE = "no_role"
    NO_GROUP = "no_group"
    SEVERAL_GROUPS = "several_groups"
    GROUP_MISSING = "group_missing"
    SEVERAL_PEOPLE = "several_people"
    TAKEN = "taken"
    HAS_LEFT = "has_left"


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a roster. number: the line of the file, the header being the first. wrong: see Wrong."""

    number: int
    name: str
    email: str | None
    site: str
    group: str
    role: str
    wrong: Wrong | None = None


def decoded(content: bytes) -> tuple[str, bool]:
    """Return a file's text, and whether its encoding had to be guessed. Raises NotARoster."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise NotARoster(Unreadable.SPREADSHEET)
    for begin, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(begin):
            try:
                return content.decode(encoding), False
            except UnicodeDecodeError as error:
                raise NotARoster(Unreadable.NOT_TEXT) from error
    if b"\0" in content:
        raise NotARoster(Unreadable.NOT_TEXT)
    try:
        return content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), True


def read(text: str) -> list[Line]:
    """Return the lines of a roster, each with what is wrong in itself. Raises NotARoster."""
    rows = [(number, row) for number, row in _rows(text) if any(cell.strip() for cell in row)]
    if not rows:
        raise NotARoster(Unreadable.EMPTY)
    if len(rows) > MOST_LINES + 1:
        raise NotARoster(Unreadable.TOO_MANY)
    where = _columns(rows[0][1])
    if "name" not in where:
        raise NotARoster(Unreadable.NO_NAME_COLUMN)
    seen: set[tuple[str, ...]] = set()
    return [_line(number, row, where, seen) for number, row in rows[1:]]


def tidy(cell: str) -> str:
    """Return the words of a cell without signs nobody sees and without blanks around and between."""
    kept = "".join(sign for sign in unicodedata.normalize("NFC", cell) if sign not in TURNS and sign != "\ufeff")
    return " ".join(kept.split())


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    separator = _separator(text)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise NotARoster(Unreadable.NOT_TEXT) from error


def _separator(text: str) -> str:
    """Return what parts the cells: what the first line that says anything has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def _columns(header: list[str]) -> dict[str, int]:
    words = [tidy(cell).casefold() for cell in header]
    return {
        name: next(place for place, word in enumerate(words) if word in known)
        for name, known in COLUMNS.items()
        if known & set(words)
    }


def _line(number: int, row: list[str], where: dict[str, int], seen: set[tuple[str, ...]]) -> Line:
    raw = {name: row[place] if place < len(row) else "" for name, place in where.items()}
    cells = {name: tidy(raw.get(name, "")) for name in COLUMNS}
    role = ROLES.get(cells["role"].casefold(), "")
    email = tidy_email(cells["email"])
    wrong = _wrong(raw, cells, email, role)
    if wrong is None:
        keys = {("who", cells["name"].casefold(), cells["site"].casefold(), cells["group"].casefold(), role)}
        if email:
            keys = {("at", email, cells["site"].casefold(), cells["group"].casefold(), role)}
        wrong = Wrong.TWICE if keys & seen else None
        seen |= keys
    return Line(number, cells["name"][:LONGEST], email, cells["site"], cells["group"], role, wrong)


def _wrong(raw: dict[str, str], cells: dict[str, str], email: str | None, role: str) -> Wrong | None:
    if any(cell.lstrip(" ").startswith(RUNS_IN_A_SHEET) for cell in raw.values()):
        return Wrong.FORMULA
    if not cells["name"]:
        return Wrong.NO_NAME
    if max(len(cell) for cell in cells.values()) > LONGEST:
        return Wrong.TOO_LONG
    if email is not None and not EMAIL.fullmatch(email):
        return Wrong.NO_ADDRESS
    return None if role else Wrong.NO_ROLE
