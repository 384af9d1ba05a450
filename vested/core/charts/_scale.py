"""From values to places: round numbers for axes, shares of a scale, steps of a gap."""

from bisect import bisect_right
from collections.abc import Sequence
from math import ceil, floor, isfinite, log10

# Where the colours of a gap change, in levels short; the palette has one more step, for no gap at all.
GAP_STEPS = (0.2, 0.6, 1.0, 1.4, 1.8, 2.3)


def share(value: float, least: float, most: float) -> float:
    """Place of ``value`` between ``least`` and ``most`` as a number from 0 to 1; beyond them it stays at the end."""
    if not most > least:
        raise ValueError(f"most: {most} must be above least, {least}.")
    return min(max((value - least) / (most - least), 0.0), 1.0)


def gap_class(value: float, steps: Sequence[float] = GAP_STEPS) -> str:
    """Name the colour of a gap, ``g0`` to ``g6``: how many of the six steps it has reached."""
    if len(steps) != 6 or list(steps) != sorted(set(steps)):
        raise ValueError(f"steps: give six rising numbers, not {tuple(steps)}.")
    return f"g{bisect_right(steps, value)}"


def ticks(low: float, high: float, *, most: int = 5) -> tuple[float, ...]:
    """Round numbers, evenly apart, from at or below ``low`` to at or above ``high``, about ``most`` steps.

    A step is 1, 2, 2.5 or 5 times a power of ten, the smallest that needs no more than ``most`` steps for the span.
    """
    if not (isfinite(low) and isfinite(high)) or high < low:
        raise ValueError(f"high: {high} must be a number at or above low, {low}.")
    if most < 1:
        raise ValueError(f"most: {most} steps cannot be drawn; give at least 1.")
    span = (high - low) or abs(high) or 1.0
    size = 10.0 ** floor(log10(span / most))
    step = next(size * times for times in (1, 2, 2.5, 5, 10, 20) if size * times * most >= span * (1 - 1e-9))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    digits = max(0, 2 - floor(log10(step)))
    return tuple(round(step * at, digits) for at in range(first, max(last, first + 1) + 1))
