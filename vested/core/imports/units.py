"""Units, as the sector folder's ``units`` has them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from vested.core.errors import Invalid
from vested.core.imports.tables import Key, Row, TableImport
from vested.core.models import Unit, UnitMove
from vested.core.viewer import Viewer
from vested.formats.sector_folder import Sector

BATCH = 500


def current() -> dict[Key, Row]:
    """The units there are: name, kind and the one above."""
    rows = Unit.objects.filter(ended_on=None).values_list("code", "name", "kind", "parent__code")
    return {(code,): (name, kind, above) for code, name, kind, above in rows.order_by("path")}


def wanted(sector: Sector) -> dict[Key, Row]:
    """The units of the files."""
    return {(unit.unit_id,): (unit.name, unit.kind.value, unit.parent_id or None) for unit in sector.units}


def apply(
    *, by: Viewer, added: Mapping[Key, Row], changed: Mapping[Key, Row], removed: Collection[Key], at: datetime
) -> None:
    """Add, change and move units; those removed end on the day."""
    day = timezone.localdate(at)
    units = {unit.code: unit for unit in Unit.objects.all()}
    fresh = [
        Unit(sector=by.sector, code=code, name=str(name), kind=str(kind))
        for (code,), (name, kind, _above) in added.items()
        if code not in units
    ]
    units |= {unit.code: unit for unit in Unit.objects.bulk_create(fresh, batch_size=BATCH)}
    moves, born = [], {unit.pk for unit in fresh}
    for (code,), (name, kind, above) in (*added.items(), *changed.items()):
        unit, left = units[code], units[code].parent_id
        unit.name, unit.kind, unit.ended_on = str(name), str(kind), None
        unit.parent_id = units[str(above)].pk if above else None
        if unit.parent_id != left and unit.pk not in born:
            moves.append(UnitMove(sector=by.sector, unit=unit, left_id=left, moved_on=day))
    for (code,) in removed:
        units[code].ended_on = day
    touched = {units[code].pk for (code,) in (*added, *changed, *removed)}
    rewritten = rewrite_paths(units.values())
    wrong = [unit for unit in units.values() if unit.pk in touched | rewritten]
    for unit in wrong:
        unit.version += 1  # who has it open to edit is told
    Unit.objects.bulk_create(  # a statement a batch; bulk_update compares every row with every other
        wrong,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=("id",),
        update_fields=("name", "kind", "parent", "path", "ended_on", "find", "version"),
    )
    UnitMove.objects.bulk_create(moves, batch_size=BATCH)


def rewrite_paths(units: Iterable[Unit]) -> set[int]:
    """Give every unit the path its parents ask for; return those whose path was another.

    Raises Invalid where a unit would be below itself.
    """
    by_id = {unit.pk: unit for unit in units}
    paths: dict[int, str] = {}
    for unit in by_id.values():
        way: list[Unit] = []
        above: Unit | None = unit
        while above is not None and above.pk not in paths:
            if len(way) > len(by_id):
                raise Invalid(gettext("%(unit)s would be below itself.") % {"unit": unit})
            way.append(above)
            above = by_id.get(above.parent_id) if above.parent_id else None
        path = paths[above.pk] if above else "/"
        for below in reversed(way):
            paths[below.pk] = path = f"{path}{below.pk}/"
    found = {pk for pk, path in paths.items() if by_id[pk].path != path}
    for pk in found:
        by_id[pk].path = paths[pk]
    return found


UNITS = TableImport(
    name="units",
    label=_("Units"),
    counted=lambda count: ngettext("%(count)s unit", "%(count)s units", count),
    keys=("unit_id",),
    columns=("name", "kind", "parent_id"),
    current=current,
    wanted=wanted,
    apply=apply,
    longest={"unit_id": 100, "name": 200},
)
