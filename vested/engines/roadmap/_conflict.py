"""The smallest set of mandatory initiatives that cannot all be done, and the limits they clash over."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from vested.engines.roadmap._checks import Infeasible
from vested.engines.roadmap._model import Model, model_of
from vested.engines.roadmap._nouns import Ints, Problem
from vested.engines.roadmap._program import Stop, Watch, program_of, search

_GAP = 0.1  # any set that can be done leaves one to hit; those that leave little out save proposals
_SHOWN = 10  # initiatives named in a message


def conflict(problem: Problem, stop: Stop) -> Infeasible | None:
    """Say why not all that is mandatory can be done; None where it was stopped.

    The smallest set that cannot be is a smallest hitting set of what has to be left out: each set proposed is either
    the conflict, or can be done, and then what is left out beside it is one more set to hit (Ignatiev, Previti,
    Liffiton and Marques-Silva 2015, "Smallest MUS extraction with minimal hitting set dualization").
    """
    mandatory = np.flatnonzero(problem.initiatives.mandatory)
    out: list[Ints] = []
    while True:
        proposed = _hitting(mandatory, out)
        done = _most(problem, proposed, stop)
        if done is None:
            return None if stop() else _told(problem, proposed, stop)
        out.append(np.setdiff1d(mandatory, done))


def _hitting(among: Ints, sets: Sequence[Ints]) -> Ints:
    """A smallest set that has something of each set."""
    if not sets:
        return among[:0]
    rows = np.array([np.isin(among, one) for one in sets], dtype=np.float64)
    size = len(among)
    found = milp(
        np.ones(size),
        constraints=LinearConstraint(rows, lb=1.0),
        integrality=np.ones(size, np.int64),
        bounds=Bounds(0, 1),
    )
    return among[np.asarray(found.x) > 0.5]


def _most(problem: Problem, proposed: Ints, stop: Stop) -> Ints | None:
    """As many mandatory initiatives as can be done with all that are proposed; None where not even those can."""
    mandatory = problem.initiatives.mandatory
    must = np.zeros(len(mandatory), np.bool_)
    must[proposed] = True
    model = model_of(replace(problem, initiatives=replace(problem.initiatives, mandatory=must)))
    counted = replace(model, value=mandatory[model.initiative].astype(np.float64))
    chosen = _searched(counted, _GAP, stop)
    return None if chosen is None else np.unique(model.initiative[chosen[mandatory[model.initiative[chosen]]]])


def _searched(model: Model, gap: float, stop: Stop) -> Ints | None:
    if not len(model.value):
        return None if model.mandatory.any() else np.zeros(0, np.int64)
    program = program_of(model)
    return search(program, np.arange(len(model.value)), np.zeros(0, np.int64), gap=gap, watch=Watch(stop)).chosen


def _told(problem: Problem, initiatives: Ints, stop: Stop) -> Infeasible:
    """Name the limits without which these initiatives could all be done, as few as leave the conflict."""
    must = np.zeros(len(problem.initiatives.mandatory), np.bool_)
    must[initiatives] = True
    problem = replace(problem, initiatives=replace(problem.initiatives, mandatory=must))
    clash = []
    for name in _names(problem):
        without = _without(problem, name)
        if _searched(model_of(without), np.inf, stop) is None:
            problem = without
        else:
            clash.append(name)
    who = ", ".join(map(str, initiatives[:_SHOWN].tolist()))
    what = "cannot start" if len(initiatives) == 1 else "cannot all start"
    why = _listed(clash) if clash else "the quarters they may start in, what they need before, and their groups"
    return Infeasible(f"mandatory: {who} {what}, because of {why}", initiatives, tuple(clash))


def _names(problem: Problem) -> Iterable[str]:
    return ("budget", *(f"pool {r}" for r in range(len(problem.limits.rate))), "risk", "explore")


def _listed(words: Sequence[str]) -> str:
    return " and ".join(words)


def _without(problem: Problem, name: str) -> Problem:
    """The problem with one limit lifted, in all quarters."""
    limits = problem.limits
    if name == "budget":
        limits = replace(limits, budget=np.full_like(limits.budget, np.inf))
    elif name == "risk":
        limits = replace(limits, risk=np.inf)
    elif name == "explore":
        limits = replace(limits, explore_least=0.0, explore_most=1.0)
    else:
        capacity = limits.capacity.copy()
        capacity[int(name.removeprefix("pool "))] = np.inf
        limits = replace(limits, capacity=capacity)
    return replace(problem, limits=limits)
