"""Round kinds: each a small module of pure rules, with its phases and what each viewer may do and see."""

from types import ModuleType

from holdfast.gatherings.kinds import agree, condense, gather, prioritise, sort, talk

KINDS: dict[str, ModuleType] = {
    "gather": gather,
    "condense": condense,
    "sort": sort,
    "agree": agree,
    "prioritise": prioritise,
    "talk": talk,
}


def kind_of(name: str) -> ModuleType:
    """Return the rules of a kind; an activity this version cannot run on phones is held as a talk."""
    return KINDS.get(name, talk)
