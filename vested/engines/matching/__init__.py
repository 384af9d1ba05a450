"""Has anyone this already? Duplicates and reuse over building blocks, systems, initiatives, ideas and lessons.

An index on disk holds documents; ``similar`` asks with a whole document, ``search`` with a text while it is typed,
``duplicates`` for pairs in the whole set. It suggests, with reasons, and never merges.

>>> from vested.engines import matching
>>> with matching.open_index(None) as index:  # a path keeps it; None is for trying out
...     matching.put(index, [
...         matching.Document(
...             id="a",
...             fields={"title": "Vaccination register", "summary": "Records who was vaccinated, when and where."},
...             signals={"standard": ["FHIR"]},
...         ),
...         matching.Document(id="b", fields={"title": "Open Hospital", "summary": "Manages wards and patients."}),
...     ])
...     asked = matching.Document(
...         id="new",
...         fields={"title": "Registers of vaccinations", "summary": "Who was vaccinated where"},
...         signals={"standard": ["FHIR"]},
...     )
...     (match,) = matching.similar(index, asked)
...     typed = matching.search(index, "open hosp")
>>> match.id, round(match.score, 2), [reason.what for reason in match.reasons][:3]
('a', 0.92, ['vaccinated', 'register', 'standard: FHIR'])
>>> [found.id for found in typed]
['b']

What counts: words of all fields by BM25F (Robertson, Zaragoza and Taylor 2004, "Simple BM25 extension to multiple
weighted fields"), as Snowball stems without function words; every three letters of the title; signals, which
are compared whole. Each kind is compared by weighted overlap (Tversky 1977, "Features of similarity"), rare
terms counting for more. Titles that differ in an opposite ("import" and "export") or in numbers halve the score.

What a score means, measured on 355 planted duplicates of 710 public goods among hard negatives: ``SUGGESTED`` finds
every renamed, reworded, shortened, mistyped or title-translated one and a third of those changed in most of these ways
at once (nine in ten of which still come first), 89 of 100 in all; 94 of 100 suggestions are right. What is wrong is
mostly parts of one family (a server and its app), and any pair told apart by one word that is in no list of opposites.
Signals alone find nothing: documents are compared where they share a word, or letters of the title.
"""

from vested.engines.matching._changes import put, remove
from vested.engines.matching._duplicates import duplicates
from vested.engines.matching._nouns import (
    LANGUAGES,
    SUGGESTED,
    Document,
    Duplicates,
    InvalidDocument,
    InvalidIndex,
    Match,
    Pair,
    Reason,
)
from vested.engines.matching._search import search, similar
from vested.engines.matching._store import Index, open_index

__all__ = [
    "LANGUAGES",
    "SUGGESTED",
    "Document",
    "Duplicates",
    "Index",
    "InvalidDocument",
    "InvalidIndex",
    "Match",
    "Pair",
    "Reason",
    "duplicates",
    "open_index",
    "put",
    "remove",
    "search",
    "similar",
]
