"""Which groups to hide so that what must stay uncertain does, at the least cost: exactly, or within a stated bound."""

from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array

from vested.engines.disclosure._asks import Twins, asks_of
from vested.engines.disclosure._cheapest import complete, without_needless
from vested.engines.disclosure._checks import check_table
from vested.engines.disclosure._moves import LOOSE, moves_of
from vested.engines.disclosure._nouns import Demands, Flags, Floats, Progress, Protection, Table, Why
from vested.engines.disclosure._solver import program


def protect(
    table: Table,
    demands: Demands,
    *,
    cost: Floats | None = None,
    hidden: Flags | None = None,
    shown: Flags | None = None,
    gap: float = 0.0,
    stop: Callable[[Progress], bool] | None = None,
) -> Protection:
    """Choose the groups to hide.

    ``cost`` (g,) of hiding a group, one each where not given; ``hidden`` (g,) are hidden already and cost nothing;
    ``shown`` (g,) have to stay shown. A safe choice is found first: each demand in turn by the cheapest move that
    meets it, then what is needless shown again. Then cuts from what an attacker can do raise the bound: the small
    mixed-integer program over them is solved, and its choice completed in the same way, until it is safe by itself, the
    best safe choice is within ``gap`` of the bound, or ``stop`` says so. With ``gap`` 1 the first safe choice is kept.

    Raises InvalidTable for a table that does not fit together, Unprotectable where hiding all that may be hidden
    still lets somebody work out too much.
    """
    price, before, allowed = check_table(table, demands, cost=cost, hidden=hidden, shown=shown)
    base = before.copy()
    base[table.group[demands.cell]] = True
    price = np.where(before, 0.0, price)
    twins = Twins(moves_of(table), asks_of(demands))
    failing, bound, best = twins.failing(base, first=gap >= 1), float(price[base].sum()), base
    chosen, last, cuts, rounds = base, ~base, np.zeros((0, len(base))), 0
    while failing:
        found = complete(twins, chosen, price=price, allowed=allowed)
        found = without_needless(twins, found, base=base, price=price)
        if not rounds or price[found].sum() < price[best].sum():
            best = found
        ended = not _far(price, best, bound, gap) or (chosen == last).all()  # the same again: solver's tolerance
        if ended or (stop is not None and stop(Progress(round=rounds, bound=bound))):
            break
        cuts, rounds, last = np.vstack((cuts, *failing)), rounds + 1, chosen
        chosen, bound = _least(price, cuts, base=base, allowed=allowed)
        failing = twins.failing(chosen)
    if not failing:
        best = chosen
    total = float(price[best].sum())
    why = np.where(best, Why.PROTECTS, Why.SHOWN).astype(np.int64)
    why[before] = Why.BEFORE
    why[table.group[demands.cell]] = demands.why
    far = max(0.0, total - bound) / max(total, LOOSE)
    proven = not _far(price, best, bound, 0.0)
    return Protection(hidden=best, why=why, cost=total, bound=min(bound, total), gap=far, proven=proven)


def _far(price: Floats, best: Flags, bound: float, gap: float) -> bool:
    total = float(price[best].sum())
    return total - bound > gap * total + LOOSE


def _least(price: Floats, cuts: Floats, *, base: Flags, allowed: Flags) -> tuple[Flags, float]:
    """Choose the cheapest groups that add up to at least one in every cut, and prove that none are cheaper."""
    open_to = allowed[~base].astype(float)
    columns, bounds = (np.zeros(len(open_to)), open_to), (1.0 - cuts[:, base].sum(axis=1), np.full(len(cuts), np.inf))
    solver = program(csr_array(cuts[:, ~base]), price[~base], columns, bounds, np.ones(len(open_to), dtype=bool))
    for option, setting in (("mip_rel_gap", 0.0), ("mip_abs_gap", LOOSE)):
        solver.setOptionValue(option, setting)
    solver.run()
    chosen = base.copy()
    chosen[~base] = np.array(solver.getSolution().col_value) > 0.5
    bound = solver.getInfo().mip_dual_bound + float(price[base].sum())
    if (price == np.rint(price)).all():
        bound = float(np.ceil(bound - LOOSE))
    return chosen, bound
