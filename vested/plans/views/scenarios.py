"""Scenarios: their list, and the page of one."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core.amounts import money, percent
from vested.core.listing import Column, Listing
from vested.core.panels import panels_for
from vested.core.permissions import Permission, require
from vested.core.timeline import history_of, told
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.jobs import shown
from vested.plans.asked import different
from vested.plans.filters import ScenarioFilter
from vested.plans.forms.naming import Say
from vested.plans.models import Comment, Plan, Scenario
from vested.plans.queries.scenarios import State, plans_of, scenarios_listed, state_of
from vested.plans.queries.staleness import changes_since, newest_changes
from vested.plans.report.words import percent_up
from vested.plans.views.asked import LABELS, facts
from vested.plans.views.curve import curve_shown
from vested.plans.views.told import MARKS, answer, changes_said, counted

NEWEST = 8  # changes told one by one


def _url(scenario: Scenario) -> str:
    return reverse("plans:scenario", args=[scenario.pk])


COLUMNS = (
    Column(gettext_lazy("Scenario"), "name", "find", link=_url),
    Column(gettext_lazy("By"), "by", "by__find"),
    Column(gettext_lazy("Made"), "created_at", "created_at"),
    Column(gettext_lazy("Share of every budget"), "money", "money", number=True),
    Column(gettext_lazy("Share of the gap closed"), "share", "share", number=True),
    Column(gettext_lazy("Cost"), "cost", "cost", number=True),
    Column(gettext_lazy("From the best possible, at most"), "missing", "missing", number=True),
    Column(gettext_lazy("State"), lambda row: State(row.state).label, "state"),
    Column(gettext_lazy("Data have changed since"), lambda row: _("yes") if row.stale else _("no"), "stale"),
)


def scenarios(request: HttpRequest) -> HttpResponse | FileResponse:
    """All scenarios that exist for the viewer, newest first, with what came of each."""
    viewer = viewer_of(request)
    require(viewer, Permission.PLAN_SEE)
    listing = Listing(
        request,
        scenarios_listed(viewer),
        filters=ScenarioFilter,
        columns=COLUMNS,
        order="-created_at",
        name=_("scenarios"),
        counted=counted,
    )
    followed = Plan.objects.all().visible_to(viewer).select_related("scenario").adopted()
    return listing.answer(
        "plans/scenarios.html",
        rows=[_row(row, viewer) for row in listing.page] if request.method != "POST" else [],
        followed=followed,
        said=answer(followed, viewer) if followed and followed.ready else "",
        may_make=viewer.may(Permission.PLAN_MAKE),
        any=listing.page.object_list or listing.chips or listing.form.errors,
    )


def scenario(request: HttpRequest, pk: int) -> HttpResponse:
    """One scenario: what its newest plan says, what other budgets would give, what it asks, and what was said of it."""
    viewer = viewer_of(request)
    found = found_for(viewer, pk)
    plans = plans_of(found)
    newest = plans[0] if plans else None
    solved = next((plan for plan in plans if plan.ready), None)
    words: dict[str, Any] = {
        "scenario": found,
        "trail": trail(),
        "newest": newest,
        "solved": solved,
        "lead": _lead(newest, solved, viewer),
        "state": state_of(newest),
        "mark": MARKS[state_of(newest)],
        "plans": [(plan, state_of(plan), MARKS[state_of(plan)]) for plan in plans],
        "base": _base(found, viewer),
        "facts": facts(viewer, found.settings),
        "said": Comment.objects.all().visible_to(viewer).filter(scenario=found).select_related("by"),
        "say": Say(),
        "may_make": viewer.may(Permission.PLAN_MAKE),
        "may_change": viewer.may(Permission.PLAN_MAKE) and (found.shared or found.is_of(viewer)),
        "currency": viewer.sector.currency,
        "panels": panels_for(viewer, found),
    }
    if newest and newest.job and not newest.ready:
        words |= shown(newest.job, viewer)
    if solved:
        words |= _since(solved, found, viewer)
        words |= curve_shown(solved, request.GET.get("at", ""), viewer)
    words["history"] = history_of(viewer, found, None)
    return render(request, "plans/scenario.html", words)


def _row(row: Any, viewer: Viewer) -> dict[str, Any]:  # noqa: ANN401 - a scenario with what the question adds
    """A scenario as its list shows it."""
    state = State(row.state)
    return {
        "scenario": row,
        "money": percent(row.money, 0),
        "share": "–" if row.share is None else percent(row.share),
        "cost": "–" if row.cost is None else money(row.cost, viewer.sector.currency),
        "missing": percent_up(row.missing) if row.missing is not None else _("not proven") if row.ready else "–",
        "state": state.label,
        "mark": MARKS[state],
        "stale": row.stale,
        "ready": row.ready,
    }


def found_for(viewer: Viewer, pk: int) -> Scenario:
    """The scenario, where it exists for the viewer."""
    rows = Scenario.objects.all().visible_to(viewer).select_related("by", "copied_from")
    return get_object_or_404(rows, pk=pk)


def trail() -> list[tuple[str, str]]:
    """The way to a scenario."""
    return [(_("Scenarios"), reverse("plans:scenarios"))]


def _lead(newest: Plan | None, solved: Plan | None, viewer: Viewer) -> str:
    """Say the answer; where there is none yet, what is going on."""
    if solved:
        return answer(solved, viewer)
    if newest is None:
        return _("It has not been solved yet. Solving starts with the data as they are now, and takes about a minute.")
    if state_of(newest) is State.SOLVING:
        return _("It is being solved. The best plan so far grows better until it is near enough to the best possible.")
    return _("The last try was not solved to its end. Below is why; you can solve it again.")


def _since(solved: Plan, scenario: Scenario, viewer: Viewer) -> dict[str, Any]:
    """What has changed since it was solved: data, and what the scenario asks for."""
    changes = changes_since(solved)
    words: dict[str, Any] = {
        "asked_else": [str(LABELS[name]) for name in different(solved.settings, scenario.settings)]
    }
    if changes:
        words["changes"] = changes_said(changes)
        if viewer.may(Permission.HISTORY_SEE):
            words["newest_changes"] = told(newest_changes(solved, NEWEST))
    return words


def _base(scenario: Scenario, viewer: Viewer) -> Plan | None:
    """The newest solved plan of what a scenario was copied from, to compare with."""
    if scenario.copied_from is None:
        return None
    rows = Plan.objects.all().visible_to(viewer).light().filter(scenario=scenario.copied_from).exclude(solved_at=None)
    return rows.select_related("scenario").order_by("-number").first()
