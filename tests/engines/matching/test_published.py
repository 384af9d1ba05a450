"""What is found among the digital public goods, and what ought not to be."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.matching.labelled import Labelled, read_labelled
from vested.engines import matching
from vested.engines.matching import SUGGESTED, Index, Match

pytestmark = pytest.mark.real_data
REPORTED = ("exact", "renamed", "translated", "reworded", "truncated", "typos")


@pytest.fixture(scope="module")
def labelled(real_data: Path) -> Labelled:
    return read_labelled(real_data / "architecture" / "dpg_registry.json")


@pytest.fixture(scope="module")
def index(labelled: Labelled) -> Iterator[Index]:
    with matching.open_index(None) as held:
        matching.put(held, labelled.goods)
        yield held


@pytest.fixture(scope="module")
def answers(labelled: Labelled, index: Index) -> list[tuple[Match, ...]]:
    return [matching.similar(index, query.document, at_least=0.0) for query in labelled.queries]


def test_recall_and_precision_at_the_threshold_suggested(labelled: Labelled, answers: list[tuple[Match, ...]]) -> None:
    """On the half that no weight was chosen on."""
    planted, found, first, right, wrong = Counter[str](), Counter[str](), Counter[str](), 0, Counter[str]()
    for query, matches in zip(labelled.queries, answers, strict=True):
        if not query.held_out:
            continue
        suggested = [match.id in query.goods for match in matches if match.score >= SUGGESTED]
        planted[query.way] += bool(query.goods)
        found[query.way] += any(suggested)
        first[query.way] += bool(matches) and matches[0].id in query.goods
        right += sum(suggested)
        wrong[query.way] += len(suggested) - sum(suggested)
    assert sum(planted.values()) > 300
    assert all(found[way] >= 0.97 * planted[way] > 10 for way in REPORTED)
    assert first["retold"] >= 0.9 * planted["retold"]  # seldom past the threshold, but the first to be seen
    assert sum(found.values()) >= 0.87 * sum(planted.values())
    told = sum(wrong.values()) - wrong["untold opposite"]
    assert right / (right + told) >= 0.9
    assert wrong["opposite"] <= 1


def test_opposites_nobody_listed_are_suggested(labelled: Labelled, answers: list[tuple[Match, ...]]) -> None:
    """A limit to know: where one word makes the difference, only a list of such words sees it."""
    unseen = [
        bool(matches) and matches[0].score >= SUGGESTED
        for query, matches in zip(labelled.queries, answers, strict=True)
        if query.way == "untold opposite"
    ]
    assert sum(unseen) >= 0.9 * len(unseen) > 10


def test_twins_come_first_and_most_are_suggested(labelled: Labelled, index: Index) -> None:
    goods = {good.id: good for good in labelled.goods}
    for pair in labelled.twins:
        one, other = sorted(pair)
        assert other in [match.id for match in matching.similar(index, goods[one], at_least=0.0)[:2]]
    pairs = {frozenset((pair.first, pair.second)) for pair in matching.duplicates(index).pairs}
    assert len(labelled.twins & pairs) >= 8
    assert len(labelled.siblings & pairs) <= 0.15 * len(labelled.siblings)
    assert pairs <= labelled.twins | labelled.siblings | OF_A_KIND


# Parts of one undertaking under other owners: not found by the rule, and not wrong to show.
OF_A_KIND: frozenset[frozenset[str]] = frozenset()


def test_typing_a_title_finds_it_before_it_ends(labelled: Labelled, index: Index) -> None:
    titles = [good for good in labelled.goods if len(good.fields["title"]) >= 12]
    found = [
        good.id in [match.id for match in matching.search(index, good.fields["title"][:9], limit=10)] for good in titles
    ]
    assert sum(found) >= 0.9 * len(found)
