"""Who may ask for what: one row for every route, with the answer each of the cast gets."""

from tests.access import (
    attending,
    check_ins,
    companion,
    components,
    dates,
    flow,
    giving,
    making,
    paper,
    practising,
    programmes,
    several,
    slips,
    small_rooms,
    starting,
    support,
)
from tests.access.outcomes import (
    ALL_COORDINATORS,
    ALL_READERS,
    CONCERN,
    DRIVER,
    GATHERING,
    LEADERS,
    MADE,
    MAIL_TO_BO,
    OF_LEADERSHIP,
    OF_THE_GROUP,
    OUR_COORDINATOR,
    PERSON,
    PLANNERS,
    PROGRAMME,
    READERS,
    ROOM,
    ROUND,
    SAVED,
    SET,
    WHOLE_COORDINATORS,
    Page,
    by_itself,
    everyone,
    next_month,
    of,
    only,
    signed_in,
)
from tests.days import today

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
    "people.language": Page(post=signed_in(SAVED), send=of(language=lambda _: "es")),
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
    "curriculum.share_on_paper": Page(get=signed_in(), about=of(pack_id=lambda w: w.pack.pk, number=lambda _: 4)),
    "curriculum.visual_on_paper": Page(get=signed_in(), about=of(pack_id=lambda w: w.pack.pk, number=lambda _: 4)),
    "curriculum.picture": Page(get=signed_in(), about=of(pack_id=lambda w: w.pack.pk, number=lambda _: 4)),
    **programmes.ROWS,
    **companion.ROWS,
    **making.ROWS,
    **paper.ROWS,
    **practising.ROWS,
    **flow.ROWS,
    **attending.ROWS,
    **support.ROWS,
    **several.ROWS,
    **small_rooms.ROWS,
    **slips.ROWS,
    **starting.ROWS,
    **dates.ROWS,
    **giving.ROWS,
    **components.ROWS,
    **check_ins.ROWS,
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
        post=only(*LEADERS, status=SAVED), about=SET, send=of(said_on=lambda _: today().isoformat())
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
            "handing_round",
            "last_questions",
            "decisions",
            "acceptance",
            "late",
            "strikes",
            "doubts_seen",
            "grouping",
            "driver_undoing",
            "setup",
            "again",
            "leaders_answers",
            "turns",
            "questions",
            "speakers",
            "rewording",
            "muting",
        )
    },
    # No note is shown yet: the desk says so, with the question that was typed.
    "gatherings.asked": Page(
        post=only(*PLANNERS, status=409), about=ROUND, send=of(note=lambda _: 1, words=lambda _: "Say more?")
    ),
    "gatherings.answers": Page(
        post=only(*PLANNERS, status=SAVED), about=of(round_id=lambda w: w.round.pk, asked_id=lambda _: 1)
    ),
    "gatherings.danger": Page(post=only(*PLANNERS, status=SAVED), about=of(worry_id=lambda w: w.worry.pk)),
    # Nobody talks in this round: the desk says so, with what was typed in its boxes.
    "gatherings.seats": Page(
        post=only(*PLANNERS, status=409), about=ROUND, send=of(seats=lambda _: "6", leader=lambda _: "3")
    ),
    **{
        f"gatherings.{press}": Page(post=only(*PLANNERS, status=SAVED), about=DRIVER, send=of(place=lambda _: "ours"))
        for press in ("driver_parts", "driver_place", "driver_forward")
    },
    "gatherings.saying_removal": Page(
        post=only(*PLANNERS, status=SAVED), about=of(round_id=lambda w: w.round.pk, saying_id=lambda _: 1)
    ),
    "gatherings.sayings": Page(post=only(*PLANNERS, status=422), about=ROUND, send=of(id=lambda _: "1")),
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
