"""A cube stands up to somebody who has all of it, and answers everything from itself."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from tests.engines.disclosure.by_hand import Floats, Ints, demands, holds, laid_out, staff
from vested.engines.disclosure import (
    Cube,
    InvalidTable,
    Release,
    Rules,
    Why,
    ask,
    attack,
    counts,
    cross,
    joined,
    publish,
    release,
)
from vested.engines.disclosure._cube import states
from vested.engines.disclosure._swaps import enough, least_doubt, ways_of

UNITS = np.array([-1, 0, 0, 1, 2, 1, 2])
RULES = Rules(shallowest=1.0)
CASES = {0: (150, 3), 1: (300, 4), 2: (100, 3), 3: (60, 2)}


def released(seed: int, *, rules: Rules = RULES) -> tuple[Release, Ints, Ints, Floats]:
    people, families = CASES[seed]
    count, below, gap = staff(seed, people=people, units=UNITS, families=families, skills=2)
    return release(unit_parent=UNITS, people=count, below=below, gap=gap, rules=rules), count, below, gap


def true_sums(figure: Floats | Ints, parent: Ints, given: int) -> Floats:
    """Add up what stands at units, those below and people's own nodes included, and over families."""
    total = np.zeros((len(parent), figure.shape[1] + 1))
    inner = {int(parent[node]): node for node in range(given, len(parent))}
    for unit in range(given):
        node = inner.get(unit, unit)
        while node >= 0:
            total[node, :-1] += figure[unit]
            node = int(parent[node])
    total[:, -1] = total[:, :-1].sum(axis=1)
    return total


@pytest.mark.parametrize("seed", CASES)
def test_nothing_hidden_is_worked_out_from_all_figures_together(seed: int) -> None:
    """Sizes, those below and levels missing of all skills at once; nobody below needs no protecting."""
    found, _, below, gap = released(seed)
    n = found.cube.people.size
    seen = attack(laid_out(found.cube, rules=RULES, skills=range(2)))
    truth = [
        true_sums(figure[skill], found.cube.unit_parent, len(UNITS)).ravel()
        for skill in range(2)
        for figure in (below, gap)
    ]
    value = np.concatenate((np.full(n, np.inf), *truth))[seen.cell]
    sizes = seen.cell < n
    doubt = seen.high - seen.low
    assert sizes.any()
    assert (doubt[sizes] >= 1 - 1e-6).all()
    counted = (seen.cell - n) // n % 2 == 0
    assert (doubt[~sizes & counted & (value > 0)] >= 1 - 1e-6).all()
    assert (
        doubt[~sizes & ~counted & (value > 0)] >= 0.05 * np.minimum(value, 8.0)[~sizes & ~counted & (value > 0)]
    ).all()


@pytest.mark.parametrize("seed", range(3))
def test_many_skills_together_do_not_tell_a_size(seed: int) -> None:
    count, below, gap = staff(seed, people=70, units=UNITS, families=3, skills=30)
    cube = release(unit_parent=UNITS, people=count, below=below, gap=gap, rules=RULES).cube
    seen = attack(laid_out(cube, rules=RULES, skills=range(30)), cells=np.arange(cube.people.size))
    people = true_sums(count, cube.unit_parent, len(UNITS)).ravel()[seen.cell]
    small = people < 5
    assert small.any()
    assert (seen.high - seen.low >= 1 - 1e-6)[small].all()


