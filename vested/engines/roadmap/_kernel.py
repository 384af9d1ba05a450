"""Ruin and recreate, compiled: initiatives leave the plan and others take their place."""

from typing import NamedTuple

import numba as nb
import numpy as np

from vested.engines.roadmap._nouns import Flags, Floats, Ints

SHARES = 2  # the last rows, of those who explore, in which one column makes room for another
_NEVER = np.int64(2**31)
_RUINED = 8  # initiatives that leave at once, at most
_BLINK = 0.05  # share of columns passed over, so that not all goes the same way


class Layout(NamedTuple):
    """What the kernel reads; see ``Model``. Candidates are columns by initiative, the best first."""

    mandatory: Flags
    choice: Ints  # of an initiative
    candidate_of: Ints
    candidate: Ints
    score: Floats
    value: Floats
    initiative: Ints
    start: Ints
    finish: Ints
    limit: Floats
    loose: Floats
    steep: float  # what is lost for each unit by which the share of those who explore is missed
    use_of: Ints
    row: Ints
    amount: Floats
    wait_of: Ints
    thing: Ints
    thing_of: Ints
    supplier: Ints


class Hand(NamedTuple):
    """The plan at hand: ``column`` of each initiative (-1: out), ``live`` from, ``taken`` choices, ``used`` of rows."""

    column: Ints
    live: Ints
    taken: Flags
    used: Floats


@nb.njit(cache=True, nogil=True)
def rounds_of(
    m: Layout,
    column: Ints,
    best: Ints,
    best_energy: float,
    best_whole: bool,
    rounds: int,
    heat: float,
    cold: float,
    dear: float,
    seed: int,
) -> tuple[float, bool]:
    """Go through the rounds from plan ``column``; ``best`` is the best one met, with its energy."""
    size = len(column)
    chance = np.array([np.uint64(seed) * np.uint64(2654435769) + np.uint64(88172645463325252)], dtype=np.uint64)
    wished = column.copy()
    column[:] = -1
    hand = Hand(column, np.empty(size, np.int64), np.zeros(size, np.bool_), np.zeros(len(m.limit)))
    order, key = np.empty(size, np.int64), np.empty(size)
    _count(m, hand)
    _follow(m, hand, wished)
    _refill(m, hand, order, key, 0.0, bool((column >= 0).any()), chance)
    now, whole = _energy(m, hand, dear)
    if (whole and not best_whole) or (whole == best_whole and now > best_energy + 1e-9):
        best_energy, best_whole = now, whole
        best[:] = column
    kept = column.copy()
    temperature = heat
    cooling = (cold / heat) ** (1.0 / max(rounds, 1))
    for _ in range(rounds):
        temperature *= cooling
        _ruin(m, hand, order, chance)
        _refill(m, hand, order, key, temperature, True, chance)
        energy, whole = _energy(m, hand, dear)
        if energy >= now or np.log(_uniform(chance) + 1e-300) * temperature < energy - now:
            now = energy
            kept[:] = column
            if (whole and not best_whole) or (whole == best_whole and energy > best_energy + 1e-9):
                best_energy, best_whole = energy, whole
                best[:] = column
        else:
            column[:] = kept
            _count(m, hand)
    return best_energy, best_whole


