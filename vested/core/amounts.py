"""Numbers, levels and money in the active language."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import ngettext, pgettext

NBSP = "\N{NO-BREAK SPACE}"
SIGNS = {"EUR": "€", "GBP": "£"}


def number(value: float | Decimal, digits: int = 0) -> str:
    """Write a number with ``digits`` decimals and a real minus."""
    rounded = round(float(value), digits) + 0.0  # no minus before a zero
    return str(number_format(rounded, digits, force_grouping=True)).replace("-", "−")


def level(value: float) -> str:
    """Write a level of a skill, or hours, with the decimals it has, two at most."""
    return number(value, next(digits for digits in (0, 1, 2) if digits == 2 or value == round(value, digits)))


def percent(share: float, digits: int = 1) -> str:
    """Write a share as a percentage."""
    return f"{number(100 * share, digits)}{NBSP}%"


def money(amount: float | Decimal, currency: str, *, exact: bool = False) -> str:
    """Write an amount; unless ``exact``, whole from a hundred up and in millions, with two decimals, from a million."""
    amount, sign = float(amount), SIGNS.get(currency, currency + NBSP)
    if abs(amount) >= 999_995 and not exact:
        words = {"sign": sign, "amount": number(amount / 1e6, 2)}
        return (pgettext("money", "%(sign)s%(amount)s million") % words).strip()
    words = {
        "sign": sign,
        "amount": number(amount, 0 if amount == round(amount) or (abs(amount) >= 100 and not exact) else 2),
    }
    return (pgettext("money", "%(sign)s%(amount)s") % words).strip()


def people(count: int) -> str:
    """So many people, in words: “1,200 people”."""
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": number(count)}
