"""Words that several pages of a plan use."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core.amounts import number
from vested.plans.models import Plan
from vested.plans.report.figures import LEAST, Family, Row, Scope
from vested.plans.report.words import levels, levels_down, levels_up, period

STATES = {
    Plan.State.SOLVING: "waits",
    Plan.State.SOLVED: "good",
    Plan.State.PROPOSED: "next",
    Plan.State.ADOPTED: "good",
    Plan.State.REPLACED: "stopped",
}


_SOURCES = {
    "self": gettext_lazy("own view"),
    "manager": gettext_lazy("manager's view"),
    "test": gettext_lazy("test"),
    "evidence": gettext_lazy("evidence"),
}


def source_words(source: str) -> str:
    """Where a level comes from."""
    return str(_SOURCES.get(source, source))


def unit_words(row: Row) -> str:
    """What a row of the table of gaps is called."""
    match row.scope:
        case Scope.ALL:
            return _("All units")
        case Scope.OWN:
            return _("%(unit)s, without its agencies") % {"unit": row.name}
        case Scope.DIRECT:
            return _("Outside the departments")
        case _other:
            return row.name


def family_words(family: Family) -> str:
    """What a column of the table of gaps is called."""
    if family.others:
        words = ngettext("%(others)s other family", "%(others)s other families", family.others)
        return words % {"others": number(family.others)}
    return family.name or _("No job family")


def gain_words(low: float, high: float) -> str:
    """A gain that was found, and what no plan can exceed."""
    if high > low:
        return _("%(low)s to %(high)s") % {"low": levels_down(low), "high": levels_up(high)}
    return levels(low)


def hidden_words() -> str:
    """Why a figure is not shown."""
    words = ngettext(
        "hidden: about fewer than %(least)s person, or it would give such a figure away",
        "hidden: about fewer than %(least)s people, or it would give such a figure away",
        LEAST,
    )
    return words % {"least": number(LEAST)}


def period_words(at: int, starts: dict[int, date]) -> str:
    """A period with its first month, as the head of a cell."""
    words = period(at, starts)
    return words[:1].upper() + words[1:]
