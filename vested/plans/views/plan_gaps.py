"""What a plan closes of the gap, and what is left: by unit, by job family, and how fairly."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.core import charts
from vested.core.amounts import number, percent
from vested.core.downloads import figures as downloaded
from vested.core.viewer import viewer_of
from vested.plans.models import Plan
from vested.plans.queries.solved import figures, solved
from vested.plans.report.figures import Cell, FairGroup, Fairness, GapTable, Row
from vested.plans.report.tags import heat_steps
from vested.plans.report.words import levels
from vested.plans.views.plan_words import family_words, hidden_words, unit_words
from vested.plans.views.plans import around, ready_for

BEFORE, AFTER = "before", "after"


def gaps(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The gap before and after by unit and job family, and the widest that is left."""
    found = ready_for(viewer_of(request), pk)
    table = figures(found).gaps
    links = _Links(found)
    show = BEFORE if request.GET.get("show") == BEFORE else AFTER
    heat = _heat(table, links, show) if table.families else None
    if request.GET.get("format") == "csv":
        return downloaded(_("gaps"), heat.rows if heat else ())
    total = table.total.total
    told = {"before": levels(total.mean_before), "after": levels(total.mean_after)}
    most = max((row.total.mean_before for row in (table.total, *table.rows) if not row.total.hidden), default=0.0)
    starts = heat_steps(table)
    words = {
        **around(found, "plan-gaps"),
        "here": _("Gaps"),
        "heading": _("The gap falls from %(before)s to %(after)s levels a person") % told,
        "lead": _(
            "The gap is what people lack to the levels their roles ask for, each with the weight of the role and the "
            "requirement. After is when everybody has learnt what the plan gives them; not everybody will."
        ),
        "units": [_row(row, links, most) for row in (table.total, *table.rows)],
        "departments": [
            (_("Departments of %(unit)s") % {"unit": row.name}, [_row(part, links, most) for part in row.parts])
            for row in table.rows
            if row.parts
        ],
        "widest": [
            (
                f"{family_words(one.family)}: {unit_words(one.row)}",
                links.of(one.row),
                levels(one.cell.mean_before),
                levels(one.cell.mean_after),
            )
            for one in table.widest
        ],
        "shows": [(AFTER, _("After the plan"), show == AFTER), (BEFORE, _("Before the plan"), show == BEFORE)],
        "heat": heat,
        "key": charts.gap_key(
            starts=_("Levels short per person, from"), shown=[number(at, 1) for at in starts], hidden=hidden_words()
        ),
        "csv": f"?show={show}&format=csv",
        "hidden": _note(table),
    }
    return render(request, "plans/plan_gaps.html", words)


def fairness(request: HttpRequest, pk: int) -> HttpResponse:
    """What each ministry, agency and grade gets of its own gap."""
    found = ready_for(viewer_of(request), pk)
    f = figures(found)
    fair, links = f.fairness, _Links(found)
    mean = f.certificate.share
    words = {
        **around(found, "plan-fairness"),
        "here": _("Fairness"),
        "heading": _fair_heading(fair),
        "lead": _(
            "A group is a ministry or agency with all below it, or a grade. Each bar is the share of the group's own "
            "gap that closes, so large and small groups compare. The heavy mark is the floor, the dashed one everybody."
        ),
        "advice": _fair_advice(fair),
        "groups": [
            (title, [_group(group, fair.floor, mean, links) for group in groups])
            for title, groups in ((_("Ministries and agencies"), fair.units), (_("Grades"), fair.grades))
            if groups
        ],
        "below": fair.below,
        "hidden": hidden_words() if fair.shown < len(fair.groups) else "",
    }
    return render(request, "plans/plan_fairness.html", words)


class _Links:
    """Where units are looked at in a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan, self._units = plan.pk, solved(plan).units.tolist()

    def of(self, row: Row | FairGroup) -> str:
        """The page of a row's unit; nothing for all units, for grades, and for those outside the departments."""
        return reverse("plans:plan-unit", args=[self._plan, self._units[row.unit]]) if row.unit >= 0 else ""


