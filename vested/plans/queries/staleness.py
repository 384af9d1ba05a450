"""Whether what a plan was computed from has changed since, and what."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, QuerySet

from vested.core.models import Event
from vested.plans.models import Plan

# What changes something a plan reads. Enrolments a plan has proposed itself are not among it.
CHANGES = (
    "import.done",
    "import.undone",
    "person.moved",
    "unit.moved",
    "unit.ended",
    "enrolment.accepted",
    "enrolment.accepted_for",
    "enrolment.declined",
    "enrolment.declined_for",
    "enrolment.withdrawn",
    "enrolment.withdrawn_for",
    "attendance.recorded",
    "attendance.undone",
    "wish.made",
    "wish.taken_back",
    "initiative.opened",
    "initiative.changed",
    "initiative.waits",
    "initiative.closed",
    "register.brought_in",
    "register.taken_back",
    "mode.said",
    "mode.chosen",
    "demand.added",
    "demand.changed",
    "demand.removed",
    "gate.passed",
    "block.named",
    "pool.offered",
    "portfolio.money",
    "thresholds.drawn",
)
OF_PORTFOLIO = {"initiative", "mode", "demand", "gate", "block", "pool", "thresholds", "register"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How often something of a kind was changed since a plan was computed, and when last."""

    kind: str
    times: int
    last: datetime

    @property
    def about(self) -> str:
        """What the change is of, such as wish, person or portfolio."""
        of = self.kind.partition(".")[0]
        return "portfolio" if of in OF_PORTFOLIO else of


def changes_since(plan: Plan) -> list[Change]:
    """What has changed since a plan's data were gathered, the newest kind first; nothing where it is up to date."""
    rows = _since(plan).order_by().values("kind").annotate(times=Count("pk"), last=Max("at"))
    found = [Change(kind=row["kind"], times=row["times"], last=row["last"]) for row in rows]
    return sorted(found, key=lambda change: change.last, reverse=True)


def newest_changes(plan: Plan, most: int) -> list[Event]:
    """The lines of history themselves, newest first."""
    return list(_since(plan).order_by("-number")[:most])


def is_stale(plan: Plan) -> bool:
    """Whether anything a plan reads has changed since."""
    return _since(plan).exists()


def last_change() -> int:
    """The number of the last line of history that changes what plans read: plans that have seen less are stale."""
    return Event.objects.filter(kind__in=CHANGES).aggregate(last=Max("number"))["last"] or 0


def _since(plan: Plan) -> QuerySet[Event]:
    return Event.objects.filter(number__gt=plan.seen, kind__in=CHANGES)
