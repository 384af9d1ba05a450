"""The table of a sector folder that this room keeps: what initiatives are for."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from vested.core.imports.kept import gone
from vested.core.imports.tables import Key, Row, TableImport, register
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.direction.models import Objective
from vested.direction.queries.objectives import by_code
from vested.formats.sector_folder import Sector


def _now() -> dict[Key, Row]:
    return {(code,): (row.title,) for code, row in by_code().items()}


def _wanted(sector: Sector) -> dict[Key, Row]:
    """Those of the files, and those they leave out: an objective is closed in the browser, and stays."""
    return {**_now(), **{(row.objective_id,): (row.title,) for row in sector.objectives}}


def _apply(
    *, by: Viewer, added: Mapping[Key, Row], changed: Mapping[Key, Row], removed: Collection[Key], at: datetime
) -> None:
    """Open those that are new, until the end of next year: files do not say until when, nor why."""
    require(by, Permission.DIRECTION_CHANGE)
    known, today = by_code(), timezone.localdate(at)
    for (code,), (title,) in added.items():
        Objective.objects.create(
            sector=by.sector,
            code=code,
            title=str(title),
            why=gettext("It was brought in from files."),
            owner=by.person,
            starts_on=today,
            ends_on=date(today.year + 1, 12, 31),
        )
    for (code,), (title,) in changed.items():
        known[code].title = str(title)
        known[code].version += 1
        known[code].save()
    gone(Objective.objects.all(), removed, "code")


register(
    TableImport(
        name="objectives",
        label=_("Objectives"),
        counted=lambda count: ngettext("%(count)s objective", "%(count)s objectives", count),
        keys=("objective_id",),
        columns=("title",),
        current=_now,
        wanted=_wanted,
        apply=_apply,
        longest={"objective_id": 100, "title": 200},
    )
)
