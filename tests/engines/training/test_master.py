"""The programs that combine known plans: they hear a stop, and turn from stage to stage without losing the best."""

import numpy as np
import pytest

from tests.engines.training.strategies import random_problem
from vested.engines.training._columns import Columns, join, price
from vested.engines.training._dual import Goal, Stage, duals_of, no_rates
from vested.engines.training._master import Mixture, _programs, combine
from vested.engines.training._model import Model, model_of
from vested.engines.training._planning import least
from vested.engines.training._use import nobody

GOALS = [
    Goal(stage=Stage.VALUE, soft=5.0),
    Goal(stage=Stage.FAIRNESS),
    Goal(stage=Stage.VALUE, shortfall=30.0),
]


def known(seed: int) -> tuple[Model, Columns]:
    """A problem in which shares cannot all be kept, and some plans of everybody."""
    model = model_of(random_problem(seed, people=100, courses=25, fairness=0.9, scarcity=1.0, money=0.2))
    duals = duals_of(model, GOALS[0], no_rates(model, GOALS[0]))
    priced = price(model, duals, np.arange(len(model.hours)), keep=8, slack=2.0, threads=1)
    return model, join(priced.columns, least(model))


def stop() -> bool:
    return True


def go_on() -> bool:
    return False


def test_sharing_out_hears_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_programs, "_STEPS", 1)
    model, columns = known(3)
    assert Mixture(model, GOALS[0], columns, stop=stop).solve() is None
    assert Mixture(model, GOALS[0], columns, stop=go_on).solve() is not None


def test_choosing_whole_plans_hears_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_programs, "_NODES", 1)
    asked: list[bool] = []

    def ask() -> bool:
        asked.append(True)
        return True

    model, columns = known(3)
    combine(model, GOALS[0], columns, fixed=nobody(model), stop=ask)
    assert len(asked) == 1


@pytest.mark.parametrize("seed", range(4))
def test_turning_to_another_stage_finds_what_a_new_program_finds(seed: int) -> None:
    model, columns = known(seed)
    mixture = Mixture(model, GOALS[0], columns, stop=go_on)
    for goal in (*GOALS, GOALS[0]):
        mixture.turn(goal, stop=go_on)
        turned, fresh = mixture.solve(), Mixture(model, goal, columns, stop=go_on).solve()
        assert (turned is None) == (fresh is None)
        if turned is not None and fresh is not None:
            assert turned.objective == pytest.approx(fresh.objective, abs=1e-6)


def test_turning_asks_whom_it_was_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_programs, "_STEPS", 1)
    model, columns = known(3)
    mixture = Mixture(model, GOALS[1], columns, stop=go_on)
    mixture.turn(GOALS[0], stop=stop)
    assert mixture.solve() is None
