"""Reasons: what binds, and for what is out the smallest change that would let it in."""

import numpy as np

from vested.engines.roadmap._model import LOOSE, Model, model_of
from vested.engines.roadmap._nouns import Explanation, Floats, Ints, Plan, Problem, Row, Why
from vested.engines.roadmap._planning import begin, columns_of, never

_SMALL = 1e-9  # share of the bound; what costs less does not bind


def explain(problem: Problem, plan: Plan) -> Explanation:
    """Say what binds in a plan, and why each initiative that is out is out."""
    wide = model_of(problem, every=True)
    into = _Ways(problem, wide, plan)
    chosen = set(plan.initiative.tolist())
    out = np.array([p for p in range(len(wide.mandatory)) if p not in chosen], dtype=np.int64)
    for p in out.tolist():
        into.add(p)
    kind, pool, quarter, limit = wide.kind, wide.pool, wide.quarter, wide.limit
    price = _flat(plan)
    worth = np.zeros(len(limit))
    worth[price > 0] = price[price > 0] * limit[price > 0]
    shares = kind >= Row.EXPLORE_LEAST  # they bind at a limit of nothing
    binds = np.flatnonzero((worth > _SMALL * plan.bound) | (shares & (price > 0)))
    binds = binds[np.argsort(-worth[binds], kind="stable")]
    rows = np.array(into.rows, dtype=np.float64).reshape(-1, 3)
    at = rows[:, 1].astype(np.int64)
    return Explanation(
        bind_kind=kind[binds],
        bind_pool=pool[binds],
        bind_quarter=quarter[binds],
        bind_used=into.used[binds],
        bind_limit=limit[binds],
        bind_price=price[binds],
        out=out,
        why=np.array(into.why, dtype=np.int64),
        way_mode=np.array(into.mode, dtype=np.int64),
        way_start=np.array(into.start, dtype=np.int64),
        way_price=np.array(into.price, dtype=np.float64),
        more_of=rows[:, 0].astype(np.int64),
        more_kind=kind[at],
        more_pool=pool[at],
        more_quarter=quarter[at],
        more=rows[:, 2],
        waits_of=np.array([row[0] for row in into.waits], dtype=np.int64),
        waits=np.array([row[1] for row in into.waits], dtype=np.int64),
        rival=np.array(into.rival, dtype=np.int64),
        lost=_lost(problem, plan, out),
    )


class _Ways:
    """How each initiative that is out would come in, the rest staying as it is."""

    def __init__(self, problem: Problem, model: Model, plan: Plan) -> None:
        self.model = model
        count = len(model.mandatory)
        self.chosen = columns_of(model, plan)
        self.live = np.full(count, len(problem.limits.budget) + 1)
        self.live[model.initiative[self.chosen]] = model.finish[self.chosen]
        self.used = np.zeros(len(model.limit))
        for j in self.chosen.tolist():
            uses = slice(model.use_of[j], model.use_of[j + 1])
            np.add.at(self.used, model.row[uses], model.amount[uses])
        self.rate = np.where(model.kind == Row.BUDGET, 1.0, 0.0)
        people = model.kind == Row.POOL
        self.rate[people] = problem.limits.rate[model.pool[people]]
        self.why: list[int] = []
        self.mode: list[int] = []
        self.start: list[int] = []
        self.price: list[float] = []
        self.rival: list[int] = []
        self.rows: list[tuple[float, float, float]] = []
        self.waits: list[tuple[int, int]] = []

    def add(self, p: int) -> None:
        """Find the cheapest way in for one, or what no change of money or people mends."""
        model, here = self.model, len(self.why)
        columns = range(model.of[p], model.of[p + 1])
        mine = model.initiative[self.chosen]
        rivals = mine[(model.group[mine] == model.group[p]) & (model.group[p] >= 0)]
        ready = [j for j in columns if not self._waiting(j)]
        found = [self._short(j) for j in ready]
        open_ = [(price, j, rows) for j, (price, rows) in zip(ready, found, strict=True) if rows is not None]
        best = min(open_, default=None, key=lambda one: (one[0], -model.value[one[1]], one[1]))
        if not columns:
            why = Why.NEVER
        elif len(rivals):
            why = Why.GROUP
        elif not ready:
            why = Why.NEEDS
            nearest = min(columns, key=lambda j: (len(self._waiting(j)), -model.value[j], j))
            self.waits += [(here, q) for q in self._waiting(nearest)]
        elif best is None:
            over = self._over(ready[0])
            why = Why.RISK if Row.RISK in over else Why.EXPLORE
        else:
            why = Why.LIMITS if best[0] > 0 or best[2] else Why.WORTH
            self.rows += [(here, row, more) for row, more in best[2] or ()]
        way = best is not None and why in {Why.LIMITS, Why.WORTH}
        self.why.append(why)
        self.rival.append(int(rivals[0]) if why is Why.GROUP else -1)
        self.mode.append(int(model.mode[best[1]]) if best is not None and way else -1)
        self.start.append(int(model.start[best[1]]) if best is not None and way else -1)
        self.price.append(float(best[0]) if best is not None and way else np.inf)

    def _waiting(self, j: int) -> list[int]:
        """Whom a column waits for in vain; of several suppliers the first."""
        model, missing = self.model, []
        for k in model.thing[model.wait_of[j] : model.wait_of[j + 1]].tolist():
            suppliers = model.supplier[model.thing_of[k] : model.thing_of[k + 1]]
            if (self.live[suppliers] > model.start[j]).all():
                missing.append(int(suppliers[0]))
        return missing

    def _over(self, j: int) -> dict[int, tuple[int, float]]:
        """The kinds of limits that a column would exceed, with the last row of each and by how much."""
        return {int(self.model.kind[row]): (row, more) for row, more in self._more(j)}

    def _more(self, j: int) -> list[tuple[int, float]]:
        """The rows a column would exceed, and by how much."""
        model = self.model
        uses = slice(model.use_of[j], model.use_of[j + 1])
        rows, amount = model.row[uses], model.amount[uses]
        more = self.used[rows] + amount - model.limit[rows]
        over = (more > LOOSE * np.maximum(1.0, np.abs(model.limit[rows]))) & (amount > 0)
        return list(zip(rows[over].tolist(), more[over].tolist(), strict=True))

    def _short(self, j: int) -> tuple[float, list[tuple[int, float]] | None]:
        """What a column lacks of money and people, and its price; None where something else is in the way."""
        rows = self._more(j)
        if any(self.model.kind[row] >= Row.RISK for row, _ in rows):
            return np.inf, None
        return float(sum(self.rate[row] * more for row, more in rows)), rows


def _flat(plan: Plan) -> Floats:
    prices = plan.prices
    shared = [prices.risk, prices.explore_least, prices.explore_most]
    return np.concatenate((prices.budget, prices.pool.reshape(-1), shared))


def _lost(problem: Problem, plan: Plan, out: Ints) -> Floats:
    """What forcing each initiative loses at least, by the best prices alone."""
    state = begin(problem, gap=0.0, stop=never, seed=0)
    least = np.full(len(problem.initiatives.mandatory), np.inf)
    np.minimum.at(least, state.program.model.initiative, state.relaxed.loss)
    lost: Floats = np.maximum(0.0, plan.value - state.bound + least[out])
    return lost
