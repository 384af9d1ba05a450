"""The index on disk: one SQLite file, opened and read here and changed by ``_changes``.

Chosen over a folder of memory-mapped arrays: a change is one transaction that is there whole or not at all after a
crash or power loss, other processes read beside it, and no merging or locking of ours has to be right. What it costs
is copying postings out of the file, a few milliseconds of an answer.

Documents are numbered. ``posting`` holds for a term and a block of 32,768
numbers which documents have it and how much it counts there, so that a change rewrites short rows. ``vocabulary`` and
``mass`` are what an answer needs whole: how many documents have each term, and how much text each document has.
Nothing stored depends on the order of changes but the numbers.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vested.engines.matching._features import FEATURE, WORD, Ints, Records
from vested.engines.matching._nouns import InvalidIndex
from vested.engines.matching._words import Stem, stemmer

BLOCK = 1 << 15  # documents in a posting row; their numbers within it take two bytes
BLOCK_BITS = 15  # of a posting's key
_LAYOUT = "vested matching 2"
_TABLES = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE document (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body BLOB NOT NULL);
CREATE TABLE posting (key INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE vocabulary (shard INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE mass (block INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE name (folded TEXT, term INTEGER, name TEXT, PRIMARY KEY (folded, term, name)) WITHOUT ROWID;
CREATE INDEX name_of_term ON name (term, name);
"""
TERM = np.dtype([("term", "<i8"), ("documents", "<i4")])
NUMBER = np.dtype("<u2")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Snapshot:
    """What an answer needs whole: ``terms`` in order and how many ``documents`` have each; ``masses`` (2, numbers)."""

    generation: int
    count: int
    terms: Ints
    documents: NDArray[np.int32]
    masses: NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Index:
    """An open index, for one thread at a time."""

    connection: sqlite3.Connection
    stem: Stem
    snapshots: list[Snapshot]


@contextmanager
def open_index(path: Path | None, *, read_only: bool = False) -> Iterator[Index]:
    """Open the index at ``path``, or make an empty one there; None keeps it in memory.

    Any number of processes may read while one writes; a second writer waits up to 20 s. Raises InvalidIndex where the
    file is something else.
    """
    if read_only and (path is None or not path.is_file()):
        raise InvalidIndex(f"there is no index at {path}; put documents into it before reading")
    target = ":memory:" if path is None else f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    with closing(sqlite3.connect(target, uri=True, timeout=20, isolation_level=None)) as connection:
        try:
            if not read_only:
                _make(connection)
            layout = _facts(connection).get("layout")
        except sqlite3.DatabaseError as error:
            raise InvalidIndex(f"{path} is not an index of this engine ({error}); name another file") from error
        if layout != _LAYOUT:
            raise InvalidIndex(f"{path} is not an index of this layout; make it anew from the documents")
        yield Index(connection=connection, stem=stemmer(), snapshots=[])


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA page_size = 8192")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # NORMAL loses what was acknowledged when the power goes
    with writing(connection):
        if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            for statement in _TABLES.strip().split(";\n"):
                connection.execute(statement)
            facts = {"layout": _LAYOUT, "generation": 0, "count": 0}
            connection.executemany("INSERT INTO fact VALUES (?, ?)", facts.items())


def _facts(connection: sqlite3.Connection) -> dict[str, Any]:
    return dict(connection.execute("SELECT name, value FROM fact").fetchall())


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all or nothing."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def reading(index: Index) -> Iterator[Snapshot]:
    """Read one state of the index, whatever is written meanwhile."""
    with index.connection:
        index.connection.execute("BEGIN")
        facts = _facts(index.connection)
        if not index.snapshots or index.snapshots[0].generation != facts["generation"]:
            index.snapshots[:] = [_snapshot(index.connection, facts)]
        yield index.snapshots[0]


def _snapshot(connection: sqlite3.Connection, facts: dict[str, Any]) -> Snapshot:
    shards = b"".join(body for (body,) in connection.execute("SELECT body FROM vocabulary ORDER BY shard"))
    vocabulary = np.frombuffer(shards, TERM)
    blocks = dict(connection.execute("SELECT block, body FROM mass").fetchall())
    masses = np.zeros((2, BLOCK * (max(blocks, default=-1) + 1)), np.float32)
    for block, body in blocks.items():
        masses[:, block * BLOCK : (block + 1) * BLOCK] = np.frombuffer(body, np.float32).reshape(2, BLOCK)
    return Snapshot(
        generation=facts["generation"],
        count=facts["count"],
        terms=np.ascontiguousarray(vocabulary["term"]),
        documents=np.ascontiguousarray(vocabulary["documents"]),
        masses=masses,
    )


def postings(index: Index, term: int) -> list[tuple[int, NDArray[np.uint16], NDArray[np.uint8]]]:
    """Give the documents that have a term, block by block: its first number, numbers from there, and weights."""
    low = term << BLOCK_BITS
    query = "SELECT key, body FROM posting WHERE key BETWEEN ? AND ?"
    rows = index.connection.execute(query, (low, low + (1 << BLOCK_BITS) - 1)).fetchall()
    return [((key - low) * BLOCK, *posting_of(body)) for key, body in rows]


def posting_of(body: bytes) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """Unpack numbers, in order, and beside them weights."""
    count = len(body) // 3
    return np.frombuffer(body, NUMBER, count), np.frombuffer(body, np.uint8, count, 2 * count)


def stored(index: Index, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, str, bytes]]:
    """Give number, id and packed features of the documents named, or of all, by number."""
    some = "" if numbers is None else "WHERE number IN (SELECT value FROM json_each(?))"
    query = f"SELECT number, id, body FROM document {some} ORDER BY number"  # noqa: S608 - no text from outside
    yield from index.connection.execute(query, [] if numbers is None else [json.dumps(list(numbers))])


def unpack(bodies: Sequence[bytes]) -> tuple[Ints, Records]:
    """Put the packed features of several documents below one another, each with its place among them."""
    sizes = [len(body) // FEATURE.itemsize for body in bodies]
    return np.repeat(np.arange(len(bodies)), sizes), np.frombuffer(b"".join(bodies), FEATURE)


def names_of(index: Index, terms: Iterable[int]) -> dict[int, str]:
    """Give each term the first of the names it was met by."""
    query = "SELECT term, min(name) FROM name WHERE term IN (SELECT value FROM json_each(?)) GROUP BY term"
    return dict(index.connection.execute(query, (json.dumps(list(terms)),)).fetchall())


def terms_beginning(index: Index, beginning: str) -> set[int]:
    """List the terms of words that begin so, of at most 2,000 words."""
    query = "SELECT term FROM name WHERE folded >= ? AND folded < ? AND term & 3 = ? LIMIT 2000"
    return {term for (term,) in index.connection.execute(query, (beginning, beginning + "\U0010ffff", WORD))}
