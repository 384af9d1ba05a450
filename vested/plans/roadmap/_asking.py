"""What a roadmap asks of the training plan, and whose skills are not there in time."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from vested.engines import roadmap, training
from vested.formats.sector_folder import Sector
from vested.plans.roadmap._nouns import Asked, Late, Roadmap
from vested.plans.roadmap._problem import NONE, Index


def asked_of(sector: Sector, index: Index, plan: roadmap.Plan) -> tuple[Asked, ...]:
    """Say which needs count, and when they are due: those of what starts, from its start; of what is out, none.

    An initiative without modes is not of the roadmap, and its needs are due as they stand.
    """
    place = {sector.initiatives[n].initiative_id: p for p, n in enumerate(index.initiatives)}
    start = dict(zip(plan.initiative.tolist(), plan.start.tolist(), strict=True))
    found = []
    for row, need in enumerate(sector.initiative_skills):
        p = place.get(need.initiative_id, NONE)
        if p == NONE:
            found.append(Asked(row, NONE, need.by_period))
        elif p in start:
            found.append(Asked(row, p, _due(sector, start[p], need.by_period)))
    return tuple(found)


def dated(sector: Sector, asked: Sequence[Asked]) -> Sector:
    """The sector with these needs alone; what is due after the last period is asked for by the last."""
    last = sector.settings.periods
    rows = sector.initiative_skills
    return replace(
        sector, initiative_skills=tuple(replace(rows[one.row], by_period=min(one.due, last)) for one in asked)
    )


def lateness(
    sector: Sector, index: Index, asked: Sequence[Asked], problem: training.Problem, plan: training.Plan
) -> tuple[Late, ...]:
    """Say which initiatives of the roadmap lack people when they need them, and from which quarter on they would not.

    ``problem`` and ``plan`` are the training plan's, whose needs are ``asked``. Nothing is late that is due after the
    last period: another plan can train for it.
    """
    last, worst, ready = sector.settings.periods, dict[int, Late](), dict[int, int]()
    for k, one in enumerate(asked):
        missing = int(problem.needs.people[k] - plan.holders_after[k])
        if one.initiative == NONE or one.due > last or missing <= 0:
            continue
        later = (t for t in range(one.due + 1, last + 1) if _holders(problem, plan, k, t) >= problem.needs.people[k])
        there = next(later, last + 1)
        by_period, p = sector.initiative_skills[one.row].by_period, one.initiative
        quarters = (q for q in range(index.quarters) if _due(sector, q, by_period) >= there)
        quarter = next(quarters, index.quarters)
        ready[p] = max(ready.get(p, 0), quarter)
        if p not in worst or missing > worst[p].missing:
            worst[p] = Late(p, one.row, missing, 0)
    return tuple(replace(worst[p], ready=ready[p]) for p in sorted(worst))


def held_back(problem: roadmap.Problem, late: Sequence[Late]) -> roadmap.Problem:
    """The portfolio with the starts forbidden that come too early for skills.

    What is mandatory and would fit no more stays as it was: it starts, and its skills are said to be late.
    """
    starts, modes = problem.initiatives, problem.modes
    earliest, horizon = starts.earliest.copy(), len(problem.limits.budget)
    for one in late:
        p = one.initiative
        shortest = int(modes.quarters[modes.initiative == p].min())
        if starts.mandatory[p] and one.ready > min(int(starts.latest[p]), horizon - shortest):
            continue
        earliest[p] = max(int(earliest[p]), one.ready)
    return replace(problem, initiatives=replace(starts, earliest=earliest))


def skills_of(road: Roadmap, initiative: int) -> str:
    """Say how an initiative that starts stands: skills are there, late, needed after the last period, or none is.

    These are ``there``, ``late``, ``later`` and ``none``.
    """
    due = [one.due for one in road.asked if one.initiative == initiative]
    if any(late.initiative == initiative for late in road.late):
        return "late"
    if not due:
        return "none"
    return "there" if max(due) <= road.sector.settings.periods else "later"


def _due(sector: Sector, start: int, by_period: int) -> int:
    """The period by whose end something is needed that counts from the quarter of a start."""
    return math.floor(start * sector.settings.periods_per_quarter + 1e-9) + by_period


def _holders(problem: training.Problem, plan: training.Plan, need: int, period: int) -> int:
    """How many people hold a need's level by the end of a period."""
    people, catalogue, needs = problem.people, problem.catalogue, problem.needs
    skill = needs.skill[need]
    raised = np.zeros(len(catalogue.hours))
    teaches = catalogue.outcome_skill == skill
    raised[catalogue.outcome_course[teaches]] = catalogue.outcome_to[teaches]
    held = people.levels[:, skill].copy()
    soon = catalogue.session_period[plan.session] <= period
    np.maximum.at(held, plan.person[soon], raised[catalogue.session_course[plan.session[soon]]])
    able = held >= needs.level[need]
    return int((able & _within(problem, int(needs.unit[need]))).sum())


def _within(problem: training.Problem, unit: int) -> "np.ndarray":
    """Who works in a unit or below it (-1: everybody)."""
    parent = problem.limits.unit_parent.tolist()
    inside = np.zeros(len(parent), np.bool_)
    for one in range(len(parent)):
        at = one
        while at not in {unit, NONE}:
            at = parent[at]
        inside[one] = at == unit
    return inside[problem.people.unit]
