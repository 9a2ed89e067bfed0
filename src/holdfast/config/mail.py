"""Reads one mail address setting into Django's mail settings."""

from typing import Any
from urllib.parse import unquote, urlsplit

from holdfast.config.env import SettingError


def mail_settings(url: str) -> dict[str, Any]:
    """Return Django's EMAIL_* settings for `console:`, `smtp://…` (STARTTLS) or `smtps://…`. Raises SettingError."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise SettingError("HOLDFAST_EMAIL_URL: write console:, smtp://user:password@host:587 or smtps://….")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in {"localhost", "127.0.0.1"},
        "EMAIL_TIMEOUT": 20,
    }
