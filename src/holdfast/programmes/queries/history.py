"""How long activities of the toolkit took before, in a group and in its organisation; practice leaves no trace here."""

from collections.abc import Iterable

from holdfast.programmes.models import Gathering, PlanItem
from holdfast.programmes.rules.history import Usual, usual_minutes


def usual_of(gathering: Gathering, keys: Iterable[str]) -> dict[str, Usual]:
    """Return how long each of these activities usually takes this group, by its key, where it is known."""
    wanted = {key for key in keys if key}
    group = gathering.programme.group
    runs = PlanItem.objects.filter(
        activity_key__in=wanted, took__gte=1, gathering__programme__group__site__organisation=group.site.organisation_id
    ).exclude(gathering=gathering.pk)
    rows = runs.order_by("pk").values_list("activity_key", "took", "gathering__programme__group")
    own: dict[str, list[int]] = {key: [] for key in wanted}
    others: dict[str, list[int]] = {key: [] for key in wanted}
    for key, took, of_group in rows if wanted else ():
        (own if of_group == group.pk else others)[key].append(took or 1)
    found = {key: usual_minutes(own[key], others[key]) for key in wanted}
    return {key: usual for key, usual in found.items() if usual}
