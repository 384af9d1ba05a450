"""Log lines: of a level, for people or for machines."""

import json
import logging

import pytest
from django.core.exceptions import ImproperlyConfigured

from vested.config.logs import JsonLines, logging_from


def test_a_line_is_one_json_object_with_what_was_raised() -> None:
    with pytest.raises(ValueError, match="naïve") as broken:
        int("naïve")
    raised = (broken.type, broken.value, broken.tb)
    record = logging.LogRecord("vested.core", logging.ERROR, __file__, 1, "broke at %s\nline", ("nine",), raised)
    record.created = 0.5
    text = JsonLines().format(record)
    assert "\n" not in text
    said = json.loads(text)
    assert said.pop("raised").startswith("Traceback")
    assert said == {
        "at": "1970-01-01T00:00:00.500+00:00",
        "level": "error",
        "logger": "vested.core",
        "message": "broke at nine\nline",
    }


def test_level_and_format_are_chosen() -> None:
    chosen = logging_from({"VESTED_LOG": "debug", "VESTED_LOG_FORMAT": "json"})
    assert chosen["handlers"]["stderr"]["formatter"] == "json"
    assert chosen["loggers"]["django"] == {"handlers": [], "level": "DEBUG"}
    assert chosen["loggers"]["django.db.backends"]["level"] == "INFO", "no query with its data"
    assert logging_from({})["handlers"]["stderr"]["formatter"] == "plain"


def test_the_demo_is_silent_about_pages_refused_unless_asked() -> None:
    levels = [
        logging_from(environment)["loggers"]["django.request"]["level"]
        for environment in ({"VESTED_DEMO": "1"}, {"VESTED_DEMO": "1", "VESTED_LOG": "debug"}, {"VESTED_DEMO": "0"}, {})
    ]
    assert levels == ["ERROR", "DEBUG", "INFO", "INFO"]


@pytest.mark.parametrize("wrong", [{"VESTED_LOG": "loud"}, {"VESTED_LOG_FORMAT": "xml"}])
def test_another_level_or_format_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match=next(iter(wrong))):
        logging_from(wrong)
