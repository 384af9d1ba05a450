"""House rules about words: everything people read is there in every language, and means the same variables."""

import re
from io import BytesIO

import pytest
from babel.messages import Catalog, Message
from babel.messages.mofile import read_mo, write_mo

from tests.house.messages import LANGUAGES, found, kept, po_path

PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[sd]|%%")
MEND = "run .venv/bin/python -m tests.house.messages, then fill in the empty words"


def test_the_sources_and_templates_have_words() -> None:
    """Extraction finds calls in Python, tags in templates, plurals and contexts; else the rest proves nothing."""
    messages = found()
    assert messages.get("The money is used") is not None
    assert messages.get("Skip to the report") is not None
    assert messages.get("Closed", context="share of a gap") is not None
    assert any(isinstance(message.id, tuple) for message in messages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated(language: str) -> None:
    words = kept(language)
    missing = [m.id for m in found() if m.id and not _is_translated(words.get(m.id, m.context), m)]
    assert missing == [], MEND


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fuzzy_or_left_over(language: str) -> None:
    messages, words = found(), kept(language)
    assert [m.id for m in words if m.id and m.fuzzy] == []
    assert [m.id for m in words if m.id and messages.get(m.id, m.context) is None] == [], MEND


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_name_the_same_variables(language: str) -> None:
    wrong = [
        m.id for m in kept(language) if m.id and {_names(s) for s in _forms(m.string)} != {_names(_forms(m.id)[-1])}
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_words_are_those_in_the_po_file(language: str) -> None:
    with po_path(language).with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    fresh = BytesIO()
    write_mo(fresh, kept(language))
    fresh.seek(0)
    assert _content(compiled) == _content(read_mo(fresh)), MEND


def _is_translated(message: Message | None, wanted: Message) -> bool:
    return message is not None and type(message.id) is type(wanted.id) and all(_forms(message.string))


def _forms(words: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(words) if isinstance(words, (list, tuple)) else (words or "",)


def _names(words: str) -> frozenset[str]:
    return frozenset(match.group() for match in PLACEHOLDER.finditer(words))


def _content(words: Catalog) -> set[tuple[str | None, str, tuple[str, ...]]]:
    return {(m.context, str(_forms(m.id)), _forms(m.string)) for m in words if m.id}
