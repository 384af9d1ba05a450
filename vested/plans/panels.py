"""What plans show on pages below: what the adopted plan proposes to a person, why, and how it stands beside fact."""

from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from vested.academy.models import Enrolment
from vested.core.models import Person
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.direction.models import SteeringSession
from vested.plans.models import Assignment, Plan
from vested.plans.queries.following import following
from vested.plans.queries.people import followed_for, reason_of

MOST = 5  # initiatives at risk named


def person(viewer: Viewer, thing: Person) -> dict[str, Any] | None:
    """The way to what the adopted plan says of a person: for themselves, and for who may see plans."""
    own = viewer.person is not None and viewer.person.pk == thing.pk
    found = followed_for(thing) if own or viewer.may(Permission.PLAN_SEE) else None
    if found is None:
        return None
    plan, count = found
    return {"own": own, "count": count, "url": reverse("plans:plan-person", args=[plan.pk, thing.pk])}


def enrolment(viewer: Viewer, thing: Enrolment) -> dict[str, Any] | None:
    """Why the adopted plan gives the session to the person, where it does."""
    plan = Plan.objects.all().adopted()
    row = Assignment.objects.filter(plan=plan, person=thing.person_id, session=thing.session_id).first()
    if plan is None or row is None:
        return None
    own = viewer.person is not None and viewer.person.pk == thing.person_id
    sees = own or viewer.may(Permission.PLAN_SEE)
    return {
        "reason": reason_of(plan, row),
        "url": reverse("plans:plan-person", args=[plan.pk, thing.person_id]) if sees else "",
    }


def session(viewer: Viewer, _thing: SteeringSession) -> dict[str, Any] | None:
    """What has become of the adopted plan until today, for a steering session's pack."""
    if not viewer.may(Permission.PLAN_SEE):
        return None
    plan = Plan.objects.all().visible_to(viewer).select_related("scenario").adopted()
    if plan is None:
        return {"plan": None}
    found = following(plan, on=localdate())
    return {"plan": plan, "whole": found.whole, "late": found.late, "threats": found.threats[:MOST]}
