"""What a scenario asks for, in an officer's words: only what is not as usual, and what differs between two."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core.amounts import NBSP, level, money
from vested.core.viewer import Viewer
from vested.plans.asked import Asked, different, factor_words
from vested.plans.queries.roadmaps import Begins
from vested.plans.queries.scenarios import Names, names_of
from vested.plans.roadmap import mode_word
from vested.portfolio.queries.quarters import quarter_words

LABELS = {
    "money": gettext_lazy("Budgets"),
    "budgets": gettext_lazy("Other amounts"),
    "periods": gettext_lazy("How far"),
    "fairness": gettext_lazy("Fairness"),
    "families": gettext_lazy("Job families"),
    "initiatives": gettext_lazy("Initiatives"),
    "compulsory": gettext_lazy("Compulsory courses"),
    "keep": gettext_lazy("What people accepted"),
    "without_units": gettext_lazy("Units left out"),
    "without_courses": gettext_lazy("Courses left out"),
    "seconds": gettext_lazy("Time to search"),
    "seed": gettext_lazy("Draw of chance"),
    "force": gettext_lazy("Must start"),
    "earliest": gettext_lazy("Start no sooner"),
    "latest": gettext_lazy("Start no later"),
    "portfolio_money": gettext_lazy("Money for initiatives"),
    "pools": gettext_lazy("People for initiatives"),
    "risk_cap": gettext_lazy("Cap on risk"),
}


def facts(viewer: Viewer, asked: Asked) -> list[tuple[str, str]]:
    """What a scenario asks for that is not as usual: label and words."""
    names, differs = names_of(viewer, asked), different(Asked(), asked)
    return [(str(LABELS[name]), shown(name, there, names, viewer)) for name, (_usual, there) in differs.items()]


def differences(viewer: Viewer, one: Asked, other: Asked) -> list[tuple[str, str, str]]:
    """The settings that are not the same in two scenarios: label, the one's words, the other's."""
    names = names_of(viewer, one, other)
    return [
        (str(LABELS[name]), shown(name, here, names, viewer), shown(name, there, names, viewer))
        for name, (here, there) in different(one, other).items()
    ]


def shown(name: str, value: Any, names: Names, viewer: Viewer) -> str:  # noqa: ANN401 - whatever the setting holds
    """One setting in words."""
    match name:
        case "portfolio_money":
            return _("%(percent)s in every quarter") % {"percent": _exact(value)}
        case "pools":
            return _pairs({names.pools.get(code, code): _exact(factor) for code, factor in value.items()})
        case "risk_cap":
            return _("none") if value is None else level(value)
        case "force":
            return _listed(names.initiatives.get(code, code) for code in value)
        case "earliest" | "latest":
            days = {code: date_format(date.fromisoformat(day)) for code, day in value.items()}
            return _pairs({names.initiatives.get(code, code): day for code, day in days.items()})
        case "money":
            return _("%(percent)s of every budget") % {"percent": _exact(value)}
        case "budgets":
            sector = _("the whole sector")
            amounts = {names.units.get(code, code) or sector: amount for code, amount in value.items()}
            return _pairs({unit: money(amount, viewer.sector.currency, exact=True) for unit, amount in amounts.items()})
        case "periods":
            if not value:
                return _("as far as sessions are held")
            return ngettext("%(count)s period", "%(count)s periods", value) % {"count": value}
        case "fairness":
            return _("at least %(percent)s of every group's gap") % {"percent": _exact(value)}
        case "families" | "initiatives":
            titles = names.initiatives if name == "initiatives" else {}
            return _pairs({titles.get(code, code): factor_words(factor) for code, factor in value.items()})
        case "compulsory":
            return _("come first") if value else _("count like any other")
        case "keep":
            return _("stays") if value else _("may be planned anew")
        case "seconds":
            return ngettext("%(count)s second", "%(count)s seconds", value) % {"count": value}
        case "without_units":
            return _listed(names.units.get(code, code) for code in value)
        case "without_courses":
            return _listed(names.courses.get(code, code) for code in value)
        case _:
            return str(value)


def begins_said(begins: Begins | None) -> str:
    """How an initiative starts, in words."""
    if begins is None:
        return _("does not start")
    quarter = quarter_words(begins.day) if begins.day else str(begins.quarter + 1)
    return _("%(mode)s, from %(quarter)s") % {"mode": mode_word(begins.way), "quarter": quarter}


def _exact(share: float) -> str:
    """A share with the decimals it has, two at most."""
    return f"{level(round(100 * share, 2))}{NBSP}%"


def _pairs(words: Mapping[str, str]) -> str:
    return _listed(f"{name}: {value}" for name, value in words.items())


def _listed(words: Iterable[str]) -> str:
    return "; ".join(words) or _("none")
