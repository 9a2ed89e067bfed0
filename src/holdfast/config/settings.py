"""Django settings, all of them; what an installation may change is declared in env.py."""

import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from holdfast.config.databases import databases_at
from holdfast.config.env import Environment
from holdfast.config.mail import mail_settings

ENV = Environment()
PACKAGE = Path(__file__).resolve().parent.parent


def secret_key(folder: Path) -> str:
    """Read the installation's secret, made at first start and kept with mode 0600 beside the round keys."""
    path = folder / "secret-key"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        path.touch(mode=0o600, exist_ok=True)
        path.write_text(secrets.token_urlsafe(64), encoding="ascii")
    return path.read_text(encoding="ascii")


def bundled_packs() -> Path:
    """Return the packs of the installed package, or of the source tree beside it."""
    installed = PACKAGE / "packs"
    return installed if installed.is_dir() else PACKAGE.parent.parent / "packs"


DATA_DIR = ENV.folder("HOLDFAST_DATA_DIR", Path("var/data"))
KEY_DIR = ENV.folder("HOLDFAST_KEY_DIR", Path("var/keys"))
PACKS_DIR = ENV.folder("HOLDFAST_PACKS_DIR", bundled_packs())
PUBLIC_URL = ENV.address("HOLDFAST_PUBLIC_URL", "http://127.0.0.1:8000")
DEMO = ENV.flag("HOLDFAST_DEMO", False)
DEBUG = ENV.flag("HOLDFAST_DEBUG", False)
CLOSING_SECONDS = ENV.number("HOLDFAST_CLOSING_SECONDS", 60, low=0, high=600)
TICK_MS = ENV.number("HOLDFAST_TICK_MS", 50, low=10, high=1000)
LENT_TRANSPORT = ENV.flag("HOLDFAST_LENT_TRANSPORT", True)
LOOK_AT_LINKS = ENV.flag("HOLDFAST_LOOK_AT_LINKS", True)
HTTPS = PUBLIC_URL.startswith("https://")

SECRET_KEY = secret_key(KEY_DIR)
PUBLIC_HOST = PUBLIC_URL.split("://", 1)[1].rsplit(":", 1)[0] if not PUBLIC_URL.endswith("]") else PUBLIC_URL[8:]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", PUBLIC_HOST, *ENV.names("HOLDFAST_ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

DATA_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = databases_at(ENV.text("HOLDFAST_DATABASE_URL", ""), DATA_DIR)
DATABASE_ROUTERS = ["holdfast.config.router.VoicesRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "holdfast.homes",
    "holdfast.report_back",
    "holdfast.gatherings",
    "holdfast.surveys",
    "holdfast.support",
    "holdfast.programmes",
    "holdfast.voices",
    "holdfast.curriculum",
    "holdfast.people",
    "holdfast.notifications",
    "holdfast.audit",
    "holdfast.web",
    "holdfast.config.apps.ConfigConfig",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "holdfast.web.middleware.KeepNothingMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "holdfast.web.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "holdfast.web.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "holdfast.config.urls"
ASGI_APPLICATION = "holdfast.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"])],
                )
            ],
            "builtins": ["template_partials.templatetags.partials", "holdfast.web.templatetags.ui"],
        },
    }
]
# What a line of an overview is written from is its key: nothing of it can be out of date.
LOCAL = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": LOCAL},
    "template_fragments": {"BACKEND": LOCAL, "LOCATION": "fragments", "OPTIONS": {"MAX_ENTRIES": 5_000}},
}
FORM_RENDERER = "holdfast.web.rendering.FormRenderer"
CSRF_FAILURE_VIEW = "holdfast.web.views.page_too_old"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "holdfast.people.adapter.SignInAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# A school has one address: the limit for it leaves room for a whole staff, the limit for a mailbox stays small.
ACCOUNT_RATE_LIMITS = {"request_login_code": "120/m/ip,3/m/key"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "homes.desk"

# Signed-in pages live under /desk/; room and staff pages live outside it and never see a cookie.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/desk/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Not "no-referrer": browsers then send "Origin: null" with every form, which the check against forged forms refuses.
# Nothing leaves the site either way; the room's own routes stay at "no-referrer".
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other names of the domain are not ours to force
    "security.W008",  # the proxy in front turns people to HTTPS; nothing of ours answers on plain HTTP there
    "security.W021",  # a list in every browser is the owner's decision
]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "worker-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

globals().update(mail_settings(ENV.text("HOLDFAST_EMAIL_URL", "console:")))
DEFAULT_FROM_EMAIL = ENV.text("HOLDFAST_EMAIL_FROM", "holdfast@localhost")

LANGUAGE_CODE = ENV.text("HOLDFAST_LANGUAGE", "en")
LANGUAGES = [("en", "English"), ("es", "Español")]  # each in its own words
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = ENV.text("HOLDFAST_TIME_ZONE", "UTC")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
# A log line may never say who asked for what in a room: no access log exists, and errors name the route only.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {"no_secret_addresses": {"()": "holdfast.config.logs.NoSecretAddresses"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_secret_addresses"]}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"holdfast": {"level": "INFO"}},
}