@pytest.mark.parametrize("seed", range(4))
def test_swaps_say_only_what_holds(seed: int) -> None:
    """What a swap is said to leave open, an attacker who knows all sizes finds open."""
    count, below, gap = staff(seed, people=90, units=UNITS, families=3, skills=1)
    parent = np.append(UNITS, [0, 1, 2])
    shape = (len(parent), 4)
    people, under, missing = (true_sums(figure, parent, len(UNITS)) for figure in (count, below[0], gap[0]))
    hidden = (people > 0) & (np.random.default_rng(seed).random(shape) < 0.5)
    asked = hidden & (under > 0)
    excess = missing - RULES.shallowest * under
    kept, left = enough(ways_of(parent), people, under, excess, hidden=hidden, asked=asked, rules=RULES)
    answered = np.flatnonzero(asked & ~left)
    assert len(answered)
    assert (hidden <= kept).all()
    groups = cross(trees=(parent, np.array([3, 3, 3, -1])), tables=((0, 1),))
    table = states(counts(groups, people.ravel()), under, excess, moves=[], rules=RULES)
    seen = attack(publish(table, kept.ravel()))
    fewer = demands(answered.tolist(), down=1.0, up=0.0)
    doubt = least_doubt(excess, rules=RULES).ravel()[answered]
    less = replace(fewer, cell=people.size + answered, down=doubt)
    assert holds(joined(fewer, less), table, seen.cell, seen.low, seen.high)


@pytest.mark.parametrize("seed", CASES)
def test_what_is_shown_is_true_and_allowed(seed: int) -> None:
    found, count, below, gap = released(seed)
    cube = found.cube
    people = true_sums(count, cube.unit_parent, len(UNITS))
    shown = cube.people >= 0
    assert (cube.people == people)[shown].all()
    assert not ((people > 0) & (people < 5) & shown).any()
    assert ((found.sizes.why > 0) == ~shown.ravel()).all()
    for skill in range(2):
        here = cube.below[skill] >= 0
        under = true_sums(below[skill], cube.unit_parent, len(UNITS))
        missing = true_sums(gap[skill], cube.unit_parent, len(UNITS))
        assert (here <= shown).all()
        assert (np.isnan(cube.mean_gap[skill]) == ~here).all()
        assert (under == cube.below[skill])[here].all()
        assert cube.mean_gap[skill][here] == pytest.approx((missing / np.maximum(people, 1))[here])
        assert not (here & (under > 0) & ((under < 3) | (people - under < 3))).any()
        assert ((found.skills[skill].why > 0) == ~here.ravel()).all()
        assert found.skills[skill].bound <= found.skills[skill].cost == (~here & shown).sum()


def test_without_protecting_more_than_small_groups_the_attacker_wins() -> None:
    """Else the first test says nothing."""
    found, count, _, _ = released(0)
    people = true_sums(count, found.cube.unit_parent, len(UNITS)).astype(np.int64)
    bare = np.where((people > 0) & (people < 5), -1, people)
    cube = Cube(unit_parent=found.cube.unit_parent, people=bare, below=found.cube.below, mean_gap=found.cube.mean_gap)
    seen = attack(laid_out(cube, rules=RULES, skills=[0]))
    assert (seen.high - seen.low < 1e-6).any()


def test_rules_decide() -> None:
    open_states, count, *_ = released(1, rules=Rules(state=0, shallowest=1.0))
    strict, *_ = released(1)
    assert not any((skill.why == Why.REVEALING).any() for skill in open_states.skills)
    assert any((skill.why == Why.REVEALING).any() for skill in strict.skills)
    assert (open_states.cube.below < 0).sum() < (strict.cube.below < 0).sum()
    everything, *_ = released(1, rules=Rules(minimum=1, state=0))
    assert everything.cube.people[0, -1] == count.sum()
    assert (everything.cube.people >= 0).all()


def test_every_answer_is_what_the_cube_shows() -> None:
    """Drills, filters, several units at once and everybody else: true where answered, and hidden where the cube is."""
    found, count, below, gap = released(1)
    cube, families = found.cube, count.shape[1]
    people = true_sums(count, cube.unit_parent, len(UNITS))
    for unit, family in itertools.product(range(len(cube.unit_parent)), range(families)):
        got = ask(cube, skill=0, units=[unit], families=[family])
        kept = cube.people[unit, family] >= 0
        assert got.people == (int(people[unit, family]) if kept else got.people)
        assert got.people in {None, int(people[unit, family])}
        rest = ask(cube, units=[unit], families=[other for other in range(families) if other != family]).people
        assert rest in {None, int(people[unit, -1] - people[unit, family])}
    some = ask(cube, skill=1, units=[1, 2])
    inner = people[[1, 2]].sum(axis=0)[-1]
    assert some.people in {None, int(inner)}
    whole = ask(cube, skill=1)
    assert whole.people == count.sum()
    assert whole.below == below[1].sum()
    assert whole.mean_gap == pytest.approx(gap[1].sum() / count.sum())
    assert ask(cube).below is None


