"""Decisions of the room that need no database: moves between phases, small rooms, what people typed."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence

LONGEST_TEXT = 600
LONGEST_WORDING = 280
LONGEST_QUESTION = 140
LONGEST_ANSWER = 280
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""The Unicode categories Cc (but for the line feed) and Cs."""
LETTERS_ACROSS_THE_WALL = 66
LINES_DOWN_THE_WALL = 13
NOTES_DOWN_THE_WALL = 6
FEWEST_YES = 3
SMALL_ROOM = 4
WELLNESS = frozenset({2, 8, 9, 10, 11})
"""The sections on the compass and its four directions: the leader learns beside the others."""


def may_move(moves: dict[str, tuple[str, ...]], *, phase: str, to: str, before_closing: str = "") -> bool:
    """Tell whether a round may go from one phase to another; from closing only back to where it was, or on."""
    if to not in moves.get(phase, ()):
        return False
    return phase != "closing" or to in {before_closing, "sealed"}


def is_small(set_size: int | None, *, smallest: int) -> bool:
    """Tell whether too few people write for a note to hide among; unknown counts as small."""
    return set_size is None or set_size < smallest


def clean_text(typed: str) -> str:
    """Return what somebody typed without control characters and outer space, in Unicode form NFC.

    Line breaks stay; emoji and right-to-left text stay as they are. Lone surrogates are dropped: they cannot be stored.
    """
    typed = typed.replace("\r\n", "\n").replace("\r", "\n")
    if not typed.isascii():
        typed = unicodedata.normalize("NFC", typed)
    kept = CONTROLS.sub("", typed)
    return kept.strip()


def known_columns(columns: Collection[dict[str, str]]) -> frozenset[str]:
    """Return the keys of a round's columns."""
    return frozenset(column["key"] for column in columns)


def lines_on_the_wall(text: str, *, columns: int, labelled: bool) -> int:
    """Estimate the height of a note on the wall in lines, the space around it included; columns >= 1."""
    across = max(1, LETTERS_ACROSS_THE_WALL // columns)
    return sum(max(1, -(-len(line) // across)) for line in text.split("\n")) + 1 + int(labelled)


def pages_of(heights: Sequence[int], *, most: int = NOTES_DOWN_THE_WALL) -> list[int]:
    """Give each note, in order, its page on the wall, counted from 0: none is left out and none is shown twice.

    heights: lines of each note. most: notes of a column on a page; a note too high for a page has one alone.
    Notes that come later never move those before them.
    """
    pages: list[int] = []
    page = lines = notes = 0
    for height in heights:
        if notes and (notes == most or lines + height > LINES_DOWN_THE_WALL):
            page, lines, notes = page + 1, 0, 0
        pages.append(page)
        lines, notes = lines + height, notes + 1
    return pages


def contested(counts: Mapping[str, int]) -> float:
    """Return how little a group agrees about one item: 1 minus the share of the most frequent choice, 0 when empty.

    counts: choice to number of people, each >= 0. 0 means all chose alike; with three choices at most 2/3.
    """
    people = sum(counts.values())
    return 1 - max(counts.values()) / people if people else 0.0


def yes_needed(people: int) -> int:
    """Return how many have to say yes to a wording before it goes to leadership; people: those in the room, >= 0.

    At least half, and never fewer than three; in a room of four or fewer all but one, and never one alone. A room
    whose size is not known (0 or 1) needs three.
    """
    if people < 2:
        return FEWEST_YES
    if people <= SMALL_ROOM:
        return max(2, people - 1)
    return max(FEWEST_YES, -(-people // 2))


def wording_agreed(counts: Mapping[str, int], *, people: int) -> bool:
    """Tell whether a group consents to handing over a wording: nobody says no or reword, and enough say yes.

    counts: yes, no and reword to number of people, each >= 0. people: those in the room, see `yes_needed`.
    """
    return not counts.get("no", 0) and not counts.get("reword", 0) and counts.get("yes", 0) >= yes_needed(people)


def people_in_the_room(set_size: int | None, *, ballots: int) -> int:
    """Return how many were in the room for a vote: those counted when it began, or who handed in when they are more."""
    return max(set_size or 0, ballots)


def more_ballots_than_people(set_size: int | None, *, ballots: int) -> bool:
    """Tell whether more ballots came in than people were counted when it began; nothing when nobody was counted."""
    return bool(set_size) and ballots > (set_size or 0)


def merged_wording(wordings: Sequence[str], typed: str) -> str:
    """Return the wording of what is brought together: what was typed, else the shortest that was there."""
    return typed or min(wordings, key=lambda wording: (len(wording), wording))


def most_frequent(counts: Mapping[str, int]) -> str:
    """Return the choice most people made; "" when nobody chose or two choices are equally frequent."""
    ranked = sorted(counts.items(), key=lambda choice: -choice[1])
    if not ranked or not ranked[0][1] or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]


def shares(counts: Sequence[int]) -> list[tuple[float, float]]:
    """Return where each part of a bar of length 100 starts and how long it is; nothing when all counts are 0."""
    whole, start, parts = sum(counts), 0.0, []
    for count in counts if whole else ():
        length = 100 * count / whole
        parts.append((round(start, 2), round(length, 2)))
        start += length
    return parts


def says_leader(section: int, kind: str) -> bool:
    """Tell whether a leader's note says that a leader wrote it; where people look after themselves it is a note.

    section: 1 to 12 of the bundled pack. kind: of the activity.
    """
    return section not in WELLNESS and kind not in {"check_in", "stories", "close"}
