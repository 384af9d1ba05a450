"""Abilities, item fit, differences between groups and linking."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import expit

from tests.engines.adaptive.oracle import drawn
from vested.engines.adaptive import (
    Bank,
    InvalidAnswers,
    InvalidBank,
    answers_of,
    calibrate,
    item_difference,
    item_fit,
    link,
    rescale,
    score,
)
from vested.engines.adaptive._differ import _flag

BANK = Bank(
    slope=np.array([1.3, 0.8, 1.7, 1.1]),
    intercept=np.array([[0.4, -0.9], [0.1, -np.inf], [-0.5, -np.inf], [1.5, 0.2]]),
    guess=np.array([0.0, 0.25, 0.1, 0.0]),
)


def _chance(bank: Bank, item: int, value: int, ability: float) -> float:
    """P of one answer, written down once more."""
    steps = [step for step in bank.intercept[item] if step > -np.inf]
    guess = float(bank.guess[item])
    reach = [1.0, *(guess + (1 - guess) * float(expit(bank.slope[item] * ability + step)) for step in steps), 0.0]
    return reach[value] - reach[value + 1]


@pytest.mark.parametrize("answers", [(2, 1, 1, 2), (0, 0, 0, 0), (1, 1, 0, -1), (-1, 0, 1, 1)])
@pytest.mark.parametrize("prior", [(0.0, 1.0), (1.5, 0.5)])
def test_abilities_are_means_of_the_posterior(answers: tuple[int, ...], prior: tuple[float, float]) -> None:
    def density(ability: float) -> float:
        weight = float(np.exp(-(((ability - prior[0]) / prior[1]) ** 2) / 2))
        for item, value in enumerate(answers):
            weight *= _chance(BANK, item, value, ability) if value >= 0 else 1.0
        return weight

    total, first, second = (quad(lambda x, k=k: density(x) * x**k, -8, 8, epsabs=1e-13)[0] for k in range(3))
    found = score(np.array([answers]), BANK, prior=prior)
    assert found.ability[0] == pytest.approx(first / total, abs=1e-6)
    assert found.error[0] == pytest.approx(np.sqrt(second / total - (first / total) ** 2), abs=1e-5)


def test_nobody_knows_more_than_the_prior_of_somebody_without_answers() -> None:
    found = score(np.full((1, 4), -1), BANK, prior=(0.3, 0.8))
    assert (found.ability[0], found.error[0]) == (pytest.approx(0.3), pytest.approx(0.8, abs=1e-6))
    none = answers_of(person=np.array([1]), item=np.array([0]), value=np.array([2]), people=3, items=4)
    assert score(none, BANK).ability[[0, 2]] == pytest.approx([0, 0], abs=1e-12)


@settings(max_examples=30)
@given(values=st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(0, 1), st.integers(0, 1)))
def test_a_better_answer_never_lowers_an_ability(values: tuple[int, ...]) -> None:
    base = score(np.array([values]), BANK).ability[0]
    for item, value in enumerate(values):
        better = list(values)
        better[item] = min(value + 1, 1)
        assert score(np.array([better]), BANK).ability[0] >= base


def test_claimed_errors_are_true() -> None:
    draw = np.random.default_rng(1)
    ability, place = draw.normal(size=20_000), draw.normal(size=25)
    bank = Bank(slope=np.full(25, 1.2), intercept=-1.2 * place[:, None], guess=np.zeros(25))
    responses = (draw.random((20_000, 25)) < expit(1.2 * (ability[:, None] - place))).astype(int)
    found = score(responses, bank)
    assert np.sqrt(((found.ability - ability) ** 2).mean() / (found.error**2).mean()) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("responses", "options", "words"),
    [
        (np.zeros((2, 3), int), {}, "a column for each item"),
        (np.full((2, 4), 3), {}, r"knows answers 0\.\.2"),
    ],
)
def test_answers_that_do_not_fit_the_bank_are_refused(responses: Any, options: Any, words: str) -> None:
    with pytest.raises(InvalidAnswers, match=words):
        score(responses, BANK, **options)


def test_a_prior_needs_a_spread() -> None:
    with pytest.raises(InvalidBank, match="prior is"):
        score(np.zeros((1, 4), int), BANK, prior=(0.0, 0.0))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"slope": np.zeros((2, 2))}, "one length"),
        ({"guess": np.zeros(3)}, "one length"),
        ({"intercept": np.zeros((4, 0))}, "a row for each item"),
        ({"intercept": np.zeros(4)}, "a row for each item"),
        ({"slope": np.array([1, 1, np.nan, 1])}, "not finite"),
        ({"intercept": np.array([[0.0, 1.0]] * 4)}, "fall along a row"),
        ({"intercept": np.array([[0.0, np.nan]] * 4)}, "fall along a row"),
        ({"guess": np.full(4, 1.0)}, r"outside 0\.\.1"),
        ({"guess": np.full(4, 0.2)}, "items with two answers"),
    ],
)
def test_banks_that_cannot_be_are_refused(changes: dict[str, Any], words: str) -> None:
    given = {"slope": BANK.slope, "intercept": BANK.intercept, "guess": BANK.guess} | changes
    with pytest.raises(InvalidBank, match=words):
        score(np.zeros((1, 4), int), Bank(**given))


def test_item_fit_is_what_counting_all_patterns_gives() -> None:
    """Expected answers at each score from all 2^4 patterns, integrated one by one."""
    responses = drawn(people=700, steps=(1, 1, 1, 1), seed=2)
    calibration = calibrate(responses, tolerance=1e-6)
    weights = {}
    for pattern in product((0, 1), repeat=4):
        weights[pattern] = quad(
            lambda x, p=pattern: (
                np.exp(-(x**2) / 2) * np.prod([_chance(calibration.bank, i, v, x) for i, v in enumerate(p)])
            ),
            -8,
            8,
        )[0]
    found = item_fit(responses, calibration)
    total = responses.sum(axis=1)
    for item in range(4):
        statistic = 0.0
        for points in (1, 2, 3):
            alike = {p: w for p, w in weights.items() if sum(p) == points}
            share = sum(w for p, w in alike.items() if p[item]) / sum(alike.values())
            people = (total == points).sum()
            seen = responses[total == points, item].sum()
            statistic += (seen - people * share) ** 2 / (people * share * (1 - share))
        assert found.statistic[item] == pytest.approx(statistic, rel=1e-5)
    assert (found.freedom == 3 - 2).all()
    assert found.people == 700


def test_item_fit_finds_the_item_that_does_not_rise() -> None:
    draw = np.random.default_rng(3)
    ability = draw.normal(size=2000)
    chance = expit(1.3 * (ability[:, None] - np.linspace(-1.5, 1.5, 10)))
    chance[:, 4] = 0.2 + 0.6 * (np.abs(ability) < 0.7)  # those in the middle know it, those above do not
    responses = (draw.random((2000, 10)) < chance).astype(int)
    responses[:50, 0] = -1  # set aside
    found = item_fit(responses, calibrate(responses))
    assert found.people == 1950
    assert found.chance[4] < 1e-6
    assert np.delete(found.chance, 4).min() > 1e-4
    assert (found.statistic[4] > 3 * np.delete(found.statistic, 4)).all()


def test_item_fit_of_graded_items_keeps_its_level() -> None:
    responses = drawn(people=1500, steps=(2, 3, 1, 2, 3, 2, 1, 2), seed=4)
    found = item_fit(responses, calibrate(responses, model="graded"))
    assert (found.freedom > 3).all()
    assert found.chance.min() > 0.001
    assert np.abs(found.statistic / found.freedom - 1).max() < 0.9


def test_item_fit_without_freedom_says_nothing() -> None:
    responses = drawn(people=300, steps=(1, 1, 1), seed=5)
    found = item_fit(responses, calibrate(responses))
    assert (found.freedom <= 0).all()
    assert np.isnan(found.chance).all()


@pytest.mark.parametrize(
    ("responses", "words"),
    [
        (np.zeros((5, 4), int), "calibration's items"),
        (np.full((5, 3), 2), "calibration's items"),
        (np.array([[0, 1, -1], [1, -1, 0]]), "fewer than two people"),
        (np.array([[0, -1, -1, -1, -1]] * 9)[:, :3], "fewer than two people"),
        (np.full((9, 3), -1), "fewer than two people"),
    ],
)
def test_item_fit_needs_whole_answers_to_its_items(responses: Any, words: str) -> None:
    calibration = calibrate(drawn(people=300, steps=(1, 1, 1), seed=5))
    with pytest.raises(InvalidAnswers, match=words):
        item_fit(responses, calibration)


def _moved(bank: Bank, slope: float, intercept: float) -> Bank:
    """Write a bank on the scale on which abilities read (ability - intercept) / slope."""
    return Bank(
        slope=bank.slope * slope, intercept=bank.intercept + (bank.slope * intercept)[:, None], guess=bank.guess
    )


@settings(max_examples=25)
@given(slope=st.floats(0.5, 2.0), intercept=st.floats(-1.5, 1.5))
@pytest.mark.parametrize("method", ["stocking-lord", "haebara"])
def test_a_scale_that_was_moved_is_found_again(method: Any, slope: float, intercept: float) -> None:
    found = link(_moved(BANK, slope, intercept), BANK, method=method)
    assert (found.slope, found.intercept) == pytest.approx((slope, intercept), abs=1e-5)
    assert found.mean_sigma == pytest.approx((slope, intercept), abs=1e-9)
    assert found.loss < 1e-5
    back = rescale(_moved(BANK, slope, intercept), found)
    np.testing.assert_allclose(back.slope, BANK.slope, atol=1e-4)
    np.testing.assert_allclose(back.intercept, BANK.intercept, atol=1e-4)


def test_methods_differ_when_items_do() -> None:
    other = _moved(BANK, 1.2, 0.3)
    other.intercept[0] -= 0.4
    lord, haebara = (link(other, BANK, method=method) for method in ("stocking-lord", "haebara"))
    assert lord.slope != pytest.approx(haebara.slope, abs=1e-3)
    assert lord.loss > 0.005
    curves = [_squares(other, by.slope, by.intercept) for by in (lord, haebara)]
    assert curves[1] < curves[0]  # Haebara's own criterion


def _squares(bank: Bank, slope: float, intercept: float) -> float:
    grid = np.linspace(-5, 5, 101)
    moved = _moved(bank, 1 / slope, -intercept / slope)
    total = 0.0
    for item in range(4):
        steps = int(np.isfinite(BANK.intercept[item]).sum())
        for x in grid:
            here, there = (sum(v * _chance(given, item, v, x) for v in range(1, steps + 1)) for given in (moved, BANK))
            total += float(np.exp(-(x**2) / 2)) * (here - there) ** 2
    return total


def test_banks_of_different_size_are_linked_by_their_common_items() -> None:
    old = BANK
    new = _moved(BANK, 0.8, -0.4)
    few = Bank(slope=new.slope[[2, 1]], intercept=new.intercept[[2, 1], :1], guess=new.guess[[2, 1]])
    found = link(few, old, common=np.array([[0, 2], [1, 1]]))
    assert (found.slope, found.intercept) == pytest.approx((0.8, -0.4), abs=1e-4)


def test_items_that_tell_nothing_are_left_out_of_mean_and_sigma() -> None:
    flat = Bank(slope=np.array([0.01, 0.02, 1.0]), intercept=np.zeros((3, 1)), guess=np.zeros(3))
    assert link(flat, flat).mean_sigma == (1.0, 0.0)


@pytest.mark.parametrize(
    ("common", "words"),
    [
        (None, "differ in size"),
        (np.array([0, 1]), "two columns"),
        (np.array([[0, 9], [1, 1]]), "rows of new and old"),
        (np.array([[0, 1]]), "two items or more"),
        (np.array([[0, 1], [0, 2]]), "each once"),
        (np.array([[0, 1], [1, 1]]), "each once"),
        (np.array([[0, 0], [1, 1]]), "number of thresholds"),
    ],
)
def test_links_that_cannot_be_are_refused(common: Any, words: str) -> None:
    few = Bank(slope=np.ones(2), intercept=np.zeros((2, 1)), guess=np.zeros(2))
    with pytest.raises(InvalidBank, match=words):
        link(few, BANK, common=common)


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(ValueError, match="choose stocking-lord or haebara"):
        link(BANK, BANK, method="mean-mean")  # type: ignore[arg-type]  # what is tested


def _groups(seed: int, *, people: int = 1500, harder: float = 0.0) -> tuple[Any, Any]:
    """Two groups of different ability; the first item is harder for the second by ``harder``."""
    draw = np.random.default_rng(seed)
    slope, place = np.exp(draw.normal(0.1, 0.2, 12)), draw.normal(size=12)
    groups = []
    for mean, spread, more in ((0.0, 1.0, 0.0), (-0.6, 1.3, harder)):
        ability = mean + spread * draw.normal(size=(people, 1))
        places = place + more * (np.arange(12) == 0)
        groups.append((draw.random((people, 12)) < expit(slope * (ability - places))).astype(int))
    return groups[0], groups[1]


def test_an_item_that_is_harder_for_one_group_is_found() -> None:
    found = item_difference(*(calibrate(group) for group in _groups(1, harder=0.8)))
    assert np.flatnonzero(found.flagged).tolist() == [0]
    assert found.effect[0] < -0.08
    assert np.abs(found.effect[1:]).max() < 0.05
    assert (found.link.slope, found.link.intercept) == pytest.approx((1.3, -0.6), abs=0.15)
    easier = item_difference(*(calibrate(group) for group in _groups(1, harder=-0.8)))
    assert easier.effect[0] > 0.08


@pytest.mark.parametrize("model", ["2pl", "rasch"])
def test_alike_items_are_seldom_called_different(model: Any) -> None:
    """Chances are spread evenly where nothing differs: a tenth is below .1, give or take what 144 tests allow."""
    chances, ratios = [], []
    for seed in range(12):
        draw = np.random.default_rng(seed)
        ability, place = draw.normal(size=(2, 1200, 1)) * [[[1.0]], [[0.8]]] + [[[0.0]], [[0.5]]], draw.normal(size=12)
        groups = [(draw.random((1200, 12)) < expit(1.2 * (one - place))).astype(int) for one in ability]
        found = item_difference(*(calibrate(group, model=model, tolerance=1e-3) for group in groups))
        chances.append(found.chance)
        ratios.append(found.statistic / found.freedom)
    assert 0.04 < (np.array(chances) < 0.1).mean() < 0.16
    assert np.mean(ratios) == pytest.approx(1, abs=0.15)


def test_flags_are_those_of_benjamini_and_hochberg() -> None:
    """The 15 chances of their own example: four are flagged at .05 (1995, JRSS B 57, pages 295-296)."""
    low = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    chance = np.array([*low, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0])
    mixed = np.random.default_rng(0).permutation(15)
    assert sorted(chance[mixed][_flag(chance[mixed], 0.05)]) == chance[:4].tolist()
    assert not _flag(np.array([0.5, 0.9]), 0.05).any()


def test_purifying_ends_where_no_two_items_agree() -> None:
    draw = np.random.default_rng(2)
    ability = draw.normal(size=(5000, 1))
    one, other = (
        calibrate((draw.random((5000, 3)) < expit(1.5 * (ability - np.array(place)))).astype(int))
        for place in ([-1.0, 0.0, 1.0], [1.0, -1.0, 0.2])
    )
    found = item_difference(one, other)
    assert found.flagged.sum() >= 2


def test_comparing_once_is_enough_when_asked_for() -> None:
    groups = [calibrate(group) for group in _groups(1, harder=0.8)]
    once, again = (item_difference(*groups, rounds=rounds) for rounds in (1, 10))
    assert once.flagged[0]
    assert once.link.intercept != again.link.intercept


def test_only_like_calibrations_with_errors_are_compared() -> None:
    one, other = _groups(3, people=300)
    whole = calibrate(one)
    with pytest.raises(InvalidAnswers, match="differ in items"):
        item_difference(whole, calibrate(other[:, :5]))
    with pytest.raises(InvalidAnswers, match="differ in items"):
        item_difference(whole, calibrate(other, model="rasch"))
    with pytest.raises(InvalidAnswers, match="errors=True"):
        item_difference(whole, calibrate(other, errors=False))
