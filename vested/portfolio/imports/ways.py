"""The ways to carry initiatives out: how long each takes, what it costs, whom it takes, what has to be there first."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from vested.core.errors import Invalid
from vested.core.imports.kept import gone, ids
from vested.core.imports.tables import Key, Row, TableImport
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.formats import sector_folder as folder
from vested.portfolio.models import Block, BlockUse, Cost, Crew, Dependence, Initiative, Mode, Pool
from vested.portfolio.queries.spoken import KINDS, WAYS, Spoken, finished, spoken

Tables = dict[Key, Row]


def _quarters(there: Spoken, mode: Mode) -> int:
    """How many quarters of a mode files speak of: what is left of one in delivery, as far as the horizon goes."""
    left = mode.quarters - there.over.get(mode.initiative.code, 0)
    return min(max(left, 1), there.horizon) if mode.initiative.code in there.fixed else mode.quarters


def _modes(there: Spoken) -> dict[int, Mode]:
    """The ways files speak of: those of what can start, and the chosen one of what is in delivery."""
    rows = Mode.objects.select_related("initiative__source").order_by("pk")
    return {
        row.pk: row
        for row in rows
        if row.initiative.code in there.chosen
        or (row.initiative.code in there.fixed and row.pk == row.initiative.mode_id)
    }


def _key(mode: Mode) -> Key:
    return mode.initiative.code, WAYS[Mode.Kind(mode.kind)].value


def _modes_now(there: Spoken) -> Tables:
    return {_key(mode): (_quarters(there, mode), float(mode.benefit)) for mode in _modes(there).values()}


def _modes_wanted(sector: folder.Sector) -> Tables:
    return {(row.initiative_id, row.mode.value): (row.quarters, row.benefit) for row in sector.initiative_modes}


def _costs_now(there: Spoken) -> Tables:
    modes = _modes(there)
    rows = Cost.objects.filter(mode__in=modes).order_by("mode", "quarter")
    found = ((modes[row.mode_id], row.quarter, (), float(row.cost)) for row in rows)
    return dict(_coming(there, found))


def _crews_now(there: Spoken) -> Tables:
    modes = _modes(there)
    rows = Crew.objects.filter(mode__in=modes).select_related("pool").order_by("mode", "quarter", "pool__code")
    return dict(_coming(there, ((modes[row.mode_id], row.quarter, (row.pool.code,), row.people) for row in rows)))


def _coming(there: Spoken, rows: Iterable[tuple[Mode, int, tuple[str, ...], float]]) -> Iterable[tuple[Key, Row]]:
    """What of each way is still to come, by quarters from where it starts for the files."""
    for mode, quarter, more, value in rows:
        number = quarter - (there.over.get(mode.initiative.code, 0) if mode.initiative.code in there.fixed else 0)
        if 0 < number <= _quarters(there, mode):
            yield (*_key(mode), str(number), *more), (value,)


def _costs_wanted(sector: folder.Sector) -> Tables:
    return {
        (row.initiative_id, row.mode.value, str(row.quarter)): (round(row.cost, 2),) for row in sector.initiative_costs
    }


def _crews_wanted(sector: folder.Sector) -> Tables:
    return {
        (row.initiative_id, row.mode.value, str(row.quarter), row.pool_id): (row.people,)
        for row in sector.initiative_people
    }


def _links_now(there: Spoken) -> Tables:
    """What each that can start waits for and is not finished, and the blocks its ways build on."""
    known = {row.pk: row for row in Initiative.objects.select_related("source")}
    waits = Dependence.objects.order_by("pk").values_list("initiative", "needs")
    found: Tables = {
        (known[one].code, known[needs].code, ""): ()
        for one, needs in waits
        if known[one].code in there.chosen and not finished(known[needs])
    }
    uses = BlockUse.objects.filter(block__wall=None, block__ended_on=None).select_related("block").order_by("pk")
    modes = {pk: mode for pk, mode in _modes(there).items() if mode.initiative.code in there.chosen}
    rows = ((modes[row.mode_id], row.block.code) for row in uses if row.mode_id in modes)
    return {**found, **{(_key(mode)[0], code, _key(mode)[1]): () for mode, code in rows}}


def _links_wanted(sector: folder.Sector) -> Tables:
    """The links of the files; a block that none of the modes is named for is needed by each."""
    blocks = {row.block_id for row in sector.blocks}
    ways: dict[str, list[str]] = {}
    for mode in sector.initiative_modes:
        ways.setdefault(mode.initiative_id, []).append(mode.mode.value)
    found: Tables = {}
    for row in sector.initiative_links:
        if row.needs not in blocks:
            found[row.initiative_id, row.needs, ""] = ()
        else:
            named = [row.mode.value] if row.mode else ways.get(row.initiative_id, [])
            found |= {(row.initiative_id, row.needs, way): () for way in named}
    return found


def _asked(
    now: Callable[[Spoken], Tables], wanted: Callable[[folder.Sector], Tables]
) -> Callable[[folder.Sector], Tables]:
    """What files ask for of rows that begin with an initiative: what is in delivery, or cannot start, stays."""

    def asked(sector: folder.Sector) -> Tables:
        there = spoken()
        stays = {key: row for key, row in now(there).items() if not there.theirs(key[0])}
        return {**stays, **{key: row for key, row in wanted(sector).items() if there.theirs(key[0])}}

    return asked


def _apply_modes(
    *,
    by: Viewer,
    added: Mapping[Key, Row],
    changed: Mapping[Key, Row],
    removed: Collection[Key],
    at: datetime,  # noqa: ARG001 - the shape
) -> None:
    require(by, Permission.PORTFOLIO_CHANGE)
    initiatives = ids(Initiative, "source__code")
    for (code, way), (quarters, benefit) in {**added, **changed}.items():
        Mode.objects.update_or_create(
            sector=by.sector, initiative_id=initiatives[code], kind=KINDS[way],
            defaults={"quarters": quarters, "benefit": benefit},
        )  # fmt: skip
    gone(Mode.objects.all(), [(code, KINDS[way]) for code, way in removed], "initiative__source__code", "kind")


def _apply_costs(
    *,
    by: Viewer,
    added: Mapping[Key, Row],
    changed: Mapping[Key, Row],
    removed: Collection[Key],
    at: datetime,  # noqa: ARG001 - the shape
) -> None:
    require(by, Permission.PORTFOLIO_CHANGE)
    modes = _mode_ids()
    _drop(Cost, [*changed, *removed], modes)
    Cost.objects.bulk_create(
        Cost(sector=by.sector, mode_id=_of(modes, key), quarter=int(key[2]), cost=Decimal(str(cost)))
        for key, (cost,) in {**added, **changed}.items()
    )


def _apply_crews(
    *,
    by: Viewer,
    added: Mapping[Key, Row],
    changed: Mapping[Key, Row],
    removed: Collection[Key],
    at: datetime,  # noqa: ARG001 - the shape
) -> None:
    require(by, Permission.PORTFOLIO_CHANGE)
    modes, pools = _mode_ids(), ids(Pool)
    _drop(Crew, [*changed, *removed], modes, pools)
    Crew.objects.bulk_create(
        Crew(
            sector=by.sector,
            mode_id=_of(modes, key),
            quarter=int(key[2]),
            pool_id=pools[key[3]],
            people=float(people or 0),
        )
        for key, (people,) in {**added, **changed}.items()
    )


def _apply_links(
    *,
    by: Viewer,
    added: Mapping[Key, Row],
    changed: Mapping[Key, Row],  # noqa: ARG001 - the shape
    removed: Collection[Key],
    at: datetime,  # noqa: ARG001 - the shape
) -> None:
    require(by, Permission.PORTFOLIO_CHANGE)
    initiatives, modes = ids(Initiative, "source__code"), _mode_ids()
    blocks = dict(Block.objects.filter(wall=None).values_list("code", "pk"))
    waits = [(initiatives[one], initiatives[needs]) for one, needs, way in added if not way]
    uses = [(_of(modes, (one, way)), blocks[needs]) for one, needs, way in added if way]
    Dependence.objects.bulk_create(
        (Dependence(sector=by.sector, initiative_id=one, needs_id=needs) for one, needs in waits), ignore_conflicts=True
    )
    BlockUse.objects.bulk_create(
        (BlockUse(sector=by.sector, mode_id=mode, block_id=block) for mode, block in uses), ignore_conflicts=True
    )
    gone(
        Dependence.objects.all(),
        [(one, needs) for one, needs, way in removed if not way],
        "initiative__source__code", "needs__source__code",
    )  # fmt: skip
    gone(
        BlockUse.objects.filter(block__wall=None),
        [(one, KINDS[way], needs) for one, needs, way in removed if way],
        "mode__initiative__source__code", "mode__kind", "block__code",
    )  # fmt: skip


def _mode_ids() -> dict[Key, int]:
    rows = Mode.objects.values_list("initiative__source__code", "kind", "pk")
    return {(code, WAYS[Mode.Kind(kind)].value): pk for code, kind, pk in rows}


def _of(modes: Mapping[Key, int], key: Key) -> int:
    """The mode a row is of; Invalid where nobody has stated it."""
    if key[:2] not in modes:
        words = gettext("initiative_modes has no mode %(mode)s of “%(code)s”. Correct it, or bring that table too.")
        raise Invalid(words % {"mode": key[1], "code": key[0]})
    return modes[key[0], key[1]]


def _drop(
    model: type[Cost] | type[Crew],
    keys: Collection[Key],
    modes: Mapping[Key, int],
    pools: Mapping[str, int] | None = None,
) -> None:
    """Delete the rows of these keys."""
    asked = {(modes.get((key[0], key[1])), int(key[2]), *(pools[code] for code in key[3:] if pools)) for key in keys}
    fields = ("mode", "quarter", "pool") if pools is not None else ("mode", "quarter")
    rows = model._default_manager.values_list("pk", *fields)
    model._default_manager.filter(pk__in=[pk for pk, *row in rows if tuple(row) in asked]).delete()


KEYS = ("initiative_id", "mode")
WAYS_KEPT = (
    TableImport(
        name="initiative_modes",
        label=_("Ways to carry initiatives out"),
        counted=lambda count: ngettext("%(count)s way", "%(count)s ways", count),
        keys=KEYS,
        columns=("quarters", "benefit"),
        current=lambda: _modes_now(spoken()),
        wanted=_asked(_modes_now, _modes_wanted),
        apply=_apply_modes,
    ),
    TableImport(
        name="initiative_costs",
        label=_("What ways cost"),
        counted=lambda count: ngettext("%(count)s cost", "%(count)s costs", count),
        keys=(*KEYS, "quarter"),
        columns=("cost",),
        current=lambda: _costs_now(spoken()),
        wanted=_asked(_costs_now, _costs_wanted),
        apply=_apply_costs,
    ),
    TableImport(
        name="initiative_people",
        label=_("Whom ways take"),
        counted=lambda count: ngettext("%(count)s row", "%(count)s rows", count),
        keys=(*KEYS, "quarter", "pool_id"),
        columns=("people",),
        current=lambda: _crews_now(spoken()),
        wanted=_asked(_crews_now, _crews_wanted),
        apply=_apply_crews,
    ),
    TableImport(
        name="initiative_links",
        label=_("What has to be there first"),
        counted=lambda count: ngettext("%(count)s link", "%(count)s links", count),
        keys=("initiative_id", "needs", "mode"),
        columns=(),
        current=lambda: _links_now(spoken()),
        wanted=_asked(_links_now, _links_wanted),
        apply=_apply_links,
    ),
)
