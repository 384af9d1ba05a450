"""The index on disk: changes, crashes, readers, and what it refuses."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vested.engines import matching
from vested.engines.matching import Document, Index, InvalidDocument, InvalidIndex, Match

ROOT = Path(__file__).parents[3]
WORDS = ("budget", "ward", "map", "register", "tax", "school", "permit")
TABLES = ("posting", "vocabulary", "mass")


def made(number: int, version: int = 0) -> Document:
    words = [WORDS[(number * 3 + at * (version + 1)) % 7] for at in range(4)]
    return Document(
        id=f"d{number}",
        fields={"title": " ".join(words[:2]), "summary": " ".join(words)},
        signals={"licence": ["MIT", "EUPL"][: number % 3]},
    )


def state(index: Index) -> dict[str, Document | object]:
    """Tell all that answers depend on, but for what documents are numbered."""
    rows = index.connection.execute("SELECT id, number, body FROM document").fetchall()
    names = {number: name for name, number, _ in rows}
    told: dict[str, object] = {name: body for name, _, body in rows}
    told["vocabulary"] = sorted(index.connection.execute("SELECT * FROM vocabulary WHERE length(body) > 0").fetchall())
    postings = set()
    for key, body in index.connection.execute("SELECT key, body FROM posting"):
        count = len(body) // 3
        for at in range(count):
            number = (key & 0x7FFF) * 32768 + int.from_bytes(body[2 * at : 2 * at + 2], "little")
            postings.add((key >> 15, names[number], body[2 * count + at]))
    told["postings"] = postings
    return told


changes = st.lists(st.tuples(st.booleans(), st.integers(0, 5), st.integers(0, 2)), max_size=12)


@settings(max_examples=40, deadline=None)
@given(changes)
def test_after_any_changes_the_index_is_as_if_made_at_once(steps: list[tuple[bool, int, int]]) -> None:
    held: dict[str, Document] = {}
    with matching.open_index(None) as changed, matching.open_index(None) as fresh:
        for keep, number, version in steps:
            document = made(number, version)
            if keep:
                matching.put(changed, [document, made(5, version)] if number < 3 else [document])
                held |= {document.id: document} | ({"d5": made(5, version)} if number < 3 else {})
            elif document.id in held:
                matching.remove(changed, [document.id])
                del held[document.id]
            assert {name for name, _ in answers(changed, made(9))} <= set(held)
        matching.put(fresh, [held[name] for name in sorted(held)])
        assert state(changed) == state(fresh)
        for document in (made(0), made(9)):
            assert answers(changed, document) == answers(fresh, document)


def answers(index: Index, document: Document) -> list[tuple[str, float]]:
    return [(match.id, match.score) for match in matching.similar(index, document, limit=99, at_least=0.0)]


def test_documents_in_several_blocks_are_found() -> None:
    with matching.open_index(None) as index:
        matching.put(index, [made(0)])
        index.connection.execute("INSERT INTO document VALUES (39999, 'far', x'')")
        matching.put(index, [made(1), Document(id="copy", fields=made(0).fields, signals=made(0).signals)])
        (first, *_) = matching.similar(index, Document(id="new", fields=made(0).fields))
        assert first.id == "copy"
        assert first.score == pytest.approx(1)
        matching.remove(index, ["d0"])
        assert {match.id for match in matching.similar(index, made(0), at_least=0.0)} == {"copy", "d1"}


def test_the_index_stays_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "index"
    with matching.open_index(path) as index:
        matching.put(index, [Document(id="a", fields={"title": "Budget"})])
    with matching.open_index(path) as index:
        assert [match.id for match in matching.search(index, "budg")] == ["a"]


def test_another_process_reads_what_was_there_before_a_write_ends(tmp_path: Path) -> None:
    path = tmp_path / "index"
    with matching.open_index(path) as index, matching.open_index(path, read_only=True) as reader:
        matching.put(index, [made(0)])
        assert len(matching.search(reader, "")) == 0
        before = matching.search(reader, "budget ")
        index.connection.execute("BEGIN IMMEDIATE")
        index.connection.execute("DELETE FROM posting")
        assert matching.search(reader, "budget ") == before != ()
        code = (
            "import sys; from pathlib import Path; from vested.engines import matching\n"
            "with matching.open_index(Path(sys.argv[1]), read_only=True) as index:\n"
            "    print([match.id for match in matching.search(index, 'budget ')])"
        )
        done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True, cwd=ROOT)
        assert done.stdout == f"{[match.id for match in before]}\n"
        index.connection.execute("ROLLBACK")
        matching.remove(index, ["d0"])
        assert matching.search(reader, "budget ") == ()
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            matching.put(reader, [made(1)])


CRASH = """
import os, signal, sys
from itertools import count
from pathlib import Path
from tests.engines.matching.test_index import made
from vested.engines import matching
with matching.open_index(Path(sys.argv[1])) as index:
    matching.put(index, [made(n) for n in range(40)])
    print("acknowledged", flush=True)
    calls = count()
    handler = lambda: next(calls) >= int(sys.argv[2]) and os.kill(os.getpid(), signal.SIGKILL)
    index.connection.set_progress_handler(handler, 5)
    matching.put(index, [made(n, 1) for n in range(20, 60)])
