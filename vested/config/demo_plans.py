"""What the demo's worker does once the first plan is solved: it is proposed, adopted, and something becomes of it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core.jobs import Work, job
from vested.core.models import Grant
from vested.core.permissions import Role
from vested.core.scope import acting
from vested.core.viewer import Viewer, viewer_for
from vested.plans.actions import adopt_plan, propose_plan
from vested.plans.models import Plan
from vested.plans.queries.roadmaps import decided
from vested.portfolio.actions import choose_mode
from vested.portfolio.models import Initiative
from vested.portfolio.queries.quarters import later, quarter_of

ANSWER = timedelta(days=14)
TAKEN = (Plan.State.PROPOSED, Plan.State.ADOPTED)


@job("demo.follow", title=gettext_lazy("Adopt the demo's first plan"))
def follow(work: Work) -> dict[str, Any] | None:
    """Propose and adopt the first plan, unless it was not solved or somebody has done so; then one start slips."""
    plan = Plan.objects.order_by("pk").first()
    if plan is None or plan.state != Plan.State.SOLVED or Plan.objects.filter(state__in=TAKEN).exists():
        return None
    work.progress(0, 1, _("Deciding on the first plan"))
    office, leader, at = _who(Role.CDO), _who(Role.TOP_LEADER), timezone.now()
    with work.effects():
        with acting(office):
            because = _("It starts what is worth most with the people and the money there are.")
            plan = propose_plan(by=office, plan=plan, because=because, version=plan.version, at=at)
        with acting(leader):
            because, until = _("Within what we have."), timezone.localdate(at) + ANSWER
            adopt_plan(by=leader, plan=plan, because=because, answer_by=until, version=plan.version, at=at)
        with acting(office):
            _slip(office, plan)
    return None


def _who(role: Role) -> Viewer:
    """The demo's person of a role."""
    grant = Grant.objects.filter(role=role).select_related("person").order_by("pk")[0]
    return viewer_for(grant.person, on=timezone.localdate())


def _slip(by: Viewer, plan: Plan) -> None:
    """Let what starts first start a quarter later than the plan says."""
    chosen = decided(plan)
    codes = [one.code for one in sorted(chosen.starts, key=lambda one: one.starts_on)] if chosen else []
    rows = {row.code: row for row in Initiative.objects.filter(source__code__in=codes).select_related("source", "mode")}
    for one in (rows[code] for code in codes if code in rows):
        if one.mode and one.starts_on:
            starts = later(quarter_of(one.starts_on), 1)
            choose_mode(by=by, initiative=one, mode=one.mode, starts_on=starts)
            return
