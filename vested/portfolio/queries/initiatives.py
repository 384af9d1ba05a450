"""Questions about initiatives: their list, one of them, and who may do what with it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vested.core.errors import Invalid, NotAllowed
from vested.core.links import kind_of, linked
from vested.core.permissions import Permission, require
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer
from vested.direction.models import Objective
from vested.portfolio.models import Difference, Initiative
from vested.portfolio.queries.gates import owns
from vested.skills.models import Demand


def initiatives_listed(viewer: Viewer) -> QuerySet[Initiative]:
    """The initiatives of the sector with what their standing is computed from; ``unlike`` is how many differences."""
    unlike = Count("differences", filter=Q(differences__closed_on=None), distinct=True)
    return Initiative.objects.all().visible_to(viewer).looked_at().annotate(unlike=unlike)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtStage:
    """How many stand at a stage, what they are planned to cost, and of how many a gate is open again."""

    count: int = 0
    cost: Decimal = Decimal(0)
    again: int = 0


def by_stage(viewer: Viewer) -> dict[str, AtStage]:
    """How many initiatives stand at each stage."""
    rows = Initiative.objects.all().visible_to(viewer).order_by().values_list("stage")
    again = Count("pk", filter=~Q(reopened_on=None), distinct=True)
    counted = rows.annotate(n=Count("pk", distinct=True), planned=Sum("mode__costs__cost"), again=again)
    found = {stage: AtStage(count=count, cost=cost or Decimal(0), again=over) for stage, count, cost, over in counted}
    return {stage: found.get(stage, AtStage()) for stage in Initiative.Stage}


def differences_listed(viewer: Viewer) -> QuerySet[Difference]:
    """Where what was claimed was not what was computed, closed or not."""
    rows = Difference.objects.all().visible_to(viewer)
    return rows.select_related("initiative__source", "initiative__unit", "initiative__owner", "closed_by", "sector")


def objectives_of(viewer: Viewer, one: Initiative) -> list[tuple[Any, str]]:
    """The objectives it serves, each with its page."""
    found = linked(viewer, kind_of("serves"), one.source, back=False)
    return [(row.other, row.url) for row in found if isinstance(row.other, Objective)]


def is_in_hand(viewer: Viewer, one: Initiative) -> bool:
    """Whether the viewer may change it: its owner, and who may where it belongs."""
    return owns(viewer, one) or viewer.may(Permission.PORTFOLIO_CHANGE, on=one.unit)


def may_decide(viewer: Viewer, one: Initiative) -> bool:
    """Whether the viewer may decide on it, which its owner never may."""
    return not owns(viewer, one) and viewer.may(Permission.PORTFOLIO_DECIDE, on=one.unit)


def require_hand_in(by: Viewer, one: Initiative) -> None:
    """Refuse who may not change it."""
    keep_inside(one)
    if not is_in_hand(by, one):
        require(by, Permission.PORTFOLIO_CHANGE, on=one.unit)


def require_other(by: Viewer, one: Initiative) -> None:
    """Refuse who may not decide on it, and who owns it."""
    keep_inside(one)
    require(by, Permission.PORTFOLIO_DECIDE, on=one.unit)
    if owns(by, one):
        raise NotAllowed(_("You own it: somebody else decides on it."))


def still_open(one: Initiative) -> Initiative:
    """The initiative as it is now, nobody else's to change until the transaction ends; Invalid where it is closed."""
    held = Initiative.objects.select_for_update().get(pk=one.pk)
    if held.closed_on:
        raise Invalid(_("It was closed already, on %(day)s.") % {"day": date_format(held.closed_on)})
    return held


def need_found(viewer: Viewer, pk: int) -> tuple[Initiative, Demand]:
    """A need, and the initiative of the portfolio that has it; 404 where either does not exist for the viewer."""
    need = get_object_or_404(Demand.objects.all().visible_to(viewer).select_related("skill", "unit"), pk=pk)
    rows = Initiative.objects.all().visible_to(viewer).select_related("sector", "source", "unit", "owner")
    return get_object_or_404(rows, source=need.source_id), need