print(next(calls))
"""


@pytest.mark.parametrize("steps", [1, 400, 1000])
def test_a_crash_in_the_middle_of_a_write_leaves_what_was_acknowledged(tmp_path: Path, steps: int) -> None:
    path = tmp_path / "index"
    done = subprocess.run(
        [sys.executable, "-c", CRASH, path, str(steps)], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "acknowledged\n")
    with matching.open_index(path) as index, matching.open_index(None) as fresh:
        matching.put(fresh, [made(number) for number in range(40)])
        assert state(index) == state(fresh)
        matching.put(index, [made(number, 1) for number in range(20, 60)])
        matching.put(fresh, [made(number, 1) for number in range(20, 60)])
        assert state(index) == state(fresh)


def test_a_write_broken_off_anywhere_changes_nothing() -> None:
    """SQLite is told to give up after ever more of its steps, until it is let through."""
    with matching.open_index(None) as index, matching.open_index(None) as fresh:
        matching.put(index, [made(number) for number in range(8)])
        before, broken = state(index), 0
        for enough in range(1, 5_000, 7):
            once = iter([0] * enough + [1])
            index.connection.set_progress_handler(partial(next, once, 0), 5)
            with suppress(sqlite3.OperationalError):
                matching.put(index, [made(3, 1), made(9)])
            index.connection.set_progress_handler(None, 0)
            if state(index) != before:
                break
            broken += 1
        assert broken > 5
        matching.put(fresh, [made(number, number == 3) for number in (*range(8), 9)])
        assert state(index) == state(fresh)


def refused(document: Document) -> str:
    with matching.open_index(None) as index:
        with pytest.raises(InvalidDocument) as error:
            matching.put(index, [made(0), document])
        assert matching.similar(index, made(0), at_least=0.0) == ()
        with pytest.raises(InvalidDocument):
            matching.similar(index, document)
        return str(error.value)


def test_documents_that_do_not_fit_are_refused_by_name() -> None:
    fields = {"title": "budget"}
    assert "has no id" in refused(Document(id="", fields=fields))
    assert "has the fields ['name']; the index has ['summary', 'title']" in refused(
        Document(id="x", fields={"name": "a"})
    )
    assert "'x' has the signals ['cost']" in refused(Document(id="x", fields=fields, signals={"cost": ["1"]}))
    assert "signal that is one text" in refused(Document(id="x", fields=fields, signals={"licence": "MIT"}))
    assert "is in 'de'; give one of en, da, fr, nl" in refused(Document(id="x", fields=fields, language="de"))
    assert "has no words" in refused(Document(id="x", fields={"title": " - "}))
    with matching.open_index(None) as index, pytest.raises(InvalidDocument, match="'d1' is given twice"):
        matching.put(index, [made(1), made(1)])


def test_an_unknown_id_is_not_removed_and_nothing_else_is() -> None:
    with matching.open_index(None) as index:
        matching.put(index, [made(0)])
        with pytest.raises(KeyError, match="'d7'"):
            matching.remove(index, ["d0", "d7"])
        assert matching.search(index, "budget ") != ()


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidIndex, match="no index"), matching.open_index(tmp_path / "none", read_only=True):
        pass
    text = tmp_path / "text"
    text.write_text("not a database, but long enough to be read as one " * 9, encoding="utf-8")
    with pytest.raises(InvalidIndex, match="name another file"), matching.open_index(text):
        pass
    other = tmp_path / "other"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE fact (name TEXT, value)")
    connection.close()
    with pytest.raises(InvalidIndex, match="not an index of this layout"), matching.open_index(other):
        pass


def test_questions_that_make_no_sense_are_refused() -> None:
    with matching.open_index(None) as index:
        for limit in (0, 1.5):
            with pytest.raises(ValueError, match="limit is"):
                matching.similar(index, made(0), limit=limit)  # type: ignore[arg-type]  # what is tested
        for least in (-0.1, 1.1, float("nan")):
            with pytest.raises(ValueError, match="at_least is"):
                matching.similar(index, made(0), at_least=least)
            with pytest.raises(ValueError, match="at_least is"):
                matching.duplicates(index, at_least=least)
        with pytest.raises(ValueError, match="language is 'de'"):
            matching.search(index, "a", language="de")


def test_an_empty_index_finds_nothing() -> None:
    with matching.open_index(None) as index:
        found: list[tuple[Match, ...]] = [matching.similar(index, made(0)), matching.search(index, "bud")]
        assert found == [(), ()]
        assert matching.duplicates(index).pairs == ()
        matching.put(index, [])
        assert matching.duplicates(index).finished
