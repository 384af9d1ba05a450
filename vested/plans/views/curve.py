"""The budget curve of a plan, with a point on it that somebody looks at, and what moves there."""

from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from vested.core import charts
from vested.core.amounts import level, money, number, people, percent
from vested.core.viewer import Viewer
from vested.core.views.jobs import shown
from vested.plans.models import Plan
from vested.plans.queries.compared import Movement
from vested.plans.queries.comparing import moved_counts
from vested.plans.queries.dearest import Dear, dearest_at
from vested.plans.queries.solved import at_point, figures
from vested.plans.report.figures import Shift
from vested.plans.report.words import levels, points
from vested.plans.views.told import missing

UNITS = 10  # named at most, those that move furthest
DEAREST = 5


def curve_shown(plan: Plan, at: str, viewer: Viewer) -> dict[str, Any]:
    """What the part of a page that shows the curve needs; ``at`` is the point asked for, times every budget."""
    curve: list[dict[str, float]] = plan.figures.get("curve", [])
    words: dict[str, Any]
    if not curve:
        job = plan.extra if plan.extra and plan.extra.kind == "plans.curve" else None
        words = {f"curve_{name}": value for name, value in shown(job, viewer).items()} if job else {}
        return {"curve": None, "curve_job": None, **words}
    here = min(curve, key=lambda point: abs(point["factor"] - _factor(at)))
    base = next(point for point in curve if point["factor"] == 1.0)
    words = {
        "curve": _drawn(curve, here, base),
        "steps": [
            (
                number(100 * point["factor"]),
                percent(point["factor"], 0),
                f"?at={point['factor']:g}#curve",
                point is here,
            )
            for point in curve
        ],
        "point": _said(plan, here, base, viewer),
        "at_base": here is base,
    }
    if here is not base:
        words |= _moves(plan, here["factor"], viewer)
        words["change"] = f"{100 * (here['factor'] - 1):.0f}"
    return words


def _factor(at: str) -> float:
    try:
        factor = float(at)
    except ValueError:
        return 1.0
    return factor if isfinite(factor) else 1.0


def _said(plan: Plan, here: dict[str, float], base: dict[str, float], viewer: Viewer) -> str:
    """What a point gives, and how near that is to the best possible with that money."""
    budget = plan.figures["budget"]
    words = {
        "money": percent(here["factor"], 0),
        "share": percent(here["share"]),
        "cost": money(here["cost"], viewer.sector.currency),
        "points": number(100 * abs(here["share"] - base["share"]), 1),
    }
    if here is base:
        said = _("With the plan's own money %(share)s of the weighted gap closes, for %(cost)s.")
    elif here["share"] < base["share"]:
        said = _(
            "With %(money)s of the money %(share)s of the weighted gap closes, %(points)s points less, for %(cost)s."
        )
    else:
        said = _(
            "With %(money)s of the money %(share)s of the weighted gap closes, %(points)s points more, for %(cost)s."
        )
    if budget is not None and here is not base:
        amount = money(budget * here["factor"], viewer.sector.currency)
        there = _("The sector would have %(amount)s.") % {"amount": amount}
        return f"{said % words} {there} {_proof(here)}"
    return f"{said % words} {_proof(here)}"


def _proof(here: dict[str, float]) -> str:
    bound = here["bound"]
    return missing((bound - here["value"]) / bound if bound > 0 else 0.0)


def _drawn(curve: list[dict[str, float]], here: dict[str, float], base: dict[str, float]) -> charts.Drawn:
    """What plans are worth along the curve, this plan's worth being 100 %, with the band up to what is possible."""
    worth = base["value"] or 1.0
    dots = [
        charts.Point(
            at=point["factor"],
            when=percent(point["factor"], 0),
            value=point["value"] / worth,
            shown=_("%(worth)s, at most %(most)s")
            % {"worth": percent(point["value"] / worth), "most": percent(point["bound"] / worth)},
            low=point["value"] / worth,
            high=max(point["bound"], point["value"]) / worth,
        )
        for point in curve
    ]
    marks = charts.ticks(min(dot.low or 0.0 for dot in dots), max(dot.high or 0.0 for dot in dots), most=4)
    words = charts.LineWords(
        finding=_("From %(least)s to %(most)s of the money a plan is worth %(low)s to %(high)s of this one.")
        % {
            "least": dots[0].when,
            "most": dots[-1].when,
            "low": percent(curve[0]["value"] / worth),
            "high": percent(curve[-1]["value"] / worth),
        },
        caption=_("What a plan is worth with other money, this plan being 100 %%") % {},
        when=_("Money"),
        hidden="",
    )
    return charts.line(
        [charts.Series(name=_("Worth"), points=tuple(dots), end=percent(curve[-1]["value"] / worth, 0))],
        words=words,
        heights=[(mark, percent(mark, 0)) for mark in marks],
        moments=[(dot.at, dot.when) for dot in dots],
        here=here["factor"],
    )


def _moves(plan: Plan, factor: float, viewer: Viewer) -> dict[str, Any]:
    """Who and what moves at another point than the plan's own, and what would buy most back there."""
    moved, curve = at_point(plan, factor), figures(plan).curve
    words: dict[str, Any] = {"moved": moved_said(moved, viewer)}
    if curve:
        place = next(number for number, point in enumerate(curve.points) if point.factor == factor)
        words["units"] = _units(curve.shifts, place)
        words["unseen"] = sum(shift.hidden for shift in curve.shifts)
    rows = dearest_at(plan, factor, most=DEAREST)
    words["dearest"] = [dear_said(row, figures(plan).currency) for row in rows]
    return words


def moved_said(moved: Movement, viewer: Viewer) -> str:
    """How many people get something else, and how many lose and gain; few only for who may see people."""
    counts = moved_counts(viewer, moved)
    return _("%(moved)s get other courses. %(lose)s close less of their gap, %(gain)s close more.") % {
        "moved": people(moved.moved) if counts["moved"] is not None else few_said(None),
        "lose": few_said(counts["lose"]),
        "gain": few_said(counts["gain"]),
    }


def few_said(count: int | None) -> str:
    """A count, or that it is of few people."""
    return _("Fewer than five") if count is None else number(count)


def _units(shifts: tuple[Shift, ...], place: int) -> charts.Drawn | None:
    """The units that move furthest, by the share of their own gap that closes."""
    rows = [(shift.name, shift.differences[place]) for shift in shifts if not shift.hidden]
    rows.sort(key=lambda row: (-abs(row[1][0]), row[0]))
    if not rows:
        return None
    return charts.changes(
        [
            charts.Change(
                label=name,
                value=100 * change,
                shown=points(change),
                note=_("%(share)s of its gap closes") % {"share": percent(share, 0)},
            )
            for name, (change, share) in rows[:UNITS]
        ],
        words=charts.Words(
            caption=_("Who is hit hardest: the share of its own gap that a unit closes, against this plan"),
            label=_("Unit"),
            value=_("Points"),
        ),
    )


def dear_said(row: Dear, currency: str) -> tuple[str, str]:
    """What one more step is, and what it buys."""
    if row.period:
        what = _("One more seat in “%(course)s”, period %(period)s") % {"course": row.name, "period": row.period}
    else:
        unit = row.name or _("the whole sector")
        what = _("%(amount)s more for %(unit)s") % {"amount": money(row.step, currency), "unit": unit}
    if row.at_most is None:
        return what, _("about %(gain)s levels") % {"gain": levels(row.gain)}
    words = {"gain": level(row.gain), "most": levels(row.at_most)}
    return what, _("%(gain)s levels, at the very most %(most)s") % words
