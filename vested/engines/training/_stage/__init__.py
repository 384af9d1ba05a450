"""One stage of the plan: prices, bound and the best combination found, in turn, until the gap is small enough."""

from vested.engines.training._stage._prices import along, cheapen, further
from vested.engines.training._stage._search import SAMPLES, Samples, glance, search
from vested.engines.training._stage._state import EVEN, Search, Stop, margin_of

__all__ = [
    "EVEN",
    "SAMPLES",
    "Samples",
    "Search",
    "Stop",
    "along",
    "cheapen",
    "further",
    "glance",
    "margin_of",
    "search",
]
