"""Letters to unknown authors: sent to every phone alike; only who holds a note's secret can open the one about it."""

import hashlib
import hmac
import json
from dataclasses import dataclass

LETTER = 768
"""Bytes of every letter, whatever it says: a length would tell a question from a help card."""
MARK = b'{"for":'
"""How what is inside begins; another secret yields noise."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A sealed letter as everybody is sent it. nonce: 32 hexadecimal characters. sealed: hexadecimal, one length."""

    nonce: str
    sealed: str


def write_letter(key: bytes, *, secret: str, about: str, says: dict[str, str]) -> Letter:
    """Seal a letter to whoever holds a secret. The same letter has the same bytes, so sending it again tells nothing.

    key: of the round; it draws the nonce. secret: SHA-256 of the note's secret, hexadecimal, as the store keeps it.
    about: which note, in words only the store knows. Raises ValueError when it does not fit.
    """
    body = json.dumps({"for": "you", **says}, ensure_ascii=False, separators=(",", ":")).encode()
    if len(body) > LETTER:
        raise ValueError(f"a letter of {len(body)} bytes does not fit into {LETTER}")
    nonce = hmac.digest(key, b"letter " + about.encode() + b" " + body, hashlib.sha256)[:16].hex()
    return Letter(nonce, _mixed(body.ljust(LETTER), secret, nonce).hex())


def open_letter(letter: Letter, *, secret: str) -> dict[str, str] | None:
    """Return what a letter says to whoever holds this secret (its SHA-256); None when it is to somebody else."""
    body = _mixed(bytes.fromhex(letter.sealed), secret, letter.nonce)
    if not body.startswith(MARK):
        return None
    says: dict[str, str] = json.loads(body.decode())
    del says["for"]
    return says


def _mixed(body: bytes, secret: str, nonce: str) -> bytes:
    """Mix with a stream of SHA-256 over secret, nonce and a counter: phones have nothing else without https."""
    blocks = range(-(-len(body) // 32))
    stream = b"".join(hashlib.sha256(f"{secret} {nonce} {n}".encode()).digest() for n in blocks)
    return bytes(a ^ b for a, b in zip(body, stream, strict=False))
