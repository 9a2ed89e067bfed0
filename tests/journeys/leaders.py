"""A district half-way: session 4 was last week, session 5 is next week; its leader and a facilitator can sign in."""

import json
from datetime import timedelta


def prepare() -> None:
    """Make it, and print a sign-in link for both."""
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from holdfast.config.serving import prepare_databases
    from holdfast.curriculum.actions import load_pack
    from holdfast.people.actions import make_sign_in_link
    from holdfast.people.slips import address_with
    from tests.given import our_district
    from tests.programmes.given import a_programme, a_session

    prepare_databases()
    ours = our_district()
    programme = a_programme(ours.group, ours.bo, load_pack(settings.PACKS_DIR / "compassion-resilience"))
    for section, days in ((4, -7), (5, 9)):
        a_session(programme, ours.bo, section=section, starts_at=timezone.now() + timedelta(days=days))
    print(json.dumps({person.name: address_with(make_sign_in_link(person)) for person in (ours.bo, ours.amara)}))


if __name__ == "__main__":
    prepare()
