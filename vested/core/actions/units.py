"""Rename, move and end units."""

from datetime import date
from operator import attrgetter

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.locking import hold
from vested.core.models import Membership, Sector, Unit, UnitMove
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer


@transaction.atomic
def rename_unit(*, by: Viewer, unit: Unit, name: str, version: int) -> Unit:
    """Give a unit another name."""
    require(by, Permission.UNIT_CHANGE, on=unit)
    unit = hold(unit, version=version, yours={_("Name"): (attrgetter("name"), name)})
    old, unit.name = unit.name, name
    unit.save(update_fields=["name"])
    record("unit.renamed", by=by, on=unit, old={"name": old}, new={"name": name})
    return unit


@transaction.atomic
def move_unit(*, by: Viewer, unit: Unit, to: Unit | None, on: date, version: int) -> Unit:
    """Put a unit, with all below it, under another (None: at the top); its former place is kept."""
    unit, above = _held(by, unit, to)
    require(by, Permission.UNIT_CHANGE, on=unit)
    require(by, Permission.UNIT_CHANGE, on=above)
    unit = hold(unit, version=version, yours={_("Under"): (attrgetter("parent"), above)})
    if above and above.path.startswith(unit.path):
        raise Invalid(_("A unit cannot be moved below itself. Choose a unit outside it."), field="to")
    if above and above.ended_on:
        raise Invalid(_("%(unit)s has ended. Choose one that has not.") % {"unit": above}, field="to")
    if unit.parent_id == (above.pk if above else None):
        raise Invalid(_("%(unit)s is there already.") % {"unit": unit}, field="to")
    left, old, new = unit.parent, unit.path, f"{above.path if above else '/'}{unit.pk}/"
    Unit.objects.all().below(unit).update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    unit.parent, unit.path = above, new
    unit.save(update_fields=["parent"])
    UnitMove.objects.create(sector=by.sector, unit=unit, left=left, moved_on=on)
    new_place = {"parent": str(above or by.sector), "on": on}
    record("unit.moved", by=by, on=unit, old={"parent": str(left or by.sector)}, new=new_place)
    return unit


@transaction.atomic
def end_unit(*, by: Viewer, unit: Unit, on: date, version: int) -> Unit:
    """End a unit in which nobody works any more and below which all have ended; it stays in what was."""
    unit, _above = _held(by, unit, None)
    require(by, Permission.UNIT_CHANGE, on=unit)
    unit = hold(unit, version=version)
    if unit.ended_on:
        raise Invalid(_("%(unit)s has ended already.") % {"unit": unit})
    if Unit.objects.all().below(unit).filter(ended_on=None).exclude(pk=unit.pk).exists():
        raise Invalid(_("Units below it have not ended. Move them or end them first."))
    if Membership.objects.filter(unit=unit, until=None).exists():
        raise Invalid(_("People still work in it. Move them first."))
    unit.ended_on = on
    unit.save(update_fields=["ended_on"])
    record("unit.ended", by=by, on=unit, new={"on": on})
    return unit


def _held(by: Viewer, unit: Unit, to: Unit | None) -> tuple[Unit, Unit | None]:
    """The units as they are now, while nobody else changes the tree."""
    Sector.objects.select_for_update().get(pk=by.sector.pk)
    return Unit.objects.get(pk=unit.pk), Unit.objects.get(pk=to.pk) if to else None
