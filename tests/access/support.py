"""Who may ask for the pages of coaching, of help requests, and of links and handouts."""

from tests.access.outcomes import (
    PLANNERS,
    PROGRAMME,
    SAVED,
    WHOLE_COORDINATORS,
    Page,
    everyone,
    of,
    only,
)

TEAM = ("bo", "amara")
COACH = ("cole",)
THREAD = of(request_id=lambda w: w.beside.request.pk)
MEMBERS = ("pat", *PLANNERS, "amara")
LINK = of(link_id=lambda w: w.beside.link.pk)
HANDOUT = of(handout_id=lambda w: w.beside.handout.pk)
IN_SECTION = of(programme_id=lambda w: w.programme.pk, section_number=lambda _: 4)

ROWS: dict[str, Page] = {
    "web.too_large": Page(get=everyone(413)),
    # --- coaching: a coordinator of the whole invites; only who was invited says yes; a coach sees no plan ---
    "support.coaches": Page(
        get=only(*WHOLE_COORDINATORS),
        post=only(*WHOLE_COORDINATORS, status=SAVED),
        send=of(name=lambda _: "Rae", email=lambda _: "rae@coach.example"),
    ),
    "support.acceptance": Page(post=only("bo", status=SAVED), about=of(invitation_id=lambda w: w.beside.invitation.pk)),
    "support.ending": Page(
        post=only("bo", "dee", status=SAVED), about=of(invitation_id=lambda w: w.beside.invitation.pk)
    ),
    "support.coached": Page(get=only(*COACH), about=PROGRAMME),
    # --- help requests: the team and its coach, nobody else; not even who coordinates ---
    "support.requests": Page(get=only(*TEAM, *COACH, "fay", "gil", "hana", "kit")),
    "support.new_request": Page(
        get=only(*TEAM),
        post=only(*TEAM, status=SAVED),
        about=PROGRAMME,
        send=of(title=lambda _: "Silence", text=lambda _: "Nobody begins.", mine_alone=lambda _: "team"),
    ),
    "support.help_request": Page(
        get=only(*TEAM, *COACH),
        post=only(*TEAM, *COACH, status=SAVED),
        about=THREAD,
        send=of(text=lambda _: "Try a minute of writing."),
    ),
    "support.closure": Page(post=only(*TEAM, *COACH, status=SAVED), about=THREAD),
    "support.return": Page(post=only(*TEAM, *COACH, status=SAVED), about=THREAD),
    # --- links and handouts: read by members, set by who plans ---
    "support.resources": Page(get=only(*MEMBERS), about=PROGRAMME),
    "support.new_link": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=IN_SECTION,
        send=of(title=lambda _: "A text", url=lambda _: "https://example.org/a", recommended_by=lambda _: "The team"),
    ),
    "support.link": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=LINK,
        send=of(title=lambda _: "A text", url=lambda _: "https://example.org/b", recommended_by=lambda _: "The team"),
    ),
    "support.link_removal": Page(post=only(*PLANNERS, status=SAVED), about=LINK),
    # Without a file it is refused with a word; with one it is tried where handouts are.
    "support.new_handout": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=422),
        about=IN_SECTION,
        send=of(title=lambda _: "A page of our own"),
    ),
    "support.handout": Page(get=only(*MEMBERS), about=HANDOUT),
    "support.handout_removal": Page(post=only(*PLANNERS, status=SAVED), about=HANDOUT),
}
