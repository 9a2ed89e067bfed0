"""A district half-way, one school in English and one in Spanish: session 4 was last week, session 5 is next week."""

import json
from datetime import timedelta


def prepare() -> None:
    """Make it, and print a sign-in link for both."""
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone, translation

    from holdfast.config.serving import prepare_databases
    from holdfast.curriculum.actions import load_pack
    from holdfast.people.actions import make_sign_in_link
    from holdfast.people.models import Role
    from holdfast.people.slips import address_with
    from holdfast.surveys.actions import share
    from tests.given import our_district, somebody_who
    from tests.programmes.given import a_programme, a_session

    prepare_databases()
    ours = our_district()
    lucia = somebody_who(Role.Kind.LEADER, "Lucía", ours.other_group)
    pack = load_pack(settings.PACKS_DIR / "compassion-resilience")
    for language, group, by, leader in (
        ("en", ours.group, ours.bo, ours.amara),
        ("es", ours.other_group, ours.fay, lucia),
    ):
        with translation.override(language):
            programme = a_programme(group, by, pack)
            for section, days in ((4, -7), (5, 9)):
                a_session(programme, by, section=section, starts_at=timezone.now() + timedelta(days=days))
            share(programme, kind="looking-back", section=4, text="15:30", audience="facilitators", by=leader)
    cast = (ours.bo, ours.amara, ours.fay, lucia)
    print(json.dumps({person.name: address_with(make_sign_in_link(person)) for person in cast}))


if __name__ == "__main__":
    prepare()
