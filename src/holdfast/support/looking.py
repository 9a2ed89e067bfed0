"""Looking at a link without trusting it: only addresses the whole internet can reach, after every name and redirect."""

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from threading import Timer
from urllib.parse import quote, urljoin, urlsplit

from holdfast.support.rules import MOST_REDIRECTS, LinkState, fits_a_link, may_be_asked, state_for

SECONDS = 10.0
"""For everything together: names, redirects and answers."""

MOST_BYTES = 64 * 1024
"""Of an answer nothing is kept; this much is read at most, so that a connection ends in good order."""

AS_IT_STANDS = "/?#[]@!$&'()*+,;=%:~-._"
Allowed = Callable[[str], bool]
REDIRECTS = {301, 302, 303, 307, 308}
HEADERS = {"User-Agent": "Holdfast (looks whether a link still works)", "Accept": "*/*", "Connection": "close"}


class NotAsked(Exception):
    """A link leads to an address the server must not ask."""


def look_at(url: str, *, allowed: Allowed = may_be_asked, seconds: float = SECONDS) -> LinkState:
    """Return what is behind a link: HEAD first, GET where a server does not know HEAD.

    allowed: whether the server may ask an IP address. Every name is turned into addresses here, every one of them is
    judged, and the connection goes to the very address that was judged: a name that changes its mind gains nothing.
    """
    until = time.monotonic() + seconds
    try:
        status = _follow("HEAD", url, allowed, until)
        if status in {400, 403, 404, 405, 501}:  # some servers say so to HEAD only
            status = _follow("GET", url, allowed, until)
        return state_for(status)
    except NotAsked:
        return LinkState.REFUSED
    except (OSError, http.client.HTTPException, ValueError):
        return LinkState.SILENT


def _follow(method: str, url: str, allowed: Allowed, until: float) -> int:
    for _hop in range(MOST_REDIRECTS + 1):
        status, onward = _ask(method, url, allowed, until)
        if status not in REDIRECTS or not onward:
            return status
        url = urljoin(url, onward)
    raise http.client.HTTPException("too many redirects")


def _ask(method: str, url: str, allowed: Allowed, until: float) -> tuple[int, str]:
    if not fits_a_link(url):
        raise NotAsked(url)
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    found = _address_of(host, port, allowed)
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    connected = socket.create_connection((found, port), timeout=left)
    with closing(_secured(connected, host) if secure else connected) as wire, _hung_up_after(left, wire):
        if isinstance(wire, ssl.SSLSocket):
            wire.do_handshake()
        connection = http.client.HTTPConnection(host, port)
        connection.sock = wire
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, quote(target, safe=AS_IT_STANDS), headers=HEADERS)
        answer = connection.getresponse()
        _read_a_little(answer, until)
        return answer.status, answer.headers.get("Location", "")


def _secured(connected: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(connected, server_hostname=host, do_handshake_on_connect=False)


@contextmanager
def _hung_up_after(seconds: float, wire: socket.socket) -> Iterator[None]:
    """Cut a connection when its time is over: a server that drips would otherwise begin the wait anew each time."""

    def hang_up() -> None:
        with suppress(OSError):
            wire.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _address_of(host: str, port: int, allowed: Allowed) -> str:
    """Return an address of a host, once every one it has may be asked."""
    addresses = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not addresses or not all(allowed(address) for address in addresses):
        raise NotAsked(host)
    return addresses[0]


def _read_a_little(answer: http.client.HTTPResponse, until: float) -> None:
    """Read no more than a little, and not for longer than there is time: a server may drip for hours."""
    read = 0
    while read < MOST_BYTES and time.monotonic() < until:
        part = answer.read1(4096)
        if not part:
            return
        read += len(part)
