"""The script of a report-back: fifteen minutes in which leaders say their answers aloud, made from the answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from holdfast.report_back.models import Answer
from holdfast.report_back.queries import PublicAnswer, as_public
from holdfast.report_back.rules import NOT_TAKEN_ON


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as it is said: what the group had written, and what leadership answers."""

    wording: str
    tone: str
    answer: PublicAnswer


@dataclass(frozen=True, slots=True)
class Script:
    """What is said, in order: yes and not yet, then what is kept, then each honest no."""

    answers: Sequence[Said]
    kept: Sequence[Said]
    honest_no: Sequence[Said]

    @property
    def heard(self) -> list[Said]:
        """Everything the group handed over that is answered now."""
        return [*self.answers, *self.kept, *self.honest_no]


def script_of(answers: Sequence[Answer]) -> Script:
    """Return the script of a set of answers, which come in the group's own order."""
    said = [Said(str(answer.concern), answer.concern.tone, as_public(answer)) for answer in answers]
    honest_no = [one for one in said if one.answer.verdict in NOT_TAKEN_ON]
    kept = [one for one in said if one.answer.verdict == Answer.Verdict.KEEP]
    others = [one for one in said if one not in honest_no and one not in kept]
    return Script(others, kept, honest_no)
