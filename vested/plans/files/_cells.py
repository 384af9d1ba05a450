"""Numbers and texts as files hold them."""

import csv
import math
from collections.abc import Iterable, Sequence
from pathlib import Path

from vested.formats.sector_folder import InitiativeSkill

Cell = str | int | float | None

MONEY = 2
VALUE = 6
PRICE = 9

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet may run a text that starts with one of these


def rounded(value: float, digits: int = VALUE) -> float:
    """Round, without a negative zero."""
    return round(float(value), digits) + 0.0


def proven(value: float) -> float | None:
    """Round a bound or gap; None where a search was stopped before it had proven any."""
    return rounded(value) if math.isfinite(value) else None


def sentence(text: str) -> str:
    """Keep spreadsheets from running a text as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def need_id(need: InitiativeSkill) -> str:
    """Name a row of ``initiative_skills``: initiative, unit, skill, level and period, joined by ``|``."""
    level = _plain(need.level)
    return "|".join((need.initiative_id, need.unit_id or "", need.skill_id, level, str(need.by_period)))


def write_table(path: Path, headings: Sequence[str], rows: Iterable[Iterable[Cell]]) -> None:
    """Write a CSV file; None is an empty cell."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows([_plain(cell) if isinstance(cell, float) else cell for cell in row] for row in rows)


def _plain(value: float) -> str:
    """Write a number without exponent or trailing zeros."""
    return f"{value:.{PRICE}f}".rstrip("0").rstrip(".")
