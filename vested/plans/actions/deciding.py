"""Propose a plan, decide on it as a second person, and let people know what it proposes to them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.academy.actions import Proposed, propose_enrolments
from vested.core import jobs
from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.locking import hold
from vested.core.models import Event, Person, Sector
from vested.core.notifications import notify
from vested.core.permissions import Permission, require
from vested.core.queries import who_may
from vested.core.viewer import Viewer
from vested.plans.models import Assignment, Plan
from vested.plans.queries.roadmaps import decided
from vested.plans.queries.staleness import is_stale
from vested.portfolio.actions import TakenUp, take_up
from vested.skills.actions import declare_demands


@transaction.atomic
def propose_plan(*, by: Viewer, plan: Plan, because: str, version: int, at: datetime) -> Plan:
    """Propose a solved plan to those who decide; everybody who may see plans sees it from then on."""
    require(by, Permission.PLAN_MAKE)
    plan = _held(by, plan, version)
    if plan.state != Plan.State.SOLVED:
        raise Invalid(_("Only a plan that is solved, and not decided on, can be proposed."))
    other = Plan.objects.filter(state=Plan.State.PROPOSED).light().select_related("scenario").first()
    if other:
        raise Invalid(
            _("“%(plan)s” is proposed already. Have it decided on, or take it back, first.") % {"plan": other}
        )
    plan.state, plan.proposed_by, plan.proposed_at, plan.proposed_because = Plan.State.PROPOSED, by.person, at, because
    plan.save(update_fields=["state", "proposed_by", "proposed_at", "proposed_because"])
    if not plan.scenario.shared:
        plan.scenario.shared = True
        plan.scenario.save(update_fields=["shared"])
    deciders = who_may(Permission.PLAN_ADOPT, on=localdate(at))
    _tell(deciders, "plan.proposed", gettext_lazy("Decide on “%(plan)s”"), by, plan, at=at)
    record("plan.proposed", by=by, on=plan, new={"because": because})
    return plan


@transaction.atomic
def take_back_proposal(*, by: Viewer, plan: Plan, version: int) -> Plan:
    """Take a proposal back before it is decided on."""
    require(by, Permission.PLAN_MAKE)
    plan = _proposed(by, plan, version)
    plan.state = Plan.State.SOLVED
    plan.save(update_fields=["state"])
    record("plan.taken_back", by=by, on=plan)
    return plan


@transaction.atomic
def send_back_plan(*, by: Viewer, plan: Plan, because: str, version: int, at: datetime) -> Plan:
    """Decide against a plan, and say why; whoever proposed it is told."""
    require(by, Permission.PLAN_ADOPT)
    plan = _proposed(by, plan, version)
    plan.state, plan.decided_by, plan.decided_at, plan.decided_because = Plan.State.SOLVED, by.person, at, because
    plan.save(update_fields=["state", "decided_by", "decided_at", "decided_because"])
    _tell([plan.proposed_by], "plan.sent_back", gettext_lazy("“%(plan)s” was sent back"), by, plan, at=at)
    record("plan.sent_back", by=by, on=plan, new={"because": because})
    return plan


@transaction.atomic
def adopt_plan(*, by: Viewer, plan: Plan, because: str, answer_by: date, version: int, at: datetime) -> Plan:
    """Adopt a plan that somebody else has proposed: it stands as it is, and replaces the one followed until now.

    What it proposes to each person follows in a job.
    """
    require(by, Permission.PLAN_ADOPT)
    plan = _proposed(by, plan, version)
    if by.person and plan.proposed_by_id == by.person.pk:
        raise Invalid(_("You have proposed it yourself. Somebody else who may decide adopts it."))
    if answer_by < localdate(at):
        raise Invalid(_("The day until which people answer must be today or later."), field="answer_by")
    before = Plan.objects.all().adopted()
    if before:
        before.state = Plan.State.REPLACED
        before.save(update_fields=["state"])
    plan.state, plan.decided_by, plan.decided_at, plan.decided_because = Plan.State.ADOPTED, by.person, at, because
    plan.replaces, plan.answer_by = before, answer_by
    taken = _take_up(by, plan, because, at)
    title = _("Tell people what “%(plan)s” proposes to them") % {"plan": plan}
    plan.extra = jobs.start("plans.enrol", by=by, at=at, title=title, pk=plan.pk)
    changed = ["state", "decided_by", "decided_at", "decided_because", "replaces", "answer_by", "extra", "seen"]
    plan.save(update_fields=changed)
    _tell([plan.proposed_by, plan.by], "plan.adopted", gettext_lazy("“%(plan)s” is adopted"), by, plan, at=at)
    if before:
        record("plan.replaced", by=by, on=before, new={"by": str(plan)})
    if taken:
        counts = {"chosen": taken.chosen, "frozen": taken.frozen, "own": taken.own, "passed": taken.passed}
        record("plan.starts", by=by, on=plan, new=counts)
    record("plan.adopted", by=by, on=plan, new={"because": because, "until": answer_by})
    return plan


@transaction.atomic
def propose_to_people(*, by: Viewer, plan: Plan, at: datetime) -> Proposed:
    """Propose to everybody what the adopted plan gives them; what was answered stays answered."""
    require(by, Permission.PLAN_ADOPT)
    plan = Plan.objects.select_related("scenario").light().get(pk=plan.pk)
    if plan.state != Plan.State.ADOPTED or plan.answer_by is None:
        raise Invalid(_("The plan is not followed any more, so nothing is proposed."))
    rows = list(Assignment.objects.filter(plan=plan).order_by("row").values_list("person", "session"))
    done = propose_enrolments(by=by, rows=rows, source=str(plan), answer_by=plan.answer_by, at=at)
    counts = {"created": done.created, "kept": done.kept, "withdrawn": done.withdrawn}
    record("plan.told", by=by, on=plan, new=counts)
    return done


def _take_up(by: Viewer, plan: Plan, because: str, at: datetime) -> TakenUp | None:
    """Take the plan's roadmap up, if it has one; what that changes makes no plan stale that was not before."""
    roadmap = decided(plan)
    if roadmap is None:
        return None
    fresh = not is_stale(plan)
    why = _("%(plan)s was adopted: %(because)s") % {"plan": plan, "because": because}
    taken = take_up(by=by, starts=roadmap.starts, why=why, on=localdate(at))
    declare_demands(by=by, starts=roadmap.days, months=roadmap.months)
    if fresh:
        plan.seen = max(plan.seen, Event.objects.aggregate(last=Max("number"))["last"] or 0)
    return taken


def _held(by: Viewer, plan: Plan, version: int) -> Plan:
    """The plan as it is now, while nobody else in the sector decides."""
    Sector.objects.select_for_update().get(pk=by.sector.pk)
    return hold(plan, version=version)


def _proposed(by: Viewer, plan: Plan, version: int) -> Plan:
    plan = _held(by, plan, version)
    if plan.state != Plan.State.PROPOSED:
        raise Invalid(_("It is not proposed now, so there is nothing to decide."))
    return plan


def _tell(people: Sequence[Person | None], kind: str, title: Promise, by: Viewer, plan: Plan, *, at: datetime) -> None:
    """Tell people of a decision, save who took it."""
    others = [one for one in people if one and one != by.person]
    url = reverse("plans:plan", args=[plan.pk])
    notify(others, kind=kind, title=title, values={"plan": plan}, url=url, at=at)
