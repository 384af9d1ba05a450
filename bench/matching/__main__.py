"""``./run bench matching``: our index, SQLite's FTS5 and PostgreSQL's pg_trgm on the same documents and questions.

Documents are the public goods and made-up ones recombined from them; questions are planted duplicates and hard
negatives; weights were chosen on the other half of them. How good the answers are is told for the goods alone, since a
made-up document is partly the same as some good: peers at the threshold that suits them best, with hindsight; ours at
the one it suggests. Rounds alternate, and every exact duplicate has to be found by all.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np

from bench.beside import ROOT, load_now, print_setting
from bench.matching import _fts5, _trigram
from bench.matching._labels import Ask, Found, best, by_way, judge, missing
from bench.matching._trigram import Absent
from tests.engines.matching.labelled import Labelled, Query, read_labelled
from tests.engines.matching.many import recombined
from vested.engines import matching
from vested.engines.matching import SUGGESTED, Document, Index

PEERS = {"fts5": _fts5.opened, "trigram": _trigram.opened}
COLD = """
import sys, time
start = time.perf_counter()
from pathlib import Path
from vested.engines import matching
ready = time.perf_counter()
asked = matching.Document(id="new", fields={"title": "Vaccination register", "summary": "Who was vaccinated where"})
with matching.open_index(Path(sys.argv[1]), read_only=True) as index:
    opened = time.perf_counter()
    matching.similar(index, asked)
    print(ready - start, opened - ready, time.perf_counter() - opened)
