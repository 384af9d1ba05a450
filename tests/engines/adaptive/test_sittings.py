"""Sittings: the next item, when to stop, exposure, and what simulations measure."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit
from scipy.stats import norm

from vested.engines import adaptive
from vested.engines.adaptive import (
    Bank,
    InvalidAnswers,
    InvalidBank,
    Pool,
    Rules,
    Stop,
    limit_exposure,
    next_item,
    score,
    simulate,
)

NONE = np.zeros(0, np.int64)


def _bank(items: int, seed: int = 0, mean: float = 0.2) -> Bank:
    draw = np.random.default_rng(seed)
    slope, place = np.exp(draw.normal(mean, 0.3, items)), draw.normal(size=items)
    return Bank(slope=slope, intercept=-(slope * place)[:, None], guess=np.zeros(items))


def _sitting(pool: Pool, seed: int, ability: float) -> tuple[list[int], list[int], adaptive.Choice]:
    """Sit item by item, answering by the bank."""
    draw = np.random.default_rng(seed)
    items: list[int] = []
    values: list[int] = []
    while True:
        choice = next_item(pool, items=np.array(items, np.int64), values=np.array(values, np.int64), seed=seed)
        if choice.stop:
            return items, values, choice
        items.append(choice.item)
        chance = expit(pool.bank.slope[choice.item] * ability + pool.bank.intercept[choice.item, 0])
        values.append(int(draw.random() < chance))


def test_the_next_item_is_the_most_informative_one() -> None:
    """Birnbaum's information of three figures an item, computed once more at the mean of the posterior."""
    draw = np.random.default_rng(1)
    plain = _bank(80)
    guess = draw.uniform(0, 0.3, 80)
    bank = Bank(slope=plain.slope, intercept=plain.intercept, guess=guess)
    items, values = np.array([3, 17, 40]), np.array([1, 0, 1])
    choice = next_item(adaptive.pool(bank), items=items, values=values, seed=5)
    responses = np.full((1, 80), -1)
    responses[0, items] = values
    person = score(responses, bank)
    assert (choice.ability, choice.error) == pytest.approx((person.ability[0], person.error[0]), abs=1e-4)
    near = np.round(person.ability[0] * 5) / 5  # abilities are told apart by fifths
    curve = guess + (1 - guess) * expit(bank.slope * near + bank.intercept[:, 0])
    worth = bank.slope**2 * (1 - curve) / curve * ((curve - guess) / (1 - guess)) ** 2
    worth[items] = -1
    assert choice.item == worth.argmax()
    assert choice.information == pytest.approx(worth.max())
    assert (choice.stop, choice.passed) == (Stop.NOT_YET, 0)
    assert choice.above is None


def test_graded_items_are_worth_what_all_their_answers_tell() -> None:
    bank = Bank(slope=np.array([1.5]), intercept=np.array([[1.0, 0.0, -1.2]]), guess=np.zeros(1))
    pool = adaptive.pool(bank)
    step = 1e-4
    for row in (20, 30, 37):
        ability = pool.grid[row]
        reach = [np.r_[1.0, expit(1.5 * x + bank.intercept[0]), 0.0] for x in (ability - step, ability, ability + step)]
        chance = [one[:-1] - one[1:] for one in reach]
        assert pool.chance[0, :, row] == pytest.approx(chance[1])
        rise = (chance[2] - chance[0]) / (2 * step)
        assert pool.information[0, row] == pytest.approx((rise**2 / chance[1]).sum(), rel=1e-6)


@settings(max_examples=20)
@given(seed=st.integers(0, 2**40), ability=st.floats(-2, 2))
def test_a_sitting_repeats_itself_and_no_item(seed: int, ability: float) -> None:
    area = np.arange(120) % 3
    share = np.array([0.5, 0.3, 0.2])
    pool = adaptive.pool(_bank(120), area=area, share=share, rules=Rules(precision=0.35, most=25))
    items, values, choice = _sitting(pool, seed, ability)
    assert (items, values, choice) == _sitting(pool, seed, ability)
    assert len(set(items)) == len(items)
    assert choice.stop == (Stop.PRECISE if choice.error <= 0.35 else Stop.LENGTH)
    for step in range(1, len(items) + 1):  # no area is ever a whole item ahead
        assert (np.bincount(area[items[:step]], minlength=3) < share * step + 1 + 1e-9).all()


