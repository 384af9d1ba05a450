"""Following the adopted plan: what was planned beside what has happened, and what that makes likely."""

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vested.core import charts
from vested.core.amounts import money, number, percent
from vested.core.downloads import figures as download
from vested.core.permissions import Permission, require
from vested.core.timeline import told
from vested.core.viewer import viewer_of
from vested.plans.actions import solve_scenario
from vested.plans.models import Plan
from vested.plans.queries.following import Following, following
from vested.plans.queries.roadmaps import Followed, followed
from vested.plans.queries.solved import figures
from vested.plans.queries.staleness import is_stale, newest_changes
from vested.plans.report.words import levels, period
from vested.plans.views.asked import begins_said
from vested.portfolio.queries.quarters import quarter_words

MOST_CHANGES = 5


def follow(request: HttpRequest) -> HttpResponse | FileResponse:
    """The adopted plan and what has become of it."""
    viewer = viewer_of(request)
    require(viewer, Permission.PLAN_SEE)
    plan = Plan.objects.all().visible_to(viewer).select_related("scenario", "decided_by", "extra").adopted()
    if plan is None:
        return render(request, "plans/follow.html", {"plan": None})
    found = following(plan, on=timezone.localdate())
    starts = figures(plan).starts
    chart = answers_chart(found, starts)
    if request.GET.get("format") == "csv":
        return download(_("answers to the plan"), chart.rows)
    stale = is_stale(plan)
    return render(
        request,
        "plans/follow.html",
        {
            "plan": plan,
            "f": found,
            "chart": chart,
            "forecast": forecast_chart(found),
            "answered": percent(found.answered, 0),
            "threats": [(one, period(one.period, starts), one.people - one.now) for one in found.threats],
            "works": _works(followed(viewer, plan, on=timezone.localdate()), viewer.sector.currency),
            "stale": stale,
            "changes": told(newest_changes(plan, MOST_CHANGES)) if stale else [],
            "may_plan": viewer.may(Permission.PLAN_MAKE),
            "people": reverse("academy:enrolments") if viewer.may(Permission.PEOPLE_SEE) else "",
        },
    )


def _works(rows: list[Followed], currency: str) -> list[dict[str, Any]]:
    """The initiatives that were to start: as planned, and as they are."""
    return [
        {
            "title": one.title,
            "href": reverse("portfolio:initiative", args=[one.now.pk]) if one.now else "",
            "late": one.late,
            "planned": _("in delivery already") if one.going else begins_said(one.planned),
            "stage": one.now.get_stage_display() if one.now else _("not in the portfolio any more"),
            "starts": quarter_words(one.now.starts_on) if one.now and one.now.starts_on else "",
            "was": _left(one, currency),
            "cost": "–" if one.cost is None else money(one.cost, currency),
            "spent": money(one.spent, currency),
        }
        for one in rows
    ]


def _left(one: Followed, currency: str) -> str:
    """What one was planned to cost; of what was in delivery already, what was left of that."""
    cost = money(one.planned_cost, currency)
    return _("%(cost)s left") % {"cost": cost} if one.going else cost


@require_POST
def replan(request: HttpRequest) -> HttpResponse:
    """Solve the scenario of the adopted plan once more, around what people have answered."""
    viewer = viewer_of(request)
    plan = Plan.objects.all().visible_to(viewer).select_related("scenario").adopted()
    if plan is None:
        raise Http404
    again = solve_scenario(by=viewer, scenario=plan.scenario, at=timezone.now())
    return redirect("plans:plan", pk=again.pk)


def answers_chart(found: Following, starts: dict[int, date]) -> charts.Drawn:
    """Of each period's places how many are accepted, with what was planned as the mark to reach."""
    rows = [
        charts.Amount(
            label=period(stage.period, starts),
            value=float(stage.yes),
            shown=_("%(yes)s of %(planned)s") % {"yes": number(stage.yes), "planned": number(stage.planned)},
            must=float(stage.planned),
            note=_("%(no)s declined, %(open)s not answered") % {"no": number(stage.no), "open": number(stage.open)},
        )
        for stage in found.stages
    ]
    words = charts.Words(caption=_("Places accepted, of those planned"), label=_("Period"), value=_("Accepted"))
    return charts.bullets(rows, words=words, most=max((float(stage.planned) for stage in found.stages), default=1.0))


def forecast_chart(found: Following) -> charts.Drawn:
    """What will be closed by the end of the plan, with its range, beside what was planned."""
    forecast = found.forecast
    row = charts.Estimate(
        label=_("By the end of the plan"),
        estimate=forecast.likely,
        low=forecast.low,
        high=forecast.high,
        shown=_("%(likely)s (%(low)s to %(high)s) of %(planned)s planned")
        % {
            "likely": levels(forecast.likely),
            "low": levels(forecast.low),
            "high": levels(forecast.high),
            "planned": levels(forecast.planned),
        },
        need=forecast.planned,
    )
    words = charts.Words(caption=_("Weighted levels closed"), label=_("When"), value=_("Levels"), need=_("As planned"))
    return charts.intervals([row], words=words, most=max(forecast.planned, forecast.high, 1e-9))
