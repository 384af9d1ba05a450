"""The roadmap of a plan: what starts when, what it uses, and what is out and why."""

from datetime import date
from math import isfinite
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.core import charts
from vested.core.amounts import level, money, number
from vested.core.downloads import figures as downloaded
from vested.core.permissions import Permission
from vested.core.viewer import Viewer, viewer_of
from vested.formats.sector_folder import Way
from vested.plans.models import Plan
from vested.plans.queries.roadmaps import is_fixed
from vested.plans.queries.solved import figures, solved
from vested.plans.report.figures import Load, RoadmapFigures, Start
from vested.plans.report.words import levels, levels_up, percent_up
from vested.plans.roadmap import mode_word, repairs_told, title_of, why_of
from vested.plans.views.plans import around, ready_for
from vested.portfolio.models import Initiative
from vested.portfolio.queries.quarters import later, quarter_of, quarter_words

STYLES = {Way.REUSE: "f-sure", Way.PILOT: "f2", Way.ROLL_OUT: "f1"}


def roadmap(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """Which initiatives start, in which mode, when; the money and people they use; which are out, and why."""
    viewer = viewer_of(request)
    found = ready_for(viewer, pk)
    f, first = figures(found), solved(found).first
    road = f.roadmap
    words: dict[str, Any] = {**around(found, "plan-roadmap"), "here": _("Roadmap"), "road": road}
    if road is None:
        words["heading"] = _("This plan has no roadmap")
        return render(request, "plans/plan_roadmap.html", words)
    if request.GET.get("format") == "csv":
        return downloaded(_("roadmap"), _rows(road, first))
    pages = _pages(viewer)
    now = pages if found.state in {Plan.State.ADOPTED, Plan.State.REPLACED} else {}
    going = {title_of(road.sector, road.road, p) for p in road.road.starts if is_fixed(road.road, p)}
    ask = reverse("plans:plan-try", args=[found.pk]) if viewer.may(Permission.PLAN_MAKE) else ""
    words |= {
        "heading": _heading(road),
        "lead": _lead(road, first, len(going)),
        "sure": certified(road),
        "axis": charts.steps([str(quarter) for quarter in road.quarters]),
        "starts": [_start(one, pages, now, first, f.currency, going=one.title in going) for one in road.starts],
        "loads": [_load(load, f.currency) for load in road.loads],
        "quarters": [(quarter, _quarter(quarter, first)) for quarter in road.quarters],
        "told": list(repairs_told(road.sector, road.road)),
        "out": _out(road, pages, f.currency, nearest=True, ask=ask),
        "rest": _out(road, pages, f.currency, nearest=False, ask=ask),
        "facts": [
            (_("Money for initiatives"), _used(road.money, f.currency)),
            (_("Money for training, apart from it"), money(f.certificate.cost, f.currency)),
            (_("Risk of what starts"), risked(road)),
        ],
        "may_ask": bool(ask),
        "csv": "?format=csv",
    }
    return render(request, "plans/plan_roadmap.html", words)


def certified(road: RoadmapFigures) -> str:
    """What is proven of a roadmap."""
    told = _("What starts is worth %(value)s in benefits, discounted until they come.") % {"value": levels(road.value)}
    if not isfinite(road.ceiling):
        return told
    words = {"ceiling": levels_up(road.ceiling), "distance": percent_up(road.distance)}
    if road.distance <= 0:
        return f"{told} " + _("No roadmap within the same limits is worth more.")
    proof = _("No roadmap within the same limits is worth more than %(ceiling)s, so at most %(distance)s is missing.")
    return f"{told} {proof % words}"


def risked(road: RoadmapFigures) -> str:
    """What the risks of what starts add up to, and of how much where there is a cap."""
    risk = level(round(road.risk, 2))
    if road.risk_cap is None:
        return risk
    return _("%(risk)s of at most %(cap)s") % {"risk": risk, "cap": level(road.risk_cap)}


def _heading(road: RoadmapFigures) -> str:
    words = ngettext(
        "%(starts)s of %(count)s initiative starts", "%(starts)s of %(count)s initiatives start", road.count
    )
    return words % {"starts": number(len(road.starts)), "count": number(road.count)}


def _lead(road: RoadmapFigures, first: date | None, going: int) -> str:
    if first is None:
        return _("Quarters are counted from the first.")
    words = {"day": date_format(first), "last": _quarter(len(road.quarters), first)}
    said = _("Quarter 1 begins on %(day)s; the last is %(last)s.") % words
    if not going:
        return said
    more = ngettext(
        "%(count)s is in delivery, and stands with what is left of it.",
        "%(count)s are in delivery, and stand with what is left of them.",
        going,
    )
    return f"{said} {more % {'count': number(going)}}"


def _quarter(number_: int, first: date | None) -> str:
    """A quarter of the roadmap as one says it."""
    return quarter_words(later(first, number_ - 1)) if first else str(number_)


def _pages(viewer: Viewer) -> dict[str, Initiative]:
    """Each initiative by its title; of several with one title, none."""
    found: dict[str, list[Initiative]] = {}
    for row in Initiative.objects.all().visible_to(viewer).select_related("source"):
        found.setdefault(row.source.title, []).append(row)
    return {title: rows[0] for title, rows in found.items() if len(rows) == 1}


def _address(pages: dict[str, Initiative], title: str) -> str:
    return reverse("portfolio:initiative", args=[pages[title].pk]) if title in pages else ""


def _fact(one: Start, row: Initiative | None, first: date | None) -> list[str]:
    """What has become of it since the plan was adopted."""
    if row is None or first is None:
        return []
    words = {"stage": row.get_stage_display()}
    if row.starts_on is None or quarter_of(row.starts_on) == later(first, one.first - 1):
        return [_("now: %(stage)s") % words]
    return [_("now: %(stage)s, starts %(day)s") % {**words, "day": date_format(row.starts_on)}]


def _still_going(row: Initiative | None) -> bool:
    """Whether nothing has become of what was in delivery already."""
    return row is not None and row.stage == Initiative.Stage.DELIVERY


def _start(
    one: Start, pages: dict[str, Initiative], now: dict[str, Initiative], first: date | None, currency: str, *,
    going: bool,
) -> dict[str, Any]:  # fmt: skip
    notes = [
        *([_("in delivery")] if going else [_("must start")] if one.mandatory else []),
        _("explores") if one.explore else _("exploits"),
        *([_("after %(names)s") % {"names": ", ".join(one.waits)}] if one.waits else []),
        *([] if going and _still_going(now.get(one.title)) else _fact(one, now.get(one.title), first)),
    ]
    return {
        "title": one.title,
        "href": _address(pages, one.title),
        "note": " · ".join(notes),
        "late": one.skills == "late",
        "mark": charts.span(
            one.first, one.last, one.quarters, style=STYLES[one.way], ready=one.ready, late=one.skills == "late"
        ),
        "way": mode_word(one.way),
        "quarters": str(one.first) if one.first == one.last else f"{one.first}–{one.last}",
        "from": _quarter(one.first, first),
        "cost": money(one.cost, currency),
    }


def _load(load: Load, currency: str) -> dict[str, Any]:
    def said(value: float | None) -> str:
        if value is None:
            return _("no limit")
        return money(value, currency) if load.pool is None else level(round(value, 1))

    words = ngettext("full in %(full)s quarter", "full in %(full)s quarters", load.full)
    return {
        "name": load.pool or _("Money for initiatives"),
        "note": words % {"full": number(load.full)},
        "mark": charts.columns(load.used, load.there),
        "whole": said(load.all_used),
        "cells": [(said(used), said(there)) for used, there in load.by_quarter],
    }


def _out(
    road: RoadmapFigures, pages: dict[str, Initiative], currency: str, *, nearest: bool, ask: str
) -> list[dict[str, str]]:
    """Those that do not start, each with what lets it in; ``ask`` is where one asks what it costs to have it in."""
    return [
        {
            "title": one.title,
            "href": _address(pages, one.title),
            "why": why_of(road.sector, road.road, one.initiative),
            "price": "–" if one.price is None else money(one.price, currency),
            "ask": f"{ask}?{urlencode({'force': _code(road, one.initiative)})}" if ask else "",
        }
        for one in (road.nearest if nearest else road.rest)
    ]


def _code(road: RoadmapFigures, initiative: int) -> str:
    return road.sector.initiatives[road.road.index.initiatives[initiative]].initiative_id


def _used(load: Load, currency: str) -> str:
    if load.all_there is None:
        return money(load.all_used, currency)
    words = {"cost": money(load.all_used, currency), "budget": money(load.all_there, currency)}
    return _("%(cost)s of %(budget)s") % words


def _rows(road: RoadmapFigures, first: date | None) -> list[tuple[charts.Value, ...]]:
    """The roadmap as a table to take away."""
    head = (_("Initiative"), _("Decision"), _("Mode"), _("From"), _("Until"), _("Cost"), _("Why"), _("Smallest change"))
    starts = [
        (
            one.title, _("starts"), mode_word(one.way), _quarter(one.first, first), _quarter(one.last, first), one.cost,
            "", None,
        )
        for one in road.starts
    ]  # fmt: skip
    out = [
        (one.title, _("out"), "", "", "", None, why_of(road.sector, road.road, one.initiative), one.price)
        for one in road.out
    ]
    return [head, *starts, *out]
