"""Questions about agreements."""

from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from vested.core.models import Counterparty
from vested.core.permissions import Permission, require
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer
from vested.ecosystem.models import Agreement

State = Agreement.State


def agreements_listed(viewer: Viewer, day: date) -> QuerySet[Any]:
    """The agreements that exist for the viewer, each with its ``state`` on that day."""
    rows = Agreement.objects.all().visible_to(viewer).with_state(day)
    return rows.select_related("counterparty", "unit", "owner", "sector").prefetch_related("parties__counterparty")


def agreements_with(viewer: Viewer, counterparty: Counterparty, day: date) -> QuerySet[Any]:
    """Those with one counterparty, the next to end first; what is over, last."""
    ours = Agreement.objects.all().of(counterparty.pk)
    return (
        agreements_listed(viewer, day)
        .filter(pk__in=ours.values("pk"))
        .order_by(F("lasts").asc(nulls_last=True), "-ends_on", "pk")
    )


def is_in_hand(viewer: Viewer, agreement: Agreement) -> bool:
    """Whether an agreement is the viewer's own, or of a unit they may change agreements of."""
    own = viewer.person is not None and viewer.person.pk == agreement.owner_id
    return own or viewer.may(Permission.AGREEMENT_CHANGE, on=agreement.unit)


def require_hand_in(by: Viewer, agreement: Agreement) -> None:
    """Refuse who may not change it."""
    keep_inside(agreement)
    if not is_in_hand(by, agreement):
        require(by, Permission.AGREEMENT_CHANGE, on=agreement.unit)
