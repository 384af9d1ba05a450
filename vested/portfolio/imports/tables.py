"""The table of a sector folder that the portfolio keeps: building blocks, which are systems once they exist."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from vested.core.imports.kept import kept
from vested.core.imports.tables import Key, Row, register
from vested.core.models import Link
from vested.formats.sector_folder import Sector
from vested.portfolio.models import Block


def _open() -> QuerySet[Block]:
    """What stands behind a wall is not the files' to change."""
    return Block.objects.filter(wall=None)


def _spoken_of() -> QuerySet[Block]:
    """Those that something else speaks of: they end when the files leave them out, and stay on the list."""
    duties = Exists(Link.objects.filter(kind="fulfils", source_id=OuterRef("pk")))
    return _open().filter(duties | Q(uses__isnull=False) | Q(contracts__isnull=False)).distinct()


def _wanted(sector: Sector) -> dict[Key, Row]:
    """The blocks of the files; one without a name is called by its code. Who builds it is said in the browser."""
    return {(block.block_id,): (block.name or block.block_id, block.exists) for block in sector.blocks}


register(
    kept(
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
)
