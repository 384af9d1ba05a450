"""What is logged, where and how: lines on standard error, for people or for machines."""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured

LEVELS = ("debug", "info", "warning", "error")
FORMATS = ("plain", "json")


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the moment (UTC), level, logger and message, and what was raised."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["raised"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def logging_from(environment: Mapping[str, str]) -> dict[str, Any]:
    """Django's LOGGING from ``VESTED_LOG`` (a level) and ``VESTED_LOG_FORMAT``.

    Unless a level is asked for, the demo is silent about pages refused or not found: one tries that out.
    """
    level, form = environment.get("VESTED_LOG", "info"), environment.get("VESTED_LOG_FORMAT", "plain")
    if level not in LEVELS or form not in FORMATS:
        raise ImproperlyConfigured(
            f"VESTED_LOG must be one of {', '.join(LEVELS)}, and VESTED_LOG_FORMAT one of {', '.join(FORMATS)}"
        )
    demo = environment.get("VESTED_DEMO") == "1" and "VESTED_LOG" not in environment
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
            "json": {"()": "vested.config.logs.JsonLines"},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "vested": {"level": level.upper()},
            "django": {"handlers": [], "level": level.upper()},  # Django's own would mail the errors
            "django.request": {"level": "ERROR" if demo else level.upper()},
            "django.db.backends": {"level": "INFO"},  # at debug it would write every query with its data
            "_granian": {"level": level.upper()},
        },
    }
