"""How often the parts of a plan stay when the levels are drawn anew within their error."""

from dataclasses import dataclass

from django.db.models import Count

from vested.plans.models import Assignment, Plan


@dataclass(frozen=True, slots=True)
class Stay:
    """So many assignments stay in that share of the draws."""

    share: float
    count: int


def stays(plan: Plan) -> list[Stay]:
    """The shares of draws there are, the surest first; nothing where none were drawn."""
    rows = Assignment.objects.filter(plan=plan, stays__isnull=False).order_by().values_list("stays")
    return [Stay(share, count) for share, count in rows.annotate(count=Count("pk")).order_by("-stays")]
