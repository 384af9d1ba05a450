"""The portfolio as its rows are now, as the tables a roadmap is computed from.

Initiatives up to approval may start; those in delivery are fixed: they start where they are, with what is left of them,
and use money, people and order like any other. Quarter 1 is the first that begins on the day or after it.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from vested.core.viewer import Viewer
from vested.formats import sector_folder as folder
from vested.plans.asked import Asked
from vested.plans.queries.offered import limits_of, pace_from, settings_of
from vested.portfolio.models import Block, BlockUse, Cost, Crew, Dependence, Initiative, Mode
from vested.portfolio.queries.quarters import quarter_of
from vested.portfolio.queries.spoken import MAY_START, WAYS, between, finished, horizon_from
from vested.portfolio.queries.supply import coming_quarter

Stage = Initiative.Stage
NEVER = 0  # a last quarter before the first: it cannot start


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaken:
    """The tables of a roadmap, none where there is nothing to choose or nothing to choose within.

    ``settings`` replace those of the sector; ``rows`` say what the table of initiatives tells of those of the roadmap,
    by code; ``shifts`` by how many periods the needs of each are due later than its own counting says.
    """

    first: date
    settings: dict[str, Any]
    rows: dict[str, folder.Initiative]
    shifts: dict[str, int]
    tables: dict[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """What the roadmap is chosen among: initiatives in delivery, and those that may start, by their ids.

    ``offsets`` say how many quarters after the first those in delivery have started: fewer than none.
    """

    alive: Mapping[int, Initiative]
    fixed: Mapping[int, Initiative]
    free: Mapping[int, Initiative]
    offsets: Mapping[int, int]

    @property
    def there(self) -> dict[int, Initiative]:
        """All of them."""
        return {**self.fixed, **self.free}

    def over(self, pk: int) -> int:
        """How many quarters of one in delivery are over when the roadmap begins."""
        return max(0, -self.offsets.get(pk, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """A mode of the roadmap: whose, what it is called there, and how many quarters of it are over and to come."""

    mode: Mode
    code: str
    way: folder.Way
    over: int
    quarters: int

    def comes(self, quarter: int) -> bool:
        """Whether one of its quarters is still to come."""
        return 0 < quarter - self.over <= self.quarters


def undertaken(viewer: Viewer, asked: Asked, *, on: date) -> Undertaken | None:
    """Read the portfolio as a scenario asks for it; None where no roadmap can be computed."""
    first = coming_quarter(on)
    horizon = horizon_from(first)
    modes: dict[int, list[Mode]] = {}
    for mode in Mode.objects.all().visible_to(viewer).order_by("pk"):
        modes.setdefault(mode.initiative_id, []).append(mode)
    choice = _choice(viewer, asked, first, having=modes)
    if not horizon or not choice.free:
        return None
    never, needs = _waits(viewer, choice)
    told = _rows(choice, asked, first, horizon, never=never)
    ways = _ways(choice, modes, horizon)
    pace = pace_from(first)
    return Undertaken(
        first=first,
        settings={**settings_of(viewer, pace), "risk_cap": asked.risk_cap},
        rows=told,
        shifts={row.code: pace.passed - pace.periods(choice.over(pk)) for pk, row in choice.there.items()},
        tables={
            **_modes(viewer, asked, ways),
            **_links(viewer, choice, ways, needs, told),
            **limits_of(viewer, asked, first, horizon),
        },
    )


def _choice(viewer: Viewer, asked: Asked, first: date, *, having: Container[int]) -> _Choice:
    rows = Initiative.objects.all().visible_to(viewer).select_related("source", "mode").order_by("source")
    alive = {row.pk: row for row in rows}
    fixed = {pk: row for pk, row in alive.items() if row.stage == Stage.DELIVERY and row.mode and row.starts_on}
    return _Choice(
        alive=alive,
        fixed=fixed,
        free={
            pk: row
            for pk, row in alive.items()
            if row.stage in MAY_START and pk in having and asked.initiatives.get(row.code, 1.0) > 0
        },
        offsets={pk: between(first, quarter_of(row.starts_on)) for pk, row in fixed.items() if row.starts_on},
    )


def _rows(
    choice: _Choice, asked: Asked, first: date, horizon: int, *, never: Container[int]
) -> dict[str, folder.Initiative]:
    """What the table of initiatives says of each; of a group in delivery the first alone counts as of it."""
    groups: set[str] = set()
    told: dict[str, folder.Initiative] = {}
    for pk, row in choice.fixed.items():
        at = min(max(choice.offsets[pk], 0), horizon - 1) + 1
        made = _row(row, earliest=at, latest=at, mandatory=True)
        told[row.code] = replace(made, group="" if made.group in groups else made.group)
        groups.add(row.group)
    for pk, row in choice.free.items():
        earliest, latest = _window(row, asked, first)
        must = row.mandatory or row.code in asked.force
        told[row.code] = _row(row, earliest=earliest, latest=NEVER if pk in never else latest, mandatory=must)
    return told


def _ways(choice: _Choice, modes: Mapping[int, Sequence[Mode]], horizon: int) -> dict[int, _Way]:
    """The ways to do each, by the mode's id: of those in delivery the one chosen, with what is left of it."""
    ways = {
        mode.pk: _Way(mode=mode, code=row.code, way=WAYS[Mode.Kind(mode.kind)], over=0, quarters=mode.quarters)
        for pk, row in choice.free.items()
        for mode in modes[pk]
    }
    for pk, row in choice.fixed.items():
        if mode := row.mode:
            over = choice.over(pk)
            left = min(max(mode.quarters - over, 1), horizon)
            ways[mode.pk] = _Way(mode=mode, code=row.code, way=WAYS[Mode.Kind(mode.kind)], over=over, quarters=left)
    return ways


