"""Round kinds: each a small module of pure rules, with its phases and what each viewer may do and see."""

from types import ModuleType

from holdfast.gatherings.kinds import agree, alone, aloud, close, condense, gather, named, scribe, sort, stories, talk
from holdfast.gatherings.kinds.held import HELD

KINDS: dict[str, ModuleType] = {"gather": gather, "condense": condense, "sort": sort, "agree": agree, "talk": talk}
"""The kinds that are run alike in every mode in which they are not in `HELD`."""
LOOKS: tuple[str, ...] = (alone.LOOK, scribe.LOOK, aloud.LOOK, named.LOOK, stories.LOOK, close.LOOK)
"""The looks there are: each a folder of templates, for phone, plain page, desk and wall."""


def kind_of(name: str, mode: str = "") -> ModuleType:
    """Return the rules of a kind in a mode; an activity this version cannot run on phones is held as a talk."""
    return HELD.get(name, {}).get(mode) or KINDS.get(name, talk)


def look_of(name: str, mode: str, surface: str) -> str:
    """Return the template that shows a kind on a surface (phone, plain, desk or wall); "" where the first five do."""
    look: str = getattr(kind_of(name, mode), "LOOK", "")
    return f"gatherings/looks/{look}/{surface}.html" if look else ""
