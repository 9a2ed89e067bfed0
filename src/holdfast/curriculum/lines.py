"""On which line of a TOML text each table, key and list element stands; tomllib does not tell."""

import re
import tomllib
from bisect import bisect_right
from contextlib import suppress

Place = tuple[str | int, ...]
"""Where a value is: names of keys and, inside lists, numbers from 0, for example ("activities", 2, "minutes")."""

BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
BARE_VALUE = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]+|[^\s,\]}#]+")
STRINGS = (
    re.compile(r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})', re.DOTALL),
    re.compile(r"'''.*?'''(?:'{0,2})", re.DOTALL),
    re.compile(r'"(?:[^"\\\n]|\\.)*"'),
    re.compile(r"'[^'\n]*'"),
)


def lines_of(text: str) -> dict[Place, int]:
    """Return the line, counted from 1, on which each place starts. text: TOML that tomllib accepts."""
    scan = _Scan(text.replace("\r\n", "\n"))
    with suppress(ValueError, RecursionError):  # what was found so far still helps: line_of falls back to it
        scan.document()
    return scan.lines


def line_of(lines: dict[Place, int], place: Place) -> int:
    """Return the line of a place, or of the nearest place around it that is known."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


class _Scan:
    """Walks once through a text, noting where things start and skipping what they say."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Place, int] = {}
        self.breaks = [i for i, letter in enumerate(text) if letter == "\n"]
        self.lengths: dict[Place, int] = {}

    def document(self) -> None:
        """Read headers and pairs until the end."""
        table: Place = ()
        self.blank()
        while self.at < len(self.text):
            start = self.at
            if self.take("[["):
                table = self.next_table(self.key())
                self.need("]]")
                self.note(table, start)
            elif self.take("["):
                table = self.known_table(self.key())
                self.need("]")
                self.note(table, start)
            else:
                self.pair(table)
            self.blank()

    def pair(self, table: Place) -> None:
        """Read `key = value`."""
        start = self.at
        place = table + self.key()
        self.note(place, start)
        self.need("=")
        self.blank()
        self.value(place)

    def value(self, place: Place) -> None:
        """Skip one value, noting what stands inside it."""
        if self.take("["):
            self.blank()
            number = 0
            while not self.take("]"):
                self.note((*place, number), self.at)
                self.value((*place, number))
                number += 1
                self.blank()
                self.take(",")
                self.blank()
        elif self.take("{"):
            self.blank()
            while not self.take("}"):
                self.pair(place)
                self.blank()
                self.take(",")
                self.blank()
        elif not self.string():
            self.match(BARE_VALUE)

    def key(self) -> Place:
        """Read a key with its dots."""
        parts: list[str] = []
        while True:
            self.blank()
            start = self.at
            if self.string():
                parts.append(str(tomllib.loads("key = " + self.text[start : self.at])["key"]))
            else:
                parts.append(self.match(BARE_KEY))
            self.blank()
            if not self.take("."):
                return tuple(parts)

    def known_table(self, parts: Place) -> Place:
        """Say which table `[a.b]` means: below a list, the table that was opened last."""
        place: Place = ()
        for part in parts:
            place += (part,)
            if place in self.lengths:
                place += (self.lengths[place] - 1,)
        return place

    def next_table(self, parts: Place) -> Place:
        """Open the table that `[[a.b]]` adds."""
        place = (*self.known_table(parts[:-1]), parts[-1])
        number = self.lengths.get(place, 0)
        self.lengths[place] = number + 1
        return (*place, number)

    def note(self, place: Place, start: int) -> None:
        """Remember the line of a place, and of what is around it unless that is known."""
        line = bisect_right(self.breaks, start - 1) + 1
        while place and place not in self.lines:
            self.lines[place] = line
            place = place[:-1]

    def blank(self) -> None:
        """Skip spaces, line ends and comments."""
        found = BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def take(self, sign: str) -> bool:
        """Skip a sign if it stands here."""
        here = self.text.startswith(sign, self.at)
        self.at += len(sign) if here else 0
        return here

    def need(self, sign: str) -> None:
        """Skip a sign that has to stand here."""
        if not self.take(sign):
            raise ValueError(f"no {sign} at {self.at}")

    def match(self, pattern: re.Pattern[str]) -> str:
        """Skip what fits a pattern, and return it."""
        found = pattern.match(self.text, self.at)
        if not found:
            raise ValueError(f"nothing readable at {self.at}")
        self.at = found.end()
        return found.group()

    def string(self) -> bool:
        """Skip a text in any of its four forms, if one stands here."""
        for pattern in STRINGS:
            if found := pattern.match(self.text, self.at):
                self.at = found.end()
                return True
        return False
