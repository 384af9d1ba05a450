"""Looking for documents like one, or for a text while it is typed."""

from collections.abc import Sequence

import numpy as np

from vested.engines.matching._features import (
    FEATURE,
    FULL,
    LETTERS,
    WORD,
    Ints,
    check_document,
    features_of,
    term_of,
    trigrams,
)
from vested.engines.matching._nouns import LANGUAGES, SUGGESTED, Document, Match
from vested.engines.matching._scoring import Asked, asked_of, by_kind, compare, documents_with, leant, matches
from vested.engines.matching._store import BLOCK, Index, Snapshot, postings, reading, stored, terms_beginning, unpack
from vested.engines.matching._words import STOP_WORDS, fold, split

POOL = (60, 30)  # documents compared in full: the best by words, and by letters
POSTINGS = 50_000  # read of each kind to choose them, where the terms in most documents can be spared
_COUNTS = np.arange(FULL + 1, dtype=np.float32) / FULL


def similar(index: Index, document: Document, *, limit: int = 10, at_least: float = SUGGESTED) -> tuple[Match, ...]:
    """Has anyone this already? List the documents most like one, without itself (by id), best first.

    ``at_least`` is the least score listed, ``limit`` how many. Raises InvalidDocument as ``put`` does.
    """
    _check(limit, at_least)
    check_document(document)
    features, _ = features_of(document, index.stem)
    with reading(index) as snapshot:
        asked = asked_of(features, snapshot)
        return _answer(index, snapshot, asked, limit=limit, at_least=at_least, without=document.id)


def search(index: Index, text: str, *, language: str | None = None, limit: int = 10) -> tuple[Match, ...]:
    """Find documents while a text is typed: its last word counts by what it may become, unless a blank follows.

    ``language`` None tries all four. A score is the share of the text that is found, each word counting for more the
    rarer it is and the more it is of a document. A text without a letter finds nothing.
    """
    _check(limit, 0.0)
    if language not in {None, *LANGUAGES}:
        raise ValueError(f"language is {language!r}; give one of {', '.join(LANGUAGES)} or None")
    with reading(index) as snapshot:
        asked = _asked_text(index, snapshot, text, LANGUAGES if language is None else (language,))
        return _answer(index, snapshot, asked, limit=limit, at_least=1e-9, without=None) if len(asked.features) else ()


def _check(limit: int, at_least: float) -> None:
    if not isinstance(limit, int) or limit < 1:
        raise ValueError(f"limit is {limit!r}; give a whole number of at least 1")
    if not 0 <= at_least <= 1:
        raise ValueError(f"at_least is {at_least!r}; give a score from 0 to 1")


def _asked_text(index: Index, snapshot: Snapshot, text: str, languages: Sequence[str]) -> Asked:
    words = split(text)
    beginning = words.pop() if words and not text[-1].isspace() else None
    kept = [word for word in words if not any(word in STOP_WORDS[language] for language in languages)]
    groups = [
        {term_of(WORD, index.stem(word, language)) for language in languages} for word in dict.fromkeys(kept or words)
    ]
    grams = trigrams(text)
    if beginning is not None:
        became = terms_beginning(index, fold(beginning))
        groups.append(became | {term_of(WORD, index.stem(beginning, language)) for language in languages})
        grams = {gram for gram in grams if not gram.endswith("_")}
    groups += [{term_of(LETTERS, gram)} for gram in sorted(grams)]
    kinds = np.array([min(group) & 3 for group in groups], np.int64)
    placed = {term: place for place, group in reversed(list(enumerate(groups))) for term in group}
    features = np.array([(term, FULL, 0) for term in sorted(placed)], FEATURE)
    group = np.array([placed[term] for term in sorted(placed)], np.int64)
    held = np.zeros(len(groups))
    np.maximum.at(held, group, documents_with(snapshot, features["term"]))
    idf = np.log1p((snapshot.count + 1) / (held + 0.5))
    (masses,) = by_kind(0, kinds, idf, 1)
    return Asked(features=features, group=group, idf=idf[group], masses=masses, unfinished=True)


def _answer(
    index: Index, snapshot: Snapshot, asked: Asked, *, limit: int, at_least: float, without: str | None
) -> tuple[Match, ...]:
    found = [row for row in stored(index, _pool(index, snapshot, asked).tolist()) if row[1] != without]
    row, features = unpack([body for _, _, body in found])
    scores = compare(asked, row, features, len(found), snapshot)
    return matches(index, scores, [name for _, name, _ in found], asked, limit=limit, at_least=at_least)


def _pool(index: Index, snapshot: Snapshot, asked: Asked) -> Ints:
    """Choose the documents worth comparing in full: what they share is exact, their own mass taken as average words."""
    chosen = [np.empty(0, np.int64)]
    terms, own = asked.features["term"], asked.features["weight"]
    for kind, most in zip((WORD, LETTERS), POOL, strict=True):
        shared = np.zeros(snapshot.masses.shape[1], np.float32)
        for at in _telling(asked, snapshot, kind).tolist():
            points = (asked.idf[at] * np.minimum(_COUNTS, own[at] / FULL)).astype(np.float32)
            for first, numbers, weights in postings(index, int(terms[at])):
                shared[first : first + BLOCK][numbers] += points[weights]
        found = np.flatnonzero(shared)
        if not asked.unfinished and len(found):
            average = asked.masses[kind] / (own[terms & 3 == kind].sum() / FULL)
            shared[found] /= leant(kind, average * snapshot.masses[kind, found], asked.masses[kind])
        if len(found) > most:
            worst = np.partition(shared[found], len(found) - most)[len(found) - most]
            above, level = found[shared[found] > worst], found[shared[found] == worst]
            found = np.concatenate((above, level[: most - len(above)]))
        chosen.append(found)
    return np.unique(np.concatenate(chosen))


def _telling(asked: Asked, snapshot: Snapshot, kind: int) -> Ints:
    """Leave out terms in most documents, as far as that saves postings and half of the mass stays."""
    here = np.flatnonzero(asked.features["term"] & 3 == kind)
    held = documents_with(snapshot, asked.features["term"][here])
    here, held = here[np.argsort(held, kind="stable")], np.sort(held)
    mass = np.cumsum(asked.idf[here] * asked.features["weight"][here])
    return here[(held > 0) & ((np.cumsum(held) <= POSTINGS) | (mass <= mass[-1:] / 2))]
