"""Take a roadmap up that was decided on: what starts gets its way and its day, and what is approved is frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from vested.core.history import record
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.portfolio.models import Baseline, Initiative
from vested.portfolio.queries.gates import owns
from vested.portfolio.queries.standing import frozen, planned

Stage = Initiative.Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """That an initiative, known by its code, starts in a way (``Mode.Kind``) on a day."""

    code: str
    kind: str
    starts_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp:
    """How many got their way and their day, and of how many a baseline was frozen.

    ``own`` are approved and owned by who decided, so that somebody else freezes them; ``passed`` are in delivery or
    closed by now, or have not that way any more.
    """

    chosen: int
    frozen: int
    own: int
    passed: int


@transaction.atomic
def take_up(*, by: Viewer, starts: Sequence[Start], why: str, on: date) -> TakenUp:
    """Choose the way and the start of each initiative, and freeze a baseline of those approved where it is another."""
    require(by, Permission.PORTFOLIO_DECIDE)
    rows = Initiative.objects.select_for_update(of=("self",)).looked_at()
    known = {row.code: row for row in rows.filter(source__code__in=[one.code for one in starts])}
    chosen = made = own = passed = 0
    for one in starts:
        row = known.get(one.code)
        mode = next((mode for mode in row.modes.all() if mode.kind == one.kind), None) if row else None
        if row is None or mode is None or row.stage not in {Stage.IDEA, Stage.PREPARED, Stage.APPROVED}:
            passed += 1
            continue
        if (row.mode_id, row.starts_on) != (mode.pk, one.starts_on):
            old = {"mode": row.mode.kind if row.mode else "", "until": row.starts_on}
            row.mode, row.starts_on = mode, one.starts_on
            row.save(update_fields=["mode", "starts_on"])
            record("mode.chosen", by=by, on=row, old=old, new={"mode": mode.kind, "until": one.starts_on})
            chosen += 1
        if row.stage == Stage.APPROVED:
            own += owns(by, row)
            made += not owns(by, row) and _freeze(by, row, why, on)
    told = TakenUp(chosen=chosen, frozen=made, own=own, passed=passed)
    record("roadmap.taken_up", by=by, on=by.sector, new={"chosen": chosen, "frozen": made, "why": why})
    return told


def _freeze(by: Viewer, row: Initiative, why: str, on: date) -> bool:
    """Freeze what is planned now, unless that is frozen already."""
    last, now = frozen(row), planned(row)
    if last and all(getattr(last, name) == value for name, value in now.items()):
        return False
    number = last.number + 1 if last else 1
    made = Baseline.objects.create(
        sector=by.sector, initiative=row, number=number, on=on, why=why, decided_by=by.person, **now
    )
    old = {"cost": last.cost, "until": last.ends_on} if last else {}
    told = {"number": number, "why": why, "cost": made.cost, "until": made.ends_on}
    record("baseline.frozen", by=by, on=row, old=old, new=told)
    return True
