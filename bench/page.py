"""Weighs the phone page as a phone loads it for the first time."""

import gzip
import re
import socket
from dataclasses import dataclass

ASSET = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"#]+)"[^>]*>', re.IGNORECASE)
NOT_LOADED = re.compile(r'rel="(?:canonical|help|author|license)"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Weight:
    """What a cold load costs: requests, bytes on the wire with headers, and the addresses asked for."""

    requests: int
    transferred: int
    assets: tuple[str, ...]


def weigh(port: int, code: str) -> Weight:
    """Load the page and everything it names, compressed, as a browser without a cache would."""
    page = fetch(port, f"/r/{code}/")
    names = []
    text = plain_body(page).decode()
    for found in ASSET.finditer(text):
        if not NOT_LOADED.search(found[0]) and found[1].startswith("/") and found[1] not in names:
            names.append(found[1])
    return Weight(1 + len(names), len(page) + sum(len(fetch(port, name)) for name in names), tuple(names))


def fetch(port: int, path: str) -> bytes:
    """Return one whole answer, headers included, as it came over the wire."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as sock:
        headers = f"Host: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\nConnection: close"
        sock.sendall(f"GET {path} HTTP/1.1\r\n{headers}\r\n\r\n".encode())
        parts = []
        while data := sock.recv(65536):
            parts.append(data)
    answer = b"".join(parts)
    if not answer.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"{path}: {answer[:100]!r}")
    return answer


def plain_body(answer: bytes) -> bytes:
    """Return the body of an answer, unchunked and decompressed."""
    head, _, body = answer.partition(b"\r\n\r\n")
    head = head.lower()
    if b"transfer-encoding: chunked" in head:
        parts = []
        while body:
            size, _, body = body.partition(b"\r\n")
            length = int(size, 16)
            if not length:
                break
            parts.append(body[:length])
            body = body[length + 2 :]
        body = b"".join(parts)
    return gzip.decompress(body) if b"content-encoding: gzip" in head else body


def whole(data: bytes) -> bool:
    """Tell whether an HTTP answer is all there."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = data[:end].lower()
    if (at := head.find(b"content-length:")) >= 0:
        return len(data) >= end + 4 + int(head[at + 15 :].split(b"\r\n", 1)[0])
    if b"transfer-encoding: chunked" in head:
        return data.endswith(b"0\r\n\r\n")
    return head.startswith((b"http/1.1 204", b"http/1.1 304"))


def ticket_of(page: bytes) -> str:
    """Find the participants' ticket in the phone page, which may have come compressed."""
    text = plain_body(page).decode()
    at = text.find('data-ticket="')
    if at < 0:
        raise RuntimeError("the phone page carries no ticket")
    return text[at + 13 :].split('"', 1)[0]
