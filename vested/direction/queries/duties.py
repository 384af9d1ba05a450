"""Questions about duties and opportunities: what is uncovered, and how small a coalition may be."""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from vested.core import links
from vested.core.viewer import Viewer
from vested.direction.models import Duty, Invitation, Momentum, Opportunity

STATES = (
    ("met", _("met")),
    ("late", _("overdue")),
    ("uncovered", _("uncovered")),
    ("covered", _("something answers it")),
)
ENOUGH = 2  # who are in, and it can start: wait for no one
WINDOWS = (
    ("to_come", _("to come")),
    ("open", _("open")),
    ("closed", _("closed, undecided")),
    ("seized", _("seized")),
    ("left", _("left")),
)


def duties_listed(viewer: Viewer, day: date) -> QuerySet[Any]:
    """What is demanded, each with its ``state`` on that day: met, overdue, uncovered, or something answers it.

    What is over answers nothing: an objective that was left, an initiative that was stopped, a system that has ended.
    """
    answers = links.holding(Duty).filter(target_id=OuterRef("pk"))
    rows = Duty.objects.all().visible_to(viewer).select_related("unit", "owner", "sector")
    return rows.annotate(answered=Exists(answers)).annotate(
        state=Case(
            When(met_on__isnull=False, then=Value("met")),
            When(due_on__lt=day, then=Value("late")),
            When(answered=False, then=Value("uncovered")),
            default=Value("covered"),
            output_field=CharField(),
        )
    )


def duties_open(viewer: Viewer, day: date) -> QuerySet[Any]:
    """What is demanded and not met yet, the next due first."""
    return duties_listed(viewer, day).filter(met_on=None).order_by("due_on", "find", "pk")


def opportunities_listed(viewer: Viewer, day: date) -> QuerySet[Any]:
    """Windows, each with its ``state`` on that day, and how many were ``asked`` and ``are_in``."""
    rows = Opportunity.objects.all().visible_to(viewer).select_related("unit", "owner", "sector")
    return rows.annotate(
        asked=Count("invitations"),
        are_in=Count("invitations", filter=Q(invitations__answer=Invitation.Answer.IN)),
        state=Case(
            When(seized=True, then=Value("seized")),
            When(seized=False, then=Value("left")),
            When(closes_on__lt=day, then=Value("closed")),
            When(opens_on__gt=day, then=Value("to_come")),
            default=Value("open"),
            output_field=CharField(),
        ),
    )


def invited(viewer: Viewer, opportunity: Opportunity) -> QuerySet[Invitation]:
    """Who was asked to join."""
    return Invitation.objects.all().visible_to(viewer).filter(opportunity=opportunity).order_by("asked_on", "pk")


def moved(viewer: Viewer, opportunity: Opportunity) -> QuerySet[Momentum]:
    """What moved in an opportunity."""
    rows = Momentum.objects.all().visible_to(viewer).filter(opportunity=opportunity)
    return rows.select_related("noted_by").order_by("noted_on", "pk")
