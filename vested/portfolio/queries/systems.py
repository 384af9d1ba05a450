"""Questions about systems: their list, what uses one, and what its end would leave without an answer."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from vested.core.links import kind_of, linked
from vested.core.models import Counterparty
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.portfolio.models import Block, Contract, Initiative

State = Block.State


def systems_listed(viewer: Viewer, day: date) -> QuerySet[Any]:
    """The building blocks that exist for the viewer, each with its ``state`` on that day."""
    rows = Block.objects.all().visible_to(viewer).with_state(day)
    return rows.select_related("unit", "owner", "supplier", "sector", "wall__counterparty")


def systems_from(viewer: Viewer, supplier: Counterparty, day: date) -> QuerySet[Any]:
    """Those that a counterparty supplies; what has ended, last."""
    return systems_listed(viewer, day).filter(supplier=supplier).order_by("-exists", "find", "pk")


def systems_of(viewer: Viewer, one: Initiative, day: date) -> list[Any]:
    """What an initiative builds, or replaces."""
    return list(systems_listed(viewer, day).filter(Q(supplied_by=one) | Q(replaced_by=one)).order_by("find", "pk"))


def using(viewer: Viewer, block: Block) -> list[Initiative]:
    """The initiatives not closed that build on a block, in the way chosen or, where none is, in any."""
    rows = Initiative.objects.all().visible_to(viewer).filter(closed_on=None).select_related("source", "mode")
    chosen, any_ = Q(mode__block_uses__block=block), Q(mode=None, modes__block_uses__block=block)
    return list(rows.filter(chosen | any_).distinct().order_by("source__find", "pk"))


def duties_answered(viewer: Viewer, block: Block) -> int:
    """How many duties a system answers."""
    return len(linked(viewer, kind_of("fulfils"), block, back=False))


def contracts_of(viewer: Viewer, block: Block) -> QuerySet[Contract]:
    """Its contracts, the next to decide first."""
    return Contract.objects.all().visible_to(viewer).filter(block=block).order_by("decided_on", "decide_by", "pk")


def has_in_hand(viewer: Viewer, block: Block) -> bool:
    """Whether the viewer may change a block: who answers for it, and who may where it belongs."""
    own = viewer.person is not None and viewer.person.pk == block.owner_id
    return own or viewer.may(Permission.PORTFOLIO_CHANGE, on=block.unit)
