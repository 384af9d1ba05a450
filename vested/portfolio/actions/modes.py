"""Say how an initiative can be carried out, choose one way, and name what it builds on."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.models import Person
from vested.core.permissions import Permission, require
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer
from vested.portfolio.models import Block, BlockUse, Cost, Crew, Initiative, Mode, Pool
from vested.portfolio.queries.initiatives import is_in_hand, still_open


@transaction.atomic
def set_mode(
    *, by: Viewer, initiative: Initiative, kind: str, quarters: int, benefit: float, costs: Sequence[Decimal],
    people: Mapping[Pool, Sequence[float]], blocks: Sequence[Block], scaling_owner: Person | None = None,
    scaling_path: str = "", pilot_ends_on: date | None = None,
) -> Mode:  # fmt: skip
    """Say one way to carry an initiative out: what it costs and whom it takes in each quarter, what it builds on.

    Said again, it takes the place of what was said of that way before; what was frozen stays.
    """
    _require_hand_in(by, initiative)
    still_open(initiative)
    if len(costs) > quarters or any(len(row) > quarters for row in people.values()):
        words = _("It takes %(count)s quarters, so there can be no more figures than that.")
        raise Invalid(words % {"count": quarters}, field="costs" if len(costs) > quarters else "people")
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
    told = {"mode": str(mode), "cost": sum(costs, Decimal(0)), "quarters": quarters}
    record("mode.said", by=by, on=initiative, old={"cost": before}, new=told)
    return mode


@transaction.atomic
def choose_mode(*, by: Viewer, initiative: Initiative, mode: Mode, starts_on: date) -> Initiative:
    """Choose one way, and the day it starts; chosen again it is the plan of now, beside what was frozen."""
    _require_hand_in(by, initiative)
    held = still_open(initiative)
    if mode.initiative_id != held.pk:
        raise Invalid(_("That is a way to do another initiative."), field="mode")
    old = {"mode": str(held.mode or ""), "until": held.starts_on}
    held.mode, held.starts_on = mode, starts_on
    held.save(update_fields=["mode", "starts_on"])
    record("mode.chosen", by=by, on=held, old=old, new={"mode": str(mode), "until": starts_on})
    return held


@transaction.atomic
def name_block(*, by: Viewer, code: str, name: str, exists: bool, supplied_by: Initiative | None = None) -> Block:
    """Name a building block that initiatives use: it exists, or an initiative supplies it."""
    require(by, Permission.PORTFOLIO_CHANGE)
    if supplied_by:
        keep_inside(supplied_by)
    if Block.objects.filter(code=code).exists():
        raise Invalid(_("There is a building block %(code)s already.") % {"code": code}, field="code")
    block = Block.objects.create(sector=by.sector, code=code, name=name, exists=exists, supplied_by=supplied_by)
    record("block.named", by=by, on=block, new={"name": name, "exists": exists})
    return block


@transaction.atomic
def name_pool(*, by: Viewer, code: str, name: str) -> Pool:
    """Name a pool of people of one competence."""
    require(by, Permission.PORTFOLIO_CHANGE)
    if Pool.objects.filter(code=code).exists():
        raise Invalid(_("There is a pool %(code)s already.") % {"code": code}, field="code")
    pool = Pool.objects.create(sector=by.sector, code=code, name=name)
    record("pool.named", by=by, on=pool, new={"name": name})
    return pool


def _require_hand_in(by: Viewer, initiative: Initiative) -> None:
    """Its owner, and who may where it belongs."""
    keep_inside(initiative)
    if not is_in_hand(by, initiative):
        require(by, Permission.PORTFOLIO_CHANGE, on=initiative.unit)
