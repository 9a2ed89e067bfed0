"""A facilitator at a desk, in a browser without a script: presses, and reads the page that comes back."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from holdfast.gatherings.models import Round
from holdfast.people.models import Person
from tests.gatherings.rooms import Stage
from tests.wire import Wire

NOTE = re.compile(r'<li class="desk-note" data-id="(\d+)".*?<p class="desk-note__text"[^>]*>(.*?)</p>', re.DOTALL)


@dataclass(slots=True)
class Desk:
    """Somebody at the desk of one room."""

    stage: Stage
    wire: Wire
    by: Person
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        """Sign in."""
        self.client.force_login(self.by)

    def press(self, name: str, **fields: Any) -> str:
        """Press a button and return the page one is led back to."""
        about = {"room_id": self.stage.room.pk} if name in {"rounds", "ending"} else {"round_id": self.round().pk}
        answer = self.client.post(reverse(f"gatherings.{name}", kwargs=about), fields)
        assert answer.status_code == 302, answer.content
        self.wire.settle(0.05)
        return self.look(answer["Location"])

    def look(self, path: str = "") -> str:
        """Return the desk as it is drawn now, each run of space as one."""
        answer = self.client.get(path or reverse("gatherings.desk", kwargs={"gathering_id": self.stage.gathering.pk}))
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    def wall(self) -> str:
        """Return the wall as it is drawn now."""
        answer = self.client.get(reverse("gatherings.wall", kwargs={"room_id": self.stage.room.pk}))
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    def round(self) -> Round:
        """Return the newest activity."""
        found = Round.objects.filter(room=self.stage.room).order_by("-position").first()
        assert found is not None
        return found

    def phase(self) -> str:
        """Return where it stands."""
        return self.round().phase

    def pile(self, standing: str, page: str = "") -> dict[str, str]:
        """Return the notes in one pile, text by text, with the id the desk knows. page: as it was drawn just now."""
        page = page or self.look()
        begin = page.find(f'data-pile="{standing}"')
        end = page.find("</ol>", begin)
        return {text: note_id for note_id, text in NOTE.findall(page[begin:end])} if begin > 0 else {}
