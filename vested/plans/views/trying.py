"""What if: the roadmap of a plan tried otherwise, beside the one there is."""

from dataclasses import replace
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vested.core.errors import Invalid
from vested.core.models import Job
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.jobs import shown
from vested.formats.sector_folder import Way
from vested.plans.actions import ask_for_scenario, try_roadmap
from vested.plans.forms.trying import TryRoadmap, typed
from vested.plans.models import Plan
from vested.plans.queries.roadmaps import Begins, is_fixed
from vested.plans.queries.solved import solved
from vested.plans.report.words import levels, levels_up
from vested.plans.roadmap import Roadmap
from vested.plans.views.asked import begins_said
from vested.plans.views.plans import around, ready_for
from vested.portfolio.queries.quarters import later, quarter_words


def try_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what would be if one were left out, another had to start, or money or people were other."""
    viewer, found, road = _asked(request, pk)
    codes = [(p, road.sector.initiatives[n]) for p, n in enumerate(road.index.initiatives)]
    names = {row.pool_id: row.name or row.pool_id for row in road.sector.pools}
    first = solved(found).first
    form = TryRoadmap(
        request.POST or None,
        initial=request.GET.dict(),
        risk=road.plan.risk,
        quarters=[(str(q), _quarter(q, first)) for q in range(road.index.quarters)],
        starts=[(row.initiative_id, row.title) for p, row in codes if p in road.starts and not is_fixed(road, p)],
        out=[(row.initiative_id, row.title) for p, row in codes if p not in road.starts],
        pools=list(names.items()),
    )
    if request.method == "POST" and form.is_valid():
        try:
            job = try_roadmap(by=viewer, plan=found, at=timezone.now(), **form.changes())
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            return redirect("plans:plan-tried", pk=found.pk, job=job.pk)
    back = reverse("plans:plan-roadmap", args=[found.pk])
    words = {
        "form": form,
        "back": back,
        "title": _("What if the roadmap were otherwise?"),
        "lead": _("The roadmap alone is solved again, which takes seconds. The plan stays as it is."),
        "verb": _("Try it"),
        "trail": [*around(found, "")["trail"], (_("Roadmap"), back)],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "core/ask.html", words, status=status)


def tried(request: HttpRequest, pk: int, job: int) -> HttpResponse:
    """What came of it, beside the roadmap of the plan."""
    viewer, found, _road = _asked(request, pk)
    work, first = _job(viewer, found, job), solved(found).first
    back = reverse("plans:plan-roadmap", args=[found.pk])
    trail = [*around(found, "")["trail"], (_("Roadmap"), back)]
    again = f"{reverse('plans:plan-try', args=[found.pk])}?{urlencode(typed(work.args))}"
    words: dict[str, Any] = {"plan": found, "trail": trail, "work": work, "heading": _("What if"), "again": again}
    if work.state != Job.State.DONE:
        return render(request, "plans/tried.html", {**words, **shown(work, viewer)})
    came = work.result or {}
    words |= {
        "heading": _heading(came),
        "lead": _("What starts would be worth %(now)s instead of %(was)s.")
        % {"now": levels(came["value"]), "was": levels(came["was"])},
        "proof": _proof(came),
        "rows": [(row["title"], _said(row["was"], first), _said(row["now"], first)) for row in came["rows"]],
    }
    return render(request, "plans/tried.html", words)


@require_POST
def keep(request: HttpRequest, pk: int, job: int) -> HttpResponse:
    """Make a scenario of what was tried, so that both halves can be solved."""
    viewer, found, _road = _asked(request, pk)
    tried_ = _job(viewer, found, job).args
    cap = tried_.get("risk_cap")
    was, first = found.settings, solved(found).first
    move = {code: later(first, q).isoformat() for code, q in tried_["move"].items()} if first else {}
    asked = replace(
        was,
        initiatives={**was.initiatives, **dict.fromkeys(tried_["drop"], 0.0)},
        force=tuple(dict.fromkeys(one for one in (*was.force, *tried_["force"], *move) if one not in tried_["drop"])),
        earliest={**was.earliest, **move},
        latest={**was.latest, **move},
        portfolio_money=was.portfolio_money * tried_["money"],
        pools={**was.pools, **{code: was.pools.get(code, 1.0) * by for code, by in tried_["pools"].items()}},
        risk_cap=was.risk_cap if cap is None else cap,
    )
    name = _("%(scenario)s, tried otherwise") % {"scenario": found.scenario}
    made = ask_for_scenario(by=viewer, name=name[:200], asked=asked, at=timezone.now())
    return redirect("plans:scenario", pk=made.pk)


def _asked(request: HttpRequest, pk: int) -> tuple[Viewer, Plan, Roadmap]:
    """The viewer, who may make plans, and a plan with its roadmap."""
    viewer = viewer_of(request)
    found = ready_for(viewer, pk)
    require(viewer, Permission.PLAN_MAKE)
    road = solved(found).outcome.roadmap
    if road is None:
        raise Http404
    return viewer, found, road


def _job(viewer: Viewer, found: Plan, pk: int) -> Job:
    """The job that tries it, where it is of this plan and one's own."""
    job = get_object_or_404(Job.objects.all().started_by(viewer).filter(kind="plans.try"), pk=pk)
    if job.args.get("pk") != found.pk:
        raise Http404
    return job


def _heading(came: dict[str, Any]) -> str:
    change = came["value"] - came["was"]
    if not came["rows"]:
        return _("Nothing would be otherwise")
    if change < 0:
        return _("It would be worth %(less)s less") % {"less": levels(-change)}
    return _("It would be worth %(more)s more") % {"more": levels(change)}


def _proof(came: dict[str, Any]) -> str:
    """What is proven of the difference: an honest interval."""
    if came["bound"] is None:
        return _("How much better it could be is not proven.")
    lost = (max(0.0, came["was"] - came["bound"]), max(0.0, came["was"] - came["value"]))
    if lost[1]:
        words = {"least": levels(lost[0]), "most": levels_up(lost[1])}
        return _("At least %(least)s and at most %(most)s of what starts in the plan is lost by it.") % words
    words = {"least": levels(came["value"] - came["was"]), "most": levels_up(came["bound"] - came["was"])}
    return _("At least %(least)s and at most %(most)s is gained by it.") % words


def _quarter(number: int, first: date | None) -> str:
    """A quarter, counted from 0, as one says it."""
    return quarter_words(later(first, number)) if first else str(number + 1)


def _said(start: list[Any] | None, first: date | None) -> str:
    """How something starts, in words."""
    return begins_said(Begins(way=Way(start[0]), quarter=int(start[1]), first=first) if start else None)
