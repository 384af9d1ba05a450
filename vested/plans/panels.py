"""What plans show on pages below: on a person's what the adopted plan proposes, on an enrolment's why."""

from typing import Any

from django.urls import reverse

from vested.academy.models import Enrolment
from vested.core.models import Person
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.plans.models import Assignment, Plan
from vested.plans.queries.people import followed_for, reason_of


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
