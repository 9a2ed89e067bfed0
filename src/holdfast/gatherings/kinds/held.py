"""How each kind is held in each mode: spoken with phones face-down, or in another way."""

from types import ModuleType

from holdfast.gatherings.kinds import alone, prioritise

HELD: dict[str, dict[str, ModuleType]] = {
    "prioritise": {"unnamed": prioritise},  # in other modes dots are laid on a table, and it is a talk
    "reflect": dict.fromkeys(("spoken", "named", "unnamed", "scribe"), alone),
}
"""Kind, then mode. What is not named here is the same in every mode, or held as a talk."""
