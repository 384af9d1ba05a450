"""What stays on the list: it is closed or followed by another, and never deleted."""

from typing import Any

from vested.core.scope import M, ScopedQuerySet, SectorModel

REFUSED = "it is closed with a reason or followed by another, and never deleted"


class StaysListed:
    """What a QuerySet of such rows is made of."""

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise ValueError(REFUSED)


class KeptQuerySet(StaysListed, ScopedQuerySet[M]):
    """Rows that stay."""


class Kept(SectorModel):
    """A row that stays."""

    class Meta(SectorModel.Meta):
        """As all of a sector."""

        abstract = True

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise ValueError(REFUSED)
