"""Which groups to hide so that what must stay uncertain does, at the least cost: exactly, or within a stated bound."""

from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array

from vested.engines.disclosure._checks import check_table
from vested.engines.disclosure._nouns import Demands, Flags, Floats, Progress, Protection, Table, Why
from vested.engines.disclosure._solver import program
from vested.engines.disclosure._twins import LOOSE, Twins


def protect(
    table: Table,
    demands: Demands,
    *,
    cost: Floats | None = None,
    hidden: Flags | None = None,
    gap: float = 0.0,
    stop: Callable[[Progress], bool] | None = None,
) -> Protection:
    """Choose the groups to hide.

    ``cost`` (g,) of hiding a group, one each where not given; ``hidden`` (g,) are hidden already and cost nothing. A
    safe choice is found first: each demand in turn by the cheapest move that meets it, then what is needless shown
    again. Then cuts from what an attacker can do raise the bound: the small mixed-integer program over them is solved,
    and its choice completed in the same way, until it is safe by itself, the best safe choice is within ``gap`` of the
    bound, or ``stop`` says so. With ``gap`` 1 the first safe choice is kept.

    Raises InvalidTable for a table that does not fit together, Unprotectable where hiding everything still lets
    somebody work out too much.
    """
    price, before = check_table(table, demands, cost=cost, hidden=hidden)
    price = np.where(before, 0.0, price)
    base = before.copy()
    base[table.group[demands.cell]] = True
    twins = Twins(table, demands)
    chosen, bound, rounds = base, float(price[base].sum()), 0
    last, best, cuts = ~base, np.ones_like(base), np.zeros((0, len(base)))
    failing = twins.failing(base, first=gap >= 1)
    while failing:
        found = _without_needless(twins, _complete(twins, chosen, price), base, price)
        best = min(found, best, key=lambda choice: float(price[choice].sum()))
        total = float(price[best].sum())
        ended = total - bound <= gap * total + LOOSE or (chosen == last).all()  # the same again: solver's tolerance
        if ended or (stop is not None and stop(Progress(round=rounds, bound=bound))):
            break
        cuts, rounds, last = np.vstack((cuts, *failing)), rounds + 1, chosen
        chosen, bound = _least(price, cuts, base)
        failing = twins.failing(chosen)
    else:
        best = chosen
    total = float(price[best].sum())
    why = np.where(best, Why.PROTECTS, Why.SHOWN).astype(np.int64)
    why[before] = Why.BEFORE
    why[table.group[demands.cell]] = demands.why
    return Protection(hidden=best, why=why, cost=total, bound=total if total - bound <= LOOSE else bound)


def _complete(twins: Twins, hidden: Flags, price: Floats) -> Flags:
    """Hide more groups until every ask is met: each by the cheapest move, the largest first."""
    chosen, every = hidden.copy(), np.ones_like(hidden)
    for whole in (False, True):
        for ask in twins.unmet(chosen, whole=whole):
            chosen |= twins.moved(twins.cheapest(every, ask, np.where(chosen, 0.0, price), whole=whole))
    return chosen


def _without_needless(twins: Twins, hidden: Flags, base: Flags, price: Floats) -> Flags:
    """Show again, dearest first, every group beyond ``base`` (g,) without which all asks are still met."""
    chosen, extra = hidden.copy(), np.flatnonzero(hidden & ~base)
    for group in extra[np.argsort(-price[extra], kind="stable")].tolist():
        chosen[group] = False
        chosen[group] = bool(twins.failing(chosen, first=True))
    return chosen


def _least(price: Floats, cuts: Floats, base: Flags) -> tuple[Flags, float]:
    """Choose the cheapest groups that add up to at least one in every cut, and prove that none are cheaper."""
    free = np.ones(int((~base).sum()))
    bounds = 1.0 - cuts[:, base].sum(axis=1), np.full(len(cuts), np.inf)
    solver = program(csr_array(cuts[:, ~base]), price[~base], (0 * free, free), bounds, free > 0)
    for option, setting in (("mip_rel_gap", 0.0), ("mip_abs_gap", LOOSE)):
        solver.setOptionValue(option, setting)
    solver.run()
    chosen = base.copy()
    chosen[~base] = np.array(solver.getSolution().col_value) > 0.5
    bound = solver.getInfo().mip_dual_bound + float(price[base].sum())
    if (price == np.rint(price)).all():
        bound = float(np.ceil(bound - LOOSE))
    return chosen, bound
