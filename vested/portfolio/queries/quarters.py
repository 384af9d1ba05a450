"""Quarters of a year, each known by its first day."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext


def quarter_of(day: date) -> date:
    """The first day of the quarter a day is in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def later(quarter: date, count: int) -> date:
    """The first day of the quarter so many quarters later."""
    months = quarter.year * 12 + quarter.month - 1 + 3 * count
    return date(months // 12, months % 12 + 1, 1)


def span(start: date, count: int) -> list[date]:
    """So many quarters, from the one a day is in."""
    return [later(quarter_of(start), number) for number in range(count)]


def quarter_words(quarter: date) -> str:
    """A quarter as one says it."""
    words = {"number": (quarter.month + 2) // 3, "year": date_format(quarter, "Y")}
    return gettext("Quarter %(number)s of %(year)s") % words
