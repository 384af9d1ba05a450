"""What a little more risk, or a little more exploring, buys beside the roadmap of a plan."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from vested.core import charts
from vested.core.amounts import number, percent
from vested.core.downloads import figures as downloaded
from vested.core.permissions import Permission
from vested.core.viewer import viewer_of
from vested.plans.actions import ask_for_frontier, ask_for_scenario
from vested.plans.queries.frontier import At, frontier_of
from vested.plans.queries.solved import solved
from vested.plans.queries.staleness import is_stale
from vested.plans.report.words import levels, levels_down, levels_up, percent_up
from vested.plans.views.plans import around, ready_for, running

NAMED = 4  # initiatives of those that come in or go out, in a row; the CSV names all
TITLES = {"risk": gettext_lazy("More risk, or less"), "explore": gettext_lazy("More exploring, or less")}
LIMITS = {"risk": gettext_lazy("Risk, at most"), "explore": gettext_lazy("Explores, at least")}
ABOUT = {
    "risk": gettext_lazy(
        "The roadmap was chosen anew under one cap on risk after another, with the same money and people. Risk is what "
        "initiatives say of theirs, added up."
    ),
    "explore": gettext_lazy(
        "The roadmap was chosen anew with one least share of the costs after another for what explores, with the same "
        "money and people."
    ),
}
NONE = {
    "risk": gettext_lazy("No initiative that starts says how risky it is. Say it on the initiative, and solve again."),
    "explore": gettext_lazy(
        "No initiative here explores. Say of those that try something new that they do, and solve again."
    ),
}


def frontier(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The roadmap within other limits: what each is worth, how sure that is, and what would start otherwise."""
    viewer = viewer_of(request)
    found = ready_for(viewer, pk)
    road = solved(found).outcome.roadmap
    if road is None:
        raise Http404
    lines = frontier_of(found)
    titles = {row.initiative_id: row.title for row in road.sector.initiatives}
    if request.GET.get("format") == "csv":
        return downloaded(_("roadmap within other limits"), _rows(lines, titles))
    may, extra = viewer.may(Permission.PLAN_MAKE), running(found, viewer)
    busy = "extra" in extra and not extra["extra"].ended
    words = {
        **around(found, "plan-roadmap"),
        **extra,
        "here": _("More risk or exploring"),
        "heading": _("What a little more risk or exploring buys"),
        "lead": _lead(lines),
        "stale": is_stale(found),
        "lines": [_line(along, points, titles) for along, points in lines.items()],
        "may_ask": may,
        "may_start": may and not busy,
        "waits": may and busy and extra["extra"].kind != "plans.frontier",
        "back": reverse("plans:plan-roadmap", args=[found.pk]),
    }
    words["trail"] = [*words["trail"], (_("Roadmap"), words["back"])]
    return render(request, "plans/plan_frontier.html", words)


