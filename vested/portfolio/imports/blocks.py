"""Building blocks, which are systems once they exist; which initiative builds one, of several the first."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from vested.core.imports.kept import ids, kept
from vested.core.imports.tables import Key, Row, TableImport
from vested.core.models import Link
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.formats.sector_folder import Sector
from vested.portfolio.models import Block, Initiative
from vested.portfolio.queries.spoken import finished, spoken


def _open() -> QuerySet[Block]:
    """What stands behind a wall is not the files' to change."""
    return Block.objects.filter(wall=None)


def _spoken_of() -> QuerySet[Block]:
    """Those that something else speaks of: they end when the files leave them out, and stay on the list."""
    duties = Exists(Link.objects.filter(kind="fulfils", source_id=OuterRef("pk")))
    return _open().filter(duties | Q(uses__isnull=False) | Q(contracts__isnull=False)).distinct()


def _wanted(sector: Sector) -> dict[Key, Row]:
    """The blocks of the files; one without a name is called by its code."""
    return {(block.block_id,): (block.name or block.block_id, block.exists) for block in sector.blocks}


def _built_now() -> dict[Key, Row]:
    there = spoken()
    found: dict[Key, Row] = {}
    for block in Block.objects.filter(wall=None, ended_on=None).select_related("supplied_by__source").order_by("pk"):
        supplier = block.supplied_by
        coming = supplier and not finished(supplier) and supplier.code in {*there.chosen, *there.fixed}
        found[block.code,] = (supplier.code if supplier and coming else None,)
    return found


def _built_wanted(sector: Sector) -> dict[Key, Row]:
    return {(block.block_id,): (next(iter(block.built_by), None),) for block in sector.blocks}


def _build(
    *,
    by: Viewer,
    added: Mapping[Key, Row],
    changed: Mapping[Key, Row],
    removed: Collection[Key],
    at: datetime,  # noqa: ARG001 - the shape
) -> None:
    require(by, Permission.PORTFOLIO_CHANGE)
    initiatives = ids(Initiative, "source__code")
    told = {**{key: row for key, row in added.items() if row[0]}, **changed}
    for block in Block.objects.filter(wall=None, code__in=[code for (code,) in told]):
        (builder,) = told[block.code,]
        block.supplied_by_id = initiatives[str(builder)] if builder else None
        block.version += 1
        block.save()
    Block.objects.filter(wall=None, code__in=[code for (code,) in removed], ended_on=None).update(supplied_by=None)


BLOCKS = kept(
    Block,
    "blocks",
    label=_("Systems and building blocks"),
    counted=lambda count: ngettext("%(count)s system", "%(count)s systems", count),
    keys={"block_id": "code"},
    columns={"name": "name", "exists": "exists"},
    longest={"block_id": 100, "name": 200},
    rows=_open,
    wanted=_wanted,
    ending=_spoken_of,
)
BUILDERS = TableImport(
    name="blocks: builders",
    label=_("Who builds blocks"),
    counted=lambda count: ngettext("%(count)s block", "%(count)s blocks", count),
    keys=("block_id",),
    columns=("built_by",),
    current=_built_now,
    wanted=_built_wanted,
    apply=_build,
)