def test_an_item_that_rests_is_not_shown() -> None:
    ready = adaptive.pool(_bank(40), rules=Rules(precision=0.5))
    best = next_item(ready, items=NONE, values=NONE, seed=1).item
    showing = np.ones(40)
    showing[best] = 0.0
    resting = adaptive.Pool(**{name: getattr(ready, name) for name in ready.__slots__} | {"showing": showing})
    choice = next_item(resting, items=NONE, values=NONE, seed=1)
    assert choice.item != best
    assert choice.passed == 1
    showing[:] = 0.0
    assert next_item(resting, items=NONE, values=NONE, seed=1).stop == Stop.EMPTY
    assert (simulate(resting, sittings=10).stop == Stop.EMPTY).all()
    with pytest.raises(InvalidBank, match=r"limit 0\.01 was not kept"):
        limit_exposure(ready, limit=0.01, rounds=2)


def test_showing_by_half_shows_to_half() -> None:
    ready = adaptive.pool(_bank(60), rules=Rules(precision=0.4))
    shown = np.mean([next_item(ready, items=NONE, values=NONE, seed=seed).passed == 0 for seed in range(300)])
    assert shown == 1
    half = adaptive.Pool(**{name: getattr(ready, name) for name in ready.__slots__} | {"showing": np.full(60, 0.5)})
    shown = np.mean([next_item(half, items=NONE, values=NONE, seed=seed).passed == 0 for seed in range(2000)])
    assert shown == pytest.approx(0.5, abs=0.04)


def test_a_sitting_on_a_level_ends_when_it_is_clear() -> None:
    rules = Rules(precision=None, cut=0.5, confidence=0.9, most=50)
    pool = adaptive.pool(_bank(300), rules=rules)
    for ability, stop in ((2.5, Stop.ABOVE), (-2.5, Stop.BELOW)):
        items, values, choice = _sitting(pool, 3, ability)
        assert choice.stop == stop
        assert rules.least <= len(items) < 20
        responses = np.full((1, 300), -1)
        responses[0, items] = values
        person = score(responses, pool.bank)
        assert choice.above == pytest.approx(norm.sf(0.5, person.ability[0], person.error[0]), abs=0.03)
        assert choice.above is not None
        assert (choice.above >= 0.9) == (stop == Stop.ABOVE)


def test_the_chance_of_being_above_is_that_of_the_posterior() -> None:
    pool = adaptive.pool(_bank(20), rules=Rules(precision=None, cut=0.33, most=1, least=1, prior=(0.2, 0.7)))
    choice = next_item(pool, items=NONE, values=NONE, seed=0)
    assert choice.above == pytest.approx(norm.sf(0.33, 0.2, 0.7), abs=2e-3)
    assert (choice.ability, choice.error) == pytest.approx((0.2, 0.7), abs=1e-6)


def test_simulated_sittings_are_sittings() -> None:
    """What is known of one-by-one sittings holds of simulated ones: lengths, errors and shares agree."""
    area = np.arange(150) % 2
    pool = adaptive.pool(_bank(150), area=area, rules=Rules(precision=0.4, most=15, least=2))
    ability = np.random.default_rng(0).normal(size=400)
    one_by_one = [_sitting(pool, seed, one) for seed, one in enumerate(ability)]
    found = simulate(pool, abilities=np.tile(ability, 10), seed=1)
    lengths = np.array([len(items) for items, _, _ in one_by_one])
    assert found.length.mean() == pytest.approx(lengths.mean(), abs=0.4)
    assert found.error.mean() == pytest.approx(np.mean([choice.error for *_, choice in one_by_one]), abs=0.01)
    shown = np.bincount(np.concatenate([items for items, _, _ in one_by_one]), minlength=150) / 400
    assert np.abs(found.exposure - shown).max() < 0.12
    assert found.exposure.sum() == pytest.approx(found.length.mean())
    assert found.area_share == pytest.approx([0.5, 0.5], abs=0.02)
    assert set(np.unique(found.stop)) <= {Stop.PRECISE, Stop.LENGTH}
    assert (found.error[found.stop == Stop.PRECISE] <= 0.4).all()
    assert (found.length[found.stop == Stop.LENGTH] == 15).all()


def test_simulated_people_answer_as_the_bank_says() -> None:
    """Graded items and guessing: everybody answers everything, so errors claimed and made agree, whatever the steps."""
    draw = np.random.default_rng(2)
    intercept = np.full((30, 2), -np.inf)
    intercept[:, 0] = draw.normal(size=30)
    intercept[:15, 1] = intercept[:15, 0] - 1
    guess = np.where(np.arange(30) < 15, 0.0, 0.25)
    bank = Bank(slope=np.exp(draw.normal(0.2, 0.2, 30)), intercept=intercept, guess=guess)
    found = simulate(adaptive.pool(bank, rules=Rules(precision=0.01, most=30)), sittings=8000)
    assert (found.length == 30).all()
    assert found.error_ratio == pytest.approx(1, abs=0.025)
    assert np.mean(found.estimate - found.ability) == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize("limit", [0.25, 0.15])
