"""Share a thing with whom an agreement is with, and no longer."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.links import told_outside
from vested.core.scope import SectorModel, keep_inside, wall_of
from vested.core.viewer import Viewer
from vested.ecosystem.models import Agreement, Share
from vested.ecosystem.queries import require_hand_in
from vested.ecosystem.queries.sharing import thing_of


@transaction.atomic
def share(*, by: Viewer, agreement: Agreement, thing: SectorModel, on: date) -> Share:
    """Show a thing to whom an agreement is with, for as long as it runs."""
    require_hand_in(by, agreement)
    if thing._meta.label_lower not in told_outside():
        raise TypeError(f"{type(thing).__name__} says nothing of what is told outside")
    if agreement.ended_on or agreement.ends_on < on:
        raise Invalid(_("This agreement has ended: nothing is shared by it any more."), field="words")
    if wall_of(thing) not in {None, wall_of(agreement)}:
        raise Invalid(_("This stands behind a wall. Share it by an agreement behind the same one."), field="words")
    made, new = Share.objects.get_or_create(
        agreement=agreement, kind=thing._meta.label_lower, thing_id=thing.pk,
        defaults={"sector": by.sector, "shared_by": by.person, "since": on},
    )  # fmt: skip
    if not new:
        raise Invalid(_("“%(thing)s” is shared by it already.") % {"thing": thing}, field="words")
    record("agreement.shared", by=by, on=agreement, new=_told(agreement, thing))
    return made


@transaction.atomic
def unshare(*, by: Viewer, share: Share) -> None:
    """Show a thing no longer, from this moment on."""
    agreement = share.agreement
    require_hand_in(by, agreement)
    keep_inside(share)
    thing = thing_of(by, share)
    share.delete()
    record("agreement.unshared", by=by, on=agreement, old=_told(agreement, thing))


def _told(agreement: Agreement, thing: SectorModel | None) -> dict[str, str]:
    return {"thing": str(thing or "…"), "with": agreement.with_whom}
