"""Https in front of a room, as a proxy on a small server does it; and a network that can be taken away."""

import asyncio
import ipaddress
import ssl
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

LIKES_ANY_CERTIFICATE = "--ignore-certificate-errors"
"""Chromium allows no service worker behind a certificate it does not trust, whatever a context says."""


@dataclass(slots=True)
class Encrypted:
    """One proxy that speaks https and hands every byte on. slow: seconds before it hands on what comes."""

    to: int
    certificate: ssl.SSLContext
    port: int = 0
    slow: float = 0
    _server: asyncio.Server | None = None
    _open: set[asyncio.StreamWriter] = field(default_factory=set)
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    @property
    def url(self) -> str:
        """Return where browsers find it."""
        return f"https://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Take the network away: nobody answers, and what was open is closed."""
        self._do(self._cut())

    def mend(self) -> None:
        """Give the network back, at the same address."""
        self._do(self._listen())

    def _do(self, what: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(what, self.loop).result(10)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", self.port, ssl=self.certificate)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _cut(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in tuple(self._open):
            writer.transport.abort()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, server = await asyncio.open_connection("127.0.0.1", self.to)
        self._open |= {writer, server}
        await asyncio.gather(self._hand_on(reader, server, wait=True), self._hand_on(there, writer))
        self._open -= {writer, server}

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, wait: bool = False) -> None:
        with suppress(OSError, ssl.SSLError):
            while data := await reader.read(65536):
                if wait and self.slow:
                    await asyncio.sleep(self.slow)
                writer.write(data)
                await writer.drain()
        writer.close()


@contextmanager
def encrypted(port: int, folder: Path) -> Iterator[Encrypted]:
    """Put https in front of a port while a test runs."""
    proxy = Encrypted(port, a_certificate(folder))
    thread = threading.Thread(target=proxy.loop.run_forever, daemon=True)
    thread.start()
    proxy.mend()
    yield proxy
    proxy.cut()
    proxy.loop.call_soon_threadsafe(proxy.loop.stop)
    thread.join(10)


def a_certificate(folder: Path) -> ssl.SSLContext:
    """Make a certificate of this machine that nobody else trusts."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    signed = made.add_extension(here, critical=False).sign(key, hashes.SHA256())
    pem = folder / "certificate.pem"
    pem.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context
