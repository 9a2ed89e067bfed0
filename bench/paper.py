"""How long each printed page takes in a server that has just started, and afterwards: `python -m bench.paper`."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from bench.pages import PEOPLE, fill, pages

COLD_MS, WARM_MS = 1000.0, 50.0
AGAIN = 10


def main() -> int:
    """Ask for every printed page in a process of its own, the slowest first; 1 when one is over its budget."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--data", type=Path, help="folder to keep and use again; else one that is thrown away")
    with tempfile.TemporaryDirectory(prefix="holdfast-") as scratch:
        folder = (wanted.parse_args().data or Path(scratch)).absolute()
        os.environ |= {"HOLDFAST_DATA_DIR": f"{folder}/data", "HOLDFAST_KEY_DIR": f"{folder}/keys"}
        os.environ |= {"DJANGO_SETTINGS_MODULE": "holdfast.config.settings", "HOLDFAST_DEMO": "1"}
        fill()
        found = sorted(measure(), key=lambda one: -one[1])
    for name, cold, warm, size in found:
        over = "  over" if cold > COLD_MS or warm > WARM_MS else ""
        print(f"{name:44} cold {cold:7.1f} ms  then {warm:6.1f} ms  {size / 1024:6.1f} kB{over}")
    print(f"{len(found)} printed pages.")
    return 1 if not found or any(cold > COLD_MS or warm > WARM_MS for _, cold, warm, _ in found) else 0


def measure() -> Iterator[tuple[str, float, float, int]]:
    """Yield the name of each printed page, the first time and the median of those after it in ms, and its bytes."""
    from django.conf import settings  # noqa: PLC0415 - read once the folder is known
    from django.db import connections  # noqa: PLC0415

    settings.ALLOWED_HOSTS, settings.SECURE_PROXY_SSL_HEADER = ["testserver"], None
    for name, path in pages(""):
        connections.close_all()
        for email in PEOPLE.values():
            told = in_a_child(path, email)
            if told is None:  # not for them: perhaps for the next
                continue
            if told[2]:
                yield name, *told
            break


def in_a_child(path: str, email: str) -> tuple[float, float, int] | None:
    """Ask in a copy of this process, which has set no page yet; None for what is not theirs, no bytes for no paper."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as pipe:
            pipe.write(" ".join(str(one) for one in asked(path, email)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read().split()
    os.waitpid(child, 0)
    return (float(told[0]), float(told[1]), int(told[2])) if told else None


def asked(path: str, email: str) -> tuple[float, float, int] | tuple[()]:
    """Return the first time and the median of the next ten, in ms of the clock, and how large the page is."""
    from django.test import Client  # noqa: PLC0415

    from holdfast.people.models import Person  # noqa: PLC0415

    client = Client(raise_request_exception=False)
    client.force_login(Person.objects.get(email=email))
    took = []
    for _ in range(1 + AGAIN):
        began = perf_counter()
        answer = client.get(path)
        took.append((perf_counter() - began) * 1000)
        if answer.status_code != 200:
            return ()
        if answer["Content-Type"] != "application/pdf":
            return took[0], 0.0, 0
    return took[0], sorted(took[1:])[AGAIN // 2], len(answer.content)


if __name__ == "__main__":
    sys.exit(main())
