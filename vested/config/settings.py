"""Django's settings, from the environment where an installation differs from the embedded default."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from vested.config.database import database_from
from vested.config.installation import unsafe
from vested.config.logs import logging_from

ROOT = Path(__file__).resolve().parents[2]
STATE = Path(os.environ.get("VESTED_STATE", ROOT / ".state"))  # the embedded default's database and uploads

DEMO = os.environ.get("VESTED_DEMO") == "1"
SERVING = os.environ.get("VESTED_SERVE") == "1"  # an installation: nothing unsafe is accepted

if SERVING and (reasons := list(unsafe(os.environ))):
    raise ImproperlyConfigured("\n".join(reasons))

SECRET_KEY = os.environ.get("VESTED_SECRET_KEY", "only for one desk")
ALLOWED_HOSTS = os.environ.get("VESTED_HOSTS", "localhost 127.0.0.1 [::1]").split()
DATABASES = {"default": database_from(os.environ.get("VESTED_DATABASE", ""), state=STATE)}
LOGGING = logging_from(os.environ)

INSTALLED_APPS = [
    "vested.core",
    "vested.ecosystem",
    "vested.direction",
    "vested.skills",
    "vested.academy",
    "vested.portfolio",
    "vested.plans",
    "vested.insights",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_cotton",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vested.core.middleware.answer_errors",
    "vested.core.middleware.act_as_viewer",
    "vested.core.looks.keep_looks",
    "vested.core.middleware.reading_writes_nothing",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vested.core.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.l10n", "django.templatetags.static"],
        },
    }
]
ROOT_URLCONF = "vested.config.urls"
WSGI_APPLICATION = "vested.config.wsgi.application"
AUTH_USER_MODEL = "core.User"
LOGIN_URL = "core:sign-in"
LOGIN_REDIRECT_URL = "core:home"
LOGOUT_REDIRECT_URL = "core:sign-in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("da", _("Danish")), ("fr", _("French"))]
LOCALE_PATHS = [ROOT / "vested" / "locale"]
FORMAT_MODULE_PATH = ["vested.config.formats"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
USE_TZ = True
TIME_ZONE = os.environ.get("VESTED_TIME_ZONE", "Europe/Brussels")

STATIC_URL = "static/"
# Gathered there once; at a desk they are served from where they are.
STATIC_ROOT = STATE / "static" if SERVING else None
WHITENOISE_USE_FINDERS = not SERVING
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": STATE / "uploads"}},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if SERVING
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # Designsystemet draws its icons as data: masks
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
SESSION_COOKIE_AGE = 8 * 3600  # a working day; closing the browser ends nothing, signing out does
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SERVING
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # asked from inside, beside the proxy
SECURE_HSTS_SECONDS = 31_536_000 if SERVING else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SERVING
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # whether browsers ship a domain as HTTPS-only is for its owner to ask
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if os.environ.get("VESTED_BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS]

DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000  # bytes of a form without its files; those the proxy limits
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 40  # a sector folder's tables
FILE_UPLOAD_PERMISSIONS = 0o600
