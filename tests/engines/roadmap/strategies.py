"""Tiny problems that hypothesis sizes and shrinks; amounts are multiples of a quarter, so that sums are exact."""

import numpy as np
from hypothesis import strategies as st

from tests.engines.roadmap.by_hand import Initiative, Mode, problem_of
from vested.engines.roadmap import Problem


@st.composite
def problems(draw: st.DrawFn, *, max_initiatives: int = 4) -> Problem:
    """Draw a tiny problem with everything in it; it may have no plan."""
    return tiny_problem(
        draw(st.integers(0, 2**32 - 1)),
        initiatives=draw(st.integers(0, max_initiatives)),
        quarters=draw(st.integers(1, 4)),
        mandatory=draw(st.sampled_from([0.0, 0.0, 0.2, 0.6])),
        linked=draw(st.sampled_from([0.0, 0.5])),
        band=draw(st.sampled_from([(0.0, 1.0), (0.0, 1.0), (0.25, 0.75), (0.5, 1.0)])),
        discount=draw(st.sampled_from([1.0, 0.5])),
    )


def tiny_problem(
    seed: int,
    *,
    initiatives: int = 4,
    quarters: int = 4,
    mandatory: float = 0.2,
    linked: float = 0.5,
    band: tuple[float, float] = (0.0, 1.0),
    discount: float = 0.5,
) -> Problem:
    """Make a tiny problem from a seed."""
    rng = np.random.default_rng(seed)

    def some(values: list[float], size: int) -> list[float]:
        return [float(one) for one in rng.choice(values, size)]

    def mode() -> Mode:
        length = int(rng.integers(1, min(3, quarters) + 1))
        return Mode(
            benefit=float(rng.choice([0.0, 4.0, 8.0, 16.0, 20.0])),
            cost=some([0.0, 1.0, 2.0, 2.5], length),
            people={
                int(pool): some([0.25, 0.5, 1.0, 3.0], length)
                for pool in rng.choice(2, rng.integers(0, 3), replace=False)
            },
            uses=[int(rng.integers(2))] if rng.random() < linked / 2 else [],
        )

    return problem_of(
        *(
            Initiative(
                modes=[mode() for _ in range(int(rng.integers(0 if rng.random() < 0.1 else 1, 3)))],
                mandatory=bool(rng.random() < mandatory),
                earliest=int(rng.integers(0, 2)),
                latest=int(rng.integers(quarters - 2, quarters)),
                explore=bool(rng.random() < 0.5),
                risk=float(rng.choice([0.0, 1.0, 2.0])),
                group=int(rng.choice([-1, -1, 0])),
                needs=[int(rng.integers(p))] if p and rng.random() < linked else [],
                supplies=[int(rng.integers(2))] if rng.random() < linked else [],
            )
            for p in range(initiatives)
        ),
        quarters=quarters,
        budget=some([2.0, 3.0, 4.0, np.inf], quarters),
        capacity=[some([1.0, 1.5, 3.0], quarters), some([1.0, 2.0, np.inf], quarters)],
        exists=[bool(rng.random() < 0.3), False],
        explore=band,
        risk=float(rng.choice([2.0, 3.0, np.inf])),
        discount=discount,
    )
