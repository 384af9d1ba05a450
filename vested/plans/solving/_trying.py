"""What if: the roadmap alone, solved again from the one there is with something changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from vested.engines import roadmap
from vested.plans.roadmap import Roadmap
from vested.plans.solving._search import Moment, Search


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What is changed: initiatives (codes) left out, made to start or moved, money and pools times a factor.

    ``move`` says in which quarter, from 0 on, one starts; ``risk_cap`` takes the place of the one there is, if any.
    """

    drop: tuple[str, ...] = ()
    force: tuple[str, ...] = ()
    move: Mapping[str, int] = field(default_factory=dict)
    money: float = 1.0
    pools: Mapping[str, float] = field(default_factory=dict)
    risk_cap: float | None = None


def tried(
    road: Roadmap, trial: Trial, *, seconds: float, seed: int, watch: Callable[[Moment], bool] = lambda _moment: False
) -> roadmap.Plan:
    """Search from the roadmap there is; what is in delivery keeps its money and people. Raises NoRoadmap."""
    problem = changed(road, trial)
    search = Search(gap=0.0, seed=seed, watch=watch)
    return search.roadmap(road.sector, road.index, problem, step="roadmap", seconds=seconds, near=road.plan)


def changed(road: Roadmap, trial: Trial) -> roadmap.Problem:
    """The portfolio with what is tried."""
    problem = road.problem
    starts, limits = problem.initiatives, problem.limits
    codes = [road.sector.initiatives[n].initiative_id for n in road.index.initiatives]
    fixed = starts.mandatory & (starts.earliest == starts.latest)
    dropped = np.isin(codes, trial.drop) & ~fixed
    moved = np.isin(codes, list(trial.move)) & ~fixed
    at = np.array([trial.move.get(code, 0) for code in codes])
    money, people = _used(road, fixed)
    factors = np.array([trial.pools.get(pool, 1.0) for pool in road.index.pools]).reshape(-1, 1)
    return replace(
        problem,
        initiatives=replace(
            starts,
            mandatory=(starts.mandatory | np.isin(codes, trial.force) | moved) & ~dropped,
            earliest=np.where(moved, at, starts.earliest),
            latest=np.where(dropped, -1, np.where(moved, at, starts.latest)),
        ),
        limits=replace(
            limits,
            budget=np.maximum(limits.budget * trial.money, money),
            capacity=np.maximum(limits.capacity * factors, people),
            risk=limits.risk if trial.risk_cap is None else trial.risk_cap,
        ),
    )


def _used(road: Roadmap, fixed: "np.ndarray") -> "tuple[np.ndarray, np.ndarray]":
    """Money by quarter and people by pool and quarter of those that are fixed."""
    modes, limits = road.problem.modes, road.problem.limits
    money, people = np.zeros(len(limits.budget)), np.zeros(limits.capacity.shape)
    start = np.where(fixed, road.problem.initiatives.earliest, -1)[modes.initiative]
    mine = start[modes.cost_mode] >= 0
    np.add.at(money, (start[modes.cost_mode] + modes.cost_quarter)[mine], modes.cost[mine])
    mine = start[modes.people_mode] >= 0
    quarter = (start[modes.people_mode] + modes.people_quarter)[mine]
    np.add.at(people, (modes.people_pool[mine], quarter), modes.people[mine])
    return money, people
