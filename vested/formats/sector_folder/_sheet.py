"""A table of cells, whichever file it comes from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vested.formats.sector_folder._cells import Cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """Headings at a line, and the rows after it with the line each starts at.

    ``decimal_comma`` and ``escaped`` are as in ``Style``. ``exact_width``: a row shorter than the headings has lost
    cells (in a workbook it merely ends with empty ones).
    """

    file: str
    line: int
    headings: tuple[str, ...]
    rows: Iterator[tuple[int, Sequence[Cell]]]
    decimal_comma: bool
    escaped: bool
    exact_width: bool
