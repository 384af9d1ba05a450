"""Say how an initiative can be carried out, choose one way, and name whom it takes."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.models import Person
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.portfolio.models import Block, BlockUse, Cost, Crew, Initiative, Mode, Pool
from vested.portfolio.queries.initiatives import require_hand_in, still_open


@transaction.atomic
def set_mode(
    *, by: Viewer, initiative: Initiative, kind: str, quarters: int, benefit: float, costs: Sequence[Decimal],
    people: Mapping[Pool, Sequence[float]], blocks: Sequence[Block], scaling_owner: Person | None = None,
    scaling_path: str = "", pilot_ends_on: date | None = None,
) -> Mode:  # fmt: skip
    """Say one way to carry an initiative out: what it costs and whom it takes in each quarter, what it builds on.

    Said again, it takes the place of what was said of that way before; what was frozen stays.
    """
    require_hand_in(by, initiative)
    still_open(initiative)
    if len(costs) > quarters or any(len(row) > quarters for row in people.values()):
        words = _("It takes %(count)s quarters, so there can be no more figures than that.")
        raise Invalid(words % {"count": quarters}, field="costs" if len(costs) > quarters else "people")
    if any(block.wall_id for block in blocks):
        words = _("“%(block)s” stands behind a wall, and this initiative does not.")
        raise Invalid(words % {"block": next(block for block in blocks if block.wall_id)}, field="blocks")
    if gone := [block for block in blocks if block.ended_on]:
        raise Invalid(_("“%(block)s” has ended, so nothing builds on it.") % {"block": gone[0]}, field="blocks")
    mode, _new = Mode.objects.update_or_create(
        sector=by.sector, initiative=initiative, kind=kind,
        defaults={
            "quarters": quarters, "benefit": benefit, "scaling_owner": scaling_owner, "scaling_path": scaling_path,
            "pilot_ends_on": pilot_ends_on,
        },
    )  # fmt: skip
    before = mode.cost
    for rows in (mode.costs, mode.crews, mode.block_uses):
        rows.all().delete()
    Cost.objects.bulk_create(
        Cost(sector=by.sector, mode=mode, quarter=number, cost=cost) for number, cost in enumerate(costs, 1)
    )
    Crew.objects.bulk_create(
        Crew(sector=by.sector, mode=mode, pool=pool, quarter=number, people=count)
        for pool, counts in people.items()
        for number, count in enumerate(counts, 1)
    )
    BlockUse.objects.bulk_create(BlockUse(sector=by.sector, mode=mode, block=block) for block in blocks)
    told = {"mode": mode.kind, "cost": sum(costs, Decimal(0)), "quarters": quarters}
    record("mode.said", by=by, on=initiative, old={"cost": before}, new=told)
    return mode


@transaction.atomic
def choose_mode(*, by: Viewer, initiative: Initiative, mode: Mode, starts_on: date) -> Initiative:
    """Choose one way, and the day it starts; chosen again it is the plan of now, beside what was frozen."""
    require_hand_in(by, initiative)
    held = still_open(initiative)
    if mode.initiative_id != held.pk:
        raise Invalid(_("That is a way to do another initiative."), field="mode")
    old = {"mode": held.mode.kind if held.mode else "", "until": held.starts_on}
    held.mode, held.starts_on = mode, starts_on
    held.save(update_fields=["mode", "starts_on"])
    record("mode.chosen", by=by, on=held, old=old, new={"mode": mode.kind, "until": starts_on})
    return held


@transaction.atomic
def name_pool(*, by: Viewer, code: str, name: str, rate: Decimal = Decimal(0)) -> Pool:
    """Name a pool of people of one competence; ``rate`` is what one more would cost for a quarter."""
    require(by, Permission.PORTFOLIO_CHANGE)
    if Pool.objects.filter(code=code).exists():
        raise Invalid(_("There is a pool %(code)s already.") % {"code": code}, field="code")
    pool = Pool.objects.create(sector=by.sector, code=code, name=name, rate=rate)
    record("pool.named", by=by, on=pool, new={"name": name})
    return pool
