"""How each kind is held in each mode: spoken with phones face-down, or in another way."""

from types import ModuleType

from holdfast.gatherings.kinds import alone, aloud, close, gather, named, prioritise, scribe, stories, talk

SPOKEN, NAMED, UNNAMED, SCRIBE = "spoken", "named", "unnamed", "scribe"
IN_WRITING: dict[str, ModuleType] = {NAMED: named, SCRIBE: scribe}
HELD: dict[str, dict[str, ModuleType]] = {
    "prioritise": {UNNAMED: prioritise},  # in other modes dots are laid on a table, and it is a talk
    "reflect": dict.fromkeys((SPOKEN, NAMED, UNNAMED, SCRIBE), alone),
    "gather": IN_WRITING,
    "check_in": {SPOKEN: talk, UNNAMED: gather, **IN_WRITING},
    "form": {SPOKEN: talk, UNNAMED: gather, **IN_WRITING},
    "stories": {SPOKEN: talk, UNNAMED: stories, **IN_WRITING},
    "close": dict.fromkeys((SPOKEN, NAMED, UNNAMED, SCRIBE), close),
    "commit": {SPOKEN: aloud, UNNAMED: named, **IN_WRITING},
}
"""Kind, then mode. What is not named here is the same in every mode, or held as a talk. A promise has a name always."""
