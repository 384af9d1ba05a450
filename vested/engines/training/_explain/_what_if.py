"""What would have to change for a person to be given a course: the limit in the way, and the price of lifting it."""

from dataclasses import replace

import numpy as np

from vested.engines.training._dual import Goal, Stage, duals_of
from vested.engines.training._explain._next import loss_of, state_of
from vested.engines.training._explain._search import LITTLE, best_plan, nothing_counts, reward_for
from vested.engines.training._explain._unmet import alone, beside_others, earliest, offer_of
from vested.engines.training._model import Model, model_of
from vested.engines.training._nouns import Floats, Ints, People, Plan, Problem
from vested.engines.training._pricing import work_for
from vested.engines.training._reasons import WhatIf, Why

_WISH = 1e-9  # weighted levels: makes a course thinkable that is of no other use
_NONE = np.zeros(0, np.int64)
_EMPTY = WhatIf(
    why=Why.WORTH,
    hours=np.nan,
    before=-1,
    skill=-1,
    asked=np.nan,
    reached=np.nan,
    cost=np.nan,
    budget=-1,
    session=-1,
    takes=_NONE,
    gives=_NONE,
    loss=np.nan,
    price=np.nan,
    seat=np.nan,
    short=np.nan,
)


def what_if(problem: Problem, plan: Plan, *, person: int, course: int) -> WhatIf:
    """Say what keeps ``course`` from ``person``, and what would have to change.

    Everybody else's plan and all prices stay as they are, so it holds for this one change. Raises ValueError where the
    plan gives the course, or the person has completed it.
    """
    of = problem.people.completed
    mine = plan.session[plan.person == person]
    given = problem.catalogue.session_course[mine] == course
    if given.any() or ((of[:, 0] == person) & (of[:, 1] == course)).any():
        raise ValueError(f"course: {course} is in the plan of {person}, or completed")
    model = model_of(_by_oneself(problem, person, course))
    levels = np.zeros((model.periods + 1, model.required.shape[1]))
    done, refused = np.zeros(len(model.course_hours), np.int64), np.zeros(len(model.period), np.bool_)
    earliest(model, 0, levels, done, refused)
    why = Why(alone(model, 0, course, levels, done, refused) or Why.WORTH)
    looked = model.session[model.session_of[course] : model.session_of[course + 1]]
    if why is Why.LEVEL:
        return _level(model, levels, course, looked[~refused[looked]])
    if why is not Why.WORTH:
        before = int(model.prerequisite[course]) if why is Why.PREREQUISITE else -1
        return replace(_EMPTY, why=why, before=before)
    offer, work = offer_of(model, plan), work_for(model)
    found, cost = beside_others(model, nothing_counts(model, offer.same), offer, 0, course, mine, work)
    if found == Why.HOURS:
        return replace(_EMPTY, why=Why.HOURS, hours=_hours(problem, person, course))
    return _priced(replace(_EMPTY, why=Why(found)), model, plan, mine, looked, cost)


def _by_oneself(problem: Problem, person: int, course: int, *, hours: float | None = None) -> Problem:
    """The problem with nobody but this person, who asks for the course, and has so many ``hours`` where given."""
    people = problem.people

    def rows(pairs: Ints) -> Ints:
        return np.where([True, False], 0, pairs[pairs[:, 0] == person])

    asked = people.wishes[:, 0] == person
    return replace(
        problem,
        people=People(
            levels=people.levels[person : person + 1],
            hours=people.hours[person : person + 1] if hours is None else np.full(1, hours),
            role=people.role[person : person + 1],
            unit=people.unit[person : person + 1],
            grade=people.grade[person : person + 1],
            speaks=people.speaks[person : person + 1],
            completed=rows(people.completed),
            wishes=np.concatenate((rows(people.wishes), [[0, course]])),
            wish_weight=np.append(people.wish_weight[asked], _WISH),
            accepted=rows(people.accepted),
            declined=rows(people.declined),
        ),
    )


def _level(model: Model, levels: Floats, course: int, held: Ints) -> WhatIf:
    """The skill that stands lowest below what the nearest of the sessions ``held`` starts from."""
    outcomes = np.arange(model.outcome_of[course], model.outcome_of[course + 1])
    skill, asked = model.outcome_skill[outcomes], model.outcome_from[outcomes]
    reached = levels[model.period[held]][:, skill]
    nearest = int(np.argmin((asked - reached).max(axis=1)))
    worst = int(np.argmax(asked - reached[nearest]))
    return replace(
        _EMPTY,
        why=Why.LEVEL,
        skill=int(skill[worst]),
        asked=float(asked[worst]),
        reached=float(reached[nearest, worst]),
    )


def _hours(problem: Problem, person: int, course: int) -> float:
    """The fewest hours of a plan with the course, what must come before it, and what was accepted."""
    everything = float(problem.catalogue.hours.sum())
    model = model_of(_by_oneself(problem, person, course, hours=everything))
    model = model._replace(course_cost=model.course_hours)
    duals = nothing_counts(model, np.full(len(model.seats), LITTLE))
    duals.money[:] = 1.0
    duals.seat[model.session[model.session_of[course] : model.session_of[course + 1]]] -= reward_for(model)
    _, then = best_plan(model, duals, 0, work_for(model))
    return float(model.course_hours[model.session_course[then]].sum())


def _priced(said: WhatIf, model: Model, plan: Plan, mine: Ints, looked: Ints, cost: float) -> WhatIf:
    """What the person's best plan with the course is worth, and what it costs others."""
    work, state, prices = work_for(model), state_of(model, plan), plan.prices
    duals = duals_of(model, Goal(stage=Stage.VALUE), prices)
    duals = duals._replace(seat=np.where(model.seats == 0, np.inf, prices.seat))
    without, _ = best_plan(model, duals, 0, work)
    reward = 1.0 + 2.0 * abs(without) + reward_for(model) * (1.0 + float(duals.money.max()))
    duals.seat[looked] -= reward
    worth, found = best_plan(model, duals, 0, work)
    then = found.copy()
    budgets = model.unit_budget[model.unit_budget_of[model.unit[0]] : model.unit_budget_of[model.unit[0] + 1]]
    if said.why is Why.BUDGET:
        scarce = budgets[np.argmin(state.left[budgets])]
        said = replace(said, cost=cost, budget=int(scarce))
    taken = then[np.isin(then, looked)]
    if not len(taken):
        return said
    loss, more = loss_of(model, state, 0, mine, then)
    seats = float(prices.seat[then].sum() - prices.seat[mine].sum())
    return replace(
        said,
        cost=float(cost) if said.why is not Why.SEATS else said.cost,
        session=int(taken[0]),
        takes=np.setdiff1d(then, mine),
        gives=np.setdiff1d(mine, then),
        loss=float(loss),
        price=seats + float(prices.budget[budgets].sum()) * float(more),
        seat=float(prices.seat[taken[0]]),
        short=max(float(without - (worth - reward)), 0.0),
    )
