"""Answers judged by what is known to be the same."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tests.engines.matching.labelled import Query
from vested.engines.matching import Document


class Found(NamedTuple):
    """The first ten answers as id and score, best first, and the CPU seconds they took."""

    answers: list[tuple[str, float]]
    cpu: float


Ask = Callable[[Document], Found]


class Judged(NamedTuple):
    """Recall and precision at a threshold, and the share of planted documents whose own good comes first."""

    threshold: float
    recall: float
    precision: float
    first: float


def judge(queries: Sequence[Query], found: Sequence[Found], threshold: float) -> Judged:
    """Judge answers of at least a score."""
    planted = hit = first = right = wrong = 0
    for query, answer in zip(queries, found, strict=True):
        kept = [(name in query.goods, score) for name, score in answer.answers]
        planted += bool(query.goods)
        first += bool(kept) and kept[0][0]
        over = [good for good, score in kept if score >= threshold]
        hit += any(over)
        right += sum(over)
        wrong += len(over) - sum(over)
    return Judged(threshold, hit / planted, right / max(1, right + wrong), first / planted)


def best(queries: Sequence[Query], found: Sequence[Found], precision: float) -> Judged:
    """Judge at the threshold that, with hindsight, finds most at a precision of at least ``precision``.

    Where no threshold is that precise, the most precise one is taken.
    """
    scores = sorted({score for answer in found for _, score in answer.answers})
    judged = [judge(queries, found, threshold) for threshold in scores[:: max(1, len(scores) // 400)]]
    precise = [row for row in judged if row.precision >= precision]
    return max(precise, key=lambda row: row.recall) if precise else max(judged, key=lambda row: row.precision)


def by_way(queries: Sequence[Query], found: Sequence[Found], threshold: float) -> list[str]:
    """Tell for each way of planting how many are suggested, come first, and what else is suggested."""
    asked, hit, first, wrong = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for query, answer in zip(queries, found, strict=True):
        kept = [(name in query.goods, score) for name, score in answer.answers]
        asked[query.way] += 1
        hit[query.way] += any(good for good, score in kept if score >= threshold)
        first[query.way] += bool(kept) and kept[0][0]
        wrong[query.way] += sum(not good for good, score in kept if score >= threshold)
    return [
        f"   {way:<16} asked {asked[way]:4d}  found {hit[way]:4d}  first {first[way]:4d}  wrong {wrong[way]:4d}"
        for way in asked
    ]


def missing(queries: Sequence[Query], found: Sequence[Found]) -> list[str]:
    """List the exact duplicates that are not among the answers."""
    return [
        query.document.id
        for query, answer in zip(queries, found, strict=True)
        if query.way == "exact" and not any(name in query.goods for name, _ in answer.answers)
    ]
