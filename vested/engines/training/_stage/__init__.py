"""One stage of the plan: prices, bound and the best combination found, in turn, until the gap is small enough."""

from vested.engines.training._stage._search import glance, search
from vested.engines.training._stage._state import EVEN, Search, Stop, margin_of

__all__ = ["EVEN", "Search", "Stop", "glance", "margin_of", "search"]
