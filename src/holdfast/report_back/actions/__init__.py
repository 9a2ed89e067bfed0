"""The only code that writes concerns, answers, what has moved, the group's own list and what it lets go."""

from holdfast.report_back.actions.answers import draft_answer, drop_draft, give_theme, own, release
from holdfast.report_back.actions.handing_over import hand_over
from holdfast.report_back.actions.own_list import add_ours, change_ours, let_go, put_on_our_list, take_back, take_off
from holdfast.report_back.actions.publishing import add_progress, collect, publish

__all__ = [
    "add_ours",
    "add_progress",
    "change_ours",
    "collect",
    "draft_answer",
    "drop_draft",
    "give_theme",
    "hand_over",
    "let_go",
    "own",
    "publish",
    "put_on_our_list",
    "release",
    "take_back",
    "take_off",
]
