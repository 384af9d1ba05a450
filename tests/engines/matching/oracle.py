"""The score again, slowly and from the documents themselves: plain Python, no code of the engine's.

It takes every pair, and knows no index, hash or pool. Texts are in English and hold no function words.
"""

import re
from collections import Counter
from math import log1p

from snowballstemmer import EnglishStemmer

from vested.engines.matching import Document

FIELDS = (("title", 2.0, 4.0), ("summary", 1.0, 25.0))
SIGNALS = ("standard", "capability", "category", "licence")
Weighed = dict[str, float]


def score(one: Document, other: Document, held: list[Document]) -> float:
    """Score a pair, rarity being judged by the documents held."""
    kinds = [(_words, 0.7), (_letters, 0.5), (_signals, 0.5)]
    (words, _), (letters, _), (signals, signalled) = (
        _overlap(weigh(one), weigh(other), [weigh(document) for document in held], lean) for weigh, lean in kinds
    )
    text = words + (1 - words) * 0.6 * letters**3
    return (0.9 * text + 0.1 * signals if signalled else text) * (0.4 if _opposed(one, other) else 1.0)


def _overlap(one: Weighed, other: Weighed, held: list[Weighed], lean: float) -> tuple[float, bool]:
    def mass(terms: Weighed) -> float:
        return sum(
            weight * log1p((len(held) + 1) / (sum(term in document for document in held) + 0.5))
            for term, weight in terms.items()
        )

    shared = mass({term: min(one[term], other[term]) for term in one.keys() & other.keys()})
    less, more = sorted((mass(one), mass(other)))
    return (shared / (lean * less + (1 - lean) * more) if shared else 0.0), less > 0


def _words(document: Document) -> Weighed:
    counts: Counter[str] = Counter()
    for name, weight, usual in FIELDS:
        words = [EnglishStemmer().stemWord(word) for word in re.findall("[a-z0-9]+", document.fields[name].lower())]
        for word in words:
            counts[word] += weight / (0.7 + 0.3 * len(words) / usual)  # type: ignore[assignment]  # counts in parts
    return {word: round(255 * count / (count + 1.2)) / 255 for word, count in counts.items()}


def _letters(document: Document) -> Weighed:
    text = "_" + "".join(re.findall("[a-z0-9]+", document.fields["title"].lower())) + "_"
    return {text[at : at + 3]: 1.0 for at in range(len(text) - 2) if len(text) > 2}


def _signals(document: Document) -> Weighed:
    return {f"{name} {value.lower()}": 1.0 for name in SIGNALS for value in document.signals.get(name, ())}


def _opposed(one: Document, other: Document) -> bool:
    """Know one pair of opposites, and numbers."""
    titles = [re.findall("[a-z0-9]+", document.fields["title"].lower()) for document in (one, other)]
    sides = [{word for word in title if word in {"import", "export"}} for title in titles]
    numbers = [{word for word in title if word.isdigit()} for title in titles]
    return (all(len(side) == 1 for side in sides) and sides[0] != sides[1]) or (
        all(numbers) and numbers[0] != numbers[1]
    )
