"""Reading what facilitators wrote for themselves: only for those who may plan a group's sessions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from holdfast.programmes.models import Aside, Gathering, PlanItem

MOST_EARLIER = 3


@dataclass(frozen=True, slots=True)
class Asides:
    """What stands about one activity. own: of this session. earlier: of this group's sessions before, newest first."""

    own: Aside | None
    earlier: list[Aside]

    @property
    def all(self) -> list[Aside]:
        """All of it, newest first."""
        return [*([self.own] if self.own else []), *self.earlier]


def asides_about(gathering: Gathering, items: Sequence[PlanItem]) -> Mapping[int, Asides]:
    """Return by activity what is written about it, where something is. Only for whoever may plan these sessions.

    items: the session's plan.
    """
    keys = {item.activity_key for item in items if item.activity_key}
    rows = list(
        Aside.objects.filter(
            Q(item__gathering=gathering.pk)
            | Q(item__activity_key__in=keys, item__gathering__starts_at__lt=gathering.starts_at),
            item__gathering__programme__group=gathering.programme.group_id,
        )
        .select_related("item__gathering__programme__group__site", "written_by")
        .defer("item__gathering__programme__pack")
        .order_by("-item__gathering__starts_at", "pk")
    )
    own = {row.item_id: row for row in rows if row.item.gathering_id == gathering.pk}
    before = [row for row in rows if row.item.gathering_id != gathering.pk]
    found = {
        item.pk: Asides(
            own.get(item.pk),
            [row for row in before if item.activity_key and row.item.activity_key == item.activity_key][:MOST_EARLIER],
        )
        for item in items
    }
    return {key: asides for key, asides in found.items() if asides.own or asides.earlier}
