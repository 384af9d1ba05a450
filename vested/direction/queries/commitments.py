"""Questions about promises: those there are, how many were kept on time, and those everybody may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from vested.core.models import Sector, Unit
from vested.core.permissions import Permission
from vested.core.scope import System, acting
from vested.core.viewer import Viewer
from vested.direction.models import Commitment, Reply

State = Commitment.State
DUE = (State.KEPT, State.KEPT_LATE, State.LATE, State.BROKEN)  # what has fallen due, or was kept before it did
MOST_PUBLIC = 200


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the promises that have fallen due were kept on time: a count, so exact."""

    name: str
    due: int
    on_time: int
    late: int
    broken: int
    withdrawn: int
    pk: int | None = None  # of the unit or person; None: the whole sector, or nobody

    @property
    def share(self) -> float | None:
        """The share kept on time; None where nothing has fallen due."""
        return self.on_time / self.due if self.due else None


def commitments_listed(viewer: Viewer, day: date) -> QuerySet[Commitment]:
    """All promises, each with its ``state`` on that day."""
    rows = Commitment.objects.all().visible_to(viewer).with_state(day)
    return rows.select_related("person", "unit", "sector", "objective")


def kept(viewer: Viewer, day: date, *, narrowed: Q | None = None) -> Share:
    """How many promises of the sector, or of those narrowed to, were kept on time."""
    rows: QuerySet[Any] = Commitment.objects.all().visible_to(viewer).filter(narrowed or Q()).with_state(day)
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return _share("", counts)


def kept_by(viewer: Viewer, day: date, by: str) -> list[Share]:
    """How many promises of each ``unit`` or ``person`` were kept on time, by name: nobody is ranked."""
    rows: QuerySet[Any] = Commitment.objects.all().visible_to(viewer).with_state(day).order_by()
    found: dict[tuple[str, int | None], dict[str, int]] = {}
    for pk, name, code, state, count in rows.values_list(by, f"{by}__name", f"{by}__code", "state").annotate(
        n=Count("pk")
    ):
        found.setdefault((name or code or "", pk), {})[state] = count
    shares = [_share(name, counts, pk) for (name, pk), counts in found.items()]
    return sorted(shares, key=lambda one: one.name.casefold())


def _share(name: str, counts: dict[str, int], pk: int | None = None) -> Share:
    of = {state: counts.get(state, 0) for state in State}
    return Share(
        name=name,
        due=sum(of[state] for state in DUE),
        on_time=of[State.KEPT],
        late=of[State.LATE] + of[State.KEPT_LATE],
        broken=of[State.BROKEN],
        withdrawn=of[State.WITHDRAWN],
        pk=pk,
    )


def replies_to(viewer: Viewer, commitment: Commitment) -> QuerySet[Reply]:
    """What was said about a promise."""
    return Reply.objects.all().visible_to(viewer).filter(commitment=commitment).select_related("said_by")


def commitments_of(viewer: Viewer, unit: Unit, day: date) -> QuerySet[Any]:
    """The promises of a unit itself that are open or late."""
    rows: QuerySet[Any] = commitments_listed(viewer, day)
    return rows.filter(unit=unit, state__in=(State.OPEN, State.LATE)).order_by("due_on", "pk")


def is_in_hand(viewer: Viewer, commitment: Commitment) -> bool:
    """Whether a promise is the viewer's own, or of a unit the viewer leads."""
    own = viewer.person is not None and viewer.person.pk == commitment.person_id
    return own or viewer.may(Permission.DIRECTION_CHANGE, on=commitment.unit)


def public_sectors() -> list[Sector]:
    """The sectors that have promised something in public."""
    with acting(System("promises marked public are for everybody")):
        having = Commitment.objects.filter(public=True, wall=None).values("sector")
        return list(Sector.objects.filter(pk__in=having).order_by("name", "pk"))


def public_commitments(sector: Sector, day: date) -> list[Commitment]:
    """The promises of a sector that are marked public, the next due first, with what was said about them."""
    with acting(System("promises marked public are for everybody")):
        rows = Commitment.objects.filter(sector=sector, public=True, wall=None).with_state(day)
        return list(
            rows.select_related("person", "unit").prefetch_related("replies").order_by("-due_on", "pk")[:MOST_PUBLIC]
        )


def shares_of(rows: Iterable[Commitment]) -> tuple[int, int]:
    """Of rows with their state: how many were kept on time, and how many have fallen due."""
    states = [getattr(row, "state", "") for row in rows]
    return states.count(State.KEPT), sum(state in DUE for state in states)
