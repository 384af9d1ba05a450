"""The roadmaps of two plans side by side: what they are worth, how sure that is, and what starts otherwise."""

from typing import Any

from django.utils.translation import gettext as _

from vested.core.amounts import level
from vested.plans.queries.comparing import Beside
from vested.plans.queries.roadmaps import moved_starts
from vested.plans.queries.solved import solved
from vested.plans.report.words import levels, levels_down, levels_up, percent_up, signed
from vested.plans.views.asked import begins_said


def both_start(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether both plans have a roadmap, by their figures."""
    return "starts" in one and "starts" in other


def worth(one: dict[str, Any], other: dict[str, Any]) -> tuple[str, str, str, str]:
    """What the initiatives that start are worth, each with how much it misses at most."""

    def said(figures: dict[str, Any]) -> str:
        missing = figures["benefit_missing"]
        proven = _("not proven") if missing is None else _("%(share)s missing at most") % {"share": percent_up(missing)}
        return f"{levels(figures['benefit'])} ({proven})"

    return _("What starts is worth"), said(one), said(other), signed(other["benefit"] - one["benefit"])


def risks(one: dict[str, Any], other: dict[str, Any]) -> tuple[str, str, str, str]:
    """What the risks of the initiatives that start add up to."""
    here, there = (round(figures["risk"], 2) for figures in (one, other))
    return _("Risk of what starts"), level(here), level(there), signed(there - here)


def starts_moved(found: Beside) -> dict[str, Any] | None:
    """The initiatives that start otherwise; None where a plan has no roadmap."""
    if not both_start(found.one.figures, found.other.figures):
        return None
    rows = moved_starts(solved(found.one), solved(found.other))
    return {"rows": [(row.title, begins_said(row.one), begins_said(row.other)) for row in rows]}


def worth_said(one: dict[str, Any], other: dict[str, Any]) -> str:
    """What the initiatives that start in the second are worth more or less; empty without two roadmaps."""
    if not both_start(one, other):
        return ""
    change = other["benefit"] - one["benefit"]
    if round(change) == 0:
        return _("What starts is worth as much.")
    words = {"amount": levels(abs(change))}
    return (
        _("What starts is worth %(amount)s less.") if change < 0 else _("What starts is worth %(amount)s more.")
    ) % words


def worth_proven(one: dict[str, Any], other: dict[str, Any]) -> str:
    """By how much the best roadmaps differ, as an honest interval; empty without two roadmaps that are proven."""
    if not both_start(one, other) or None in {one["benefit_missing"], other["benefit_missing"]}:
        return ""
    low, high = other["benefit"] - _bound(one), _bound(other) - one["benefit"]
    if high < 0:
        words = {"least": levels_down(-high), "most": levels_up(-low)}
        return _("The best roadmap of the second is worth at least %(least)s and at most %(most)s less.") % words
    if low > 0:
        words = {"least": levels_down(low), "most": levels_up(high)}
        return _("The best roadmap of the second is worth at least %(least)s and at most %(most)s more.") % words
    return _("Which of the two has the better roadmap is not proven.")


def _bound(figures: dict[str, Any]) -> float:
    """What no roadmap within the same limits exceeds."""
    missing: float = figures["benefit_missing"]
    return float(figures["benefit"]) / (1 - missing) if missing < 1 else float("inf")
