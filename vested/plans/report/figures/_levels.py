"""How old and how sure the levels are that the plan starts from."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from vested.formats.sector_folder import Sector


@dataclass(frozen=True, slots=True)
class Source:
    """Where levels come from (empty: not stated), as a share of all level rows."""

    name: str
    share: float


@dataclass(frozen=True, slots=True)
class LevelsKnown:
    """Level rows, shares of them, and people without any.

    Half of the dated ones are older than ``half_older_than`` (None: no dates), ``months`` before the report's date
    (None where either is missing).
    """

    rows: int
    half_older_than: date | None
    months: int | None
    dated: float
    with_error: float
    sources: tuple[Source, ...]
    people_without: int

    @property
    def undated(self) -> float:
        """Share of rows without a date."""
        return 1.0 - self.dated

    @property
    def without_error(self) -> float:
        """Share of rows that do not say how sure they are."""
        return 1.0 - self.with_error


def levels_known(sector: Sector, printed_on: date | None) -> LevelsKnown:
    """Describe the level rows."""
    levels, rows = sector.levels, len(sector.levels.level)
    dates = levels.assessed_on[levels.assessed_on > 0]
    middle = date.fromordinal(int(np.median(dates))) if len(dates) else None
    months = None
    if middle and printed_on:
        months = max((printed_on.year - middle.year) * 12 + printed_on.month - middle.month, 0)
    count = np.bincount(levels.source, minlength=len(levels.sources))
    order = [at for at in np.argsort(-count, kind="stable").tolist() if count[at]]
    known = len(np.unique(levels.person))
    return LevelsKnown(
        rows=rows,
        half_older_than=middle,
        months=months,
        dated=len(dates) / rows if rows else 0.0,
        with_error=float(np.isfinite(levels.error).mean()) if rows else 0.0,
        sources=tuple(Source(levels.sources[at], float(count[at]) / rows) for at in order),
        people_without=len(sector.staff) - known,
    )
