"""People and where they work, as the sector folder's ``staff`` has them; roles, hours and languages are others'."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from vested.core.imports.tables import Key, Row, TableImport
from vested.core.models import Membership, Person, Unit
from vested.core.viewer import Viewer
from vested.formats.sector_folder import Sector

BATCH = 500


def current() -> dict[Key, Row]:
    """The people who work here: name, address, unit, grade and manager."""
    columns = ("person__code", "person__name", "person__email", "unit__code", "grade", "manager__code")
    rows = Membership.objects.filter(until=None).order_by("person__code").values_list(*columns)
    return {(code,): tuple(row) for code, *row in rows}


def wanted(sector: Sector) -> dict[Key, Row]:
    """The people of the files."""
    return {
        (person.person_id,): (person.name, person.email, person.unit_id, person.grade, person.manager_id or None)
        for person in sector.staff
    }


def apply(
    *, by: Viewer, added: Mapping[Key, Row], changed: Mapping[Key, Row], removed: Collection[Key], at: datetime
) -> None:
    """Add people and change them; who changes unit or leaves ends a membership on the day, and nobody is deleted."""
    day = timezone.localdate(at)
    rows = {**added, **changed}
    version_of = dict(Person.objects.values_list("code", "version"))  # who has one open to edit is told
    people = [
        Person(sector=by.sector, code=code, name=str(name), email=str(email), version=version_of.get(code, 0) + 1)
        for (code,), (name, email, *_rest) in rows.items()
    ]
    Person.objects.bulk_create(
        people,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=("sector", "code"),
        update_fields=("name", "email", "find", "version"),
    )
    person_of = dict(Person.objects.values_list("code", "pk"))
    unit_of = dict(Unit.objects.values_list("code", "pk"))
    now = {held.person_id: held for held in Membership.objects.filter(until=None)}
    ending = [now[person_of[code]].pk for (code,) in removed if person_of[code] in now]
    changing, opening = [], []
    for (code,), (_name, _email, unit, grade, manager) in rows.items():
        held = now.get(person_of[code])
        if held and held.unit_id != unit_of[str(unit)] and held.since < day:
            ending.append(held.pk)
            held = None
        if held:  # one that began today is corrected
            changing.append(held)
        else:
            held = Membership(sector=by.sector, person_id=person_of[code], since=day)
            opening.append(held)
        held.unit_id, held.grade = unit_of[str(unit)], str(grade)
        held.manager_id = person_of[str(manager)] if manager else None
    for start in range(0, len(ending), BATCH):
        some = Membership.objects.filter(pk__in=ending[start : start + BATCH])
        some.update(until=Greatest(F("since"), Value(day)))
    Membership.objects.bulk_create(opening, batch_size=BATCH)
    Membership.objects.bulk_create(  # a statement a batch; bulk_update compares every row with every other
        changing,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=("id",),
        update_fields=("unit", "grade", "manager"),
    )


STAFF = TableImport(
    name="staff",
    label=_("People"),
    counted=lambda count: ngettext("%(count)s person", "%(count)s people", count),
    keys=("person_id",),
    columns=("name", "email", "unit_id", "grade", "manager_id"),
    current=current,
    wanted=wanted,
    apply=apply,
    longest={"person_id": 100, "name": 200, "email": 254, "grade": 50},
)
