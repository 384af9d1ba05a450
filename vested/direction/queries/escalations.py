"""Questions about escalations and decisions: whose it is to decide, and what was decided."""

from datetime import date

from django.db.models import QuerySet

from vested.core.models import Person
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.direction.models import Decision, Escalation, FollowUp
from vested.direction.queries.leaders import Leaders, leaders

Step = Escalation.Step


def escalations_listed(viewer: Viewer, day: date) -> QuerySet[Escalation]:
    """The escalations that exist for the viewer, each with its ``step`` on that day."""
    rows = Escalation.objects.all().visible_to(viewer).with_step(day)
    return rows.select_related("unit", "owner", "sector", "raised_by")


def step_of(escalation: Escalation, day: date) -> Escalation.Step:
    """Whose it is to decide on that day."""
    if escalation.decided_on:
        return Step.DECIDED
    dates = ((Step.OWNER, escalation.owner_by), (Step.DIRECTOR, escalation.director_by), (Step.TOP, escalation.top_by))
    return next((step for step, until in dates if day <= until), Step.OVERDUE)


def until(escalation: Escalation, step: str) -> date:
    """By when it is to be decided at a step."""
    dates = {Step.OWNER: escalation.owner_by, Step.DIRECTOR: escalation.director_by}
    return dates.get(Step(step), escalation.top_by)


def deciders(escalation: Escalation, step: str, leading: Leaders) -> list[Person]:
    """The people whose turn it is at a step."""
    if step == Step.OWNER and escalation.owner:
        return [escalation.owner]
    if step in {Step.OWNER, Step.DIRECTOR} and escalation.unit:
        directors = [one for one in leading.director(escalation.unit) if one.pk != escalation.owner_id]
        if directors:
            return directors
    return leading.top()


def may_decide(viewer: Viewer, escalation: Escalation, *, on: date, leading: Leaders | None = None) -> bool:
    """Whether it is the viewer's turn, or that of somebody below: who leads the whole sector may always.

    ``leading`` is who leads that day, where somebody has asked already.
    """
    step = step_of(escalation, on)
    if step is Step.DECIDED:
        return False
    if viewer.may(Permission.DIRECTION_CHANGE):
        return True
    leading = leading or leaders(on=on)
    turn = deciders(escalation, step, leading)
    if step is Step.OWNER:
        turn = [*turn, *deciders(escalation, Step.DIRECTOR, leading)]
    return viewer.person in turn


def waiting_for(viewer: Viewer, day: date) -> list[Escalation]:
    """The escalations whose decision is the viewer's own turn."""
    rows = list(escalations_listed(viewer, day).filter(decided_on=None).order_by("owner_by", "pk"))
    if viewer.person is None or not rows:
        return []
    leading = leaders(on=day)
    return [one for one in rows if viewer.person in deciders(one, step_of(one, day), leading)]


def decisions_listed(viewer: Viewer) -> QuerySet[Decision]:
    """What was decided: no secret within the sector."""
    return Decision.objects.all().visible_to(viewer).select_related("unit", "decided_by", "sector", "escalation")


def followed(viewer: Viewer, decision: Decision) -> QuerySet[FollowUp]:
    """What followed from a decision."""
    return FollowUp.objects.all().visible_to(viewer).filter(decision=decision).select_related("noted_by")
