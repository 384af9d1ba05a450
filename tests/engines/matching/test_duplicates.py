"""Pairs in the whole set."""

import random

import pytest

from tests.engines.matching.many import recombined
from vested.engines import matching
from vested.engines.matching import Document

_TEXT = """budget ward map register tax school permit road water bridge library nurse bus train forest harbour archive
    museum election census passport licence grant loan pension clinic garden street sewer energy waste market"""
WORDS = _TEXT.split()


def goods(count: int, seed: int) -> list[Document]:
    draw = random.Random(seed)  # noqa: S311 - chance for a test set, no secret
    made = [
        Document(
            id=f"g{number:03d}",
            fields={"title": " ".join(draw.sample(WORDS, 3)), "summary": " ".join(draw.choices(WORDS, k=15))},
            signals={"licence": [draw.choice(("MIT", "EUPL"))]},
            language="en",
        )
        for number in range(count)
    ]
    return [*made, *recombined(made, count // 2, seed=seed)]


def test_pairs_are_those_that_asking_for_each_document_gives() -> None:
    held = goods(60, 1)
    with matching.open_index(None) as index:
        matching.put(index, held)
        asked = {
            frozenset((document.id, match.id)): match.score
            for document in held
            for match in matching.similar(index, document, limit=200, at_least=0.7)
        }
        found = matching.duplicates(index, at_least=0.7)
    assert found.finished
    assert len(asked) > 20
    assert {frozenset((pair.first, pair.second)): pair.score for pair in found.pairs} == pytest.approx(asked)
    assert list(found.pairs) == sorted(found.pairs, key=lambda pair: (-pair.score, pair.first, pair.second))
    assert all(pair.first < pair.second and pair.reasons for pair in found.pairs)


def test_with_little_read_copies_are_still_found() -> None:
    """So many documents share each word that only the rarest are looked through."""
    held = goods(900, 2)
    copies = [Document(id=f"copy {d.id}", fields=d.fields, signals=d.signals, language="en") for d in held[:20]]
    with matching.open_index(None) as index:
        matching.put(index, [*held, *copies])
        pairs = {(pair.first, pair.second) for pair in matching.duplicates(index, at_least=0.99).pairs}
    assert {tuple(sorted((copy.id, copy.id[5:]))) for copy in copies} <= pairs


@pytest.mark.parametrize("enough", [0.1, 0.5, 0.75, 0.95])
def test_a_search_told_to_stop_says_that_it_is_not_finished(enough: float) -> None:
    heard: list[float] = []

    def stop(share: float) -> bool:
        heard.append(share)
        return share >= enough

    held = goods(900, 3)
    with matching.open_index(None) as index:
        matching.put(index, held)
        found = matching.duplicates(index, at_least=0.9, stop=stop)
    assert found.finished is (enough > 0.9)
    assert heard == sorted(heard)
    assert all(0 < share <= 1 for share in heard)
