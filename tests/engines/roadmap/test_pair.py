"""The bounder: what it proves, and what two processes tell one another."""

import multiprocessing

import numpy as np
import pytest

from tests.engines.roadmap.oracle import optimum
from tests.engines.roadmap.strategies import tiny_problem
from tests.engines.roadmap.test_plan import SMALL, Stop
from vested.engines.roadmap import Progress, make_problem
from vested.engines.roadmap._improve import KINDS, Improver
from vested.engines.roadmap._pair import Partner, prove, send_out
from vested.engines.roadmap._planning import begin
from vested.engines.roadmap._program import Watch, search
from vested.engines.roadmap._state import State, Whole


def never(_progress: Progress) -> bool:
    return False


def begun(*, stop: object = never) -> State:
    state = begin(SMALL["realistic"], gap=0.0, stop=stop, seed=0)  # type: ignore[arg-type]  # a function or an object
    Improver(state=state).begin(np.zeros(0, np.int64))
    return state


def test_proving_ends_at_the_best() -> None:
    problem = tiny_problem(3, mandatory=0.0)
    state = begin(problem, gap=0.0, stop=never, seed=0)
    prove(state)
    assert state.value == pytest.approx(optimum(problem))
    assert state.bound == pytest.approx(state.value)


def test_many_initiatives_are_improved_between_proofs() -> None:
    stop = Stop(75)
    state = begin(make_problem(initiatives=125, seed=1), gap=0.0, stop=stop, seed=0)
    Improver(state=state).begin(np.zeros(0, np.int64))
    before = state.bound
    prove(state)
    assert state.bound < before
    assert stop.left < 0


def test_partners_tell_one_another_once() -> None:
    one, other = begun(), begun()
    here, there = multiprocessing.Pipe()
    mine, theirs = Partner(state=one, end=here), Partner(state=other, end=there)
    one.chosen, one.value, one.bound = one.chosen[:-1], one.value - 1.0, one.bound - 1.0
    best, lower = other.value, one.bound
    mine.talk()
    theirs.talk()
    assert (other.value, other.bound) == (best, lower)
    mine.talk()
    assert (one.value, one.bound) == (best, lower)
    mine.talk()
    theirs.talk()
    assert not there.poll()
    assert not here.poll()


def test_a_partner_that_is_gone_is_gone() -> None:
    here, there = multiprocessing.Pipe()
    partner = Partner(state=begun(), end=here)
    there.close()
    partner.talk()
    partner.talk()
    assert partner.away


def test_a_bounder_is_ended_whatever_it_does() -> None:
    state = begun()
    bounder = send_out(state)
    bounder.end()
    assert not bounder.process.is_alive()


def test_a_search_is_handed_what_others_found() -> None:
    state = begun()
    watch = Whole(state)
    assert watch.known() is None
    state.value -= 1.0
    watch = Whole(state)
    assert watch.known() is None
    state.value += 1.0
    assert watch.known() is state.chosen
    assert watch.known() is None


def test_a_search_that_is_ended_at_once_has_nothing() -> None:
    state = begun()
    every = np.arange(len(state.program.choice))
    found = search(state.program, every, np.zeros(0, np.int64), effort=0, watch=Watch(lambda: True))
    assert (found.chosen, found.complete) == (None, False)


def test_a_search_takes_up_what_others_find_meanwhile() -> None:
    state = begun()
    best, state.chosen, state.value = state.chosen, np.zeros(0, np.int64), 0.0
    handed = []

    class Better(Whole):
        def known(self) -> np.ndarray | None:
            state.take(best)
            handed.append(super().known())
            return handed[-1]

    every = np.arange(len(state.program.choice))
    search(state.program, every, np.zeros(0, np.int64), effort=30, watch=Better(state))
    assert any(plan is best for plan in handed)


def test_patience_ends_a_search() -> None:
    watch = Whole(begun(), patience=2)
    bound = watch.state.bound
    assert [watch.ends(bound) for _ in range(4)] == [False, False, False, True]


def test_a_part_without_columns_is_what_is_fixed() -> None:
    state = begun()
    found = search(state.program, np.zeros(0, np.int64), state.chosen, watch=Watch(lambda: False))
    assert found.complete
    assert found.bound == pytest.approx(state.value)


def test_the_same_steps_lead_to_the_same_plan() -> None:
    values = []
    for _ in range(2):
        improver = Improver(state=begun())
        for _ in range(4):
            improver.step()
        values.append((improver.state.value, improver.size, improver.credit.tolist()))
    assert values[0] == values[1]


@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_every_kind_of_step_keeps_a_plan(kind: int) -> None:
    state = begun()
    improver = Improver(state=state)
    improver.credit = np.where(np.arange(len(KINDS)) == kind, 1.0, 0.0)
    before = state.value
    improver.step()
    assert state.value >= before
    assert improver.idle == (state.value == before)
