"""A cube for the gap explorer: decided once, asked often."""

import numpy as np

from vested.engines.disclosure._checks import check_cube
from vested.engines.disclosure._cross import cross
from vested.engines.disclosure._nouns import Cube, Flags, Floats, Groups, Ints, Protection, Release, Rules, Why
from vested.engines.disclosure._protect import protect
from vested.engines.disclosure._rules import few
from vested.engines.disclosure._sizes import kept_open
from vested.engines.disclosure._states import demands_of, states, told
from vested.engines.disclosure._swaps import Swaps, enough, swaps_of
from vested.engines.disclosure._tables import counts


def release(*, unit_parent: Ints, people: Ints, below: Ints, gap: Floats, rules: Rules, accept: float = 1.0) -> Release:
    """Decide what of a cube everybody may see.

    ``unit_parent`` (u,) -1 at the one top; ``people`` (u, f) who stand at a unit itself, by job family; ``below``
    (s, u, f) how many of them are below the level asked for in a skill, ``gap`` (s, u, f) the levels they miss.
    Nothing better is looked for once what is hidden is within ``accept`` of what no choice could do without: with 1 the
    first safe choice is kept, which is what an office waits two seconds for.

    The sizes are decided once for all skills. Then each skill is decided as if everybody knew the sizes, as
    colleagues do; and so that its figures leave open the very sizes that protect the sizes.
    """
    check_cube(unit_parent, people, below, gap, rules)
    parent, own = _with_own(unit_parent, people)
    groups = cross(trees=(parent, np.append(np.full(people.shape[1], people.shape[1]), -1)), tables=((0, 1),))
    sizes = _summed(parent, people, own)
    figures = [tuple(_summed(parent, figure, own) for figure in skill) for skill in zip(below, gap, strict=True)]
    shape = (len(parent), people.shape[1] + 1)
    table, swaps = counts(groups, sizes), swaps_of(parent)
    protection = protect(table, few(table, minimum=rules.minimum), gap=accept)
    hidden = protection.hidden
    square = [(count.reshape(shape), missing.reshape(shape)) for count, missing in figures]
    wanted = kept_open(table, swaps, square, hidden.reshape(shape), rules=rules)
    skills, why, shown = [], [], []
    for (count, missing), moves in zip(figures, wanted, strict=True):
        done = _skill(groups, swaps, sizes, count, missing, hidden=hidden, moves=moves, rules=rules, accept=accept)
        skills.append(done)
        why.append(np.where(hidden, protection.why, done.why))
        shown.append((np.where(done.hidden, -1, count), np.where(done.hidden, np.nan, missing / np.maximum(sizes, 1))))
    cube = Cube(
        unit_parent=parent,
        people=np.where(hidden, -1, sizes).astype(np.int64).reshape(shape),
        below=np.array([count for count, _ in shown]).astype(np.int64).reshape(-1, *shape),
        mean_gap=np.array([mean for _, mean in shown]).reshape(-1, *shape),
        shallowest=rules.shallowest,
        deepest=rules.deepest,
    )
    return Release(
        cube=cube,
        why_people=protection.why.reshape(shape),
        why=np.array(why, dtype=np.int64).reshape(-1, *shape),
        sizes=protection,
        skills=tuple(skills),
    )


def _skill(
    groups: Groups,
    swaps: Swaps,
    sizes: Floats,
    below: Floats,
    gap: Floats,
    *,
    hidden: Flags,
    moves: list[Floats],
    rules: Rules,
    accept: float,
) -> Protection:
    """Decide one skill by swaps, then what no swap answers by programs; all of it by programs if that is too far."""
    n, shape = len(sizes), (swaps.nodes, -1)
    telling = told(sizes, below, rules=rules)
    base = hidden | telling
    asked = base & (below > 0)
    chosen, fewer, less = (
        flags.ravel()
        for flags in enough(
            swaps,
            *(figure.reshape(shape) for figure in (sizes, below, gap)),
            hidden=base.reshape(shape),
            asked=asked.reshape(shape),
            rules=rules,
        )
    )
    before = np.concatenate((hidden, np.ones(len(moves), dtype=bool)))
    why = np.where(hidden, Why.BEFORE, np.where(telling, Why.REVEALING, Why.PROTECTS)).astype(np.int64)
    if fewer.any() or less.any() or moves:
        table = states(groups, sizes, below, gap, rules=rules, sizes=moves)
        demands = demands_of(table, hide=chosen, fewer=fewer, less=less, why=why, rules=rules)
        chosen = protect(table, demands, hidden=before, gap=1.0).hidden[:n]
    cost, bound = float((chosen & ~hidden).sum()), float((base & ~hidden).sum())
    if cost - bound > accept * cost:
        table = states(groups, sizes, below, gap, rules=rules, sizes=moves)
        demands = demands_of(table, hide=base, fewer=asked, less=asked, why=why, rules=rules)
        found = protect(table, demands, hidden=before, gap=accept)
        chosen, cost, bound = found.hidden[:n], found.cost, found.bound
    return Protection(
        hidden=chosen,
        why=np.where(chosen, why, Why.SHOWN),
        cost=cost,
        bound=bound,
        gap=(cost - bound) / max(cost, 1.0),
        proven=cost <= bound,
    )


def _with_own(unit_parent: Ints, people: Ints) -> tuple[Ints, Ints]:
    """Give people at units that have others below them a node of their own; where each unit's people stand then."""
    inner = np.flatnonzero(np.isin(np.arange(len(unit_parent)), unit_parent) & (people.sum(axis=1) > 0))
    own = np.arange(len(unit_parent))
    own[inner] = len(unit_parent) + np.arange(len(inner))
    return np.concatenate((unit_parent, inner)), own


def _summed(parent: Ints, figure: Ints | Floats, own: Ints) -> Floats:
    """Add a figure (u, f) up over units and families, flat."""
    families = figure.shape[1]
    total = np.zeros((len(parent), families + 1))
    at = own.copy()
    while (at >= 0).any():
        np.add.at(total[:, :families], at[at >= 0], figure[at >= 0])
        at = np.where(at >= 0, parent[at], -1)
    total[:, families] = total[:, :families].sum(axis=1)
    flat: Floats = total.ravel()
    return flat
