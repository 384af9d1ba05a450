"""The room's long work: solve a scenario, then the budget curve, then how sure it is."""

import time
from collections.abc import Callable
from typing import Any

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.jobs import Stopped, Work, job
from vested.engines import training
from vested.plans import solving
from vested.plans.actions import give_files, keep_curve, keep_draws, keep_frontier, keep_plan, propose_to_people
from vested.plans.actions.solving import Solved
from vested.plans.files.zipped import packed
from vested.plans.models import Plan
from vested.plans.packing import Frozen, pack, pack_curve
from vested.plans.queries.frontier import to_keep
from vested.plans.queries.gathering import gathered
from vested.plans.queries.roadmaps import beside
from vested.plans.queries.solved import main_figures, point_figures, solved
from vested.plans.solving import Moment

CURVE_SECONDS = 45.0  # at most, for each other point of the curve
ROUND = ("roadmap", "repair")  # the steps after which a training plan is of the same round
FRONTIER_SECONDS = 30.0  # at most, along risk and along exploring each
TRY_SECONDS = 20.0  # at most, for trying a roadmap otherwise
DRAW_SECONDS = 30.0  # at most, for each draw


@job("plans.solve", title=gettext_lazy("Solve a scenario"), best=True)
def solve(work: Work, *, pk: int) -> dict[str, Any] | None:
    """Gather the sector as it is, and plan it."""
    plan = _found(pk)
    asked = plan.settings
    work.progress(0, asked.seconds, _("Gathering what is known"))
    now = gathered(work.viewer, asked, on=timezone.localdate())
    try:
        watch = _watching(work, asked.seconds, times=2) if now.first else _watching(work, asked.seconds)
        outcome = solving.solve(now.sector, seconds=asked.seconds, watch=watch)
    except solving.NoRoadmap as error:
        raise Invalid(no_roadmap(error)) from error
    except training.Infeasible as error:
        kept = _("What people have accepted cannot all be kept within the money: %(why)s Give more, or keep less.")
        raise Invalid(kept % {"why": error}) from error
    work.go_on()
    work.progress(asked.seconds, asked.seconds, _("Storing the plan"))
    ids = {"people": now.people, "sessions": now.sessions, "units": now.units}
    packed = pack(Frozen(outcome=outcome, first=now.first, **ids))
    rows = zip(now.people[outcome.plan.person].tolist(), now.sessions[outcome.plan.session].tolist(), strict=True)
    found = Solved(frozen=packed, figures=main_figures(outcome), assignments=list(rows), seen=now.seen)
    with work.effects() as result:
        keep_plan(by=work.viewer, plan=_found(pk), solved=found, at=timezone.now())
        result["url"] = reverse("plans:plan", args=[pk])
    return None


@job("plans.curve", title=gettext_lazy("Solve the budget curve"), best=True)
def curve(work: Work, *, pk: int) -> dict[str, Any] | None:
    """Plan at other budgets, each point with its proof."""
    outcome = solved(_found(pk)).outcome
    others = len(solving.CURVE) - 1
    points = solving.curve_of(outcome, seconds=CURVE_SECONDS, watch=_watching(work, CURVE_SECONDS, times=others))
    work.go_on()
    with work.effects() as result:
        kept = [point_figures(outcome, point) for point in points]
        keep_curve(by=work.viewer, plan=_found(pk), curve=pack_curve(points), points=kept)
        result["url"] = reverse("plans:plan", args=[pk])
    return None


@job("plans.try", title=gettext_lazy("Try a roadmap otherwise"), best=True)
def trial(work: Work, *, pk: int, **changes: Any) -> dict[str, Any] | None:
    """Solve the roadmap alone again with something changed, and set it beside the plan's."""
    plan = _found(pk)
    road = solved(plan).outcome.roadmap
    if road is None:
        raise Invalid(_("This plan has no roadmap."))
    asked = solving.Trial(**{**changes, "drop": tuple(changes["drop"]), "force": tuple(changes["force"])})
    watch = _watching(work, TRY_SECONDS)
    try:
        found = solving.tried(road, asked, seconds=TRY_SECONDS, seed=plan.settings.seed, watch=watch)
    except solving.NoRoadmap as error:
        raise Invalid(no_roadmap(error)) from error
    work.go_on()
    return {"url": reverse("plans:plan-tried", args=[pk, work.pk]), **beside(road, found)}


@job("plans.frontier", title=gettext_lazy("See what more risk or exploring buys"), best=True)
def frontier(work: Work, *, pk: int) -> dict[str, Any] | None:
    """Plan the roadmap again within one cap on risk, and one least share that explores, after the other."""
    plan = _found(pk)
    road = solved(plan).outcome.roadmap
    if road is None:
        raise Invalid(_("This plan has no roadmap."))
    watch = _watching(work, FRONTIER_SECONDS, times=2)
    found = solving.frontiers(road, seconds=FRONTIER_SECONDS, seed=plan.settings.seed, watch=watch)
    work.go_on()
    with work.effects() as result:
        keep_frontier(by=work.viewer, plan=_found(pk), frontier=to_keep(road, found))
        result["url"] = reverse("plans:plan-frontier", args=[pk])
    return None


