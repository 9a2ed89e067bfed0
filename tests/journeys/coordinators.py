"""An installation as it is on its first day: nothing in it but the toolkit, and two coordinators who were invited."""

import json


def prepare() -> None:
    """Invite one who reads English and one who reads Spanish, each to an organisation of their own."""
    import django

    django.setup()
    from django.conf import settings

    from holdfast.config.serving import prepare_databases
    from holdfast.curriculum.actions import load_pack
    from holdfast.people.slips import invite

    prepare_databases()
    load_pack(settings.PACKS_DIR / "compassion-resilience")
    print(json.dumps({"en": invite("Dana Reyes", "Riverbend Schools"), "es": invite("Noa Prado", "Escuelas del Río")}))


if __name__ == "__main__":
    prepare()
