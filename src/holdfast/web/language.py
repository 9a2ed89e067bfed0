"""Which language a page speaks: what its address says, what the person chose, or what the browser asks for."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

NAME = "language"
"""The word of an address that chooses: ?language=es. No cookie says it outside the desk."""

_IN_ADDRESS: ContextVar[str] = ContextVar("language_in_address", default="")


def named_in(query: str) -> str:
    """Return the language a query string names, or "" when it names none that is offered."""
    code = parse_qs(query, max_num_fields=100).get(NAME, [""])[-1] if NAME in query else ""
    return code if code in dict(settings.LANGUAGES) else ""


def named_by(referrer: str, *, host: str) -> str:
    """Return the language the page of ours somebody came from had in its address."""
    return named_in(_ours(referrer, host).query)


@lru_cache(maxsize=512)
def asked_for(accept: str) -> str:
    """Return the first offered language of an Accept-Language header, or the one of the installation."""
    for code, _weight in parse_accept_lang_header(accept[:200]):
        if code == "*":
            break
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


@contextmanager
def speaking(*, query: str, accept: str) -> Iterator[None]:
    """Speak the language an address names, or the one the browser asks for, while a page is made."""
    named = named_in(query)
    kept = _IN_ADDRESS.set(named)
    try:
        with translation.override(named or asked_for(accept)):
            yield
    finally:
        _IN_ADDRESS.reset(kept)


def speak(code: str, *, named: str) -> None:
    """Speak a language from here on; for a request that Django answers. named: what its address says, or ""."""
    translation.activate(code)
    _IN_ADDRESS.set(named)


def spoken_by(code: str) -> AbstractContextManager[None]:
    """Speak to somebody who chose this language, or that of the installation to somebody who chose none ("")."""
    return translation.override(code or settings.LANGUAGE_CODE)


def kept_in_links() -> str:
    """Return what links of a page carry on: "?language=es" when its own address says so, else nothing."""
    named = _IN_ADDRESS.get()
    return f"?{NAME}={named}" if named else ""


def _ours(referrer: str, host: str) -> SplitResult:
    try:
        parts = urlsplit(referrer)
    except ValueError:
        return urlsplit("")
    return parts if parts.netloc == host else urlsplit("")
