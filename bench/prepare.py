"""Makes an installation with one open room in it, ready to be measured: `python -m bench.prepare FOLDER`."""

import argparse
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from bench.texts import TEXTS

CODE = "KTRMWE"
LETTERS = "EFHKLMQRTWXY"
ITEMS = 15
LINK = "sign-in-link"
"""Name of a file in the folder: the token of a link that signs the facilitator in, once."""
COLUMNS = [
    {"key": "drains", "label": "What drains me", "hint": "", "tone": "drains"},
    {"key": "restores", "label": "What restores me", "hint": "", "tone": "restores"},
]


PACK = {**dict.fromkeys(("key", "title", "version", "language", "licence", "about"), ""), "authors": [], "sections": []}


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """Return the settings of an installation that lives in one folder."""
    return {
        "HOLDFAST_DATA_DIR": str(folder / "data"),
        "HOLDFAST_KEY_DIR": str(folder / "keys"),
        "DJANGO_SETTINGS_MODULE": "holdfast.config.settings",
        **settings,
    }


def prepare(folder: Path, *, phase: str, kind: str = "gather", url: str = "", rooms: int = 1) -> Path:
    """Make an installation in a folder that is empty, or has empty databases, in a process of its own.

    phase, kind: of each room’s only round. url: of an empty PostgreSQL database with its neighbour; "" for SQLite.
    """
    wanted = ["--phase", phase, "--kind", kind, "--rooms", str(rooms)]
    command = [sys.executable, "-m", "bench.prepare", str(folder), *wanted]
    done = subprocess.run(
        command, env={**os.environ, **environment(folder, HOLDFAST_DATABASE_URL=url)}, capture_output=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode()[-2000:])
    return folder


def code_of(number: int) -> str:
    """Return the code of one of the rooms; the first one is CODE."""
    return CODE[:4] + LETTERS[number // len(LETTERS)] + LETTERS[number % len(LETTERS)] if number else CODE


def copy(template: Path, folder: Path) -> Path:
    """Copy an installation that is not running."""
    shutil.copytree(template, folder)
    return folder


def fill(folder: Path, *, phase: str, kind: str, rooms: int) -> None:
    """Make both databases, a facilitator, and open rooms: notes go to all screens of one, or ballots are taken."""
    import django  # noqa: PLC0415 - settings come first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after setup
    from django.utils import timezone  # noqa: PLC0415 - after setup

    from holdfast.curriculum.models import PackVersion  # noqa: PLC0415 - after setup
    from holdfast.gatherings.kinds.prioritise import DOTS, usual_setup  # noqa: PLC0415 - after setup
    from holdfast.gatherings.models import Driver, Room, Round  # noqa: PLC0415 - after setup
    from holdfast.people.actions import add_person, give_role, make_sign_in_link  # noqa: PLC0415 - after setup
    from holdfast.people.models import Group, Organisation, Role, Site  # noqa: PLC0415 - after setup
    from holdfast.programmes.models import Gathering, Programme  # noqa: PLC0415 - after setup
    from holdfast.voices import intake  # noqa: PLC0415 - after setup

    call_command("migrate", database="default", verbosity=0)
    call_command("migrate", "voices", database="voices", verbosity=0)
    now = timezone.now()
    site = Site.objects.create(
        organisation=Organisation.objects.create(name="Measured"),
        name="Measured",
        danger_contact="the office, room 1",
        help_card="Somebody to talk to: the office, room 1.",
    )
    pack = PackVersion.objects.create(
        key="measured", version="1.0.0", title="Measured", digest="0" * 64, content=PACK, loaded_at=now
    )
    group = Group.objects.create(site=site, name="Measured")
    facilitator = add_person(site.organisation, name="Measured")
    give_role(facilitator, kind=Role.Kind.FACILITATOR, at=group)
    (folder / LINK).write_text(make_sign_in_link(facilitator), encoding="utf-8")
    for number in range(rooms):
        group = group if not number else Group.objects.create(site=site, name=f"Measured {number}")
        programme = Programme.objects.create(group=group, pack=pack, started_on=now.date())
        gathering = Gathering.objects.create(
            programme=programme, section=4, title="Measured", starts_at=now, ends_at=now + timedelta(hours=2)
        )
        room = Room.objects.create(gathering=gathering, code=code_of(number), opened_at=now)
        drivers = [
            Driver.objects.create(gathering=gathering, wording=text, column="drains", tone="drains", position=position)
            for position, text in enumerate((TEXTS * 2)[: 0 if kind == "gather" else ITEMS])
        ]
        found = Round.objects.create(
            room=room,
            position=1,
            kind=kind,
            mode="unnamed",
            title="What drains, what restores",
            prompt="Write what takes your strength, and what gives it back.",
            minutes=10,
            columns=COLUMNS if kind == "gather" else [],
            setup=usual_setup(DOTS, ITEMS) if kind == "prioritise" else {},
            items=[str(driver.pk) for driver in drivers],
            screened=False,
            set_size=40,
            phase=phase,
            writing_since=now,
        )
        intake.open_round(found.pk, items=[driver.pk for driver in drivers])
    intake.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--phase", choices=("writing", "revealed"), default="revealed")
    parser.add_argument("--kind", choices=("gather", "sort", "prioritise"), default="gather")
    parser.add_argument("--rooms", type=int, default=1)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(environment(given.folder))
    fill(given.folder, phase=given.phase, kind=given.kind, rooms=given.rooms)
