"""Problems small enough to be worked out on paper."""

from collections.abc import Sequence

import numpy as np

from tests.engines.training.strategies import pairs
from vested.engines.training import Catalogue, Limits, Needs, People, Problem, Roles
from vested.engines.training._nouns import Floats, Ints

Rows = Sequence[Sequence[float]]


def _ints(values: Sequence[float]) -> Ints:
    return np.array(values, dtype=np.int64)


def _columns(rows: Rows, width: int) -> Floats:
    return np.array(rows, dtype=np.float64).reshape(-1, width).T


def problem_of(
    *,
    levels: Rows,
    required: Rows,
    courses: Rows,
    sessions: Rows,
    outcomes: Rows = (),
    weight: Rows | None = None,
    hours: Sequence[float] | None = None,
    role: Sequence[int] | None = None,
    unit: Sequence[int] | None = None,
    grade: Sequence[int] | None = None,
    speaks: Sequence[Sequence[bool]] | None = None,
    language: Sequence[int] | None = None,
    prerequisite: Sequence[int] | None = None,
    compulsory: Sequence[Sequence[bool]] | None = None,
    completed: Sequence[tuple[int, int]] = (),
    wishes: Rows = (),
    accepted: Sequence[tuple[int, int]] = (),
    declined: Sequence[tuple[int, int]] = (),
    needs: Rows = (),
    parent: Sequence[int] = (-1,),
    budgets: Rows = (),
    fair_unit: Sequence[int] = (),
    fairness: float = 0.0,
    cost_weight: float = 0.0,
) -> Problem:
    """Write down a problem; what is left out binds nobody.

    Rows are: ``levels`` a person, ``required`` and ``weight`` and ``compulsory`` a role, ``courses`` hours and cost,
    ``outcomes`` course, skill, from, to; ``sessions`` course, period, seats; ``wishes`` person, course, weight;
    ``needs`` unit, skill, level, people, by_period, weight; ``budgets`` unit, amount.
    """
    n, c = len(levels), len(courses)
    course_hours, cost = _columns(courses, 2)
    of_course, of_skill, low, high = _columns(outcomes, 4)
    of_session, period, seats = _columns(sessions, 3)
    who, what, worth = _columns(wishes, 3)
    need_unit, need_skill, need_level, need_people, by_period, need_weight = _columns(needs, 6)
    budget_unit, budget = _columns(budgets, 2)
    asked = np.array(required, dtype=np.float64)
    return Problem(
        people=People(
            levels=np.array(levels, dtype=np.float64),
            hours=np.full(n, 100.0) if hours is None else np.array(hours, dtype=np.float64),
            role=_ints(role or [0] * n),
            unit=_ints(unit or [0] * n),
            grade=_ints(grade or [-1] * n),
            speaks=np.ones((n, 1), dtype=np.bool_) if speaks is None else np.array(speaks, dtype=np.bool_),
            completed=pairs(list(completed)),
            wishes=np.stack([who, what], axis=1).astype(np.int64),
            wish_weight=worth,
            accepted=pairs(list(accepted)),
            declined=pairs(list(declined)),
        ),
        roles=Roles(
            required=asked,
            weight=np.ones_like(asked) if weight is None else np.array(weight, dtype=np.float64),
            compulsory=np.zeros((len(asked), c), dtype=np.bool_)
            if compulsory is None
            else np.array(compulsory, dtype=np.bool_),
        ),
        catalogue=Catalogue(
            hours=course_hours,
            cost=cost,
            language=_ints(language or [-1] * c),
            prerequisite=_ints(prerequisite or [-1] * c),
            outcome_course=of_course.astype(np.int64),
            outcome_skill=of_skill.astype(np.int64),
            outcome_from=low,
            outcome_to=high,
            session_course=of_session.astype(np.int64),
            session_period=period.astype(np.int64),
            session_seats=seats.astype(np.int64),
        ),
        needs=Needs(
            unit=need_unit.astype(np.int64),
            skill=need_skill.astype(np.int64),
            level=need_level,
            people=need_people.astype(np.int64),
            by_period=by_period.astype(np.int64),
            weight=need_weight,
        ),
        limits=Limits(
            unit_parent=_ints(parent),
            budget_unit=budget_unit.astype(np.int64),
            budget=budget,
            fair_unit=_ints(fair_unit),
            fairness=fairness,
            cost_weight=cost_weight,
        ),
    )
