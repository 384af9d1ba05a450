"""roadmap.csv and roadmap.json: which initiatives start, in which mode, when, and why the others do not."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vested.plans.files._cells import MONEY, PRICE, Cell, proven, rounded, sentence, write_table
from vested.plans.outcome import Outcome
from vested.plans.roadmap import Roadmap, repairs_told, skills_of, why_of

Json = dict[str, Any]
"""A JSON object; ``roadmap.schema.json`` says what is in it."""

COLUMNS = (
    "initiative_id",
    "title",
    "class",
    "mandatory",
    "decision",
    "mode",
    "start",
    "end",
    "value",
    "cost",
    "risk",
    "skills",
    "reason",
    "way_mode",
    "way_start",
    "way_price",
)


def roadmap_document(outcome: Outcome, road: Roadmap, *, version: str, language: str) -> Json:
    """Give roadmap.json's content; reasons are in Django's active language, which ``language`` names."""
    sector, plan, limits = road.sector, road.plan, road.problem.limits
    return {
        "version": version,
        "sector": [unit.name for unit in sector.units if unit.parent_id is None],
        "language": language,
        "currency": sector.settings.currency,
        "quarters": road.index.quarters,
        "seed": outcome.sector.settings.seed,
        "certificate": {
            "value": rounded(plan.value),
            "bound": rounded(plan.bound),
            "gap": rounded(plan.gap),
            "priced": rounded(plan.priced),
            "without_skills": {"value": rounded(road.free.value), "bound": rounded(road.free.bound)},
        },
        "initiatives": [_initiative(road, p) for p in range(len(road.index.initiatives))],
        "budgets": [
            {
                "quarter": q + 1,
                "amount": _limit(limits.budget[q]),
                "used": rounded(plan.budget_used[q], MONEY),
                "price": rounded(plan.prices.budget[q], PRICE),
            }
            for q in range(road.index.quarters)
        ],
        "pools": [
            {
                "pool_id": pool_id,
                "quarter": q + 1,
                "capacity": rounded(limits.capacity[r, q]),
                "used": rounded(plan.pool_used[r, q]),
                "price": rounded(plan.prices.pool[r, q], PRICE),
            }
            for r, pool_id in enumerate(road.index.pools)
            for q in range(road.index.quarters)
        ],
        "risk": {
            "cap": sector.settings.risk_cap,
            "used": rounded(plan.risk),
            "price": rounded(plan.prices.risk, PRICE),
        },
        "explore": {
            "least": sector.settings.explore_least,
            "most": sector.settings.explore_most,
            "share": rounded(plan.explore),
        },
        "repair": {
            "tried": road.tried,
            "held_back": [
                {
                    "initiative_id": _id(road, repair.late.initiative),
                    "was": repair.was + 1,
                    "now": None if repair.now is None else repair.now + 1,
                    "missing": repair.late.missing,
                }
                for repair in road.repairs
            ],
            "late": [{"initiative_id": _id(road, late.initiative), "missing": late.missing} for late in road.late],
            "told": list(repairs_told(sector, road)),
        },
    }


def write_roadmap(road: Roadmap, path: Path) -> None:
    """Write a row for each initiative that has modes, in the order of the files."""
    write_table(path, COLUMNS, _rows(road))


def _rows(road: Roadmap) -> Iterator[tuple[Cell, ...]]:
    for p in range(len(road.index.initiatives)):
        one = _initiative(road, p)
        one |= {"mandatory": "yes" if one["mandatory"] else "no", "reason": sentence(one["reason"])}
        one |= {"title": sentence(one["title"]), **{f"way_{key}": None for key in ("mode", "start", "price")}}
        if one["way"]:
            one |= {f"way_{key}": one["way"][key] for key in ("mode", "start", "price")}
        yield tuple(one[column] for column in COLUMNS)


def _initiative(road: Roadmap, p: int) -> Json:
    row, modes = road.sector.initiatives[road.index.initiatives[p]], road.problem.modes
    start, mode, why = road.starts.get(p), road.modes.get(p), road.explanation
    one: Json = {
        "initiative_id": row.initiative_id,
        "title": row.title,
        "class": "explore" if road.problem.initiatives.explore[p] else "exploit",
        "mandatory": row.mandatory,
        "decision": "out",
        "mode": None,
        "start": None,
        "end": None,
        "value": None,
        "cost": None,
        "risk": row.risk,
        "skills": None,
        "reason": why_of(road.sector, road, p),
        "way": None,
        "lost_at_least": None,
    }
    if start is not None and mode is not None:
        length = int(modes.quarters[mode])
        worth = modes.benefit[mode] * road.problem.limits.discount ** (start + length)
        return one | {
            "decision": "starts",
            "mode": road.sector.initiative_modes[mode].mode.value,
            "start": start + 1,
            "end": start + length,
            "value": rounded(worth),
            "cost": rounded(modes.cost[modes.cost_mode == mode].sum(), MONEY),
            "skills": skills_of(road, p),
        }
    x = int(np.flatnonzero(why.out == p)[0])
    if why.way_mode[x] >= 0 and p not in road.dropped:
        one["way"] = {
            "mode": road.sector.initiative_modes[int(why.way_mode[x])].mode.value,
            "start": int(why.way_start[x]) + 1,
            "price": rounded(why.way_price[x], MONEY),
            "changes": _changes(road, why.more_of == x),
        }
    one["lost_at_least"] = proven(float(why.lost[x]))
    return one


def _changes(road: Roadmap, rows: NDArray[np.bool_]) -> list[Json]:
    why = road.explanation
    return [
        {
            "pool_id": road.index.pools[int(why.more_pool[y])] if why.more_pool[y] >= 0 else None,
            "quarter": int(why.more_quarter[y]) + 1,
            "more": rounded(why.more[y]),
        }
        for y in np.flatnonzero(rows).tolist()
    ]


def _id(road: Roadmap, initiative: int) -> str:
    return road.sector.initiatives[road.index.initiatives[initiative]].initiative_id


def _limit(amount: float) -> float | None:
    return rounded(amount, MONEY) if np.isfinite(amount) else None
