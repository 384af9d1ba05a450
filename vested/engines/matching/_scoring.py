"""How alike two documents are, and why.

Each kind of term is compared by weighted overlap, sum of idf * min(weight, weight) over
``lean`` * (smaller mass) + (1 - lean) * (larger mass), mass being the sum of idf * weight of one side. At lean .5
that is Dice's coefficient, at 1 the overlap coefficient, which a short text inside a long one maxes out (Tversky 1977,
Psychological Review 84, with the two sides made alike). Texts are short and often cut,
which costs cosine much: on the planted goods its best F1 was .93 where that of lean .7 was .97.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vested.engines.matching._features import CONTRAST, FULL, LETTERS, SIGNAL, WORD, Bytes, Features, Terms
from vested.engines.matching._nouns import Match, Reason, Scheme
from vested.engines.matching._store import Snapshot

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEANS = (0.7, 0.5, 0.5)  # of words, letters, signals
ALIKE = 0.6  # of what words leave open, titles spelt alike may close
SIGNALS = 0.1  # of a score, where both have signals
OPPOSED = 0.4  # what is left of a score beside a contrast


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Asked:
    """What is looked for: ``terms`` (t,) in order, each in a ``group`` (t,) of terms that mean the same.

    ``weights`` (t,) in 255ths; ``idf`` (t,), equal within a group; ``masses`` (3,) by kind; ``sides`` (t, 2) of
    contrasts; ``unfinished``: the text is only a beginning, and what else a document has does not count against it.
    """

    terms: Terms
    group: Ints
    weights: Bytes
    idf: Floats
    masses: Floats
    sides: NDArray[np.uint8]
    unfinished: bool


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Rows:
    """Documents to compare with: ``row`` (f,) of each of their terms, ``count`` of them."""

    row: Ints
    terms: Terms
    weights: Bytes
    masks: Bytes
    count: int


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Scores:
    """``total`` (n,); of every shared term its ``row``, ``asked`` place, field ``mask`` and ``points`` (h,).

    ``opposed_row``, ``opposed`` (o,) name contrasts by row and place in what is asked.
    """

    total: Floats
    row: Ints
    asked: Ints
    mask: Bytes
    points: Floats
    opposed_row: Ints
    opposed: Ints


def idf_of(snapshot: Snapshot, terms: Terms) -> Floats:
    """Say how telling each term is: log(1 + (n + 1) / (documents having it + 1/2))."""
    return np.log1p((snapshot.count + 1) / (documents_with(snapshot, terms) + 0.5))


def documents_with(snapshot: Snapshot, terms: Terms) -> Floats:
    """Count the documents having each term."""
    if not len(snapshot.terms):
        return np.zeros(len(terms))
    at = np.minimum(np.searchsorted(snapshot.terms, terms), len(snapshot.terms) - 1)
    return np.where(snapshot.terms[at] == terms, snapshot.documents[at], 0).astype(np.float64)


def asked_of(features: Features, snapshot: Snapshot) -> Asked:
    """Ask for a whole document."""
    idf, kinds = idf_of(snapshot, features.terms), features.terms & 3
    return Asked(
        terms=features.terms,
        group=np.arange(len(features.terms)),
        weights=features.weights,
        idf=idf,
        masses=np.bincount(kinds, idf * features.weights / FULL, 4).astype(np.float64)[:CONTRAST],
        sides=np.stack((features.weights, features.masks), axis=1),
        unfinished=False,
    )


def compare(asked: Asked, rows: Rows, snapshot: Snapshot) -> Scores:
    """Compare what is asked with each row."""
    n, kinds = rows.count, rows.terms & 3
    counted = kinds != CONTRAST
    masses = np.bincount(
        (rows.row * 4 + kinds)[counted], (idf_of(snapshot, rows.terms) * rows.weights / FULL)[counted], n * 4
    ).reshape(n, 4)[:, :CONTRAST]
    at = np.minimum(np.searchsorted(asked.terms, rows.terms), len(asked.terms) - 1)
    hit = np.flatnonzero(asked.terms[at] == rows.terms)
    at, row, kind = at[hit], rows.row[hit], kinds[hit]
    points = asked.idf[at] * np.minimum(asked.weights[at], rows.weights[hit]) / FULL

    contrast = kind == CONTRAST
    theirs = np.stack((rows.weights[hit], rows.masks[hit]), axis=1)
    opposed = contrast & (asked.sides[at] != theirs).any(axis=1) & (not asked.unfinished)

    order = np.lexsort((-points, asked.group[at], row))  # of terms that mean the same, the best counts
    order = order[~contrast[order]]
    new = np.ones(len(order), bool)
    new[1:] = (np.diff(row[order]) != 0) | (np.diff(asked.group[at][order]) != 0)
    kept = order[new]
    at_, row_, kind_, points = at[kept], row[kept], kind[kept], points[kept]

    shared = np.bincount(row_ * 3 + kind_, points, n * 3).reshape(n, 3)
    if asked.unfinished:
        whole = np.broadcast_to(asked.masses, (n, 3))
    else:
        less, more = np.minimum(masses, asked.masses), np.maximum(masses, asked.masses)
        lean = np.array(LEANS)
        whole = lean * less + (1 - lean) * more
    alike = np.divide(shared, whole, out=np.zeros((n, 3)), where=whole > 0)
    words, letters, signals = alike.T
    signalled = (masses[:, SIGNAL] > 0) & (asked.masses[SIGNAL] > 0)
    text = np.where(signalled, 1 - SIGNALS, 1.0)
    parts = np.stack((text * words, text * (1 - words) * ALIKE * letters**3, signalled * SIGNALS * signals), axis=1)
    parts *= np.where(np.bincount(row[opposed], minlength=n) > 0, OPPOSED, 1.0)[:, None]
    scale = np.divide(parts, shared, out=np.zeros((n, 3)), where=shared > 0)
    return Scores(
        total=parts.sum(axis=1),
        row=row_,
        asked=at_,
        mask=rows.masks[hit][kept],
        points=points * scale[row_, kind_],
        opposed_row=row[opposed],
        opposed=at[opposed],
    )


def matches(
    scores: Scores,
    ids: Sequence[str],
    asked: Asked,
    scheme: Scheme,
    names_of: Callable[[list[int]], dict[int, str]],
    *,
    limit: int,
    at_least: float,
) -> tuple[Match, ...]:
    """List the best rows with their reasons, ties by id; ``ids`` are those of the rows."""
    totals = scores.total.tolist()
    best = sorted((-total, ids[row], row) for row, total in enumerate(totals) if total >= at_least)[:limit]
    told = np.isin(scores.row, [row for _, _, row in best])
    opposed = np.isin(scores.opposed_row, [row for _, _, row in best])
    used = np.unique(asked.terms[np.concatenate((scores.asked[told], scores.opposed[opposed]))])
    names = names_of(used.tolist()) if best else {}
    found = []
    for total, name, row in best:
        reasons, against = _explain(scores, row, asked, names, scheme)
        found.append(Match(id=name, score=min(1.0, -total), reasons=reasons, against=against))
    return tuple(found)


def _explain(
    scores: Scores, row: int, asked: Asked, names: dict[int, str], scheme: Scheme
) -> tuple[tuple[Reason, ...], tuple[str, ...]]:
    """Put into words what a row has in common with what is asked, and what speaks against it."""
    here = np.flatnonzero(scores.row == row)
    terms, masks, points = asked.terms[scores.asked[here]], scores.mask[here], scores.points[here]
    total = float(points.sum())
    letters = float(points[terms & 3 == LETTERS].sum())
    reasons = (
        [Reason(kind="letters", what=scheme.title, fields=(scheme.title,), share=letters / total)] if letters else []
    )
    for term, mask, worth in zip(terms.tolist(), masks.tolist(), points.tolist(), strict=True):
        if term & 3 != LETTERS:
            where = tuple(name for place, (name, *_) in enumerate(scheme.fields) if mask >> place & 1)
            kind = "word" if term & 3 == WORD else "signal"
            reasons.append(Reason(kind=kind, what=names[term], fields=where, share=worth / total))
    reasons.sort(key=lambda reason: (-reason.share, reason.kind, reason.what))
    against = {names[term] for term in asked.terms[scores.opposed[scores.opposed_row == row]].tolist()}
    return tuple(reasons), tuple(sorted(against))
