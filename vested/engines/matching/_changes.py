"""Adding, changing and removing documents of an index."""

import json
from collections.abc import Iterable, Sequence
from itertools import count, pairwise

import numpy as np

from vested.engines.matching._features import (
    CONTRAST,
    FULL,
    LETTERS,
    WORD,
    Features,
    Ints,
    Records,
    check_document,
    features_of,
)
from vested.engines.matching._nouns import Document, InvalidDocument
from vested.engines.matching._store import BLOCK, BLOCK_BITS, NUMBER, TERM, Index, posting_of, unpack, writing
from vested.engines.matching._words import fold

_SHARD_BITS = 38  # of a term's 48 that lie below its shard of the vocabulary

Numbered = tuple[Ints, Records]  # features, and the number of the document of each


def put(index: Index, documents: Iterable[Document]) -> None:
    """Add documents, and change those whose id the index has; all of them or, on an error, none.

    Raises InvalidDocument for one that does not fit, or an id given twice.
    """
    features: dict[str, Features] = {}
    for document in documents:
        check_document(document)
        if document.id in features:
            raise InvalidDocument(f"document {document.id!r} is given twice; give each once")
        features[document.id] = features_of(document, index.stem)
    with writing(index.connection):
        _write(index, features, [])


def remove(index: Index, ids: Iterable[str]) -> None:
    """Take documents out, all of them or none. Raises KeyError for an id the index does not have."""
    with writing(index.connection):
        _write(index, {}, sorted(set(ids)))


def _write(index: Index, added: dict[str, Features], removed: Sequence[str]) -> None:
    connection = index.connection
    query = "SELECT id, number, body FROM document WHERE id IN (SELECT value FROM json_each(?))"
    named = json.dumps([*added, *removed])
    old = {name: (number, body) for name, number, body in connection.execute(query, (named,))}
    if missing := sorted(set(removed) - set(old)):
        raise KeyError(f"no document has the id {missing[0]!r}; nothing was changed")
    fresh = count(*connection.execute("SELECT ifnull(max(number) + 1, 0) FROM document").fetchone())
    connection.executemany("DELETE FROM document WHERE number = ?", [(number,) for number, _ in old.values()])
    new = [
        (old[name][0] if name in old else next(fresh), name, features.tobytes())
        for name, (features, _) in added.items()
    ]
    connection.executemany("INSERT INTO document VALUES (?, ?, ?)", new)
    met = {(term, name) for _, names_of in added.values() for term, names in names_of.items() for name in names}
    rows = sorted((fold(name.lower()), term, name) for term, name in met)
    connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", rows)
    gone = _flat(list(old.values()))
    come = _flat([(number, body) for number, _, body in new])
    _change_postings(index, gone, come)
    _change_vocabulary(index, gone[1]["term"], come[1]["term"])
    _change_masses(index, gone, come)
    connection.execute("UPDATE fact SET value = value + 1 WHERE name = 'generation'")
    connection.execute("UPDATE fact SET value = value + ? WHERE name = 'count'", (len(added) - len(old),))


def _flat(rows: Sequence[tuple[int, bytes]]) -> Numbered:
    places, features = unpack([body for _, body in rows])
    return np.array([number for number, _ in rows], np.int64)[places], features


def _change_postings(index: Index, gone: Numbered, come: Numbered) -> None:
    numbers, features = np.concatenate((gone[0], come[0])), np.concatenate((gone[1], come[1]))
    stays = np.arange(len(numbers)) >= len(gone[0])
    kinds = features["term"] & 3
    kept = np.flatnonzero((kinds == WORD) | (kinds == LETTERS))
    keys = (features["term"][kept] << BLOCK_BITS) | (numbers[kept] // BLOCK)
    order = np.lexsort((numbers[kept], keys))
    keys, kept = keys[order], kept[order]
    places, weights, stays = (numbers[kept] % BLOCK).astype(NUMBER), features["weight"][kept], stays[kept]
    starts = np.flatnonzero(np.diff(keys, prepend=-1)).tolist()
    for start, end in pairwise([*starts, len(keys)]):
        key, here, stay = int(keys[start]), places[start:end], stays[start:end]
        new, counted = here[stay], weights[start:end][stay]
        row = index.connection.execute("SELECT body FROM posting WHERE key = ?", (key,)).fetchone()
        if row:
            before, theirs = posting_of(row[0])
            left = ~np.isin(before, here[~stay])
            new, counted = np.concatenate((before[left], new)), np.concatenate((theirs[left], counted))
            order = np.argsort(new)
            new, counted = new[order], counted[order]
        if len(new):
            index.connection.execute("REPLACE INTO posting VALUES (?, ?)", (key, new.tobytes() + counted.tobytes()))
        else:
            index.connection.execute("DELETE FROM posting WHERE key = ?", (key,))


def _change_vocabulary(index: Index, gone: Ints, come: Ints) -> None:
    terms, at = np.unique(np.concatenate((gone, come)), return_inverse=True)
    more = np.bincount(at, np.repeat((-1.0, 1.0), (len(gone), len(come))), len(terms))
    changed = (more != 0) & ((terms & 3) != CONTRAST)
    terms, more = terms[changed], more[changed]
    for shard in np.unique(terms >> _SHARD_BITS).tolist():
        here = terms >> _SHARD_BITS == shard
        row = index.connection.execute("SELECT body FROM vocabulary WHERE shard = ?", (shard,)).fetchone()
        before = np.frombuffer(row[0] if row else b"", TERM)
        union, at = np.unique(np.concatenate((before["term"], terms[here])), return_inverse=True)
        body = np.empty(len(union), TERM)
        body["term"] = union
        body["documents"] = np.bincount(at, np.concatenate((before["documents"], more[here])), len(union))
        body = body[body["documents"] > 0]
        index.connection.execute("REPLACE INTO vocabulary VALUES (?, ?)", (shard, body.tobytes()))


def _change_masses(index: Index, gone: Numbered, come: Numbered) -> None:
    numbers, at = np.unique(np.concatenate((gone[0], come[0])), return_inverse=True)
    sums = np.zeros((2, len(numbers)), np.float32)
    for place, kind in enumerate((WORD, LETTERS)):
        weights = np.where(come[1]["term"] & 3 == kind, come[1]["weight"] / FULL, 0.0)
        sums[place] = np.bincount(at[len(gone[0]) :], weights, len(numbers))
    for block in np.unique(numbers // BLOCK).tolist():
        here = numbers // BLOCK == block
        row = index.connection.execute("SELECT body FROM mass WHERE block = ?", (block,)).fetchone()
        masses = np.frombuffer(row[0], np.float32).copy() if row else np.zeros(2 * BLOCK, np.float32)
        masses.reshape(2, BLOCK)[:, numbers[here] % BLOCK] = sums[:, here]
        index.connection.execute("REPLACE INTO mass VALUES (?, ?)", (block, masses.tobytes()))