def _row(row: Row, links: _Links, most: float) -> dict[str, Any]:
    """A unit: its words, where it leads, and its figures with their mark unless they are hidden."""
    return {"name": unit_words(row), "href": links.of(row)} | cell_figures(row.total, most)


def cell_figures(cell: Cell, most: float) -> dict[str, Any]:
    """A gap before and after in words, with its mark; why not, where it is hidden."""
    if cell.hidden:
        return {"hidden": hidden_words()}
    return {
        "people": number(cell.people),
        "before": levels(cell.mean_before),
        "after": levels(cell.mean_after),
        "closed": _("no gap") if cell.share is None else percent(cell.share, 0),
        "mark": charts.bullet(cell.mean_after, most=most or 1.0, mean=cell.mean_before),
    }


def _heat(table: GapTable, links: _Links, show: str) -> charts.Drawn:
    columns = [*(charts.Head(label=family_words(one)) for one in table.families), charts.Head(label=_("All families"))]
    rows = [*table.rows, table.total]
    heads = [
        charts.Head(
            label=unit_words(row),
            href=links.of(row),
            note=_("hidden") if row.total.hidden else number(row.total.people),
        )
        for row in rows
    ]
    words = charts.HeatWords(
        caption=_("After the plan") if show == AFTER else _("Before the plan"),
        corner=_("Unit"),
        region=_("Units by job family, scrolls sideways"),
        hidden=hidden_words(),
    )
    cells = [[_cell(cell, show) for cell in (*row.cells, row.total)] for row in rows]
    return charts.heatmap(columns, heads, cells, words=words, steps=heat_steps(table)[1:])


def _cell(cell: Cell, show: str) -> charts.Cell:
    if not cell.people:
        return charts.Cell(value=None, reason=_("nobody there"), nobody=True)
    if cell.hidden:
        return charts.Cell(value=None)
    mean = cell.mean_after if show == AFTER else cell.mean_before
    return charts.Cell(value=mean, shown=number(mean, 1))


def _note(table: GapTable) -> str:
    if not table.hidden:
        return ""
    words = ngettext(
        "%(hidden)s of %(cells)s cells is hidden.", "%(hidden)s of %(cells)s cells are hidden.", table.hidden
    )
    return words % {"hidden": number(table.hidden), "cells": number(table.cells)}


def _fair_heading(fair: Fairness) -> str:
    floor = percent(fair.floor, 0)
    if fair.floor > 0 and fair.below:
        words = ngettext(
            "%(below)s of %(groups)s groups stays below the floor of %(floor)s",
            "%(below)s of %(groups)s groups stay below the floor of %(floor)s",
            fair.below,
        )
        return words % {"below": number(fair.below), "groups": number(len(fair.groups)), "floor": floor}
    if fair.floor > 0:
        return _("Every group has at least %(floor)s of its gap closed") % {"floor": floor}
    if fair.lowest:
        told = {"name": fair.lowest.name, "share": percent(fair.lowest.share, 0)}
        return _("No floor is set; least closes for %(name)s, %(share)s") % told
    return _("No floor is set")


def _fair_advice(fair: Fairness) -> str:
    if fair.floor <= 0:
        return _("Set a floor in the scenario and plan again: it lifts the groups at the top of these lists.")
    if fair.below:
        return _(
            "Groups below the floor cannot be lifted within today's limits without giving fewer compulsory courses or "
            "leaving another group further behind. Seats, hours or money for courses they need would help."
        )
    return _("Raise the floor in the scenario if you want more even shares, and compare the value of both plans.")


def _group(group: FairGroup, floor: float, mean: float, links: _Links) -> dict[str, Any]:
    if group.hidden:
        return {"name": group.name, "href": links.of(group), "hidden": hidden_words()}
    share = group.share if group.short else max(group.share, floor)  # what is not short is not drawn so
    return {
        "name": group.name,
        "href": links.of(group),
        "people": ngettext("%(people)s person", "%(people)s people", group.people) % {"people": number(group.people)},
        "mark": charts.bullet(share, most=1.0, must=floor or None, mean=mean),
        "closed": percent(group.share, 0) if group.gap > 0 else _("no gap"),
        "short": levels(group.shortfall) if group.short else number(0),
    }
