"""Calibrations: published figures, an independent maximisation, and what must not depend on how answers are given."""

import json
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import expit

from tests.engines.adaptive import oracle
from tests.engines.adaptive.oracle import Problem, drawn
from vested.engines import adaptive
from vested.engines.adaptive import Answers, Bank, Calibration, Doubt, Priors, calibrate
from vested.engines.adaptive._calibrate import _improve, _orthonormal
from vested.engines.adaptive._checks import read
from vested.engines.adaptive._curves import chances, grid_of, layout_of
from vested.engines.adaptive._people import every

Model = Literal["rasch", "2pl", "3pl", "graded"]


@pytest.fixture
def irt(real_data: Path) -> Path:
    return real_data / "skills" / "irt"


def _answers(file: Path) -> NDArray[np.float64]:
    columns = slice(1, None) if file.stem.startswith("verbagg") else slice(None)
    return np.genfromtxt(file, delimiter=",", skip_header=1)[:, columns]


@pytest.mark.real_data
def test_lsat7_is_as_in_r(irt: Path) -> None:
    """R's mirt at the tolerance of its SEM errors (its test-01-mirtOne.R); answers of Bock and Lieberman (1970)."""
    found = calibrate(_answers(irt / "lsat7.csv"), tolerance=1e-6)
    assert found.bank.slope == pytest.approx([0.9876, 1.0808, 1.7075, 0.7650, 0.7357], abs=1e-4)
    assert found.bank.intercept[:, 0] == pytest.approx([1.8559, 0.8080, 1.8052, 0.4860, 1.8545], abs=1e-4)
    assert found.likelihood == pytest.approx(-2658.805, abs=1e-3)


@pytest.mark.real_data
def test_lsat6_is_as_in_r(irt: Path) -> None:
    """R's ltm with a slope for each item (Rizopoulos 2006, Journal of Statistical Software 17(5)): -a b is d."""
    found = calibrate(_answers(irt / "lsat6.csv"), tolerance=1e-6)
    slope = [0.8253715, 0.7229499, 0.8904748, 0.6885502, 0.6574516]
    difficulty = [-3.3597341, -1.3696497, -0.2798983, -1.8659189, -3.1235725]
    assert found.bank.slope == pytest.approx(slope, abs=1e-3)
    assert found.bank.intercept[:, 0] == pytest.approx(-np.multiply(slope, difficulty), abs=1e-3)
    assert found.likelihood == pytest.approx(-2466.653, abs=1e-3)


@pytest.mark.real_data
def test_lsat6_with_one_slope_is_as_in_r_with_its_error(irt: Path) -> None:
    """R's mirt gives these intercepts and a variance of .57 (its test-01-mirtOne.R), ltm .7551 with .0694."""
    found = calibrate(_answers(irt / "lsat6.csv"), model="rasch", tolerance=1e-6)
    assert found.bank.slope == pytest.approx(np.full(5, 0.7551), abs=1e-4)
    assert found.bank.intercept[:, 0] == pytest.approx([2.730, 0.999, 0.240, 1.306, 2.099], abs=1e-3)
    assert found.error.slope == pytest.approx(np.full(5, 0.0694), abs=1e-4)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("lsat6", "lsat6.csv"),
        ("lsat7", "lsat7.csv"),
        ("icar16", "icar_ability16.csv"),
        ("verbagg", "verbagg_dichotomous_wide.csv"),
    ],
)
def test_real_answers_give_the_reference_figures(irt: Path, name: str, file: str) -> None:
    reference = json.loads((irt / "reference_2pl_mml.json").read_text(encoding="utf-8"))[name]
    found = calibrate(_answers(irt / file), tolerance=1e-6)
    assert found.converged
    assert found.bank.slope == pytest.approx(reference["a"], abs=1.5e-3)  # the reference is rounded to .001
    assert found.bank.intercept[:, 0] == pytest.approx(reference["d"], abs=1.5e-3)
    assert found.likelihood == pytest.approx(reference["ll"], abs=0.01)


