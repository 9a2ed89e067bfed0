"""Typed reading of the HOLDFAST_* settings; an unknown name is an error at start."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")


class SettingError(Exception):
    """A HOLDFAST_* setting is unknown or cannot be read; the text says which and what to do."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One documented setting: its name, what it is for, and its default in words."""

    name: str
    purpose: str
    default: str


SETTINGS = (
    Setting(
        "HOLDFAST_DATA_DIR",
        "Folder of the SQLite files, on a local disk, and of handouts.",
        "var/data",
    ),
    Setting(
        "HOLDFAST_KEY_DIR", "Folder of the secret key and of the keys of open rounds. Never back it up.", "var/keys"
    ),
    Setting(
        "HOLDFAST_DATABASE_URL",
        "PostgreSQL instead of the two SQLite files: postgresql://user:password@host/name. Voices live in name_voices.",
        "two SQLite files",
    ),
    Setting("HOLDFAST_PACKS_DIR", "Folder of toolkit packs.", "the packs that come with Holdfast"),
    Setting(
        "HOLDFAST_PUBLIC_URL",
        "Address people type, with scheme: goes into QR codes and mails.",
        "http://127.0.0.1:8000",
    ),
    Setting("HOLDFAST_ALLOWED_HOSTS", "Further host names the server answers to, with commas between.", "none"),
    Setting("HOLDFAST_TIME_ZONE", "Time zone of the installation, for example America/Chicago.", "UTC"),
    Setting("HOLDFAST_LANGUAGE", "Language of the interface.", "en"),
    Setting("HOLDFAST_EMAIL_URL", "Mail server: smtp://user:password@host:587 or smtps://…; or console:.", "console:"),
    Setting("HOLDFAST_EMAIL_FROM", "Sender of mails.", "holdfast@localhost"),
    Setting(
        "HOLDFAST_DEMO", "1 shows sign-in links of the demo people on the first page. Never with real people.", "0"
    ),
    Setting("HOLDFAST_DEBUG", "1 shows technical error pages. Never with real people.", "0"),
    Setting(
        "HOLDFAST_CLOSING_SECONDS", "How long a round can be reopened after the facilitator closes it (0 to 600).", "60"
    ),
    Setting(
        "HOLDFAST_TICK_MS", "How often screens are refreshed while notes arrive, in milliseconds (10 to 1000).", "50"
    ),
    Setting(
        "HOLDFAST_LOOK_AT_LINKS", "0 where the server may not ask the internet: links are then not looked at.", "1"
    ),
    Setting("HOLDFAST_LENT_TRANSPORT", "0 sends through plain ASGI instead of the lent transport.", "1"),
)
KNOWN = frozenset(s.name for s in SETTINGS)
SECRETS_FROM_FILES = frozenset({"HOLDFAST_DATABASE_URL", "HOLDFAST_EMAIL_URL"})
"""Settings that may also be given as NAME_FILE, the path of a file that holds the value."""


class Environment:
    """The HOLDFAST_* variables, read by type. Raises SettingError for a name nobody knows or a value out of range."""

    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        given = os.environ if variables is None else variables
        self._values = {k: v for k, v in given.items() if k.startswith("HOLDFAST_")}
        allowed = KNOWN | {f"{name}_FILE" for name in SECRETS_FROM_FILES}
        if unknown := sorted(set(self._values) - allowed):
            raise SettingError(
                f"Unknown setting {', '.join(unknown)}. Remove it, or correct the name; "
                f"known settings: {', '.join(sorted(KNOWN))}."
            )

    def text(self, name: str, default: str) -> str:
        """Return the value of a setting, or of the file it names, or the default."""
        if name not in KNOWN:
            raise SettingError(f"{name} is read but not declared in SETTINGS.")
        if path := self._values.get(f"{name}_FILE"):
            try:
                return Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise SettingError(f"{name}_FILE: cannot read {path} ({error.strerror}).") from error
        return self._values.get(name, "").strip() or default

    def flag(self, name: str, default: bool) -> bool:
        """Return a setting that is 0 or 1."""
        value = self.text(name, "1" if default else "0")
        if value not in {"0", "1"}:
            raise SettingError(f"{name} is {value!r}. Set it to 0 or 1.")
        return value == "1"

    def number(self, name: str, default: int, *, low: int, high: int) -> int:
        """Return a whole number in low .. high."""
        return self._read(name, str(default), int, lambda n: low <= n <= high, f"a whole number from {low} to {high}")

    def folder(self, name: str, default: Path) -> Path:
        """Return an absolute path; the folder need not exist yet."""
        return Path(self.text(name, str(default))).expanduser().absolute()

    def address(self, name: str, default: str) -> str:
        """Return an http(s) address without a trailing slash."""
        value = self.text(name, default).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
            raise SettingError(f"{name} is {value!r}. Set it to an address such as https://holdfast.example.org.")
        return value

    def names(self, name: str) -> list[str]:
        """Return a list written with commas between."""
        return [part.strip() for part in self.text(name, "").split(",") if part.strip()]

    def _read(self, name: str, default: str, convert: Callable[[str], T], fits: Callable[[T], bool], what: str) -> T:
        value = self.text(name, default)
        try:
            read = convert(value)
        except ValueError as error:
            raise SettingError(f"{name} is {value!r}. Set it to {what}.") from error
        if not fits(read):
            raise SettingError(f"{name} is {value!r}. Set it to {what}.")
        return read
