"""Who may ask for the pages on which a team makes a plan its own."""

from tests.access.outcomes import GATHERING, ITEM, PLANNERS, PROGRAMME, READERS, SAVED, Page, of, only
from tests.access.world import World


def _everything(world: World) -> dict[str, object]:
    """What really happened: all of it was held."""
    return {f"came-{item.pk}": "held" for item in world.gathering.plan.all()}


ROWS: dict[str, Page] = {
    # Planners change a plan, readers may print it; what was changed in the toolkit an evaluator reads too.
    "programmes.plan_time": Page(post=only(*PLANNERS, status=SAVED), about=GATHERING, send=of(minutes=lambda _: 60)),
    # The proposal was never shown to them: it is shown now, and nothing is done.
    "programmes.plan_fit": Page(
        get=only(*PLANNERS), post=only(*PLANNERS, status=422), about=GATHERING, send=of(minutes=lambda _: 60)
    ),
    "programmes.run_sheet_on_paper": Page(get=only(*READERS), about=GATHERING),
    "programmes.saved_make": Page(post=only(*PLANNERS, status=SAVED), about=GATHERING),
    # No make is saved yet, and this session has begun: those who could are told.
    "programmes.start_from_make": Page(post=only(*PLANNERS, status=409), about=GATHERING),
    "programmes.record": Page(
        get=only(*PLANNERS), post=only(*PLANNERS, status=SAVED), about=GATHERING, send=_everything
    ),
    "programmes.activity_make": Page(post=only(*PLANNERS, status=SAVED), about=ITEM, send=of(make=lambda _: "short")),
    "programmes.activity_place": Page(post=only(*PLANNERS, status=SAVED), about=ITEM, send=of(place=lambda _: 0)),
    "programmes.makes": Page(get=only(*READERS, "eve"), about=PROGRAMME),
    # No newer version is loaded.
    "programmes.newer_toolkit": Page(get=only(*PLANNERS), post=only(*PLANNERS, status=409), about=PROGRAMME),
}
