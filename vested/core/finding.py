"""Finding things by words, whatever the accents and capitals, the same on both databases.

SQLite compares only ASCII letters without regard to case, and neither database folds accents by itself. So what can be
found keeps a column ``find``: its words decomposed (NFKD), without marks, in folded case. It is looked through in
full, within one sector: no index serves the middle of a word, and tens of thousands of rows take milliseconds.
"""

import unicodedata
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models

from vested.core.scope import M, ScopedQuerySet, SectorModel

MOST_WORDS = 6
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})


def folded(words: str) -> str:
    """Words as they are compared: “Søren  ÅGÅRD” is “soren agard”."""
    plain = words.replace("\0", " ")  # which PostgreSQL refuses
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS).split())


class FindableQuerySet(ScopedQuerySet[M]):
    """Rows that words find."""

    def finding(self, words: str) -> Self:
        """Those that have every word, wherever in them."""
        rows = self
        for word in folded(words).split()[:MOST_WORDS]:
            rows = rows.filter(find__contains=word)
        return rows

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """Create many, each to be found."""
        return super().bulk_create([_kept(row) for row in objs], *args, **kwargs)

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        """Change many, each to be found by its new words."""
        return super().bulk_update([_kept(row) for row in objs], {*fields, "find"}, *args, **kwargs)


class Findable(SectorModel):
    """Something words find; ``update`` of a queryset leaves ``find`` as it is, all else keeps it right."""

    found_by: ClassVar[tuple[str, ...]] = ("name", "code")

    find = models.TextField(editable=False, default="")

    class Meta(SectorModel.Meta):
        """As all of a sector."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, to be found by the words it has now."""
        _kept(self)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "find"}
        super().save(*args, **kwargs)


def _kept(row: M) -> M:
    row.find = folded(" ".join(getattr(row, name) for name in row.found_by))  # type: ignore[attr-defined]  # Findable
    return row
