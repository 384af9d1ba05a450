"""Name a building block that initiatives use, or a system that is in use; change what is said of it; end it."""

from datetime import date

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.locking import hold
from vested.core.models import Counterparty, Person, Unit, Wall
from vested.core.permissions import Permission, require
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer
from vested.portfolio.models import Block, Initiative
from vested.portfolio.queries.systems import has_in_hand
from vested.skills.models import Source


@transaction.atomic
def name_block(
    *, by: Viewer, code: str, name: str, exists: bool, supplied_by: Initiative | None = None, purpose: str = "",
    unit: Unit | None = None, owner: Person | None = None, supplier: Counterparty | None = None,
    since: date | None = None, ends_on: date | None = None, replaced_by: Initiative | None = None,
    wall: Wall | None = None,
) -> Block:  # fmt: skip
    """Name a building block that initiatives use: it exists, and is a system in use, or an initiative supplies it."""
    require(by, Permission.PORTFOLIO_CHANGE, on=unit)
    _require_inside(supplied_by, replaced_by, supplier)
    _require_order(since, ends_on)
    if wall and (supplier is None or wall.counterparty_id != supplier.pk):
        raise Invalid(_("It stands behind a wall towards its supplier only. Name that one."), field="wall")
    if Block.objects.filter(code=code, wall=wall).exists():
        raise Invalid(_("There is a system or building block %(code)s already.") % {"code": code}, field="code")
    if wall is None and Source.objects.filter(code=code).exists():
        raise Invalid(_("There is an initiative %(code)s already.") % {"code": code}, field="code")
    block = Block.objects.create(
        sector=by.sector, code=code, name=name, exists=exists, supplied_by=supplied_by, purpose=purpose, unit=unit,
        owner=owner, supplier=supplier, since=since, ends_on=ends_on, replaced_by=replaced_by, wall=wall,
    )  # fmt: skip
    record("block.named", by=by, on=block, new={"name": name, "exists": exists, "owner": str(owner or "")})
    return block


@transaction.atomic
def change_block(
    *, by: Viewer, block: Block, version: int, name: str, purpose: str, unit: Unit | None, owner: Person | None,
    supplier: Counterparty | None, exists: bool, since: date | None, ends_on: date | None,
    supplied_by: Initiative | None, replaced_by: Initiative | None,
) -> Block:  # fmt: skip
    """Change what is said of a building block that has not ended; who moves it to another unit may change both."""
    _require_hand_in(by, block)
    if unit != block.unit:
        _require_move(by, block.unit, unit)
    _require_inside(supplied_by, replaced_by, supplier)
    _require_order(since, ends_on)
    _not_ended(block)
    if block.wall_id and supplier != block.supplier:
        raise Invalid(_("It stands behind a wall towards its supplier, who therefore stays."), field="supplier")
    shown = {
        _("Name"): (lambda row: row.name, name),
        _("What it is for"): (lambda row: row.purpose, purpose),
        _("Unit"): (lambda row: row.unit or row.sector, unit or by.sector),
        _("Ends on"): (lambda row: row.ends_on, ends_on),
    }
    held = hold(block, version=version, yours=shown)
    old = {"name": held.name, "owner": str(held.owner or ""), "until": held.ends_on, "exists": held.exists}
    held.name, held.purpose, held.unit, held.owner, held.supplier = name, purpose, unit, owner, supplier
    held.exists, held.since, held.ends_on = exists, since, ends_on
    held.supplied_by, held.replaced_by = supplied_by, replaced_by
    held.save()
    new = {"name": name, "owner": str(owner or ""), "until": ends_on, "exists": exists}
    if unit != block.unit:
        was, now = ({"unit": str(one or by.sector)} for one in (block.unit, unit))
        record("block.moved", by=by, on=held, old=was, new=now)
    record("block.changed", by=by, on=held, old=old, new=new)
    return held


@transaction.atomic
def end_block(*, by: Viewer, block: Block, why: str, on: date) -> Block:
    """Say that a system is in use no more, and why; from that day it answers no duty, and nothing builds on it."""
    _require_hand_in(by, block)
    held = _not_ended(block)
    held.exists, held.ended_on, held.ended_why = False, on, why
    held.save(update_fields=["exists", "ended_on", "ended_why"])
    record("block.ended", by=by, on=held, new={"why": why, "on": on})
    return held


def _require_hand_in(by: Viewer, block: Block) -> None:
    """Who answers for it, and who may where it belongs."""
    keep_inside(block)
    if not has_in_hand(by, block):
        require(by, Permission.PORTFOLIO_CHANGE, on=block.unit)


def _require_move(by: Viewer, old: Unit | None, new: Unit | None) -> None:
    require(by, Permission.PORTFOLIO_CHANGE, on=old)
    require(by, Permission.PORTFOLIO_CHANGE, on=new)
    if new and new.ended_on:
        raise Invalid(_("%(unit)s has ended. Choose one that has not.") % {"unit": new}, field="unit")


def _require_inside(*things: Initiative | Counterparty | None) -> None:
    for one in things:
        if one is not None:
            keep_inside(one)


def _require_order(since: date | None, ends_on: date | None) -> None:
    if since and ends_on and ends_on < since:
        raise Invalid(_("The day must be %(day)s or later.") % {"day": date_format(since)}, field="ends_on")


def _not_ended(block: Block) -> Block:
    held = Block.objects.select_for_update().get(pk=block.pk)
    if held.ended_on:
        raise Invalid(_("It has ended already, on %(day)s.") % {"day": date_format(held.ended_on)})
    return held
