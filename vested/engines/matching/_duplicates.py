"""Looking for pairs in the whole set."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from vested.engines.matching._features import FULL, LETTERS, WORD, Ints, Records
from vested.engines.matching._nouns import SUGGESTED, Duplicates, Pair
from vested.engines.matching._scoring import asked_of, compare, documents_with, idf_of, matches
from vested.engines.matching._store import Index, Snapshot, reading, stored, unpack

READ = 2_000  # postings of a document's rarest terms that are looked through, of each kind
FEWEST = 4  # terms of each kind looked through all the same
KEPT = 30  # documents compared with each in full, of each kind
_STEP = 500  # documents between two questions to stop


class _Held(NamedTuple):
    """Every document: ``ids`` (n,); ``starts`` (n + 1,) of its ``features`` (f,), and of each its ``row``."""

    ids: list[str]
    starts: Ints
    row: Ints
    features: Records


def duplicates(index: Index, *, at_least: float = SUGGESTED, stop: Callable[[float], bool] | None = None) -> Duplicates:
    """List pairs of documents that may be one, best first, of a score of at least ``at_least``.

    Each document is compared with those that share its rarest words and letters (after Bayardo, Ma and Srikant 2007,
    "Scaling up all pairs similarity search", with a limit on what is read in the place of a proof).
    ``stop`` hears the share done now and then, and ends the search by saying True. Holds the features of all
    documents in memory, about 3 kB each.
    """
    if not 0 <= at_least <= 1:
        raise ValueError(f"at_least is {at_least!r}; give a score from 0 to 1")
    with reading(index) as snapshot:
        rows = sorted((name, body) for _, name, body in stored(index))
        row, features = unpack([body for _, body in rows])
        held = _Held([name for name, _ in rows], np.searchsorted(row, np.arange(len(rows) + 1)), row, features)
        codes = [np.empty(0, np.int64)]
        pairs: list[Pair] = []
        steps, done = 3 * (-(-len(rows) // _STEP)), 0
        for kind in (WORD, LETTERS):
            for found in _near(held, snapshot, kind):
                codes.append(found)
                done += 1
                if stop is not None and stop(done / steps):
                    return Duplicates(pairs=(), finished=False)
        first, second = np.divmod(np.unique(np.concatenate(codes)), max(1, len(rows)))
        starts = np.searchsorted(first, np.arange(len(rows) + 1))
        for one in range(len(rows)):
            others = second[starts[one] : starts[one + 1]]
            if len(others):
                pairs += _pairs(index, snapshot, held, one, others, at_least)
            if one % _STEP == _STEP - 1:
                done += 1
                if stop is not None and stop(done / steps):
                    return Duplicates(pairs=_sorted(pairs), finished=False)
        return Duplicates(pairs=_sorted(pairs), finished=True)


def _sorted(pairs: list[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: (-pair.score, pair.first, pair.second)))


def _near(held: _Held, snapshot: Snapshot, kind: int) -> Iterator[Ints]:
    """Give pairs worth comparing, as smaller place times their number plus larger place, a step at a time."""
    having, count = documents_with(snapshot, held.features["term"]), len(held.ids)
    of_kind = np.flatnonzero((held.features["term"] & 3 == kind) & (having > 1))  # nobody else has the others
    document, features, having = held.row[of_kind], held.features[of_kind], having[of_kind]
    column = np.searchsorted(snapshot.terms, features["term"])
    counts = idf_of(snapshot, features["term"]) * features["weight"] / FULL
    shape = (count, len(snapshot.terms))
    by_term = csr_array((counts, (document, column)), shape=shape).T.tocsr()
    order = np.lexsort((having, document))
    starts = np.searchsorted(document, np.arange(count))
    read = np.cumsum(having[order])
    before = np.concatenate(([0.0], read))[starts][document]  # of the documents above
    rank = np.arange(len(order)) - starts[document]
    rare = order[(read - before <= READ) | (rank < FEWEST)]
    looked = csr_array((np.ones(len(rare)), (document[rare], column[rare])), shape=shape)
    for start in range(0, count, _STEP):
        shared = (looked[start : start + _STEP] @ by_term).tocsr()
        found = []
        for row in range(shared.shape[0]):
            here = slice(shared.indptr[row], shared.indptr[row + 1])
            others, points = shared.indices[here], shared.data[here]
            points, others = points[others != start + row], others[others != start + row]
            if len(others) > KEPT:
                others = others[np.argpartition(points, len(points) - KEPT)[-KEPT:]]
            others = others.astype(np.int64)
            found.append(np.minimum(others, start + row) * count + np.maximum(others, start + row))
        yield np.concatenate(found)


def _pairs(index: Index, snapshot: Snapshot, held: _Held, one: int, others: Ints, at_least: float) -> list[Pair]:
    """Compare a document with others in full."""
    asked = asked_of(held.features[held.starts[one] : held.starts[one + 1]], snapshot)
    sizes = held.starts[others + 1] - held.starts[others]
    row = np.repeat(np.arange(len(others)), sizes)
    at = held.starts[others][row] + np.arange(len(row)) - np.searchsorted(row, row)
    scores = compare(asked, row, held.features[at], len(others), snapshot)
    ids = [held.ids[other] for other in others.tolist()]
    return [
        Pair(first=held.ids[one], second=match.id, score=match.score, reasons=match.reasons, against=match.against)
        for match in matches(index, scores, ids, asked, limit=len(ids), at_least=at_least)
    ]
