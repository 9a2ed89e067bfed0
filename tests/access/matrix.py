"""Who may ask for what: one row for every route, with the answer each of the cast gets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from holdfast.notifications.queries import stop_token
from tests.access.world import CAST, World

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


OF_THE_GROUP = only("bo", "dee", status=SAVED) | {"amara": 403}
OF_LEADERSHIP = only("amara", "dee", status=SAVED) | {"bo": 403}


def next_month() -> str:
    """Return a day on which nothing is planned yet."""
    return (timezone.localdate() + timedelta(days=30)).isoformat()


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

ROWS: dict[str, Page] = {
    # --- web, homes: the same for everyone, or one's own ---
    "web.help": Page(get=everyone()),
    "web.promise": Page(get=everyone()),
    "homes.home": Page(get=everyone()),
    "homes.desk": Page(get=signed_in()),
    "homes.mails": Page(get=only(*WHOLE_COORDINATORS)),
    "homes.mail_attempts": Page(post=only(*WHOLE_COORDINATORS, status=SAVED)),
    # Not there outside a demo. Its form stands on the first page, which sees no cookie, so it can have no token;
    # whoever forged it would sign somebody in as a made-up person.
    "homes.demo_sign_in": Page(post=everyone(404), about=PERSON, guarded=False),
    # Whoever holds the link of a mail may stop further ones. Mail programs post there by themselves, without a token.
    "notifications.recipient": Page(get=everyone(), post=everyone(SAVED), about=MAIL_TO_BO, guarded=False),
    "notifications.return": Page(post=everyone(SAVED), about=MAIL_TO_BO, guarded=False),
    # --- signing in ---
    "account_request_login_code": Page(
        get=by_itself(200, 302), post=by_itself(302, 302), send=of(email=lambda _: "dee@lakeside.example")
    ),
    "account_confirm_login_code": Page(get=everyone(302), post=everyone(302), send=of(code=lambda _: "XXXX-XXXX")),
    "account_login": Page(get=everyone(302)),
    "account_signup": Page(get=everyone(302)),
    "account_inactive": Page(get=everyone(403)),
    "account_logout": Page(get=by_itself(302, 200), post=everyone(302)),
    "people.link": Page(get=everyone(200), post=everyone(302), about=of(token=lambda w: w.token)),
    "people.me": Page(get=signed_in(), post=signed_in(SAVED), send=of(name=lambda _: "Another name")),
    "people.my_sign_outs": Page(post=signed_in(SAVED)),
    # --- people: coordinators, each for their part ---
    "people.organisation": Page(get=only(*ALL_COORDINATORS)),
    "people.name": Page(
        get=only(*WHOLE_COORDINATORS), post=only(*WHOLE_COORDINATORS, status=SAVED), send=of(name=lambda _: "New name")
    ),
    "people.new_site": Page(
        get=only(*WHOLE_COORDINATORS),
        post=only(*WHOLE_COORDINATORS, status=SAVED),
        send=of(name=lambda _: "Third site", time_zone=lambda _: "UTC"),
    ),
    "people.site": Page(
        get=only(*OUR_COORDINATOR),
        post=only(*OUR_COORDINATOR, status=SAVED),
        about=of(site_id=lambda w: w.ours.site.pk),
        send=of(name=lambda _: "Northgate", time_zone=lambda _: "UTC"),
    ),
    "people.new_group": Page(
        get=only(*OUR_COORDINATOR),
        post=only(*OUR_COORDINATOR, status=SAVED),
        about=of(site_id=lambda w: w.ours.site.pk),
        send=of(name=lambda _: "Aides"),
    ),
    "people.group": Page(
        get=only(*OUR_COORDINATOR),
        post=only(*OUR_COORDINATOR, status=SAVED),
        about=of(group_id=lambda w: w.ours.group.pk),
        send=of(name=lambda _: "The team"),
    ),
    "people.roster": Page(get=only(*ALL_COORDINATORS)),
    "people.new_person": Page(
        get=only(*ALL_COORDINATORS),
        # The place is ours: another's form is read, not accepted, and says nothing about the place.
        post=only("dee", status=SAVED) | {"sam": 422, "jun": 422},
        send=of(name=lambda _: "Zoe", kind=lambda _: "coach", at=lambda w: w.ours.group.pk),
    ),
    "people.person": Page(
        get=only(*OUR_COORDINATOR),
        post=only(*OUR_COORDINATOR, status=SAVED),
        about=PERSON,
        send=of(name=lambda _: "Pat P."),
    ),
    "people.roles": Page(
        post=only(*OUR_COORDINATOR, status=SAVED),
        about=PERSON,
        send=lambda w: {"role-kind": "coach", "role-at": w.ours.group.pk},
    ),
    "people.role_removal": Page(
        post=only(*OUR_COORDINATOR, status=SAVED), about=of(role_id=lambda w: w.ours.pat.roles.get().pk)
    ),
    "people.sign_in_links": Page(post=only(*OUR_COORDINATOR, status=MADE), about=PERSON),
    "people.link_revocation": Page(post=only(*OUR_COORDINATOR, status=SAVED), about=of(link_id=lambda w: w.link.pk)),
    "people.slips": Page(
        # Somebody else's person is not on the list, so nobody was chosen.
        post=only("dee", status=MADE) | {"sam": 422, "jun": 422},
        send=of(person=lambda w: w.ours.pat.pk),
    ),
    "people.departure": Page(post=only(*OUR_COORDINATOR, status=SAVED), about=PERSON),
    "people.return": Page(post=only(*OUR_COORDINATOR, status=SAVED), about=PERSON),
    "people.sign_outs": Page(post=only(*OUR_COORDINATOR, status=SAVED), about=PERSON),
    # --- curriculum: packs belong to nobody ---
    "curriculum.packs": Page(get=signed_in()),
    "curriculum.pack": Page(get=signed_in(), about=of(pack_id=lambda w: w.pack.pk)),
    "curriculum.section": Page(get=signed_in(), about=of(pack_id=lambda w: w.pack.pk, number=lambda _: 4)),
    # --- programmes: facilitators and coordinators plan, leaders read, nobody else sees a plan ---
    "programmes.programmes": Page(get=only(*ALL_READERS)),
    "programmes.new_programme": Page(
        get=only(*ALL_PLANNERS),
        # The other school's team is for its own people and the district; the form of others cannot choose it.
        post=only("dee", "fay", "sam", status=SAVED) | {"bo": 422, "hana": 422, "jun": 422},
        send=of(
            group=lambda w: w.ours.other_group.pk,
            pack=lambda w: w.pack.pk,
            setting=lambda _: "schools",
            started_on=lambda _: "2026-02-02",
        ),
    ),
    "programmes.programme": Page(get=only(*READERS), about=PROGRAMME),
    "programmes.new_gathering": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=PROGRAMME,
        send=lambda _: {"section": 1, "day": next_month(), "starts": "15:00", "ends": "16:00"},
    ),
    "programmes.gathering": Page(get=only(*READERS), about=GATHERING),
    "programmes.gathering_when": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=GATHERING,
        send=lambda _: {"day": next_month(), "starts": "15:00", "ends": "16:00"},
    ),
    # It has been opened, so that it stays: the refusal is for those who could remove it.
    "programmes.gathering_removal": Page(post=only(*PLANNERS, status=409), about=GATHERING),
    "programmes.new_activity": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=GATHERING,
        send=lambda _: {"title": "Walk", "minutes": 10, "kind": "talk"},
    ),
    "programmes.activity_from_pack": Page(
        post=only(*PLANNERS, status=409), about=GATHERING, send=of(activity_key=lambda w: w.item.activity_key)
    ),
    "programmes.activity": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=ITEM,
        send=of(title=lambda _: "Notes", minutes=lambda _: 12, mode=lambda w: w.item.mode),
    ),
    "programmes.activity_earlier": Page(post=only(*PLANNERS, status=SAVED), about=ITEM),
    "programmes.activity_later": Page(post=only(*PLANNERS, status=SAVED), about=ITEM),
    "programmes.activity_removal": Page(post=only(*PLANNERS, status=SAVED), about=ITEM),
    "programmes.activity_pack_wording": Page(post=only(*PLANNERS, status=SAVED), about=ITEM),
    # --- a leader's own pages: why, and a list nobody else sees ---
    "programmes.whys": Page(
        get=only(*LEADERS),
        post=only(*LEADERS, status=SAVED),
        about=PROGRAMME,
        send=of(kind=lambda _: "own", text=lambda _: "To listen."),
    ),
    "programmes.why_striking": Page(post=only(*LEADERS, status=SAVED), about=of(why_id=lambda w: w.why.pk)),
    "programmes.communicate_later": Page(
        get=only(*LEADERS), post=only(*LEADERS, status=SAVED), about=PROGRAMME, send=of(text=lambda _: "Cover.")
    ),
    "programmes.later_note": Page(
        get=only(*LEADERS), post=only(*LEADERS, status=SAVED), about=LATER, send=of(text=lambda _: "Cover, by Chi.")
    ),
    "programmes.later_removal": Page(post=only(*LEADERS, status=SAVED), about=LATER),
    # --- the answer: both sides read what is published; the group decides about its lists, leaders about answers ---
    "report_back.answers": Page(get=only(*ALL_READERS)),
    "report_back.programme": Page(get=only(*READERS), about=PROGRAMME),
    "report_back.hand_over": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=GATHERING,
        send=of(drivers=lambda w: w.agreed.pk, due_on=lambda _: next_month()),
    ),
    "report_back.our_list": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=PROGRAMME,
        send=of(wording=lambda _: "Lunch together"),
    ),
    # Nothing is left to put on either list, so that those who may choose are told to choose.
    "report_back.ours": Page(post=only(*PLANNERS, status=422), about=PROGRAMME),
    "report_back.let_go": Page(post=only(*PLANNERS, status=422), about=PROGRAMME),
    "report_back.ours_item": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=of(item_id=lambda w: w.shown.ours.pk),
        send=of(state=lambda _: "done"),
    ),
    "report_back.ours_return": Page(post=only(*PLANNERS, status=SAVED), about=of(item_id=lambda w: w.kept.pk)),
    "report_back.place_return": Page(
        post=only(*PLANNERS, status=SAVED),
        about=of(gathering_id=lambda w: w.gathering.pk, driver_id=lambda w: w.agreed.pk),
    ),
    "report_back.let_go_return": Page(
        post=only(*PLANNERS, status=SAVED), about=of(item_id=lambda w: w.shown.let_go.pk)
    ),
    "report_back.concerns": Page(get=only(*LEADERS), about=PROGRAMME),
    "report_back.themes": Page(
        post=only(*LEADERS, status=SAVED),
        about=PROGRAMME,
        send=of(concerns=lambda w: w.shown.waiting.pk, theme=lambda _: "Time"),
    ),
    "report_back.concern": Page(
        get=only(*LEADERS),
        post=only(*LEADERS, status=SAVED),
        about=CONCERN,
        send=of(verdict=lambda _: "this_year", reason=lambda _: "We try it."),
    ),
    "report_back.ownership": Page(post=only(*LEADERS, status=SAVED), about=CONCERN),
    "report_back.draft_removal": Page(post=only(*LEADERS, status=SAVED), about=CONCERN),
    "report_back.progress": Page(
        get=only(*LEADERS),
        post=only(*LEADERS, status=SAVED),
        about=of(answer_id=lambda w: w.shown.question.pk),
        send=of(text=lambda _: "It has begun."),
    ),
    "report_back.report_backs": Page(
        get=only(*LEADERS),
        post=only(*LEADERS, status=SAVED),
        about=PROGRAMME,
        send=of(answer_ids=lambda w: w.shown.waiting.answers.get().pk),
    ),
    "report_back.report_back": Page(get=only(*LEADERS), about=SET),
    "report_back.publication": Page(
        post=only(*LEADERS, status=SAVED), about=SET, send=of(said_on=lambda _: timezone.localdate().isoformat())
    ),
    # --- the staff page's desk: who runs the group's meetings, who leads it and who coordinates it ---
    "report_back.staff_page": Page(get=only(*READERS), about=PROGRAMME),
    "report_back.addresses": Page(post=only(*READERS, status=SAVED), about=PROGRAMME, send=of(scope=lambda _: "staff")),
    # Without ?scope= and ?paper= there is no such sheet; with them it is tried where posters are tested.
    "report_back.poster": Page(get=only(), about=PROGRAMME),
    # The group speaks through its facilitator alone; the leaders' side is tested where marks are.
    "report_back.concern_wall": Page(
        post=only("bo", status=SAVED), about=of(concern_id=lambda w: w.shown.kept.pk), send=of(side=lambda _: "group")
    ),
    "report_back.ours_wall": Page(
        post=only("bo", status=SAVED), about=of(item_id=lambda w: w.shown.ours.pk), send=of(side=lambda _: "group")
    ),
    "report_back.progress_wall": Page(
        post=only("bo", status=SAVED), about=of(progress_id=lambda w: w.moved.pk), send=of(side=lambda _: "group")
    ),
    # Each side removes its own words, a coordinator those of both; the other side is told whom to ask.
    "report_back.concern_striking": Page(post=OF_THE_GROUP, about=of(concern_id=lambda w: w.shown.kept.pk)),
    "report_back.ours_striking": Page(post=OF_THE_GROUP, about=of(item_id=lambda w: w.shown.ours.pk)),
    "report_back.let_go_striking": Page(post=OF_THE_GROUP, about=of(item_id=lambda w: w.shown.let_go.pk)),
    "report_back.reply_striking": Page(
        post=OF_THE_GROUP, about=of(answer_id=lambda w: w.shown.question.pk), send=of(reply=lambda _: "1")
    ),
    "report_back.answer_striking": Page(post=OF_LEADERSHIP, about=of(answer_id=lambda w: w.shown.question.pk)),
    "report_back.progress_striking": Page(post=OF_LEADERSHIP, about=of(progress_id=lambda w: w.moved.pk)),
    # --- the room's desk and wall: only those who run the meeting; a leader takes part like everybody ---
    "gatherings.desk": Page(get=only(*PLANNERS), about=GATHERING),
    "gatherings.opening": Page(post=only(*PLANNERS, status=SAVED), about=GATHERING),
    "gatherings.attendance": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=GATHERING,
        send=of(people=lambda w: w.ours.pat.pk),
    ),
    "gatherings.wall": Page(get=only(*PLANNERS), about=ROOM),
    "gatherings.rounds": Page(post=only(*PLANNERS, status=SAVED), about=ROOM, send=of(item=lambda w: w.item.pk)),
    "gatherings.ending": Page(post=only(*PLANNERS, status=SAVED), about=ROOM),
    # A step that does not fit the moment goes back to the desk with its reason, so that all of these redirect.
    **{
        f"gatherings.{step}": Page(post=only(*PLANNERS, status=SAVED), about=ROUND)
        for step in (
            "writing",
            "screening",
            "reveal",
            "page",
            "closure",
            "closure_undoing",
            "seal",
            "finish",
            "decisions",
            "acceptance",
            "late",
            "strikes",
            "doubts_seen",
            "grouping",
            "driver_undoing",
        )
    },
    **{
        f"gatherings.{press}": Page(post=only(*PLANNERS, status=SAVED), about=DRIVER, send=of(place=lambda _: "ours"))
        for press in ("driver_parts", "driver_place")
    },
    # Where something was typed the desk itself comes back with it: notes are still being written, so it is refused.
    "gatherings.drivers": Page(
        post=only(*PLANNERS, status=409), about=ROUND, send=of(driver=lambda w: w.driver.pk, wording=lambda _: "Cover")
    ),
    "gatherings.driver_wording": Page(
        post=only(*PLANNERS, status=409), about=DRIVER, send=of(wording=lambda _: "Cover")
    ),
    "gatherings.driver_cut": Page(
        post=only(*PLANNERS, status=409), about=DRIVER, send=of(ours=lambda _: "Ask", theirs=lambda _: "Cover")
    ),
}