@job("plans.draws", title=gettext_lazy("See how sure a plan is"), best=True)
def draws(work: Work, *, pk: int, draws: int) -> dict[str, Any] | None:
    """Plan again and again with levels moved within their error."""
    outcome = solved(_found(pk)).outcome
    stays, drawn = solving.stays_of(
        outcome, draws=draws, seconds=DRAW_SECONDS, watch=_watching(work, DRAW_SECONDS, times=draws)
    )
    work.go_on()
    if not drawn:
        raise Invalid(_("It was ended before the first draw, so nothing can be said."))
    with work.effects() as result:
        keep_draws(by=work.viewer, plan=_found(pk), stays=stays.tolist(), draws=drawn)
        result["url"] = reverse("plans:plan", args=[pk])
    return None


@job("plans.enrol", title=gettext_lazy("Tell people what a plan proposes to them"))
def enrol(work: Work, *, pk: int) -> dict[str, Any] | None:
    """Propose to everybody what an adopted plan gives them."""
    work.progress(0, 1, _("Proposing to everybody what the plan gives them"))
    with work.effects() as result:
        propose_to_people(by=work.viewer, plan=_found(pk), at=timezone.now())
        result["url"] = reverse("plans:plan", args=[pk])
    return None


@job("plans.files", title=gettext_lazy("Pack a plan's files"))
def files(work: Work, *, pk: int) -> dict[str, Any] | None:
    """Pack plan.json, the tables and the report, to be taken for a day."""
    plan = _found(pk)
    work.progress(0, 1, _("Writing the files"))
    name = packed(solved(plan).outcome, language=get_language() or "en", on=timezone.localdate())
    try:
        with work.effects() as result:
            give_files(by=work.viewer, plan=plan, at=timezone.now())
            result["file"], result["url"] = name, reverse("plans:plan-file", args=[work.pk])
    except BaseException:
        default_storage.delete(name)
        raise
    return None


def _found(pk: int) -> Plan:
    plan = Plan.objects.filter(pk=pk).first()
    if plan is None:
        raise Invalid(_("Somebody has removed this plan."))
    return plan


def _watching(work: Work, seconds: float, *, times: int = 1) -> Callable[[Moment], bool]:
    """What looks on while the engine searches ``times`` times so many seconds at most: it tells, and it may end it.

    A roadmap and the training plan for it are one search; the round of repairing is the next.
    """
    began, searches = time.monotonic(), 0
    last: tuple[str, float, float] | None = None
    since = began  # of the round

    def watch(moment: Moment) -> bool:
        nonlocal searches, last, since
        left, now = moment.seconds_left, time.monotonic()
        new = last is None or (moment.step, moment.factor) != last[:2] or left > last[2]
        if new and not (last and last[0] in ROUND and moment.step == "plan"):
            searches, since = searches + 1, now  # the next one has begun
        last = (moment.step, moment.factor, left)
        within = min(now - since, seconds) if moment.step in {*ROUND, "plan"} else seconds - left
        spent = min((searches - 1) * seconds + within, times * seconds)
        gap = moment.best.gap
        if moment.step == "plan" and moment.best.stage == "value" and gap is not None and gap < 1:
            work.trace(time.monotonic() - began, gap)
        try:
            work.progress(round(spent), round(times * seconds), doing(moment), times * seconds - spent)
        except Stopped:
            return True
        return work.best_asked

    return watch


def no_roadmap(error: solving.NoRoadmap) -> str:
    """Say why there is no roadmap, and what would help."""
    if not error.titles:
        return _("No time was left to find a roadmap with everything in it that must start. Let it search longer.")
    called = {"budget": _("money"), "risk": _("the cap on risk"), "explore": _("the band of exploring")}
    words = {
        "names": ", ".join(error.titles),
        "limits": ", ".join(called.get(limit, limit) for limit in error.limits),
    }
    if not error.limits:
        said = _(
            "These must start, and cannot all: %(names)s. No money and no people would help: look at the quarters they "
            "may start in, what they wait for, and what they exclude."
        )
        return said % words
    said = _(
        "These must start, and cannot all: %(names)s. They clash over: %(limits)s. Give more of that, or let one of "
        "them go."
    )
    return said % words


def doing(moment: Moment) -> str:
    """Say what the search is at."""
    if moment.step == "risk":
        return _("Choosing initiatives with less and more risk")
    if moment.step == "explore":
        return _("Choosing initiatives that explore less and more")
    if moment.step == "repair":
        return _("Choosing initiatives again, so that their skills are there in time")
    if moment.best.stage == "roadmap":
        return _("Choosing initiatives")
    if moment.step == "gains":
        return _("Solving the dearest seats and budgets again")
    if moment.step == "draw":
        return _("Planning again with levels moved within their error")
    stages = {
        "compulsory": _("Giving compulsory courses"),
        "fairness": _("Sharing fairly"),
        "value": _("Closing gaps"),
    }
    stage = stages.get(moment.best.stage, moment.best.stage)
    if moment.step == "curve":
        return _("%(stage)s with %(percent)s %% of the money") % {"stage": stage, "percent": round(moment.factor * 100)}
    return stage
