"""From a problem to a plan with its bound."""

from collections.abc import Callable

import numpy as np

from vested.engines.roadmap._checks import check_problem
from vested.engines.roadmap._conflict import conflict
from vested.engines.roadmap._improve import SMALL, Improver
from vested.engines.roadmap._model import Model, model_of
from vested.engines.roadmap._nouns import Ints, Plan, Prices, Problem, Progress, Row
from vested.engines.roadmap._pair import bound, send_out
from vested.engines.roadmap._program import Program, Relaxed, Watch, program_of, relax, search
from vested.engines.roadmap._state import State, Stop

_GLANCE = 200  # questions of the solver that settle what is easily settled
_IDLE = 60  # steps in a row that bring nothing, after which improving is given up
_TURNS, _LONGER = 3, 5  # of improving and proving by one worker; how much longer each proof may take


class NoPlan(ValueError):
    """The search was stopped before it had a plan with everything mandatory in it."""


def never(_progress: Progress) -> bool:
    """Do not stop, whatever the progress."""
    return False


def plan(
    problem: Problem,
    *,
    gap: float = 0.005,
    stop: Stop = never,
    seed: int = 0,
    start: Plan | None = None,
    workers: int = 2,
) -> Plan:
    """Find the best roadmap, and prove how near to the best possible one it is.

    The search ends when the value found is within ``gap`` of its bound, when ``stop`` says so (the best plan so far is
    returned), or when it makes no more progress; ``finished`` tells. ``start`` is a plan of a similar problem. With
    two ``workers`` a second process proves while this one improves; with one, the same input and the same answers of
    ``stop`` give the same plan. Raises InvalidProblem for arrays that do not fit together, Infeasible where what is
    mandatory cannot all be done, NoPlan where it was stopped before that was decided.
    """
    state = begin(problem, gap=gap, stop=stop, seed=seed)
    before = columns_of(state.program.model, start) if start else np.zeros(0, np.int64)
    run(problem, state, before, workers=workers)
    return stated(problem, state)


def begin(problem: Problem, *, gap: float, stop: Stop, seed: int) -> State:
    """Check the problem, solve its relaxation, and be ready to search."""
    check_problem(problem)
    program = program_of(model_of(problem))
    asked = _quietly(stop, "relaxing")
    relaxed = relax(program, stop=asked)
    if relaxed is None:
        raise _failure(problem, asked)
    return State(
        program=program,
        relaxed=relaxed,
        gap=gap,
        stop=stop,
        rng=np.random.default_rng(seed),
        bound=relaxed.bound,
    )


def _quietly(stop: Stop, doing: str) -> Callable[[], bool]:
    return lambda: stop(Progress(doing=doing, value=None, bound=None, gap=None))


def _failure(problem: Problem, stop: Callable[[], bool]) -> ValueError:
    """Why there is no plan."""
    found = None if stop() else conflict(problem, stop)
    return found or NoPlan("stopped before there was a plan with everything mandatory in it")


def run(problem: Problem, state: State, start: Ints, *, workers: int) -> None:
    """Search until the gap is reached, or nothing helps any more."""
    improver = Improver(state=state)
    improver.begin(start)
    if not state.found:
        find(problem, state)
    if len(state.program.model.mandatory) < SMALL:
        bound(state, effort=_GLANCE)
    if state.ends():
        return
    if workers > 1:
        _together(state, improver)
    else:
        _by_turns(state, improver)


def _together(state: State, improver: Improver) -> None:
    """Improve while another process proves."""
    bounder = send_out(state)
    try:
        improver.widen()
        while not state.ends() and (improver.idle < _IDLE or bounder.process.is_alive()):
            improver.step()
    finally:
        bounder.end()


def _by_turns(state: State, improver: Improver) -> None:
    """Improve, then prove, each time for longer."""
    improver.widen()
    for turn in range(1, _TURNS + 1):
        improver.idle = 0
        while improver.idle < turn * _IDLE // _TURNS and not state.ends():
            improver.step()
        bound(state, effort=_GLANCE * _LONGER**turn)


def find(problem: Problem, state: State) -> None:
    """Look for any plan with everything mandatory in it, where annealing met none."""
    every = np.flatnonzero(np.isfinite(state.relaxed.loss))
    state.doing = "looking for a plan"
    state.take(search(state.program, every, np.zeros(0, np.int64), gap=np.inf, watch=Watch(state.ends)).chosen)
    if not state.found:
        raise _failure(problem, _quietly(state.stop, "looking for what clashes"))


def columns_of(model: Model, plan: Plan) -> Ints:
    """The columns of a plan, as far as a problem has them."""
    taken = set(zip(plan.mode.tolist(), plan.start.tolist(), strict=True))
    pairs = zip(model.mode.tolist(), model.start.tolist(), strict=True)
    return np.array([j for j, pair in enumerate(pairs) if pair in taken], dtype=np.int64)


def stated(problem: Problem, state: State) -> Plan:
    """State what was found."""
    model = state.program.model
    order = np.lexsort((model.initiative[state.chosen], model.start[state.chosen]))
    chosen = state.chosen[order]
    limits, modes = problem.limits, problem.modes
    used_money, used_people = use(problem, model.mode[chosen], model.start[chosen])
    total = np.bincount(modes.cost_mode, modes.cost, minlength=len(modes.initiative))[model.mode[chosen]]
    explores = problem.initiatives.explore[model.initiative[chosen]]
    bound = state.value if state.distance == 0 else state.bound
    return Plan(
        initiative=model.initiative[chosen],
        mode=model.mode[chosen],
        start=model.start[chosen],
        value=state.value,
        bound=bound,
        gap=state.distance,
        priced=max(state.relaxed.bound, state.value),
        prices=_prices(state.program, state.relaxed, limits.capacity.shape),
        budget_used=used_money,
        pool_used=used_people,
        risk=float(problem.initiatives.risk[model.initiative[chosen]].sum()),
        explore=float(total[explores].sum() / total.sum()) if total.sum() > 0 else 0.0,
        finished=state.done,
    )


def use(problem: Problem, mode: Ints, start: Ints) -> "tuple[np.ndarray, np.ndarray]":
    """Money by quarter (t,) and people by pool and quarter (r, t) of modes that start."""
    modes, limits = problem.modes, problem.limits
    money, people = np.zeros(len(limits.budget)), np.zeros(limits.capacity.shape)
    at = np.full(len(modes.initiative), -1)
    at[mode] = start
    paid, busy = at[modes.cost_mode] >= 0, at[modes.people_mode] >= 0
    np.add.at(money, (at[modes.cost_mode] + modes.cost_quarter)[paid], modes.cost[paid])
    quarter = (at[modes.people_mode] + modes.people_quarter)[busy]
    np.add.at(people, (modes.people_pool[busy], quarter), modes.people[busy])
    return money, people


def _prices(program: Program, relaxed: Relaxed, shape: tuple[int, ...]) -> Prices:
    model = program.model
    price = relaxed.price[program.shared : program.shared + len(model.limit)]
    return Prices(
        budget=price[model.kind == Row.BUDGET],
        pool=price[model.kind == Row.POOL].reshape(shape),
        risk=float(price[model.kind == Row.RISK][0]),
        explore_least=float(price[model.kind == Row.EXPLORE_LEAST][0]),
        explore_most=float(price[model.kind == Row.EXPLORE_MOST][0]),
    )
