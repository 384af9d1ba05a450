"""SQLite's FTS5 with its own stemmer: every word of a document asked for, ranked by BM25 over weighted columns."""

import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from bench.matching._labels import Ask, Found
from vested.engines.matching import Document


def version() -> str:
    """Say which SQLite this is."""
    return sqlite3.sqlite_version


@contextmanager
def opened(folder: Path, documents: Sequence[Document]) -> Iterator[Ask]:
    """Index the documents and give what answers a query."""
    with closing(sqlite3.connect(folder / "fts5.sqlite")) as connection:
        columns = "id UNINDEXED, title, summary, tokenize='porter unicode61 remove_diacritics 2'"
        connection.execute(f"CREATE VIRTUAL TABLE good USING fts5({columns})")
        rows = ((document.id, document.fields["title"], document.fields["summary"]) for document in documents)
        connection.executemany("INSERT INTO good VALUES (?, ?, ?)", rows)
        connection.execute("INSERT INTO good(good) VALUES ('optimize')")
        connection.commit()
        query = (
            "SELECT id, -bm25(good, 0.0, 2.0, 1.0) AS score FROM good WHERE good MATCH ? ORDER BY score DESC LIMIT 10"
        )

        def ask(document: Document) -> Found:
            words = dict.fromkeys(re.findall(r"\w+", " ".join(document.fields.values()).lower()))
            every = " OR ".join(f'"{word}"' for word in words)
            before = time.process_time()
            found = connection.execute(query, (every,)).fetchall()
            spent = time.process_time() - before
            return Found([(name, score / len(words)) for name, score in found], spent)

        yield ask
