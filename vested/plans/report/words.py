"""Weighted levels, shares, periods and reasons in the active language."""

from datetime import date
from math import ceil, floor

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vested.core.amounts import NBSP, number, percent
from vested.engines.training import Why


def levels(value: float) -> str:
    """Write weighted levels: whole from a thousand up, else with a decimal, with two below a tenth."""
    return number(value, _digits(value))


def levels_up(value: float) -> str:
    """Write what cannot be exceeded: rounded up, never down."""
    scale = 10.0 ** _digits(value)
    return number(ceil(value * scale - 1e-6) / scale, _digits(value))


def levels_down(value: float) -> str:
    """Write what is there at least: rounded down, never up."""
    scale = 10.0 ** _digits(value)
    return number(floor(value * scale + 1e-6) / scale, _digits(value))


def signed(change: float, digits: int = 0) -> str:
    """Write a change with its sign."""
    return f"+{number(change, digits)}" if change > 0 else number(change, digits)


def percent_up(share: float) -> str:
    """Write a distance that is proven: two decimals, rounded up."""
    return f"{number(ceil(10_000 * share - 1e-6) / 100, 2)}{NBSP}%"


def change(value: float, base: float) -> str:
    """Write how much more or less a value is than the base, as a percentage of the base."""
    share = (value - base) / base if base else 0.0
    size = percent(abs(share), 0 if abs(share) >= 0.0995 else 1)
    if share >= 0:
        return _("%(percent)s more") % {"percent": size}
    return _("%(percent)s less") % {"percent": size}


def points(difference: float) -> str:
    """Write a difference of two shares in percentage points, with its sign."""
    text = number(100 * difference, 1)
    return f"+{text}" if difference > 0.0005 else text


def day(on: date) -> str:
    """Write a date in words."""
    return str(date_format(on, "j F Y" if (get_language() or "en").startswith("en") else "DATE_FORMAT"))


def period(at: int, starts: dict[int, date]) -> str:
    """Name a period, with the month its first session starts in where that is known."""
    if at in starts:
        return _("period %(period)s (from %(month)s)") % {"period": at, "month": date_format(starts[at], "F Y")}
    return _("period %(period)s") % {"period": at}


def why_not_given(why: Why) -> str:
    """Say why a course is not given."""
    return {
        Why.NO_SESSION: _("No session of the course is held"),
        Why.LANGUAGE: _("Not held in a language the person learns in"),
        Why.DECLINED: _("The person declined every session that is left"),
        Why.LEVEL: _("The level the course starts from cannot be reached in time"),
        Why.PREREQUISITE: _("The course that must come first cannot be completed in time"),
        Why.HOURS: _("Does not fit into the person's hours for learning"),
        Why.SEATS: _("The seats are taken"),
        Why.BUDGET: _("The money is used"),
        Why.WORTH: _("It would fit, but hours, seats and money do more elsewhere"),
    }[why]


def what_would_help(why: Why) -> str:
    """Say what would make room for a course that is not given."""
    return {
        Why.NO_SESSION: _("Hold a session of it"),
        Why.LANGUAGE: _("Hold it in one more language"),
        Why.DECLINED: _("Offer another date, or ask what keeps the person from it"),
        Why.LEVEL: _("Hold the course that leads up to it in an earlier period"),
        Why.PREREQUISITE: _("Hold the course before it in an earlier period"),
        Why.HOURS: _("Give more hours for learning"),
        Why.SEATS: _("Hold one more session, or add seats"),
        Why.BUDGET: _("Add money to the budget of the unit or of the sector"),
        Why.WORTH: _("Nothing is short; accept the session by hand if it matters more"),
    }[why]


def why_missing(why: Why | None) -> str:
    """Say why people for an initiative are missing."""
    if why is Why.SEATS:
        return _("The seats that lead there are taken.")
    if why is Why.BUDGET:
        return _("The money that leads there is used.")
    if why is Why.LEVEL:
        return _("Too few people can be trained that far in time.")
    return _("There is room, but hours, seats and money do more elsewhere.")


def _digits(value: float) -> int:
    size = abs(value)
    return 0 if size >= 1000 else 1 if size >= 0.1 or size == 0 else 2
