"""What is looked for, where, and what is found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

LANGUAGES = ("en", "da", "fr", "nl")
SUGGESTED = 0.5  # see the package's docstring for what this finds and what it lets in


class InvalidDocument(ValueError):
    """A document does not fit; says which, why, and what would."""


class InvalidIndex(ValueError):
    """What lies at a path is no index; says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A building block, system, initiative, idea or lesson.

    ``fields`` text by name: title and summary, ``signals`` values by name: standard, capability, category, licence,
    compared whole and without regard to case; ``language`` one of en, da, fr, nl, or None: told from the function
    words of each field.
    """

    id: str
    fields: Mapping[str, str]
    signals: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))
    language: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """One thing two documents have in common.

    ``kind`` is word, letters or signal; ``what`` the word, "standard: FHIR", or the field whose letters are alike;
    ``fields`` where the document found has it (none for a signal); ``share`` of the score, all shares adding up to 1.
    """

    kind: str
    what: str
    fields: tuple[str, ...]
    share: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A document found: its ``id``, ``score`` from 0 to 1, ``reasons`` by share, and what speaks ``against`` it.

    ``against`` names opposites ("import / export") and numbers that differ in the titles; each has already lowered
    the score.
    """

    id: str
    score: float
    reasons: tuple[Reason, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two documents that may be one, ``first`` < ``second``; the rest as in ``Match`` (fields of the second)."""

    first: str
    second: str
    score: float
    reasons: tuple[Reason, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Duplicates:
    """Pairs found; ``finished`` is False where ``stop`` ended the search before all documents were compared."""

    pairs: tuple[Pair, ...]
    finished: bool
