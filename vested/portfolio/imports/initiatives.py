"""What ``initiatives`` says of those that are undertaken: whose, what for, from when to when, how risky."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from vested.core.errors import Invalid
from vested.core.imports.kept import ids
from vested.core.imports.tables import Key, Row, TableImport
from vested.core.models import Link, Unit
from vested.core.models.imports import UNDO_FOR
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.direction.queries.objectives import by_code
from vested.formats import sector_folder as folder
from vested.portfolio.models import Initiative
from vested.portfolio.queries.spoken import Spoken, spoken
from vested.skills.models import Source

COLUMNS = ("unit_id", "objective_id", "class", "mandatory", "earliest", "latest", "risk", "group")


def _now() -> dict[Key, Row]:
    return _told(spoken())


def _told(there: Spoken) -> dict[Key, Row]:
    """What is said of those that may start, and of those in delivery; of a group in delivery the first alone."""
    aims, groups = _aims(), set[str]()
    found: dict[Key, Row] = {}
    for code, row in there.fixed.items():
        at = there.at[code]
        alone = "" if row.group in groups else row.group
        found[code,] = _row(row, aims, must=True, window=(at, at), group=alone)
        groups.add(row.group)
    for code, row in there.free.items():
        never = code in there.stuck or there.too_late(row)  # which files cannot say
        window = (None, None) if never else (there.earliest(row), there.latest(row))
        must = row.mandatory and code in there.chosen
        found[code,] = _row(row, aims, must=must, window=window, group=row.group)
    return found


def _row(
    row: Initiative, aims: Mapping[int, str], *, must: bool, window: tuple[int | None, int | None], group: str
) -> Row:
    unit = row.unit.code if row.unit and row.unit.ended_on is None else None
    return (unit, aims.get(row.source_id), row.kind, must, *window, row.risk, group or None)


def _aims() -> dict[int, str]:
    """The objective each source serves first, by its code."""
    codes = {row.pk: code for code, row in by_code().items()}
    return {link.source_id: codes[link.target_id] for link in reversed(_serving()) if link.target_id in codes}


def _serving() -> list[Link]:
    return list(Link.objects.filter(kind="serves").order_by("since", "pk"))


def _wanted(sector: folder.Sector) -> dict[Key, Row]:
    """What the files say of those they may change, and bring; one without a way cannot be mandatory there."""
    there = spoken()
    now = _told(there)
    ways = {row.initiative_id for row in sector.initiative_modes}
    found = {key: row for key, row in now.items() if not there.theirs(*key)}
    for row in sector.initiatives:
        code = row.initiative_id
        if there.theirs(code) and (code in there.free or code in ways or _says(row)):
            kind = row.class_.value if row.class_ else Initiative.Kind.EXPLOIT.value
            must = row.mandatory and code in ways
            cells = (row.unit_id, row.objective_id, kind, must, row.earliest, row.latest, row.risk, row.group or None)
            found[code,] = cells
    return found


def _says(row: folder.Initiative) -> bool:
    """Whether a row says more than what the initiative is called."""
    return row != folder.Initiative(initiative_id=row.initiative_id, title=row.title)


def _apply(
    *, by: Viewer, added: Mapping[Key, Row], changed: Mapping[Key, Row], removed: Collection[Key], at: datetime
) -> None:
    """Open what is new as an idea; change what is said otherwise. What was brought in lately can be taken back."""
    require(by, Permission.PORTFOLIO_CHANGE)
    there, today = spoken(), timezone.localdate(at)
    sources, old = {row.code: row for row in Source.objects.all()}, _told(there)
    for key, row in {**added, **changed}.items():
        held = there.free.get(*key) or Initiative(
            sector=by.sector, source=sources[key[0]], why=gettext("It was brought in from files."), owner=by.person,
            opened_on=today, stage_since=today,
        )  # fmt: skip
        _set(held, there, dict(zip(COLUMNS, row, strict=True)), dict(zip(COLUMNS, old.get(key, ()), strict=False)))
        held.version += 1
        held.save()
        _serve(by, held, row[COLUMNS.index("objective_id")], old.get(key), today=at)
    _take_back([key[0] for key in removed], since=at - UNDO_FOR)


def _set(held: Initiative, there: Spoken, cells: Mapping[str, Any], old: Mapping[str, Any]) -> None:
    """Say of an initiative what is not said of it yet."""
    new = {name: cell for name, cell in cells.items() if name not in old or old[name] != cell}
    if "unit_id" in new:
        held.unit_id = ids(Unit)[new["unit_id"]] if new["unit_id"] else None
    if "class" in new:
        held.kind = new["class"]
    if "mandatory" in new:
        held.mandatory = new["mandatory"]
    if "earliest" in new:
        held.earliest = there.begins(new["earliest"]) if new["earliest"] else None
    if "latest" in new:
        held.latest = there.ends(new["latest"]) if new["latest"] else None
    held.risk, held.group = new.get("risk", held.risk), new.get("group", held.group) or ""


def _serve(by: Viewer, held: Initiative, code: Any, old: Row | None, *, today: date) -> None:  # noqa: ANN401 - a cell
    """Let it serve the objective named instead of the one it served first."""
    was = old[COLUMNS.index("objective_id")] if old else None
    if code == was:
        return
    aims = by_code()
    if was:
        Link.objects.filter(kind="serves", source_id=held.source_id, target_id=aims[str(was)].pk).delete()
    if code:
        Link.objects.get_or_create(
            sector=by.sector, kind="serves", source_id=held.source_id, target_id=aims[str(code)].pk,
            defaults={"since": today},
        )  # fmt: skip


def _take_back(codes: Collection[str], *, since: datetime) -> None:
    """Take out what files brought in lately, as if it had never been; what is undertaken is closed, and not deleted."""
    rows = Initiative.objects.filter(source__code__in=codes)
    day = timezone.localdate(since)
    if old := next((row for row in rows if row.opened_on < day or row.stage != Initiative.Stage.IDEA), None):
        words = gettext("Your files leave out “%(title)s”, which is undertaken. Put it back, or close it on its page.")
        raise Invalid(words % {"title": old})
    Link.objects.filter(kind="serves", source_id__in=list(rows.values_list("source", flat=True))).delete()
    QuerySet.delete(rows)  # not the model's own, which refuses


INITIATIVES = TableImport(
    name="initiatives: portfolio",
    label=_("What is undertaken"),
    counted=lambda count: ngettext("%(count)s initiative", "%(count)s initiatives", count),
    keys=("initiative_id",),
    columns=COLUMNS,
    current=_now,
    wanted=_wanted,
    apply=_apply,
    longest={"group": 100},
)
