"""The tables of a sector folder and their columns, stated once.

Reading, checking, writing, the template and the reference page all follow these tables, so that none of them can say
something else. Names of columns are the fields of the nouns in ``_nouns``.
"""

from vested.formats.sector_folder._tables import _portfolio, _training
from vested.formats.sector_folder._tables._columns import TEXT_TYPES, Column, Setting, Table, Type
from vested.formats.sector_folder._tables._settings import SETTINGS

__all__ = ["BY_NAME", "PORTFOLIO", "SETTINGS", "TABLES", "TEXT_TYPES", "Column", "Setting", "Table", "Type"]

PORTFOLIO: tuple[Table, ...] = (
    _portfolio.OBJECTIVES,
    _portfolio.MODES,
    _portfolio.COSTS,
    _portfolio.PEOPLE,
    _portfolio.LINKS,
    _portfolio.BLOCKS,
    _portfolio.POOLS,
    _portfolio.MONEY,
)
"""The tables a roadmap is computed from, beside ``initiatives``."""

TABLES: tuple[Table, ...] = (
    _training.UNITS,
    _training.STAFF,
    _training.SKILLS,
    _training.ROLES,
    _training.REQUIREMENTS,
    _training.LEVELS,
    _training.COURSES,
    _training.OUTCOMES,
    _training.SESSIONS,
    _training.COMPLETIONS,
    _training.WISHES,
    _training.FIXED,
    _training.INITIATIVES,
    _training.INITIATIVE_SKILLS,
    _training.BUDGETS,
    *PORTFOLIO,
)
BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
