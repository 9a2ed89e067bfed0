"""How the product says no: a code, what is so, and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


class Words(Protocol):
    """Text that is translated when it is shown: anything that turns into a string and takes % arguments."""

    def __str__(self) -> str: ...

    def __mod__(self, arguments: Mapping[str, object], /) -> str: ...


@dataclass(frozen=True, slots=True)
class Message:
    """A refusal in two sentences: what is so, and what to do next."""

    what: Words
    next: Words


class Refused(Exception):
    """A decision of a rule or an action: nothing was changed, and the person is told why.

    code: `app.reason`, one key of that app's MESSAGES. details: values for the sentence. status: HTTP status.
    """

    def __init__(self, code: str, details: Mapping[str, object] | None = None, *, status: int = 409) -> None:
        super().__init__(code)
        self.code = code
        self.details = dict(details or {})
        self.status = status
