"""Serving: one process or several, both databases up to date, the style sheets gathered, and no access log."""

import argparse
import fcntl
import gc
import resource
import socket
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import IO

from django.core.management import call_command


def serve(parsed: argparse.Namespace) -> int:
    """Bring the databases up to date and serve until stopped."""
    if parsed.workers > 1 and not shares_its_database():
        print(
            "holdfast: several servers need a database they can share. Leave --workers out, or set "
            "HOLDFAST_DATABASE_URL to a PostgreSQL database; the how-to page about several servers shows how.",
            file=sys.stderr,
        )
        return 1
    prepare()
    return run(parsed.host, parsed.port, workers=parsed.workers)


def shares_its_database() -> bool:
    """Tell whether several processes may serve the same rooms: with SQLite files rooms live in one process's memory."""
    from django.db import connection  # noqa: PLC0415 - read after setup

    return connection.vendor == "postgresql"


def demo(parsed: argparse.Namespace) -> int:
    """Fill the demo, print its sign-in links and serve it."""
    prepare()
    from holdfast.homes.demo import make_demo, staff_pages_of_the_demo  # noqa: PLC0415 - needs the app registry

    say("Filling the demo …")
    links = make_demo(size=parsed.size)
    for link in links:
        say(f"  {link.role:<12} {link.name:<24} {link.url}")
    for group, address in staff_pages_of_the_demo():
        say(f"  {'Staff page':<12} {group:<24} {address}")
    if parsed.prepare_only:
        return 0
    return run(parsed.host, parsed.port)


def prepare() -> None:
    """Bring both databases up to date, read the promises about storage back, load toolkits and gather static files."""
    prepare_databases()
    call_command("check", databases=["default", "voices"])
    load_toolkits()
    call_command("collectstatic", verbosity=0, interactive=False)


def prepare_databases() -> None:
    """Create or migrate both databases."""
    say("Preparing the databases …")
    call_command("migrate", verbosity=0, interactive=False)
    # The anonymous store holds one app: walking through the others' migrations for it took half of a first start.
    call_command("migrate", "voices", database="voices", verbosity=0, interactive=False)


def load_toolkits() -> None:
    """Load the packs of this installation; one that is refused is named, and keeps no other out."""
    from django.conf import settings  # noqa: PLC0415 - read after setup

    from holdfast.curriculum.actions import load_packs  # noqa: PLC0415 - needs the app registry
    from holdfast.web.wording import words_for  # noqa: PLC0415

    for refused in load_packs(settings.PACKS_DIR)[1]:
        print("holdfast: " + " ".join(words_for(refused)), file=sys.stderr)


def run(host: str, port: int, *, workers: int = 1) -> int:
    """Serve until stopped. A second server beside this one on the same data folder is refused."""
    from django.conf import settings  # noqa: PLC0415 - read after setup
    from django.db import connections  # noqa: PLC0415 - read after setup

    from holdfast.config.workers import Workers, port_on  # noqa: PLC0415 - only a server needs it
    from holdfast.gatherings.rehearsal.crowds import CROWDS  # noqa: PLC0415 - needs the app registry

    lock = only_one(Path(settings.DATA_DIR) / "serving.lock")
    if lock is None:
        print("holdfast: another server is already using this data folder. Stop it first.", file=sys.stderr)
        return 1
    try:
        listening = port_on(host, port, shared=False)
    except OSError as error:
        print(f"holdfast: cannot listen on {host}, port {port}: {error.strerror}.", file=sys.stderr)
        return 1
    wipe_practice()
    CROWDS.listens_at(host, port)

    def said() -> None:
        say(f"Holdfast is ready at {settings.PUBLIC_URL}/ (stop with Ctrl+C).")

    if workers == 1:
        serve_here(listening, ready=said)
        return 0
    import holdfast.config.asgi  # noqa: F401, PLC0415 - read once for all servers

    connections.close_all()
    listening.close()  # nobody else was there; from here on the servers share it

    def serve_as_one(heard: socket.socket, ready: Callable[[], object]) -> None:
        lock.close()  # it stays with the process that has started all
        serve_here(heard, ready=ready)

    return Workers(host, port, count=workers, serve=serve_as_one, ready=said).run()


def serve_here(listening: socket.socket, *, ready: Callable[[], object]) -> None:
    """Serve in this process until stopped. ready: called once when it listens."""
    import uvicorn  # noqa: PLC0415 - only a server needs it

    from holdfast.gatherings.hub import HUB  # noqa: PLC0415 - needs the app registry
    from holdfast.gatherings.transport import LendingProtocol  # noqa: PLC0415

    keep_memory_and_make_room()
    look_after_memory_seldom()
    # Django says of every static file it sends in pieces that it would rather not; the files are small.
    warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume")

    class Server(uvicorn.Server):
        """Says when it listens, and lets phones go before it stops, so that none has to be cut off."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready()

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            HUB.hang_up()
            super().handle_exit(sig, frame)

    config = uvicorn.Config(
        "holdfast.config.asgi:application",
        http=LendingProtocol,
        ws="none",
        lifespan="on",
        access_log=False,
        log_level="warning",
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=3,
        backlog=4096,
    )
    Server(config).run(sockets=[listening])


def wipe_practice() -> None:
    """Wipe practice runs that were open when the server stopped: their phones are gone."""
    from holdfast.gatherings.actions import wipe_forgotten, wipe_what_is_left  # noqa: PLC0415 - needs the app registry
    from holdfast.gatherings.rehearsal.held import rest  # noqa: PLC0415
    from holdfast.refusals import Refused  # noqa: PLC0415

    try:
        if shares_its_database():  # on another machine somebody may be practising
            wipe_forgotten()
        else:
            wipe_what_is_left()
    except Refused as refused:  # rooms of real people must open all the same
        print(f"holdfast: a practice run cannot be wiped yet: {refused.code}", file=sys.stderr)
    rest()


def keep_memory_and_make_room() -> None:
    """Let no crash write memory to disk, with open notes and their keys; and take as many phones as the system lets."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def look_after_memory_seldom() -> None:
    """Leave what was loaded at the start out of every later search for garbage, and search less often.

    A page makes thousands of short-lived objects; looking through all of the program after every few hundred of them
    took a fifth of the time of a page, and now and then a tenth of a second at once.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def only_one(path: Path) -> IO[str] | None:
    """Take a lock for as long as the process lives, or return None when another process has it."""
    file = path.open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)