@nb.njit(cache=True, nogil=True)
def _uniform(chance: np.ndarray) -> float:
    """The next of a row of numbers from 0 to 1 (xorshift64*, Vigna 2016)."""
    x = chance[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    chance[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) / 9007199254740992.0


@nb.njit(cache=True, nogil=True)
def _count(m: Layout, hand: Hand) -> None:
    """Count anew what the plan at hand uses."""
    hand.used[:] = 0.0
    hand.taken[:] = False
    for p in range(len(hand.column)):
        j = hand.column[p]
        hand.live[p] = _NEVER
        if j >= 0:
            hand.live[p] = m.finish[j]
            hand.taken[m.choice[p]] = True
            for e in range(m.use_of[j], m.use_of[j + 1]):
                hand.used[m.row[e]] += m.amount[e]


@nb.njit(cache=True, nogil=True)
def _ready(m: Layout, hand: Hand, j: int) -> bool:
    """Whether what a column waits for is there."""
    for e in range(m.wait_of[j], m.wait_of[j + 1]):
        k = m.thing[e]
        there = False
        for f in range(m.thing_of[k], m.thing_of[k + 1]):
            if hand.live[m.supplier[f]] <= m.start[j]:
                there = True
                break
        if not there:
            return False
    return True


@nb.njit(cache=True, nogil=True)
def _fits(m: Layout, hand: Hand, j: int, strict: bool) -> bool:
    """Whether there is room for a column; ``strict``: in the rows of those who explore as well."""
    last = len(m.limit) if strict else len(m.limit) - SHARES
    for e in range(m.use_of[j], m.use_of[j + 1]):
        if m.row[e] < last and m.amount[e] > 0 and hand.used[m.row[e]] + m.amount[e] > m.loose[m.row[e]]:
            return False
    return True


@nb.njit(cache=True, nogil=True)
def _take(m: Layout, hand: Hand, j: int) -> None:
    p = m.initiative[j]
    hand.column[p] = j
    hand.live[p] = m.finish[j]
    hand.taken[m.choice[p]] = True
    for e in range(m.use_of[j], m.use_of[j + 1]):
        hand.used[m.row[e]] += m.amount[e]


@nb.njit(cache=True, nogil=True)
def _follow(m: Layout, hand: Hand, wished: Ints) -> None:
    """Take what is wished for, as far as it still fits."""
    came = True
    while came:
        came = False
        for p in range(len(wished)):
            j = wished[p]
            if j >= 0 and not hand.taken[m.choice[p]] and _fits(m, hand, j, False) and _ready(m, hand, j):
                _take(m, hand, j)
                came = True


@nb.njit(cache=True, nogil=True)
def _drop(m: Layout, hand: Hand, p: int) -> None:
    j = hand.column[p]
    hand.column[p] = -1
    hand.live[p] = _NEVER
    hand.taken[m.choice[p]] = False
    for e in range(m.use_of[j], m.use_of[j + 1]):
        hand.used[m.row[e]] -= m.amount[e]


@nb.njit(cache=True, nogil=True)
def _drop_waiting(m: Layout, hand: Hand) -> None:
    """Take out what waits for something that is not there any more, until nothing does."""
    dropped = True
    while dropped:
        dropped = False
        for p in range(len(hand.column)):
            j = hand.column[p]
            if j >= 0 and m.wait_of[j + 1] > m.wait_of[j] and not _ready(m, hand, j):
                _drop(m, hand, p)
                dropped = True


@nb.njit(cache=True, nogil=True)
def _ruin(m: Layout, hand: Hand, order: Ints, chance: np.ndarray) -> None:
    """Take some initiatives out: any, or such as use the same limit, or such as run at the same time."""
    size = len(hand.column)
    leaving = 1 + int(_uniform(chance) * _RUINED)
    kind = _uniform(chance)
    centre = int(_uniform(chance) * size)
    j = hand.column[centre]
    if j < 0 and m.candidate_of[centre] < m.candidate_of[centre + 1]:
        j = m.candidate[m.candidate_of[centre]]
    row = np.int64(-1)
    if j >= 0 and m.use_of[j] < m.use_of[j + 1]:
        row = m.row[m.use_of[j] + int(_uniform(chance) * (m.use_of[j + 1] - m.use_of[j]))]
    found = 0
    for p in range(size):
        i = hand.column[p]
        if i < 0:
            continue
        fits = True
        if kind < 0.5 and row >= 0:
            fits = False
            for e in range(m.use_of[i], m.use_of[i + 1]):
                if m.row[e] == row:
                    fits = True
                    break
        elif kind < 0.8 and j >= 0:
            fits = m.start[i] < m.finish[j] and m.finish[i] > m.start[j]
        if fits:
            order[found] = p
            found += 1
    for _ in range(min(leaving, found)):
        at = int(_uniform(chance) * found)
        _drop(m, hand, order[at])
        found -= 1
        order[at] = order[found]
    _drop_waiting(m, hand)


@nb.njit(cache=True, nogil=True)
def _refill(m: Layout, hand: Hand, order: Ints, key: Floats, noise: float, strict: bool, chance: np.ndarray) -> None:
    """Let in what fits, mandatory first, then by score; once more when something others may wait for came in."""
    size = len(hand.column)
    out = 0
    for p in range(size):
        if hand.column[p] < 0 and not hand.taken[m.choice[p]] and m.candidate_of[p] < m.candidate_of[p + 1]:
            order[out] = p
            out += 1
    for n in range(out):
        p = order[n]
        best = m.score[m.candidate[m.candidate_of[p]]] + 2.0 * noise * _uniform(chance)
        key[n] = -best - (1e18 if m.mandatory[p] else 0.0)
    _sort(order, key, out)
    for _ in range(2):
        came = False
        for n in range(out):
            p = order[n]
            if hand.taken[m.choice[p]]:
                continue
            for c in range(m.candidate_of[p], m.candidate_of[p + 1]):
                j = m.candidate[c]
                if noise > 0.0 and _uniform(chance) < _BLINK:
                    continue
                if _fits(m, hand, j, strict) and _ready(m, hand, j):
                    _take(m, hand, j)
                    came = True
                    break
        if not came:
            break


@nb.njit(cache=True, nogil=True)
def _sort(order: Ints, key: Floats, size: int) -> None:
    """Sort by key, in place (Shell 1959); compiling NumPy's takes longer than all the rest."""
    apart = size // 2
    while apart > 0:
        for n in range(apart, size):
            p, k, at = order[n], key[n], n
            while at >= apart and key[at - apart] > k:
                order[at], key[at] = order[at - apart], key[at - apart]
                at -= apart
            order[at], key[at] = p, k
        apart //= 2


@nb.njit(cache=True, nogil=True)
def _energy(m: Layout, hand: Hand, dear: float) -> tuple[float, bool]:
    """The value, less much for each mandatory initiative that is out and for a missed share; whether none is."""
    energy, whole = 0.0, True
    for p in range(len(hand.column)):
        j = hand.column[p]
        if j >= 0:
            energy += m.value[j]
        elif m.mandatory[p]:
            energy -= dear
            whole = False
    for row in range(len(m.limit) - SHARES, len(m.limit)):
        over = hand.used[row] - m.loose[row]
        if over > 0.0:
            energy -= m.steep * over
            whole = False
    return energy, whole
