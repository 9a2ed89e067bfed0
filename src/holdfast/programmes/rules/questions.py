"""Takes the toolkit's questions apart, so that they can be printed as a sheet to hand out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

MOMENT = re.compile(r"^([^.?¿(]{3,60})\.\s+(?=.*\?)", re.DOTALL)
ANSWERED = re.compile(r"(.+?)\s*\(([^()]*)\)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Question:
    """One question. answers: to tick; none means that there are lines to write on."""

    words: str
    answers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """The questions of one moment, on one sheet. moment: when they are asked, empty right after the session."""

    moment: str
    questions: Sequence[Question]


def slips_of(text: str, *, own_words: str) -> list[Slip]:
    """Take a text of questions apart. own_words: how the toolkit says that there are no answers to tick.

    A passage that begins with a moment ("A month later.") begins a slip; answers stand in brackets after a question.
    """
    slips: list[tuple[str, list[Question]]] = []
    for passage in filter(None, (" ".join(part.split()) for part in text.split("\n\n"))):
        moment = MOMENT.match(passage)
        if moment or not slips:
            slips.append((moment[1] if moment else "", []))
        slips[-1][1].extend(_questions(passage[moment.end() :] if moment else passage, own_words))
    return [Slip(moment, asked) for moment, asked in slips]


def _questions(passage: str, own_words: str) -> list[Question]:
    found, end = [], 0
    for match in ANSWERED.finditer(passage):
        answers = match[2].split(", ")
        to_write = match[2] == own_words or len(answers) == 1
        found.append(Question(match[1].strip(), () if to_write else tuple(answers)))
        end = match.end()
    rest = passage[end:].strip()
    return [*found, Question(rest)] if rest else found