"""


def main() -> int:
    """Run, print and compare; 1 where an exact duplicate is not found by all."""
    parser = argparse.ArgumentParser(prog="./run bench matching", description="Reuse search beside peers.")
    parser.add_argument("--documents", type=int, default=100_000, help="how many to look in (%(default)s)")
    parser.add_argument("--questions", type=int, default=100, help="how many to ask each round (%(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="rounds (%(default)s)")
    parser.add_argument("--seed", type=int, default=7, help="of documents and questions (%(default)s)")
    parser.add_argument("--peers", default="fts5,trigram", help="which peers (%(default)s)")
    parser.add_argument("--duplicates", action="store_true", help="look for pairs in the whole set too")
    given = parser.parse_args()
    peers = [peer for peer in given.peers.split(",") if peer]
    if given.runs < 1 or given.questions < 1 or set(peers) - set(PEERS):
        parser.error("--runs and --questions have to be at least 1; peers are fts5 and trigram")
    data = Path(os.environ.get("VESTED_DATA") or ROOT.parent / "shared" / "data") / "architecture/dpg_registry.json"
    if not data.is_file():
        print("The registry of public goods is absent; VESTED_DATA names the folder of the published files.")
        return 2
    labelled = read_labelled(data, seed=given.seed)
    made = recombined(labelled.goods, max(0, given.documents - len(labelled.goods)), seed=given.seed)
    documents = [*labelled.goods, *made]
    print(f"{len(documents)} documents, {given.questions} questions a round, {given.runs} rounds, seed {given.seed}")
    print_setting("numpy", more=f", SQLite {_fts5.version()}")
    _print_quality(labelled, peers)
    questions = _chosen(labelled, given.questions)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        index = _print_building(stack, folder, documents, given.seed)
        sides: dict[str, Ask] = {"vested": _asking(index)}
        sides |= _peers(stack, peers, documents)
        if given.duplicates:
            with _timed("pairs in the whole set"):
                print(f"   {len(matching.duplicates(index).pairs)} pairs")
        return _print_rounds(sides, questions, index, given.runs)


@contextmanager
def _timed(what: str) -> Iterator[None]:
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    print(f"{what}: cpu {time.process_time() - cpu:.2f} s, wall {time.perf_counter() - wall:.2f} s", flush=True)


def _asking(index: Index) -> Ask:
    def ask(document: Document) -> Found:
        before = time.process_time()
        matches = matching.similar(index, document, at_least=0.0)
        return Found([(match.id, match.score) for match in matches], time.process_time() - before)

    return ask


def _chosen(labelled: Labelled, count: int) -> list[Query]:
    """Take questions evenly from the planted half held out."""
    held_out = [query for query in labelled.queries if query.held_out and query.goods]
    return held_out[:: max(1, len(held_out) // count)][:count]


def _print_quality(labelled: Labelled, peers: Sequence[str]) -> None:
    """Tell how good the answers are among the goods themselves, on the half held out."""
    queries = [query for query in labelled.queries if query.held_out]
    told = [query for query in queries if query.way != "untold opposite"]
    print(f"\nAmong the {len(labelled.goods)} goods alone, {len(queries)} questions held out:")
    with ExitStack() as stack:
        index = stack.enter_context(matching.open_index(None))
        matching.put(index, labelled.goods)
        ask = _asking(index)
        found = [ask(query.document) for query in queries]
        print("\n".join(by_way(queries, found, SUGGESTED)))
        ours = judge(told, [ask(query.document) for query in told], SUGGESTED)
        harder = judge(queries, found, SUGGESTED)
        print(f"   vested   recall {ours.recall:.3f}  precision {ours.precision:.3f}  first {ours.first:.3f}")
        print(f"            precision {harder.precision:.3f} where opposites that no list knows are asked for too")
        pairs = {frozenset((pair.first, pair.second)) for pair in matching.duplicates(index).pairs}
        print(
            f"            pairs: {len(labelled.twins & pairs)} of {len(labelled.twins)} natural twins, "
            f"{len(labelled.siblings & pairs)} of {len(labelled.siblings)} siblings of a family, "
            f"{len(pairs - labelled.twins - labelled.siblings)} others"
        )
        for name, ask in _peers(stack, peers, labelled.goods).items():
            row = best(told, [ask(query.document) for query in told], ours.precision)
            print(
                f"   {name:<8} recall {row.recall:.3f}  precision {row.precision:.3f}  first {row.first:.3f}, "
                f"at the threshold ({row.threshold:.3f}) best for it at our precision"
            )
    print()


def _peers(stack: ExitStack, peers: Sequence[str], documents: Sequence[Document]) -> dict[str, Ask]:
    sides: dict[str, Ask] = {}
    for name in peers:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        start = time.perf_counter()
        try:
            sides[name] = stack.enter_context(PEERS[name](folder, documents))
        except Absent as absent:
            print(f"{name} is skipped: {absent}")
            continue
        print(f"   {name} built in {time.perf_counter() - start:.1f} s by the clock", flush=True)
    return sides


def _print_building(stack: ExitStack, folder: Path, documents: Sequence[Document], seed: int) -> Index:
    path = folder / "index"
    index = stack.enter_context(matching.open_index(path))
    with _timed("vested built"):
        for start in range(0, len(documents), 20_000):
            matching.put(index, documents[start : start + 20_000])
    size = sum(file.stat().st_size for file in folder.glob("index*"))
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"   {size / 1e6:.0f} MB on disk; at most {held:.0f} MB held, these documents included")
    update, walls = list(recombined(documents[:500], 21, seed=seed + 1)), []
    for number, document in enumerate(update):
        before = time.perf_counter()
        matching.put(index, [Document(id=f"update {number}", fields=document.fields, signals=document.signals)])
        walls.append(time.perf_counter() - before)
    print(f"   one document added and synced to disk: {_spread(walls)}")
    matching.remove(index, [f"update {number}" for number in range(len(update))])
    for _ in range(3):
        command = [sys.executable, "-c", COLD, str(path)]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        imported, opened, first = (1000 * float(part) for part in done.stdout.split())
        print(f"   cold: imports {imported:.0f} ms, opening {opened:.1f} ms, first answer {first:.1f} ms")
    return index


def _spread(walls: Sequence[float]) -> str:
    middle, late = np.percentile(np.array(walls) * 1000, [50, 95])
    return f"median {middle:.1f} ms, 95th percentile {late:.1f} ms"


def _print_rounds(sides: dict[str, Ask], questions: Sequence[Query], index: Index, runs: int) -> int:
    found: dict[str, list[Found]] = {}
    cpus: dict[str, list[float]] = {name: [] for name in sides}
    walls: dict[str, list[float]] = {name: [] for name in sides}
    typing: list[float] = []
    for number in range(1, runs + 1):
        for name, ask in sides.items():
            answers, taken = list[Found](), list[float]()
            for query in questions:
                start = time.perf_counter()
                answers.append(ask(query.document))
                taken.append(time.perf_counter() - start)
            found[name] = answers
            cpus[name].append(sum(answer.cpu for answer in answers) / len(answers))
            walls[name] += taken
            spent = f"cpu {1000 * cpus[name][-1]:8.1f} ms an answer"
            print(f"{number}  {name:<8} {spent}  {_spread(taken)}  load {load_now():.2f}")
        for query in questions:
            text = query.document.fields["title"][:12]
            start = time.perf_counter()
            matching.search(index, text)
            typing.append(time.perf_counter() - start)
    print(f"\nvested while typing: {_spread(typing)}")
    ratios, wrong = {}, []
    for name in sides:
        cpu = float(np.median(cpus[name]))
        print(f"{name:<8} cpu {1000 * cpu:.1f} ms an answer, wall {_spread(walls[name])}")
        wrong += [f"{name} does not find {query}" for query in missing(questions, found[name])]
        if name != "vested":
            ratios[name] = cpu / float(np.median(cpus["vested"]))
            print(f"   {ratios[name]:.1f} times our CPU time")
    print("\n".join(wrong))
    print(f"ratio={min(ratios.values(), default=0.0):.1f} agree={'no' if wrong else 'yes'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