def test_no_item_is_shown_to_more_than_the_limit(limit: float) -> None:
    area = np.random.default_rng(1).integers(0, 5, 500)
    share = np.array([0.3, 0.25, 0.2, 0.15, 0.1])
    pool = adaptive.pool(_bank(500), area=area, share=share)
    free = simulate(pool, seed=1)
    held = limit_exposure(pool, limit=limit)
    found = simulate(held, sittings=40_000, seed=2)
    assert free.exposure.max() > 0.6
    assert found.exposure.max() <= limit
    assert found.median_length <= 20
    assert found.area_share == pytest.approx(share, abs=0.02)
    assert found.error_ratio == pytest.approx(1, abs=0.03)
    assert (held.showing <= 1).all()
    assert (limit_exposure(pool, limit=limit).showing == held.showing).all()


def test_wrong_calls_are_counted() -> None:
    pool = adaptive.pool(_bank(400), rules=Rules(precision=None, cut=0.4, confidence=0.9, most=20))
    found = simulate(pool, sittings=6000, seed=4)
    below, above = found.ability < 0.4, found.stop == Stop.ABOVE
    decided = found.stop != Stop.LENGTH
    assert found.false_above == (above & below).sum() / below.sum()
    assert found.false_below == (~above & decided & ~below).sum() / (~below).sum()
    assert found.undecided == pytest.approx(1 - decided.mean())
    assert found.wrong == (above == below)[decided].mean()
    assert 0.01 < found.wrong < 0.1  # the confidence asked for holds
    assert found.undecided > 0.02
    strict = simulate(
        adaptive.pool(_bank(400), rules=Rules(precision=None, cut=0.4, confidence=0.99, most=20)), sittings=6000, seed=4
    )
    assert strict.wrong < found.wrong / 3
    assert strict.undecided > found.undecided


def test_rates_of_nobody_are_not_numbers() -> None:
    pool = adaptive.pool(_bank(60), rules=Rules(precision=None, cut=0.0))
    found = simulate(pool, abilities=np.full(20, 2.0))
    assert np.isnan(found.false_above)
    assert found.false_below == 0
    assert np.isnan(simulate(adaptive.pool(_bank(60)), sittings=5).wrong)


def test_the_same_seed_gives_the_same_sittings() -> None:
    pool = adaptive.pool(_bank(100))
    one, same, other = (simulate(pool, sittings=200, seed=seed) for seed in (1, 1, 2))
    assert (one.estimate == same.estimate).all()
    assert (one.estimate != other.estimate).any()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"area": np.zeros(9, int)}, "a row from 0"),
        ({"area": np.full(10, -1)}, "a row from 0"),
        ({"share": np.array([0.5, 0.5])}, "1 shares that sum to 1"),
        ({"area": np.arange(10) % 2, "share": np.array([0.7, 0.7])}, "sum to 1"),
        ({"area": np.arange(10) % 2, "share": np.array([1.5, -0.5])}, "sum to 1"),
        ({"area": np.arange(10) % 2 * 2}, "area without items"),
        ({"rules": Rules(precision=None)}, "must not end by its length alone"),
        ({"rules": Rules(precision=0.0)}, "above 0"),
        ({"rules": Rules(cut=np.inf)}, "cut has to be finite"),
        ({"rules": Rules(cut=0.0, confidence=0.4)}, "confidence between"),
        ({"rules": Rules(least=9, most=5)}, "least <= most"),
        ({"rules": Rules(prior=(0.0, 0.0))}, "standard deviation above 0"),
    ],
)
def test_pools_that_make_no_sense_are_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidBank, match=words):
        adaptive.pool(_bank(10), **options)


@pytest.mark.parametrize(
    ("items", "values", "words"),
    [
        ([0, 1], [1], "one length"),
        ([10], [1], r"within 0\.\.9"),
        ([1], [2], r"within 0\.\.1"),
        ([1, 1], [0, 1], "names one twice"),
    ],
)
def test_answers_that_cannot_be_are_refused(items: list[int], values: list[int], words: str) -> None:
    with pytest.raises(InvalidAnswers, match=words):
        next_item(adaptive.pool(_bank(10)), items=np.array(items), values=np.array(values), seed=0)


def test_simulations_that_cannot_be_are_refused() -> None:
    pool = adaptive.pool(_bank(10))
    with pytest.raises(InvalidBank, match="at least one"):
        simulate(pool, sittings=0)
    with pytest.raises(InvalidBank, match="one row of finite numbers"):
        simulate(pool, abilities=np.array([np.nan]))
    with pytest.raises(InvalidBank, match="above 0 and up to 1"):
        limit_exposure(pool, limit=0.0)
    with pytest.raises(InvalidBank, match="fewer than 1000"):
        limit_exposure(pool, sittings=10)