def _modes(viewer: Viewer, asked: Asked, ways: Mapping[int, _Way]) -> dict[str, tuple[Any, ...]]:
    """The ways themselves, what they cost and whom they take."""
    costs = Cost.objects.all().visible_to(viewer).filter(mode__in=ways).order_by("pk")
    crews = Crew.objects.all().visible_to(viewer).filter(mode__in=ways).order_by("pk").select_related("pool")
    return {
        "initiative_modes": tuple(
            folder.InitiativeMode(
                initiative_id=one.code,
                mode=one.way,
                quarters=one.quarters,
                benefit=one.mode.benefit * asked.initiatives.get(one.code, 1.0),
            )
            for one in ways.values()
        ),
        "initiative_costs": tuple(
            folder.InitiativeCost(
                initiative_id=one.code, mode=one.way, quarter=row.quarter - one.over, cost=float(row.cost)
            )
            for row in costs
            if (one := ways[row.mode_id]).comes(row.quarter)
        ),
        "initiative_people": tuple(
            folder.InitiativePeople(
                initiative_id=one.code,
                mode=one.way,
                quarter=row.quarter - one.over,
                pool_id=row.pool.code,
                people=row.people,
            )
            for row in crews
            if (one := ways[row.mode_id]).comes(row.quarter)
        ),
    }


def _row(row: Initiative, *, earliest: int, latest: int | None, mandatory: bool) -> folder.Initiative:
    return folder.Initiative(
        initiative_id=row.code,
        title=row.source.title,
        class_=folder.Class(row.kind),
        mandatory=mandatory,
        earliest=earliest,
        latest=latest,
        risk=row.risk,
        group=row.group,
    )


def _window(row: Initiative, asked: Asked, first: date) -> tuple[int, int | None]:
    """The quarters it may start in; those a scenario names take the place of its own."""
    earliest = date.fromisoformat(asked.earliest[row.code]) if row.code in asked.earliest else row.earliest
    latest = date.fromisoformat(asked.latest[row.code]) if row.code in asked.latest else row.latest
    begins = max(1, between(first, coming_quarter(earliest)) + 1) if earliest else 1
    return begins, max(NEVER, between(first, quarter_of(latest)) + 1) if latest else None


def _waits(viewer: Viewer, choice: _Choice) -> tuple[set[int], list[tuple[str, str]]]:
    """Who can never start, since what it waits for is not to come; and who waits for whom of the roadmap, by code."""
    pairs = [
        (one, needs)
        for one, needs in Dependence.objects.all().visible_to(viewer).values_list("initiative", "needs")
        if one in choice.free and not finished(choice.alive[needs])
    ]
    there = choice.there
    never = {one for one, needs in pairs if needs not in there}
    return never, [(there[one].code, there[needs].code) for one, needs in pairs if needs in there]


def _links(
    viewer: Viewer,
    choice: _Choice,
    ways: Mapping[int, _Way],
    needs: Sequence[tuple[str, str]],
    told: Container[str],
) -> dict[str, tuple[Any, ...]]:
    """What waits for what, the building blocks, and which way builds on which."""
    names: dict[int, str] = {}
    blocks = []
    for row in Block.objects.all().visible_to(viewer).filter(wall=None).order_by("pk"):
        names[row.pk] = f"{row.code} (block)" if row.code in told else row.code
        supplier = None if row.ended_on else choice.alive.get(row.supplied_by_id or 0)  # nobody supplies it again
        built = (supplier.code,) if supplier and supplier.code in told else ()
        there = row.exists or (supplier is not None and finished(supplier))
        blocks.append(folder.Block(block_id=names[row.pk], name=row.name, exists=there, built_by=built))
    of = [pk for pk, one in ways.items() if one.mode.initiative_id in choice.free]
    uses = BlockUse.objects.all().visible_to(viewer).filter(mode__in=of).order_by("pk").values_list("mode", "block")
    return {
        "initiative_links": (
            *(folder.InitiativeLink(initiative_id=one, needs=other) for one, other in needs),
            *(
                folder.InitiativeLink(initiative_id=ways[mode].code, needs=names[block], mode=ways[mode].way)
                for mode, block in uses
            ),
        ),
        "blocks": tuple(blocks),
    }
