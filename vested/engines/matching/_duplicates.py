"""Looking for pairs in the whole set."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from vested.engines.matching._features import FULL, LETTERS, WORD, Bytes, Features, Terms
from vested.engines.matching._nouns import SUGGESTED, Duplicates, Pair
from vested.engines.matching._scoring import Ints, Rows, asked_of, compare, documents_with, idf_of, matches
from vested.engines.matching._store import Index, Snapshot, names_of, reading, stored, unpack

READ = 2_000  # postings of a document's rarest terms that are looked through, of each kind
FEWEST = 4  # terms of each kind looked through all the same
KEPT = 30  # documents compared with each in full, of each kind
_STEP = 500  # documents between two questions to stop


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Features:
    """Every document's features below one another: ``starts`` (n + 1,), and of each feature its document (f,)."""

    starts: Ints
    document: Ints
    terms: Terms
    weights: Bytes
    masks: Bytes


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
        ids = [name for name, _ in rows]
        places, packed = unpack([body for _, body in rows])
        features = _Features(
            starts=np.searchsorted(places, np.arange(len(ids) + 1)),
            document=places,
            terms=np.ascontiguousarray(packed["term"]),
            weights=np.ascontiguousarray(packed["weight"]),
            masks=np.ascontiguousarray(packed["mask"]),
        )
        codes = [np.empty(0, np.int64)]
        pairs: list[Pair] = []
        steps = 3 * (-(-len(ids) // _STEP))
        done = 0
        for kind in (WORD, LETTERS):
            for found in _near(features, snapshot, kind, len(ids)):
                codes.append(found)
                done += 1
                if stop is not None and stop(done / steps):
                    return Duplicates(pairs=(), finished=False)
        first, second = np.divmod(np.unique(np.concatenate(codes)), max(1, len(ids)))
        starts = np.searchsorted(first, np.arange(len(ids) + 1))
        for one in range(len(ids)):
            others = second[starts[one] : starts[one + 1]]
            if len(others):
                pairs += _pairs(index, snapshot, features, ids, one, others, at_least)
            if one % _STEP == _STEP - 1:
                done += 1
                if stop is not None and stop(done / steps):
                    return Duplicates(pairs=_sorted(pairs), finished=False)
        return Duplicates(pairs=_sorted(pairs), finished=True)


def _sorted(pairs: list[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: (-pair.score, pair.first, pair.second)))


def _near(features: _Features, snapshot: Snapshot, kind: int, count: int) -> Iterator[Ints]:
    """Give pairs worth comparing, as smaller place times ``count`` plus larger place, a step at a time."""
    of_kind = np.flatnonzero(features.terms & 3 == kind)
    held = documents_with(snapshot, features.terms[of_kind])
    of_kind = of_kind[held > 1]  # nobody else has the others
    document, terms = features.document[of_kind], features.terms[of_kind]
    column = np.searchsorted(snapshot.terms, terms)
    counts = idf_of(snapshot, terms) * features.weights[of_kind] / FULL
    shape = (count, len(snapshot.terms))
    having = csr_array((counts, (document, column)), shape=shape).T.tocsr()
    order = np.lexsort((held[held > 1], document))
    starts = np.searchsorted(document, np.arange(count))
    read = np.cumsum(held[held > 1][order])
    before = np.concatenate(([0.0], read))[starts][document]  # of the documents above
    rank = np.arange(len(order)) - starts[document]
    rare = order[(read - before <= READ) | (rank < FEWEST)]
    looked = csr_array((np.ones(len(rare)), (document[rare], column[rare])), shape=shape)
    for start in range(0, count, _STEP):
        shared = (looked[start : start + _STEP] @ having).tocsr()
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


def _pairs(
    index: Index,
    snapshot: Snapshot,
    features: _Features,
    ids: list[str],
    one: int,
    others: Ints,
    at_least: float,
) -> list[Pair]:
    """Compare a document with others in full."""
    own = slice(features.starts[one], features.starts[one + 1])
    asked = asked_of(
        Features(terms=features.terms[own], weights=features.weights[own], masks=features.masks[own], names={}),
        snapshot,
    )
    sizes = features.starts[others + 1] - features.starts[others]
    at = np.repeat(features.starts[others] - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
    rows = Rows(
        row=np.repeat(np.arange(len(others)), sizes),
        terms=features.terms[at],
        weights=features.weights[at],
        masks=features.masks[at],
        count=len(others),
    )
    scores = compare(asked, rows, snapshot)
    found = [ids[other] for other in others.tolist()]
    listed = matches(
        scores, found, asked, index.scheme, lambda terms: names_of(index, terms), limit=len(others), at_least=at_least
    )
    return [
        Pair(first=ids[one], second=match.id, score=match.score, reasons=match.reasons, against=match.against)
        for match in listed
    ]
