"""Whether plans beside one another would tell of a few people, because one leaves out whom the other plans for."""

from django.db.models import Count

from vested.core.models import Membership, Unit
from vested.plans.asked import Asked
from vested.plans.models import Plan
from vested.plans.report.figures import LEAST


def told_apart(asked: Asked) -> int:
    """How few people a plan as ``asked`` and another would differ by, fewer than ``LEAST``; 0 where there are none.

    Beside a plan for all, one without a unit says what that unit needs, and so does each beside any other.
    """
    others = {frozenset(row.get("without_units", ())) for row in Plan.objects.values_list("asked", flat=True)}
    sets = [frozenset(asked.without_units), *others, frozenset[str]()]
    paths = dict(Unit.objects.filter(code__in=frozenset().union(*sets)).values_list("code", "path"))
    rows = Membership.objects.filter(until=None, unit__ended_on=None).values_list("unit__path").order_by("unit__path")
    people = list(rows.annotate(count=Count("pk")))

    def left(codes: frozenset[str]) -> list[bool]:
        out = tuple(paths[code] for code in codes if code in paths)
        return [path.startswith(out) for path, _count in people]

    own = left(sets[0])
    apart = [
        sum(count for (_path, count), here, there in zip(people, own, left(other), strict=True) if here != there)
        for other in sets[1:]
    ]
    return min((count for count in apart if 0 < count < LEAST), default=0)
