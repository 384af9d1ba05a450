"""The parts of the bridge: a line, a figure with how sure it is, and a station of the loop."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vested.core import charts
from vested.core.navigation import LABELS, Station

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a short list: what, where it is, why, and its status."""

    title: str
    href: str
    note: str = ""
    state: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure, what it counts, how sure it is, where its rows are, and its mark."""

    number: str
    unit: str = ""
    what: str
    sure: str
    rows: str
    mark: "SafeString | str" = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A station on the bridge; ``sticks`` says why the loop sticks there, in two or three words."""

    key: str
    about: str
    figure: Figure | None
    heading: str
    lines: tuple[Line, ...]
    none: str
    sticks: str = ""
    chart: charts.Drawn | None = None
    small: str = ""
    action: tuple[str, str] | None = None
    solve: bool = False  # whether a button solves the data as they are

    @property
    def label(self) -> str:
        """The station's name."""
        return str(LABELS[Station(self.key)])
