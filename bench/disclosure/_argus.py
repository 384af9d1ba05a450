"""The peer: the cell suppression of tau-ARGUS (pytauargus), table after table, in a process of its own."""

import tempfile
from contextlib import chdir
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytauargus

from bench.disclosure._staff import Staff
from bench.disclosure._tables import Flags, layout, sizes, skill
from vested.engines.disclosure import Demands, Table

MINUTES = 2  # limit of each table; it needs seconds


def release(staff: Staff) -> tuple[Flags, Flags]:
    """Hide groups for their size, then in every skill; (n,) and (s, n). The levels missing are not looked at."""
    groups, people, below = layout(staff)
    table, demands = sizes(groups, people)
    hidden = suppress(table, demands)
    states = [suppress(*skill(groups, people, count, hidden)) for count in below]
    return hidden, np.array(states)


def suppress(table: Table, demands: Demands) -> Flags:
    """Let it choose the fewest cells, by its own branch and cut, from the same numbers, bounds and demands."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):  # it writes its logs where it is
        given, taken = Path(folder) / "in.jj", Path(folder) / "out.jj"
        given.write_text(_jj(table, demands), encoding="utf-8")
        done = pytauargus.HiTaSCtrl().full_jj(in_file_jj=str(given), out_file=str(taken), max_time=MINUTES)
        if done > 1:
            msg = f"tau-ARGUS ended with code {done}"
            raise RuntimeError(msg)
        chosen = [int(line.split()[0]) for line in taken.read_text(encoding="utf-8").splitlines() if line.strip()]
    hidden = np.zeros(len(table.value), dtype=bool)
    hidden[np.concatenate((demands.cell, np.array(chosen, dtype=np.int64)))] = True
    return hidden


def _jj(table: Table, demands: Demands) -> str:
    """Write a table down: number, value, cost, status, bounds, protection levels; then the relations."""
    cells = range(len(table.value))
    down, up = np.zeros(len(cells)), np.zeros(len(cells))
    status = np.where(table.most == 0, "z", "s")
    down[demands.cell], up[demands.cell], status[demands.cell] = demands.down, demands.up, "u"
    ceiling = np.minimum(table.most, 10 * table.value.max())
    lines = ["0", str(len(cells))]
    lines += [
        f"{at} {table.value[at]:.0f} 1 {status[at]} "
        f"{table.least[at]:.0f} {ceiling[at]:.0f} {down[at]:.0f} {up[at]:.0f} 0"
        for at in cells
    ]
    lines.append(str(table.sums.shape[0]))
    for start, end in pairwise(table.sums.indptr.tolist()):
        parts = zip(table.sums.indices[start:end], table.sums.data[start:end], strict=True)
        lines.append(f"0 {end - start} : {' '.join(f'{cell} ({sign:.0f})' for cell, sign in parts)}")
    return "\n".join(lines) + "\n"
