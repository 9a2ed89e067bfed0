"""Signs the cast in once for all requests of a file: a sign-in costs as much as the page that is asked for."""

from django.conf import settings
from django.test import Client

from holdfast.people.models import Person
from tests.access.world import CAST, World

_KEYS: dict[int, str] = {}


def sign_in_all(world: World) -> None:
    """Sign everybody of the cast in, each from a browser of their own; to be undone with the world."""
    for person in filter(None, map(world.person, CAST)):
        client = Client()
        client.force_login(person)
        _KEYS[person.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value


def let_in(client: Client, person: Person) -> None:
    """Give a browser the session of somebody of the cast; whoever else it is signs in."""
    if key := _KEYS.get(person.pk):
        client.cookies[settings.SESSION_COOKIE_NAME] = key
    else:
        client.force_login(person)
