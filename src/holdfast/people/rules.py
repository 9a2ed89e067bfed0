"""Where a role holds, and who may look after whom."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a role holds: a whole organisation, one of its sites, or one group of a site."""

    organisation: int
    site: int | None = None
    group: int | None = None

    def __post_init__(self) -> None:
        if self.group is not None and self.site is None:
            raise ValueError(f"a group lies at a site: {self}")

    def covers(self, other: "Place") -> bool:
        """Tell whether what holds here holds there too: an organisation covers its sites, a site its groups."""
        return (
            self.organisation == other.organisation
            and self.site in (None, other.site)
            and self.group in (None, other.group)
        )


def covered(place: Place, mine: Collection[Place]) -> bool:
    """Tell whether one of my places covers this one."""
    return any(own.covers(place) for own in mine)


def may_look_after(roles_at: Collection[Place], *, home: Place, mine: Collection[Place]) -> bool:
    """Tell whether somebody who coordinates at `mine` may change a person and hand out a way to sign in as them.

    roles_at: where that person holds roles. home: that person's whole organisation.
    Whoever can sign in as somebody has all that somebody's roles, so every one of them must lie inside `mine`;
    a person without a role yet belongs to whoever coordinates the whole organisation.
    """
    return covered(home, mine) or (bool(roles_at) and all(covered(place, mine) for place in roles_at))


def tidy_email(written: str) -> str | None:
    """Return an e-mail address as it is kept, in small letters, or None when nothing was written."""
    return written.strip().lower() or None
