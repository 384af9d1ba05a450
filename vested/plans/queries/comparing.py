"""Two plans side by side, as far as their reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from vested.core.models import Person
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.plans.asked import different
from vested.plans.models import Plan
from vested.plans.queries.compared import Compared, Moved, Movement
from vested.plans.queries.solved import between, figures
from vested.plans.report.figures import LEAST, Certificate

MOST_PLANS = 200  # to choose from
PLACES = ("same", "gone", "new")
WEIGHS = (
    "families",
    "initiatives",
    "without_units",
    "compulsory",
    "fairness",
    "periods",
    "force",
    "earliest",
)  # what worth depends on


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Two plans, what moves from one to the other, what is proven of each, and ``needs`` as far as they may be seen.

    ``counted_otherwise``: they weigh things differently, or were computed from other people's data, so that their
    worth cannot be compared.
    """

    one: Plan
    other: Plan
    compared: Compared
    certificates: tuple[Certificate, Certificate]
    needs: tuple[Moved, ...]
    counted_otherwise: bool


def plans_ready(viewer: Viewer) -> list[Plan]:
    """Solved plans, the newest first."""
    return list(_rows(viewer).exclude(solved_at=None).order_by("-solved_at", "-pk")[:MOST_PLANS])


def plan_there(viewer: Viewer, pk: str) -> Plan | None:
    """The plan of an id in an address, None where there is none; 404 where it does not exist for the viewer."""
    if not pk:
        return None
    if not pk.isdecimal() or len(pk) > 18:
        raise Http404
    return get_object_or_404(_rows(viewer), pk=pk)


def beside(viewer: Viewer, one: Plan, other: Plan) -> Beside:
    """Compare two solved plans."""
    compared = between(one, other)
    exact = viewer.may(Permission.PEOPLE_SEE)
    shown = [figures(plan) for plan in (one, other)]
    certificates = (shown[0].certificate, shown[1].certificate)
    apart = any(name in WEIGHS for name in different(one.settings, other.settings))
    gap = abs(certificates[0].gap - certificates[1].gap)
    return Beside(
        one=one,
        other=other,
        compared=compared,
        certificates=certificates,
        needs=compared.needs if exact else tuple(_blurred(row) for row in compared.needs),
        counted_otherwise=apart or gap > 1e-6 * max(1.0, certificates[0].gap),
    )


def named(viewer: Viewer, rows: Iterable[tuple[int, float]], *, most: int) -> list[tuple[Person, float]]:
    """The first of those people who exist for the viewer, each with the figure beside."""
    seen = Person.objects.all().visible_to(viewer)
    if not viewer.may(Permission.PEOPLE_SEE):
        there = set(seen.values_list("pk", flat=True))
        rows = (row for row in rows if row[0] in there)
    first = list(islice(rows, most))
    people = seen.in_bulk([pk for pk, _by in first])
    return [(people[pk], by) for pk, by in first if pk in people]


def moved_counts(viewer: Viewer, moved: Movement) -> dict[str, int | None]:
    """How many places and people move, as far as the viewer may know: None where that is few people.

    Of places all three are hidden where one is: together with how many each plan has, one would tell the others.
    """
    counts = {name: getattr(moved, name) for name in (*PLACES, "moved", "lose", "gain")}
    if viewer.may(Permission.PEOPLE_SEE):
        return counts
    few = {name for name, count in counts.items() if 0 < count < LEAST}
    hidden = few | {*PLACES} if few & {*PLACES} else few
    return {name: None if name in hidden else count for name, count in counts.items()}


def _blurred(row: Moved) -> Moved:
    """Hidden where it, or what moves, is about few people."""
    counts = (row.one or 0.0, row.other or 0.0, abs(row.change))
    return replace(row, hidden=True) if any(0 < count < LEAST for count in counts) else row


def _rows(viewer: Viewer) -> QuerySet[Plan]:
    return Plan.objects.all().visible_to(viewer).light().select_related("scenario", "job")
