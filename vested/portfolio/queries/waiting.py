"""What of the portfolio waits for somebody: what they own, answer for, judge or decide on, each with its day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet

from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.portfolio.models import Benefit, Block, Contract, Difference, Initiative, Thresholds, Waiver
from vested.portfolio.queries.checks import CHECKS
from vested.portfolio.queries.gates import ORDER, State, asked, may_judge, next_gate, result
from vested.portfolio.queries.thresholds import thresholds_of

SOON = timedelta(days=14)
JUDGED = frozenset(check.gate for check in CHECKS if check.judges)
BEFORE = [ORDER[ORDER.index(gate) - 1] for gate in JUDGED]  # the stages before a gate that somebody judges


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """Something that waits: the day of it, what it is called, and its key."""

    on: date
    name: str
    pk: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits, by kind, the first first; the keys of the first five kinds but ``differences`` are of initiatives.

    The day of ``judge``, ``differences`` and ``reopened`` is since when, of all else until when.
    """

    judge: list[Mine]
    differences: list[Mine]
    reopened: list[Mine]
    waivers: list[Mine]
    increments: list[Mine]
    benefits: list[Mine]
    contracts: list[Mine]
    systems: list[Mine]


def waiting(viewer: Viewer, day: date) -> Waiting:
    """What waits for the viewer on that day."""
    if viewer.person is None:
        return Waiting(
            judge=[], differences=[], reopened=[], waivers=[], increments=[], benefits=[], contracts=[], systems=[]
        )
    owned = list(
        Initiative.objects.all().visible_to(viewer).filter(owner=viewer.person, closed_on=None)
        .select_related("source").annotate(last=Max("increments__on"))
    )  # fmt: skip
    rules = thresholds_of(viewer)
    return Waiting(
        judge=to_judge(viewer, rules, day),
        differences=_differences(viewer),
        reopened=[Mine(on=one.reopened_on, name=str(one), pk=one.pk) for one in owned if one.reopened_on],
        waivers=_waivers(owned, day),
        increments=_increments(owned, rules, day),
        benefits=_dated(Benefit, viewer, "review_on", day, Q()),
        contracts=_dated(Contract, viewer, "decide_by", day, Q(decided_on=None)),
        systems=_dated(Block, viewer, "ends_on", day, Q(ended_on=None)),
    )


def to_judge(viewer: Viewer, rules: Thresholds, day: date) -> list[Mine]:
    """The initiatives of others that stand before a gate which asks the viewer's role, and has no answer yet."""
    roles = {role for check in CHECKS for role in check.judges}
    paths = {held.path for held in viewer.held if held.role in roles}
    if not paths:
        return []
    inside = Q() if "/" in paths else _below(paths)
    rows = Initiative.objects.all().visible_to(viewer).filter(inside, closed_on=None, stage__in=BEFORE)
    rows = rows.exclude(owner=viewer.person).select_related("source", "unit")
    found = []
    for one in rows.prefetch_related("modes__costs", "judgements", "waivers"):
        gate = next_gate(one)
        asks = [check for check in (asked(one, gate, rules) if gate else ()) if may_judge(viewer, one, check)]
        if any(result(one, check, rules, day).state is State.MISSING for check in asks):
            found.append(Mine(on=one.stage_since, name=str(one), pk=one.pk))
    return sorted(found, key=lambda one: (one.on, one.pk))


def _differences(viewer: Viewer) -> list[Mine]:
    """The open differences of others' initiatives, where the viewer decides on them."""
    paths = set(viewer.paths(Permission.PORTFOLIO_DECIDE))
    if not paths:
        return []
    inside = Q() if "/" in paths else _below(paths, "initiative__")
    rows = Difference.objects.all().visible_to(viewer).filter(inside, closed_on=None)
    rows = rows.exclude(initiative__owner=viewer.person).select_related("initiative__source").order_by("seen_on", "pk")
    return [Mine(on=row.seen_on, name=str(row.initiative), pk=row.pk) for row in rows]


def _waivers(owned: list[Initiative], day: date) -> list[Mine]:
    """The waivers of one's own that run out soon, or have, and reopen a gate."""
    by_key = {one.pk: one for one in owned}
    rows = Waiver.objects.filter(initiative__in=by_key, told=False, until__lte=day + SOON).order_by("until", "pk")
    return [Mine(on=row.until, name=str(by_key[row.initiative_id]), pk=row.initiative_id) for row in rows]


def _increments(owned: list[Any], rules: Thresholds, day: date) -> list[Mine]:
    """The initiatives of one's own in delivery of which something is to be shown soon, or should have been."""
    every = timedelta(days=rules.increment_days)
    due = [(one, (one.last or one.stage_since) + every) for one in owned if one.stage == Initiative.Stage.DELIVERY]
    found = [Mine(on=on, name=str(one), pk=one.pk) for one, on in due if on <= day + SOON]
    return sorted(found, key=lambda one: (one.on, one.pk))


def _dated(model: Any, viewer: Viewer, field: str, day: date, still: Q) -> list[Mine]:  # noqa: ANN401 - a model
    """The rows of a model that the viewer answers for and whose day is near, or has passed."""
    rows: QuerySet[Any] = model.objects.all().visible_to(viewer).filter(still, owner=viewer.person)
    rows = rows.filter(**{f"{field}__lte": day + SOON}).order_by(field, "pk")
    return [Mine(on=getattr(row, field), name=str(row), pk=row.pk) for row in rows]


def _below(paths: Iterable[str], where: str = "") -> Q:
    found = Q(pk__in=())
    for path in paths:
        found |= Q(**{f"{where}unit__path__startswith": path})
    return found