def test_everybody_missing_the_least_is_no_more_than_known() -> None:
    """Where all of a group miss exactly the least, only how many they are can be in doubt; and it is."""
    people = np.array([[0, 0], [20, 30], [40, 60]])
    below = np.array([[[0, 0], [20, 10], [15, 20]]])
    found = release(unit_parent=np.array([-1, 0, 0]), people=people, below=below, gap=below.astype(float), rules=RULES)
    assert found.cube.below[0, 1, 0] == -1
    seen = attack(laid_out(found.cube, rules=RULES, skills=[0]), cells=np.array([9 + 3]))
    assert seen.low[0] <= 19


def test_what_no_swap_leaves_open_is_left_open_all_the_same() -> None:
    """A tenth of what twelve units miss beyond the least is more than any one of them misses."""
    people = np.array([[0]] + [[10]] * 12)
    below = people[None].copy()
    found = release(unit_parent=np.array([-1] + [0] * 12), people=people, below=below, gap=1.5 * below, rules=RULES)
    assert (found.cube.below[0] == -1).all()
    seen = attack(laid_out(found.cube, rules=RULES, skills=[0]), cells=np.array([2 * 26]))
    assert seen.low[0] <= 180 - 6


def by_hand(people: Ints) -> Cube:
    shape = people.shape
    return Cube(
        unit_parent=np.array([-1, 0, 0, 0]), people=people, below=np.zeros((1, *shape), dtype=np.int64),
        mean_gap=np.zeros((1, *shape)),
    )  # fmt: skip


def test_a_selection_is_put_together_from_what_is_shown() -> None:
    cube = by_hand(np.array([[40, 60, 100], [10, 20, 30], [-1, -1, 30], [-1, -1, 40]]))
    assert ask(cube, units=[2, 3], families=[0]).people == 30  # all less the other unit
    assert ask(cube, units=[2, 3]).people == 70
    assert ask(cube, units=[1, 2, 3]).people == 100
    assert ask(cube, units=[2], families=[0]).people is None
    assert ask(cube, units=[2], families=[0, 1]).people == 30
    empty = by_hand(np.zeros((4, 3), dtype=np.int64))
    assert ask(empty, skill=0) == ask(empty, skill=0, units=[0])
    assert ask(empty, skill=0).mean_gap is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"skill": 2}, "skill 2"), ({"units": []}, "units is empty"), ({"units": [9]}, "units is empty"),
     ({"families": [-1]}, "families is empty")],
)  # fmt: skip
def test_questions_that_make_no_sense_are_said_to(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidTable, match=said):
        ask(by_hand(np.full((4, 3), 9)), **wrong)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"people": np.zeros((7, 0), dtype=np.int64)}, "people is not"), ({"below": np.zeros((2, 7, 3))}, "below is not"),
     ({"gap": np.zeros((1, 7, 2))}, "gap is not"), ({"below": np.full((2, 7, 3), 500)}, "more people than there are"),
     ({"gap": np.full((2, 7, 3), 1e6)}, "gap holds"), ({"unit_parent": np.arange(7)}, "exactly one node"),
     ({"rules": Rules(minimum=0)}, "minimum of 1"), ({"rules": Rules(shallowest=9.0)}, "shallowest under deepest")],
)  # fmt: skip
def test_staff_that_do_not_fit_are_refused(wrong: dict[str, object], said: str) -> None:
    count, below, gap = staff(0, people=150, units=UNITS, families=3, skills=2)
    given = {"unit_parent": UNITS, "people": count, "below": below, "gap": gap, "rules": RULES} | wrong
    with pytest.raises(InvalidTable, match=said):
        release(**given)  # type: ignore[arg-type]  # wrong on purpose
