"""Annealing: a plan is ruined in part and recreated, and worse ones are taken too, ever more rarely."""

from dataclasses import dataclass

import numpy as np

from vested.engines.roadmap._kernel import SHARES, Layout, rounds_of
from vested.engines.roadmap._model import LOOSE, Model, starts
from vested.engines.roadmap._nouns import Flags, Ints
from vested.engines.roadmap._program import Program, Relaxed, Stop

_SLICE = 2_000  # rounds between two questions whether to stop


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Annealed:
    """The best plan met, as columns, with its ``value``; it may miss ``missing`` mandatory initiatives or limits."""

    chosen: Ints
    value: float
    whole: bool


def layout_of(program: Program, relaxed: Relaxed, keep: Flags) -> Layout:
    """Order the columns that may matter (``keep``) by what giving up the best choice for them costs."""
    model = program.model
    columns = np.flatnonzero(keep)
    columns = columns[np.lexsort((relaxed.loss[columns], model.initiative[columns]))]
    # The rows that are dear come first in each column: what does not fit is most often seen there.
    price = relaxed.price[program.shared : program.shared + len(model.limit)][model.row] * model.amount
    owner = np.repeat(np.arange(len(model.value)), np.diff(model.use_of))
    dear = np.lexsort((-price, owner))
    choice = np.zeros(len(model.mandatory), dtype=np.int64)
    choice[model.initiative] = program.choice
    finite = np.where(np.isfinite(relaxed.loss), relaxed.loss, np.abs(relaxed.loss[np.isfinite(relaxed.loss)]).sum())
    return Layout(
        mandatory=model.mandatory,
        choice=choice,
        candidate_of=starts(model.initiative[columns], len(model.mandatory)),
        candidate=columns,
        score=-finite,
        value=model.value,
        initiative=model.initiative,
        start=model.start,
        finish=model.finish,
        limit=model.limit,
        loose=model.limit + LOOSE * np.maximum(1.0, np.abs(np.where(np.isfinite(model.limit), model.limit, 0.0))),
        steep=_steep(model),
        use_of=model.use_of,
        row=model.row[dear],
        amount=model.amount[dear],
        wait_of=model.wait_of,
        thing=model.thing,
        thing_of=model.thing_of,
        supplier=model.supplier,
    )


def _steep(model: Model) -> float:
    """More than any column is worth for each unit of the rows of those who explore."""
    rate = 0.0
    for row in range(len(model.limit) - SHARES, len(model.limit)):
        using = np.flatnonzero(model.row == row)
        owner = np.searchsorted(model.use_of, using, side="right") - 1
        rate = max(rate, float((model.value[owner] / np.abs(model.amount[using])).max(initial=0.0)))
    return 2.0 * rate


def anneal(
    program: Program, layout: Layout, chosen: Ints, *, rounds: int, heat: float, cold: float, seed: int, stop: Stop
) -> Annealed:
    """Improve a plan for some ``rounds``, which get from ``heat`` to ``cold`` (units of value given up)."""
    column = np.full(len(layout.mandatory), -1, dtype=np.int64)
    column[layout.initiative[chosen]] = chosen
    dear = float(layout.value.sum()) + 1.0  # a mandatory initiative is worth more than all others
    slices = max(1, rounds // _SLICE)
    heats = heat * (cold / heat) ** (np.arange(slices + 1) / slices)
    best, energy, whole = np.full_like(column, -1), -np.inf, False
    for n in range(slices):
        energy, whole = rounds_of(
            layout, column, best, energy, whole, rounds // slices, heats[n], heats[n + 1], dear, seed + n
        )
        if stop():
            break
    picked = best[best >= 0]
    return Annealed(chosen=np.sort(picked), value=float(program.model.value[picked].sum()), whole=bool(whole))
