"""How the parts of a pack are called on a screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from holdfast.curriculum.pack import ActivityMode, Kind, LeaderMode, ReadyKind, ResourceKind, Setting, Speaker, When

COMPONENTS: dict[str, Promise] = {
    "C1": _("A page to read beforehand, or afterwards"),
    "C2": _("A talk with the leader beforehand"),
    "C3": _("Something to see in shared rooms"),
    "C4": _("A connection between sessions"),
    "C5": _("Ideas for keeping it going, and check-ins"),
    "C6": _("What becomes how we do it"),
    "C7": _("Asking how it went"),
}
LEADER_MODES: dict[LeaderMode, Promise] = {
    LeaderMode.TAKING_PART: _("If you take part"),
    LeaderMode.SUPPORTING: _("If you support from outside"),
    LeaderMode.BOTH: _("Either way"),
}
WHEN: dict[When, Promise] = {
    When.BEFORE: _("Before the session"),
    When.DURING: _("In the session"),
    When.AFTER: _("After the session"),
}
MODES: dict[ActivityMode, Promise] = {
    ActivityMode.SPOKEN: _("Spoken, phones face-down"),
    ActivityMode.NAMED: _("With names"),
    ActivityMode.UNNAMED: _("Without names, on phones"),
    ActivityMode.SCRIBE: _("One person writes for all"),
}
KINDS: dict[Kind, Promise] = {
    Kind.GATHER: _("Silent notes"),
    Kind.TALK: _("Talk in a circle"),
    Kind.CHECK_IN: _("Check-in"),
    Kind.CONDENSE: _("Putting alike things together"),
    Kind.SORT: _("Sorting"),
    Kind.AGREE: _("Agreeing on wordings"),
    Kind.PRIORITISE: _("Choosing what matters most"),
    Kind.FORM: _("Form"),
    Kind.STORIES: _("Stories"),
    Kind.REFLECT: _("A moment for yourself"),
    Kind.COMMIT: _("Saying what I will do"),
    Kind.CLOSE: _("Closing"),
}
READY: dict[ReadyKind, Promise] = {
    ReadyKind.SHEET: _("Page to hand out"),
    ReadyKind.AGENDA: _("Agenda"),
    ReadyKind.POSTER: _("Poster"),
    ReadyKind.HUDDLE: _("Huddle"),
    ReadyKind.MAIL: _("Message"),
    ReadyKind.LIST: _("List"),
    ReadyKind.QUESTIONS: _("Questions"),
    ReadyKind.CARD: _("Card"),
    ReadyKind.FORM: _("Questions to fill in"),
}
SETTINGS: dict[Setting, Promise] = {
    Setting.SCHOOLS: _("Schools"),
    Setting.HEALTH: _("Health and human services"),
    Setting.ELSEWHERE: _("Another workplace"),
}
RESOURCES: dict[ResourceKind, Promise] = {
    ResourceKind.VIDEO: _("Video"),
    ResourceKind.DOCUMENT: _("Document"),
    ResourceKind.TEST: _("Self-test"),
}
SPEAKERS: dict[Speaker, Promise] = {
    Speaker.LEADER: _("For the leader to say"),
    Speaker.FACILITATOR: _("For a facilitator to say"),
}
