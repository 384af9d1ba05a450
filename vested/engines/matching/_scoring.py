"""How alike two documents are, and why.

Each kind of term is compared by weighted overlap, sum of idf * min(weight, weight) over
``lean`` * (smaller mass) + (1 - lean) * (larger mass), mass being the sum of idf * weight of one side. At lean .5
that is Dice's coefficient, at 1 the overlap coefficient, which a short text inside a long one maxes out (Tversky 1977,
Psychological Review 84, with the two sides made alike). Texts are short and often cut,
which costs cosine much: on the planted goods its best F1 was .93 where that of lean .7 was .97.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vested.engines.matching._features import CONTRAST, FIELDS, FULL, LETTERS, SIGNAL, WORD, Ints, Records
from vested.engines.matching._nouns import Match, Reason
from vested.engines.matching._store import Index, Snapshot, names_of

Floats = NDArray[np.float64]

LEANS = np.array([0.7, 0.5, 0.5])  # of words, letters, signals
ALIKE = 0.6  # of what words leave open, titles spelt alike may close
SIGNALLED = 0.1  # of a score, where both have signals
OPPOSED = 0.4  # what is left of a score beside a contrast


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Asked:
    """What is looked for: ``features`` (t,) by term, each in a ``group`` (t,) of terms that mean the same.

    ``idf`` (t,), equal within a group; ``masses`` (3,) by kind; ``unfinished``: the text is only a beginning, and what
    else a document has does not count against it.
    """

    features: Records
    group: Ints
    idf: Floats
    masses: Floats
    unfinished: bool


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Scores:
    """``total`` (n,); of every shared term its ``row``, ``asked`` place, field ``mask`` and ``points`` (h,).

    Contrasts are among them where they speak against a row, and have no points.
    """

    total: Floats
    row: Ints
    asked: Ints
    mask: NDArray[np.uint8]
    points: Floats


def idf_of(snapshot: Snapshot, terms: Ints) -> Floats:
    """Say how telling each term is: log(1 + (n + 1) / (documents having it + 1/2))."""
    return np.log1p((snapshot.count + 1) / (documents_with(snapshot, terms) + 0.5))


def documents_with(snapshot: Snapshot, terms: Ints) -> Floats:
    """Count the documents having each term."""
    if not len(snapshot.terms):
        return np.zeros(len(terms))
    at = np.minimum(np.searchsorted(snapshot.terms, terms), len(snapshot.terms) - 1)
    return np.where(snapshot.terms[at] == terms, snapshot.documents[at], 0).astype(np.float64)


def leant(kind: int | slice, one: Floats, other: Floats | np.float64) -> Floats:
    """Lean towards the smaller of two masses, as far as their kind does."""
    lean = LEANS[kind]
    return np.asarray(lean * np.minimum(one, other) + (1 - lean) * np.maximum(one, other))


def by_kind(row: Ints | int, kind: Ints, points: Floats, n: int) -> Floats:
    """Add up points of ``n`` rows by kind, contrasts left out (n, 3)."""
    return np.bincount(row * 4 + kind, points, n * 4).astype(np.float64).reshape(n, 4)[:, :CONTRAST]


def asked_of(features: Records, snapshot: Snapshot) -> Asked:
    """Ask for a whole document."""
    idf = idf_of(snapshot, features["term"])
    (masses,) = by_kind(0, features["term"] & 3, idf * features["weight"] / FULL, 1)
    return Asked(features=features, group=np.arange(len(features)), idf=idf, masses=masses, unfinished=False)


def compare(asked: Asked, row: Ints, features: Records, n: int, snapshot: Snapshot) -> Scores:
    """Compare what is asked with ``n`` documents, each of whose ``features`` stands beside its ``row``."""
    known, terms = asked.features["term"].copy(), features["term"].copy()  # in a row, which is quicker to look through
    kind = terms & 3
    masses = by_kind(row, kind, idf_of(snapshot, terms) * features["weight"] / FULL, n)
    at = np.minimum(np.searchsorted(known, terms), len(known) - 1)
    hit = np.flatnonzero(known[at] == terms)
    at, row, kind, features = at[hit], row[hit], kind[hit], features[hit]
    opposed = kind == CONTRAST
    opposed[opposed] = asked.features[at[opposed]] != features[opposed]
    points = asked.idf[at] * np.minimum(asked.features["weight"][at], features["weight"]) / FULL
    points[kind == CONTRAST] = 0.0

    order = np.lexsort((-points, asked.group[at], row))  # of terms that mean the same, the best counts
    order = order[(kind != CONTRAST)[order] | opposed[order]]
    new = np.ones(len(order), bool)
    new[1:] = (np.diff(row[order]) != 0) | (np.diff(asked.group[at][order]) != 0)
    kept = order[new]
    at, row, kind, points, mask = at[kept], row[kept], kind[kept], points[kept], features["mask"][kept]

    shared = by_kind(row, kind, points, n)
    whole = np.broadcast_to(asked.masses, (n, 3)) if asked.unfinished else leant(slice(3), masses, asked.masses)
    alike = np.divide(shared, whole, out=np.zeros((n, 3)), where=whole > 0)
    words, letters, signals = alike.T
    signalled = (masses[:, SIGNAL] > 0) & (asked.masses[SIGNAL] > 0)
    text = np.where(signalled, 1 - SIGNALLED, 1.0)
    parts = np.stack((text * words, text * (1 - words) * ALIKE * letters**3, signalled * SIGNALLED * signals), axis=1)
    parts *= np.where(np.bincount(row[kind == CONTRAST], minlength=n) > 0, OPPOSED, 1.0)[:, None]
    scale = np.zeros((n, 4))
    np.divide(parts, shared, out=scale[:, :CONTRAST], where=shared > 0)
    return Scores(total=parts.sum(axis=1), row=row, asked=at, mask=mask, points=points * scale[row, kind])


def matches(
    index: Index, scores: Scores, ids: Sequence[str], asked: Asked, *, limit: int, at_least: float
) -> tuple[Match, ...]:
    """List the best rows with their reasons, ties by id; ``ids`` are those of the rows."""
    totals = scores.total.tolist()
    best = sorted((-total, ids[row], row) for row, total in enumerate(totals) if total >= at_least)[:limit]
    told = np.isin(scores.row, [row for _, _, row in best])
    terms = asked.features["term"][scores.asked]
    names = names_of(index, np.unique(terms[told]).tolist()) if best else {}
    found = []
    for total, name, row in best:
        here = np.flatnonzero(scores.row == row)
        shared = zip(terms[here].tolist(), scores.mask[here].tolist(), scores.points[here].tolist(), strict=True)
        reasons, against = _explain(list(shared), names)
        found.append(Match(id=name, score=min(1.0, -total), reasons=reasons, against=against))
    return tuple(found)


def _explain(
    shared: Sequence[tuple[int, int, float]], names: dict[int, str]
) -> tuple[tuple[Reason, ...], tuple[str, ...]]:
    """Put into words what a document has in common with what is asked, and what speaks against it."""
    total, letters = sum(points for _, _, points in shared), 0.0
    reasons, against = [], set()
    for term, mask, worth in shared:
        kind = term & 3
        if kind == LETTERS:
            letters += worth
        elif kind == CONTRAST:
            against.add(names[term])
        else:
            where = tuple(name for place, name in enumerate(FIELDS) if mask >> place & 1)
            word_or_signal = "word" if kind == WORD else "signal"
            reasons.append(Reason(kind=word_or_signal, what=names[term], fields=where, share=worth / total))
    if letters:
        reasons.append(Reason(kind="letters", what="title", fields=("title",), share=letters / total))
    reasons.sort(key=lambda reason: (-reason.share, reason.kind, reason.what))
    return tuple(reasons), tuple(sorted(against))
