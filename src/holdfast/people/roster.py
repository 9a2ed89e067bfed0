"""Compares a roster with who is there: who is new, what changed, who is missing, and which lines cannot be taken."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch

from holdfast.people.models import Group, Person, Role
from holdfast.people.queries import COORDINATORS, PLACES, groups_for, may_coordinate_organisation, people_for
from holdfast.people.reading import Line, Wrong, read

COMPARED = (Role.Kind.PARTICIPANT, Role.Kind.FACILITATOR, Role.Kind.LEADER)
"""Roles a roster speaks of; whoever coordinates, coaches or evaluates is not expected to stand in it."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to add. lines: one for each role."""

    name: str
    email: str | None
    roles: Sequence[tuple[Role.Kind, Group]]


@dataclass(frozen=True, slots=True)
class Change:
    """What differs for somebody who is there. name, email: the new ones, empty where nothing changes."""

    person: Person
    name: str
    email: str
    roles: Sequence[tuple[Role.Kind, Group]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A roster beside who is there. same: how many need nothing. missing: who is not in it; nobody is removed."""

    new: Sequence[Newcomer]
    changed: Sequence[Change]
    same: int
    missing: Sequence[Person]
    wrong: Sequence[Line]


def compare(coordinator: Person, text: str) -> Comparison:
    """Compare a roster with the people a coordinator looks after. Raises NotARoster."""
    lines = read(text)
    groups = _Groups(coordinator)
    people = _People(coordinator, [line.email for line in lines if line.email])
    wrong: list[Line] = [line for line in lines if line.wrong]
    wanted: dict[str, list[tuple[Line, Group | None]]] = defaultdict(list)
    for line in lines:
        if line.wrong:
            continue
        group, problem = groups.find(line)
        found, other = people.find(line)
        if problem := problem or other:
            wrong.append(replace(line, wrong=problem))
        else:
            wanted[f"is {found.pk}" if found else f"new {line.email or line.name.casefold()}"].append((line, group))
    return _compared(wanted, people, sorted(wrong, key=lambda line: line.number))


def _compared(
    wanted: dict[str, list[tuple[Line, Group | None]]], people: "_People", wrong: Sequence[Line]
) -> Comparison:
    new, changed, same, met = [], [], 0, set()
    for key, theirs in wanted.items():
        roles = [(Role.Kind(line.role), group) for line, group in theirs if group is not None]
        first = theirs[0][0]
        if key.startswith("new "):
            new.append(Newcomer(first.name, first.email, roles))
            continue
        person = people.by_key[int(key.removeprefix("is "))]
        met.add(person.pk)
        held = {(role.kind, role.group_id) for role in person.roles.all()}
        change = Change(
            person,
            name=first.name if first.name != person.name else "",
            email=(first.email or "") if first.email and first.email != person.email else "",
            roles=[(kind, group) for kind, group in roles if (kind, group.pk) not in held],
        )
        if change.name or change.email or change.roles:
            changed.append(change)
        else:
            same += 1
    missing = [
        person
        for person in people.by_key.values()
        if person.is_active and person.pk not in met and any(role.kind in COMPARED for role in person.roles.all())
    ]
    return Comparison(new, changed, same, missing, wrong)


class _Groups:
    """The groups a coordinator may put people into, found by the words of a line."""

    def __init__(self, coordinator: Person) -> None:
        self.groups = list(groups_for(coordinator, COORDINATORS))
        self.may_do_without = may_coordinate_organisation(coordinator)

    def find(self, line: Line) -> tuple[Group | None, Wrong | None]:
        """Return the group of a line, or what is wrong."""
        if not line.group:
            return (None, None) if self.may_do_without and not line.site else (None, Wrong.GROUP_MISSING)
        site, name = line.site.casefold(), line.group.casefold()
        found = [g for g in self.groups if g.name.casefold() == name and site in ("", g.site.name.casefold())]
        if len(found) != 1:
            return None, Wrong.SEVERAL_GROUPS if found else Wrong.NO_GROUP
        return found[0], None


class _People:
    """Whom a coordinator looks after, found by address, else by name."""

    def __init__(self, coordinator: Person, addresses: Sequence[str]) -> None:
        roles = Prefetch("roles", Role.objects.select_related(*PLACES).order_by("kind", "pk"))
        self.by_key = {person.pk: person for person in people_for(coordinator).prefetch_related(roles)}
        self.by_email = {person.email: person for person in self.by_key.values() if person.email}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        for person in self.by_key.values():
            self.by_name[person.name.casefold()].append(person)
        taken = Person.objects.filter(email__in=set(addresses)).values_list("email", flat=True)
        self.taken = set(taken) - set(self.by_email)

    def find(self, line: Line) -> tuple[Person | None, Wrong | None]:
        """Return who a line is about, None for somebody new, or what is wrong."""
        if line.email in self.taken:
            return None, Wrong.TAKEN
        found = [self.by_email[line.email]] if line.email in self.by_email else self._named(line)
        if len(found) > 1:
            return None, Wrong.SEVERAL_PEOPLE
        if found and not found[0].is_active:
            return None, Wrong.HAS_LEFT
        return (found[0] if found else None), None

    def _named(self, line: Line) -> list[Person]:
        """Return who has this name; somebody with another address is somebody else."""
        return [one for one in self.by_name[line.name.casefold()] if not (line.email and one.email)]
