"""Have a scenario solved, and keep what was computed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.core import jobs
from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.models import Job
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.plans.models import Assignment, Plan, Scenario
from vested.plans.queries.leaving_out import told_apart
from vested.plans.report.figures import LEAST

BATCH = 5_000
DRAWS = 20  # of the levels, within their error


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """What a job has computed: the packed outcome, its main figures, and (person, session) of each assignment."""

    frozen: bytes
    figures: dict[str, Any]
    assignments: Sequence[tuple[int, int]]
    seen: int


@transaction.atomic
def solve_scenario(*, by: Viewer, scenario: Scenario, at: datetime) -> Plan:
    """Start to solve a scenario, unless that is going on."""
    require(by, Permission.PLAN_MAKE)
    scenario = Scenario.objects.select_for_update().get(pk=scenario.pk)
    plans = Plan.objects.filter(scenario=scenario).select_related("job").light()
    last = plans.order_by("-number").first()
    if last and last.state == Plan.State.SOLVING and last.job and not last.job.ended:
        raise Invalid(_("“%(scenario)s” is being solved already.") % {"scenario": scenario})
    if few := told_apart(scenario.settings):
        words = ngettext(
            "Beside a plan there is, this one would tell what %(few)s person needs, by leaving them out. "
            "Leave out units so that at least %(least)s people more or fewer are planned for.",
            "Beside a plan there is, this one would tell what %(few)s people need, by leaving them out. "
            "Leave out units so that at least %(least)s people more or fewer are planned for.",
            few,
        )
        raise Invalid(words % {"few": few, "least": LEAST})
    plan = Plan.objects.create(
        sector=by.sector,
        scenario=scenario,
        number=last.number + 1 if last else 1,
        by=by.person,
        asked=scenario.asked,
        asked_at=at,
    )
    title = _("Solve “%(scenario)s”") % {"scenario": scenario}
    plan.job = jobs.start("plans.solve", by=by, at=at, title=title, pk=plan.pk)
    plan.save(update_fields=["job"])
    record("plan.asked_for", by=by, on=plan, new=plan.asked)
    return plan


@transaction.atomic
def keep_plan(*, by: Viewer, plan: Plan, solved: Solved, at: datetime) -> Plan:
    """Keep a solved plan, and go on with its budget curve."""
    require(by, Permission.PLAN_MAKE)
    plan.state, plan.solved_at, plan.seen = Plan.State.SOLVED, at, solved.seen
    plan.frozen, plan.figures = solved.frozen, solved.figures
    plan.extra = jobs.start(
        "plans.curve", by=by, at=at, title=_("Budget curve of %(plan)s") % {"plan": plan}, pk=plan.pk
    )
    plan.save(update_fields=["state", "solved_at", "seen", "frozen", "figures", "extra"])
    rows = (
        Assignment(sector=by.sector, plan=plan, person_id=person, session_id=session, row=row)
        for row, (person, session) in enumerate(solved.assignments)
    )
    Assignment.objects.bulk_create(rows, batch_size=BATCH)
    record("plan.solved", by=by, on=plan, new=solved.figures)
    return plan


@transaction.atomic
def keep_curve(*, by: Viewer, plan: Plan, curve: bytes, points: Sequence[dict[str, float]]) -> None:
    """Keep the plans at other budgets."""
    require(by, Permission.PLAN_MAKE)
    plan.curve = curve
    plan.figures = {**plan.figures, "curve": list(points)}
    plan.save(update_fields=["curve", "figures"])
    record("plan.curve_solved", by=by, on=plan, new={"points": list(points)})


@transaction.atomic
def try_draws(*, by: Viewer, plan: Plan, at: datetime, draws: int = DRAWS) -> Plan:
    """Start to see how much of a plan depends on levels that are not sure."""
    require(by, Permission.PLAN_MAKE)
    held = _idle(plan)
    title = _("How sure %(plan)s is") % {"plan": held}
    held.extra = jobs.start("plans.draws", by=by, at=at, title=title, pk=held.pk, draws=draws)
    held.save(update_fields=["extra"])
    record("plan.draws_asked_for", by=by, on=held)
    return held


@transaction.atomic
def ask_for_frontier(*, by: Viewer, plan: Plan, at: datetime) -> Plan:
    """Start to see what a little more risk, or a little more exploring, would buy."""
    require(by, Permission.PLAN_MAKE)
    held = _idle(plan)
    if "undertaken" not in held.figures:
        raise Invalid(_("This plan has no roadmap."))
    title = _("What more risk or exploring buys in %(plan)s") % {"plan": held}
    held.extra = jobs.start("plans.frontier", by=by, at=at, title=title, pk=held.pk)
    held.save(update_fields=["extra"])
    record("plan.frontier_asked_for", by=by, on=held)
    return held


@transaction.atomic
def keep_frontier(*, by: Viewer, plan: Plan, frontier: Mapping[str, Any]) -> None:
    """Keep what a little more risk, or a little more exploring, would buy."""
    require(by, Permission.PLAN_MAKE)
    plan.frontier = dict(frontier)
    plan.save(update_fields=["frontier"])
    record("plan.frontier_kept", by=by, on=plan, new={"points": sum(map(len, frontier.values()))})


@transaction.atomic
def try_roadmap(
    *, by: Viewer, plan: Plan, drop: Sequence[str] = (), force: Sequence[str] = (),
    move: Mapping[str, int] | None = None, money: float = 1.0, pools: Mapping[str, float] | None = None,
    risk_cap: float | None = None, at: datetime,
) -> Job:  # fmt: skip
    """Start to solve a plan's roadmap alone with something changed; the plan stays as it is.

    ``move`` says in which quarter, from 0 on, one starts; ``risk_cap`` takes the place of the plan's own.
    """
    require(by, Permission.PLAN_MAKE)
    if "undertaken" not in plan.figures:
        raise Invalid(_("This plan has no roadmap."))
    move, pools = dict(move or {}), dict(pools or {})
    if not drop and not force and not move and money == 1.0 and not pools and risk_cap is None:
        raise Invalid(_("Say what is otherwise."))
    if both := set(drop) & {*force, *move}:
        raise Invalid(_("%(code)s cannot start and be left out.") % {"code": min(both)})
    changes = {"drop": list(drop), "force": list(force), "move": move, "money": money, "pools": pools}
    changes["risk_cap"] = risk_cap
    title = _("Try the roadmap of %(plan)s otherwise") % {"plan": plan}
    job = jobs.start("plans.try", by=by, at=at, title=title, pk=plan.pk, **changes)
    record("plan.tried", by=by, on=plan, new=changes)
    return job


@transaction.atomic
def keep_draws(*, by: Viewer, plan: Plan, stays: Sequence[float], draws: int) -> None:
    """Keep in which share of the draws each assignment is there too."""
    require(by, Permission.PLAN_MAKE)
    rows = list(Assignment.objects.filter(plan=plan).order_by("row"))
    for row in rows:
        row.stays = stays[row.row]
    Assignment.objects.bulk_update(rows, ["stays"], batch_size=BATCH)
    plan.figures = {**plan.figures, "draws": draws, "stays": sum(stays) / len(stays) if stays else 1.0}
    plan.save(update_fields=["figures"])
    record("plan.draws_kept", by=by, on=plan, new={"draws": draws})


def _idle(plan: Plan) -> Plan:
    """A solved plan, held, of which nothing is being computed; else Invalid."""
    held = Plan.objects.select_for_update(of=("self",)).light().select_related("extra").get(pk=plan.pk)
    if not held.ready:
        raise Invalid(_("It has not been solved yet."))
    if held.extra and not held.extra.ended:
        raise Invalid(_("Something of it is still being computed. Wait until that has ended."))
    return held
