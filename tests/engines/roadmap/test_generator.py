"""Made-up problems are what they say they are, and the same for the same seed."""

from dataclasses import fields

import numpy as np
import pytest

from tests.engines.roadmap.test_plan import Stop
from vested.engines.roadmap import FAMILIES, Problem, make_problem, plan


def arrays(problem: Problem) -> list[np.ndarray]:
    parts = [getattr(problem, field.name) for field in fields(problem)]
    return [np.asarray(getattr(part, field.name)) for part in parts for field in fields(part)]


@pytest.mark.parametrize("family", FAMILIES)
def test_the_same_seed_makes_the_same_problem(family: str) -> None:
    once, again, other = (make_problem(initiatives=30, family=family, seed=seed) for seed in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(arrays(once), arrays(again), strict=True))
    assert not np.array_equal(once.modes.benefit, other.modes.benefit)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("seed", range(8))
def test_what_is_mandatory_fits(family: str, seed: int) -> None:
    problem = make_problem(initiatives=60, family=family, seed=seed)
    found = plan(problem, gap=0.5, stop=Stop(20), workers=1)
    assert set(np.flatnonzero(problem.initiatives.mandatory).tolist()) <= set(found.initiative.tolist())


def test_families_differ_in_how_much_of_a_pool_one_takes() -> None:
    realistic, tight = (make_problem(initiatives=200, family=family, seed=0) for family in FAMILIES)
    share = [
        np.median(problem.modes.people / problem.limits.capacity[problem.modes.people_pool, 0])
        for problem in (realistic, tight)
    ]
    assert share[0] < 0.1
    assert 1 / 3 < share[1] < 1


def test_there_is_no_other_family() -> None:
    with pytest.raises(ValueError, match="no family odd; there are realistic, tight"):
        make_problem(initiatives=10, family="odd")
