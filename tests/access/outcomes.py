"""The words the rows of the access matrix are written in: a page, who gets which answer, and what they ask about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from holdfast.notifications.queries import stop_token
from tests.access.world import CAST, World
from tests.days import today

Arguments = Mapping[str, object]
Outcome = dict[str, int]


def _nothing(_world: World) -> Arguments:
    return {}


@dataclass(frozen=True, slots=True)
class Page:
    """One signed-in or open page.

    about: the address's arguments for our own object. send: a form that is accepted from whoever may send it.
    guarded: a form without its token is refused; False only with a reason beside the row.
    """

    get: Outcome | None = None
    post: Outcome | None = None
    about: Callable[[World], Arguments] = _nothing
    send: Callable[[World], Arguments] = _nothing
    guarded: bool = True

    @property
    def outcomes(self) -> dict[str, Outcome]:
        """The methods this row answers."""
        return {method: outcome for method, outcome in (("GET", self.get), ("POST", self.post)) if outcome is not None}


def only(*who: str, status: int = 200, nobody: int = 302) -> Outcome:
    """These get the answer; whoever is not signed in is asked to; for all others there is nothing there."""
    return {name: status if name in who else nobody if name == "nobody" else 404 for name in CAST}


def everyone(status: int = 200) -> Outcome:
    """The same for all."""
    return dict.fromkeys(CAST, status)


def signed_in(status: int = 200) -> Outcome:
    """The same for all who are signed in; the others are asked to sign in."""
    return everyone(status) | {"nobody": 302}


def by_itself(nobody: int, others: int) -> Outcome:
    """Signing in: there is nothing to do for whoever is in already."""
    return everyone(others) | {"nobody": nobody}


SAVED = 302
MADE = 201

# Who is who. A coordinator of the district, of the other school, and of the other organisation:
ALL_COORDINATORS = ("dee", "sam", "jun")
OUR_COORDINATOR = ("dee",)
WHOLE_COORDINATORS = ("dee", "jun")
# Those who run our group's meetings, and those who may read their plans:
PLANNERS = ("bo", "dee")
READERS = ("bo", "amara", "dee")
LEADERS = ("amara",)
ALL_PLANNERS = (*PLANNERS, "fay", "sam", "hana", "jun")
ALL_READERS = (*READERS, "fay", "sam", "gil", "hana", "jun")


# Words of the group are struck by its facilitators, words of leadership by its leaders; a coordinator may strike both.
OF_THE_GROUP = only("bo", "dee", status=SAVED) | {"amara": 403}
OF_LEADERSHIP = only("amara", "dee", status=SAVED) | {"bo": 403}


def next_month() -> str:
    """Return a day on which nothing is planned yet."""
    return (today() + timedelta(days=30)).isoformat()


def of(**names: Callable[[World], object]) -> Callable[[World], Arguments]:
    """Return arguments read from the world."""
    return lambda world: {name: read(world) for name, read in names.items()}


PERSON = of(person_id=lambda w: w.ours.pat.pk)
PROGRAMME = of(programme_id=lambda w: w.programme.pk)
GATHERING = of(gathering_id=lambda w: w.gathering.pk)
ROOM = of(room_id=lambda w: w.room.pk)
ROUND = of(round_id=lambda w: w.round.pk)
DRIVER = of(round_id=lambda w: w.round.pk, driver_id=lambda w: w.driver.pk)
ITEM = of(item_id=lambda w: w.item.pk)
CONCERN = of(concern_id=lambda w: w.shown.waiting.pk)
SET = of(report_back_id=lambda w: w.report_back.pk)
LATER = of(note_id=lambda w: w.later.pk)
MAIL_TO_BO = of(token=lambda w: stop_token(w.ours.bo.email or ""))