CASES: dict[str, dict[str, Any]] = {
    "2pl": {"model": "2pl", "steps": (1, 1, 1, 1, 1), "seed": 1},
    "2pl with gaps": {"model": "2pl", "steps": (1, 1, 1, 1, 1, 1), "seed": 2, "missing": 0.3},
    "2pl with few answers": {"model": "2pl", "steps": (1,) * 6, "seed": 3, "missing": 0.8, "people": 3000},
    "2pl with priors": {"model": "2pl", "steps": (1, 1, 1, 1), "seed": 4, "slope": (1.0, 0.4), "intercept": (0.0, 1.0)},
    "rasch": {"model": "rasch", "steps": (1, 1, 1, 1, 1), "seed": 5},
    "rasch with priors and steps": {"model": "rasch", "steps": (1, 2, 1), "seed": 6, "slope": (0.5, 0.05)},
    "3pl": {"model": "3pl", "steps": (1, 1, 1, 1), "seed": 7, "guess": 0.2, "people": 1500},
    "graded": {"model": "graded", "steps": (3, 1, 2, 3), "seed": 8},
    "graded with gaps and priors": {
        "model": "graded", "steps": (2, 2, 2), "seed": 9, "missing": 0.2, "intercept": (0.0, 2.0),
    },
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_figures_and_errors_are_those_of_a_direct_maximisation(case: dict[str, Any]) -> None:
    model, steps = case["model"], case["steps"]
    responses = drawn(
        people=case.get("people", 600), steps=steps, seed=case["seed"], guess=case.get("guess", 0.0),
        missing=case.get("missing", 0.0),
    )  # fmt: skip
    slope, intercept = case.get("slope"), case.get("intercept")
    guess = Priors().guess if model == "3pl" else None
    priors = Priors(slope=slope, intercept=intercept, guess=guess)
    found = calibrate(responses, model=model, priors=priors, tolerance=1e-7)
    patterns, times = np.unique(responses, axis=0, return_counts=True)
    problem = Problem(
        responses=patterns, times=times.astype(float), steps=steps, tied=model == "rasch", guessing=model == "3pl",
        slope=slope, intercept=intercept,
    )  # fmt: skip
    ours = _figures(found.bank, problem)
    theirs = oracle.best(problem, ours + 0.05)  # from beside, so that it has to find back
    assert found.converged
    assert found.distance < 1e-4
    assert ours == pytest.approx(theirs, abs=1e-3)
    assert oracle.log_posterior(problem, ours) >= oracle.log_posterior(problem, theirs) - 1e-5
    plain = Problem(responses=patterns, times=times.astype(float), steps=steps, tied=problem.tied)
    if model != "3pl":
        assert found.likelihood == pytest.approx(oracle.log_posterior(plain, ours), abs=1e-3)
    errors = np.sqrt(np.diag(oracle.covariance(problem, ours)))
    assert _figures(found.error, problem, errors=found.bank) == pytest.approx(errors, rel=2e-3)


def _figures(bank: Bank, problem: Problem, *, errors: Bank | None = None) -> NDArray[np.float64]:
    """Lay a bank out as the oracle does; errors of guessing go back to those of its logit."""
    slopes = bank.slope[:1] if problem.tied else bank.slope
    rows = [slopes, *(row[:steps] for row, steps in zip(bank.intercept, problem.steps, strict=True))]
    if problem.guessing:
        rows.append(
            bank.guess / (errors.guess * (1 - errors.guess)) if errors else np.log(bank.guess / (1 - bank.guess))
        )
    return np.concatenate(rows)


def _same(one: Calibration, other: Calibration, *, within: float) -> None:
    np.testing.assert_allclose(one.bank.slope, other.bank.slope, atol=within)
    np.testing.assert_allclose(one.bank.intercept, other.bank.intercept, atol=within)
    np.testing.assert_allclose(one.error.slope, other.error.slope, atol=within)


def test_answers_one_by_one_and_as_a_matrix_say_the_same() -> None:
    responses = drawn(people=400, steps=(2, 1, 1, 2, 1), seed=11, missing=0.3)
    person, item = np.nonzero(responses >= 0)
    mixed = np.random.default_rng(0).permutation(len(person))
    rows = Answers(person=person[mixed], item=item[mixed], value=responses[person, item][mixed], people=400, items=5)
    dense, sparse = (calibrate(given, model="graded", tolerance=1e-7) for given in (responses, rows))
    _same(dense, sparse, within=1e-6)
    assert dense.likelihood == pytest.approx(sparse.likelihood, abs=1e-6)
    assert (csr_array(read(rows).matrix).toarray() - 1 == responses).all()
    assert (csr_array(every(read(rows), 7).matrix).toarray() - 1 == responses[::7]).all()


def test_missing_is_minus_one_or_nan() -> None:
    responses = drawn(people=300, steps=(1, 1, 1), seed=12, missing=0.2)
    _same(calibrate(responses), calibrate(np.where(responses < 0, np.nan, responses)), within=0.0)


def test_many_answers_a_person_do_not_become_nothing() -> None:
    """2,000 answers make a likelihood of 10^-450, below the smallest number there is."""
    draw = np.random.default_rng(13)
    ability, place = draw.normal(size=40), draw.normal(size=2000)
    responses = (draw.random((40, 2000)) < 1 / (1 + np.exp(place - ability[:, None]))).astype(int)
    bank = Bank(slope=np.ones(2000), intercept=-place[:, None], guess=np.zeros(2000))
    rows = Answers(
        person=np.repeat(np.arange(40), 2000), item=np.tile(np.arange(2000), 40), value=responses.ravel(), people=40,
        items=2000,
    )  # fmt: skip
    dense, sparse = adaptive.score(responses, bank, points=241), adaptive.score(rows, bank, points=241)
    np.testing.assert_allclose(sparse.ability, dense.ability, atol=1e-9)
    assert np.abs(dense.ability - ability).max() < 0.3


def test_with_many_people_the_start_and_the_errors_are_cheaper_and_as_good() -> None:
    responses = drawn(people=90_000, steps=(1, 1, 1, 1, 1), seed=14)
    found = calibrate(responses, tolerance=1e-6)
    patterns, times = np.unique(responses, axis=0, return_counts=True)
    problem = Problem(responses=patterns, times=times.astype(float), steps=(1,) * 5)
    ours = _figures(found.bank, problem)
    errors = np.sqrt(np.diag(oracle.covariance(problem, ours)))
    assert _figures(found.error, problem) == pytest.approx(errors, rel=0.03)
    shorter = calibrate(responses[:30_000:2], priors=Priors(slope=(1.0, 0.5)))  # some people first, exact errors
    assert shorter.converged
    rare = responses.copy()
    rare[:, 0] = 1
    rare[:30, 0] = 0  # too few of these for a start with some of the people
    assert calibrate(rare, errors=False).bank.difficulty[0, 0] < -2


def test_people_with_many_answers_and_priors_keep_the_priors_in_the_errors() -> None:
    responses = drawn(people=45_000, steps=(1, 1, 1), seed=15)
    tight = calibrate(responses, priors=Priors(slope=(1.0, 0.001), intercept=(0.0, 0.001)))
    assert tight.error.slope == pytest.approx(np.full(3, 0.001), rel=0.01)


def test_polynomials_under_a_posterior_are_orthonormal() -> None:
    posterior = np.random.default_rng(0).dirichlet(np.ones(9), size=4)
    found = _orthonormal(posterior, np.linspace(-2, 2, 9))
    parts = np.stack([posterior, *(next(found) for _ in range(8))]) / posterior
    for row in range(4):
        np.testing.assert_allclose((parts[:, row] * posterior[row]) @ parts[:, row].T, np.eye(9), atol=1e-6)


def test_errors_are_only_there_when_asked_for() -> None:
    found = calibrate(drawn(people=200, steps=(1, 1, 1), seed=16), errors=False)
    assert np.isnan(found.error.slope).all()
    assert np.isnan(found.covariance).all()
    assert np.isnan(found.distance)


def test_too_few_passes_are_told() -> None:
    responses = drawn(people=300, steps=(1, 1, 1, 1), seed=17)
    found = calibrate(responses, most=2)
    assert (found.converged, found.rounds) == (False, 2)
    assert found.step > 1e-4


def test_doubtful_items_are_marked() -> None:
    draw = np.random.default_rng(18)
    ability = draw.normal(size=800)
    chance = 1 / (1 + np.exp(-np.outer(ability, [1.2, 1.2, 1.2, -1.0, 0.0, 1.2])))
    chance[:, 5] *= 0.02  # hardly anybody answers the last one right
    found = calibrate((draw.random((800, 6)) < chance).astype(int), priors=Priors(slope=(1.0, 1.0)))
    assert found.doubts[3] == Doubt.NEGATIVE
    assert Doubt.FLAT in Doubt(int(found.doubts[4]))
    assert Doubt.FEW in Doubt(int(found.doubts[5]))
    assert (found.doubts[:3] == 0).all()
    twins = np.repeat((draw.random((500, 3)) < 0.5).astype(int), [1, 1, 2], axis=1)  # a question and its copy
    assert Doubt.STEEP in Doubt(int(calibrate(twins, errors=False).doubts[3]))


@pytest.mark.parametrize("model", ["graded", "rasch"])
def test_a_step_hardly_anybody_stands_on_keeps_its_place(model: Model) -> None:
    """One of 20,000 stands on the middle step of the second item: its thresholds stay apart, and move together."""
    draw = np.random.default_rng(19)
    ability = draw.normal(size=(20_000, 1))
    responses = (draw.random((20_000, 4)) < expit(1.5 * ability - np.array([0.0, 1.0, -0.5, 0.5]))).astype(int)
    responses[:, 1] *= 2
    responses[0, 1] = 1
    found = calibrate(responses, model=model, errors=False)
    assert found.converged
    assert -0.01 < np.diff(found.bank.intercept[1])[0] < 0
    assert found.bank.intercept[1] == pytest.approx([-1.0, -1.0], abs=0.1)


@pytest.mark.parametrize("model", ["graded", "rasch"])
def test_a_newton_step_does_not_cross_thresholds(model: Model) -> None:
    """Nobody is expected on the middle step: the likelihood pulls its thresholds together, and beyond."""
    layout = layout_of(np.array([[5, 5, 5], [5, 5, 0]]), model=model, priors=Priors())
    table = np.array([[1.0, 0.2, -0.2, -np.inf], [1.0, 0.0, -np.inf, -np.inf]])
    grid, weight = grid_of(41)
    counts = chances(table, grid) * weight * 1000
    counts[0, 1] = 0.0
    moved = layout.table(_improve(table, counts, 1000 * weight, grid, layout))
    assert np.diff(moved[0, 1:3])[0] < 0
    assert (moved[1, 2], moved[1, 3]) == (-np.inf, -np.inf)


@settings(max_examples=10)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_people_and_items_changes_nothing(seed: int) -> None:
    responses = drawn(people=250, steps=(1, 1, 1, 1), seed=seed)
    draw = np.random.default_rng(seed)
    people, items = draw.permutation(250), draw.permutation(4)
    priors = Priors(slope=(1.0, 0.5))
    one = calibrate(responses, priors=priors, tolerance=1e-7)
    other = calibrate(responses[people][:, items], priors=priors, tolerance=1e-7)
    np.testing.assert_allclose(other.bank.slope, one.bank.slope[items], atol=1e-5)
    np.testing.assert_allclose(other.error.intercept, one.error.intercept[items], atol=1e-5)