@require_POST
def solve(request: HttpRequest, pk: int) -> HttpResponse:
    """Start to choose the roadmap anew within other limits."""
    viewer = viewer_of(request)
    ask_for_frontier(by=viewer, plan=ready_for(viewer, pk), at=timezone.now())
    messages.success(request, _("The roadmap is chosen anew within other limits. The plan stays as it is."))
    return redirect("plans:plan-frontier", pk=pk)


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a scenario that starts and leaves out what a point does, so that both halves can be solved."""
    viewer = viewer_of(request)
    found = ready_for(viewer, pk)
    points = frontier_of(found).get(request.POST.get("along", ""), [])
    place = request.POST.get("point", "")
    if not place.isdecimal() or int(place) >= len(points):
        raise Http404
    point, was, cap = points[int(place)], found.settings, found.settings.risk_cap
    if request.POST["along"] == "risk" and cap is not None:
        cap = max(cap, point.limit)  # else what comes in could not start
    asked = replace(
        was,
        initiatives={**was.initiatives, **dict.fromkeys(point.went, 0.0)},
        force=tuple(dict.fromkeys(one for one in (*was.force, *point.came) if one not in point.went)),
        risk_cap=cap,
    )
    name = _("%(scenario)s, tried otherwise") % {"scenario": found.scenario}
    made = ask_for_scenario(by=viewer, name=name[:200], asked=asked, at=timezone.now())
    return redirect("plans:scenario", pk=made.pk)


def _lead(lines: dict[str, list[At]]) -> str:
    """The answer: what the next step in risk would buy, or what this page is for."""
    said = [words for along, points in lines.items() if (words := _next(along, points))]
    return " ".join(said) or _(
        "Risk and exploring are limits like money. Here you see what the roadmap would be worth with more or less of "
        "each, and what would start otherwise."
    )


def _next(along: str, points: list[At]) -> str:
    """What a little more of it brings or costs, as an honest interval."""
    place = next((n for n, point in enumerate(points) if point.own), len(points))
    if place + 1 >= len(points):
        return ""
    own, more = points[place], points[place + 1]
    words = {"more": _limit(along, more.limit), "own": _limit(along, own.limit)}
    if along == "risk":
        if more.bound is None:
            return ""
        words["most"] = levels_up(max(0.0, more.bound - own.value))
        if more.value <= own.value:
            return (
                _("Nothing better was found for risking %(more)s instead of %(own)s; it could buy %(most)s at most.")
                % words
            )
        words["least"] = levels_down(more.value - own.value)
        return _("Risking %(more)s instead of %(own)s would buy at least %(least)s and at most %(most)s.") % words
    least = max(0.0, own.value - more.bound) if more.bound is not None else 0.0
    words |= {"least": levels_down(least), "most": levels_up(max(0.0, own.value - more.value))}
    return (
        _("Exploring with %(more)s of the costs instead of %(own)s would cost at least %(least)s and at most %(most)s.")
        % words
    )


def _limit(along: str, limit: float) -> str:
    return number(limit, 1) if along == "risk" else percent(limit, 1)


def _line(along: str, points: list[At], titles: dict[str, str]) -> dict[str, Any]:
    return {
        "along": along,
        "title": TITLES[along],
        "about": ABOUT[along],
        "none": "" if len(points) > 1 else NONE[along],
        "limit": LIMITS[along],
        "chart": _drawn(along, points) if len(points) > 1 else None,
        "rows": [_row(along, point, titles) for point in points] if len(points) > 1 else [],
    }


def _row(along: str, point: At, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "limit": _limit(along, point.limit),
        "own": point.own,
        "value": levels(point.value),
        "bound": "–" if point.bound is None else levels_up(point.bound),
        "missing": _("not proven") if point.missing is None else percent_up(point.missing) if point.missing else "0",
        "starts": number(point.starts),
        "changes": _changes(point, titles),
        "other": bool(point.came or point.went),
    }


def _changes(point: At, titles: dict[str, str]) -> list[str]:
    """What starts otherwise than in the plan, in words."""
    said = []
    if point.came:
        said.append(_("in: %(names)s") % {"names": _names(point.came, titles)})
    if point.went:
        said.append(_("out: %(names)s") % {"names": _names(point.went, titles)})
    if point.moved:
        words = ngettext("%(count)s starts otherwise", "%(count)s start otherwise", point.moved)
        said.append(words % {"count": number(point.moved)})
    return said or [_("nothing")]


def _names(codes: tuple[str, ...], titles: dict[str, str]) -> str:
    named = ", ".join(titles[code] for code in codes[:NAMED])
    rest = len(codes) - NAMED
    if rest <= 0:
        return named
    more = ngettext("%(rest)s more", "%(rest)s more", rest) % {"rest": number(rest)}
    return f"{named}, {more}"


def _drawn(along: str, points: list[At]) -> charts.Drawn:
    """What roadmaps are worth along a limit, with the band up to what is possible; the plan's own is marked."""
    dots = [
        charts.Point(
            at=point.limit, when=_limit(along, point.limit), value=point.value, shown=levels(point.value),
            low=point.value, high=point.value if point.bound is None else max(point.bound, point.value),
        )
        for point in points
    ]  # fmt: skip
    marks = charts.ticks(min(dot.low or 0.0 for dot in dots), max(dot.high or 0.0 for dot in dots), most=4)
    own = next((point.limit for point in points if point.own), None)
    told = {
        "low": dots[0].when, "high": dots[-1].when, "from": levels(points[0].value), "to": levels(points[-1].value),
    }  # fmt: skip
    finding = {
        "risk": _("From a risk of %(low)s to one of %(high)s a roadmap is worth %(from)s to %(to)s.") % told,
        "explore": _("With %(low)s to %(high)s exploring a roadmap is worth %(from)s to %(to)s.") % told,
    }
    words = charts.LineWords(finding=finding[along], caption=str(TITLES[along]), when=str(LIMITS[along]), hidden="")
    named = {dots[0].at, dots[-1].at, own}
    return charts.line(
        [charts.Series(name=_("Worth"), points=tuple(dots), end=levels(points[-1].value))],
        words=words,
        heights=[(mark, levels(mark)) for mark in marks],
        moments=[(dot.at, dot.when) for dot in dots if dot.at in named],
        here=own,
    )


def _rows(lines: dict[str, list[At]], titles: dict[str, str]) -> list[tuple[charts.Value, ...]]:
    """All points as a table to take away."""
    head = (
        _("Limited in"), _("Limit"), _("This plan"), _("Worth"), _("At most possible"), _("Missing at most"),
        _("Starts"), _("Comes in"), _("Goes out"), _("Starts otherwise"),
    )  # fmt: skip
    names = {"risk": _("risk"), "explore": _("exploring")}
    return [
        head,
        *(
            (
                names[along], point.limit, _("yes") if point.own else _("no"), point.value, point.bound, point.missing,
                point.starts, ", ".join(titles[code] for code in point.came),
                ", ".join(titles[code] for code in point.went), point.moved,
            )
            for along, points in lines.items()
            for point in points
        ),
    ]  # fmt: skip
