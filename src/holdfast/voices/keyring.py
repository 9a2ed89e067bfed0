"""The keys of open rounds: one file each, outside both databases and every backup, destroyed by the seal."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12
Cipher = AESGCM


def folder() -> Path:
    """Return the folder of the round keys; it is made with mode 0700."""
    path = Path(settings.KEY_DIR) / "rounds"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def make(round_id: int) -> bytes:
    """Make the key of a round, on disk before it is used, or return the one there is. Raises OSError."""
    path = folder() / f"{round_id}.key"
    if path.exists():
        return path.read_bytes()
    return _write(path, AESGCM.generate_key(bit_length=256))


def put_back(round_id: int, key: bytes) -> None:
    """Write the key of an open round again if its file has vanished: without it every saved note is lost."""
    path = folder() / f"{round_id}.key"
    if not path.exists():
        _write(path, key)


def _write(path: Path, key: bytes) -> bytes:
    partial = path.with_suffix(".partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)
    _sync_folder()
    return key


def read(round_id: int) -> bytes:
    """Return the key of an open round. Raises OSError when it is missing or unreadable."""
    return (folder() / f"{round_id}.key").read_bytes()


def destroy(round_id: int) -> None:
    """Overwrite and remove a key; nothing happens when there is none. What a disk keeps of it is not in our hands."""
    path = folder() / f"{round_id}.key"
    try:
        with path.open("r+b") as file:
            file.write(os.urandom(32))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:  # there was none, or another server was quicker
        return
    _sync_folder()


def kept() -> list[int]:
    """Return the rounds that still have a key."""
    return sorted(int(path.stem) for path in folder().glob("*.key"))


def cipher_of(key: bytes) -> Cipher:
    """Return the cipher of a round's key, made once: setting it up takes as long as sealing a note."""
    return AESGCM(key)


def encrypt(cipher: Cipher, body: bytes, *, round_id: int, note_id: int) -> bytes:
    """Seal a padded record: nonce, then AES-256-GCM bound to the round and the note (NIST SP 800-38D)."""
    nonce = os.urandom(NONCE)
    return nonce + cipher.encrypt(nonce, body, f"{round_id}/{note_id}".encode())


def decrypt(cipher: Cipher, sealed: bytes, *, round_id: int, note_id: int) -> bytes:
    """Open what `encrypt` made. Raises cryptography's InvalidTag when it was changed or moved."""
    return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], f"{round_id}/{note_id}".encode())


def _sync_folder() -> None:
    descriptor = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
