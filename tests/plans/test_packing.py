"""What was computed comes back from its bytes as it was."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from math import isnan

import numpy as np
import pytest

from tests.plans.sectors import random_sector
from vested.formats.sector_folder import Class, Initiative, Session
from vested.plans.outcome import Outcome
from vested.plans.packing import Frozen, closed, opened, pack, pack_curve, unpack
from vested.plans.reasons import reasons_of, unmet_of
from vested.plans.solving import solve


def same(one: object, other: object) -> bool:
    """Whether two nouns are the same, part by part."""
    if isinstance(one, np.ndarray):
        assert isinstance(other, np.ndarray)
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if is_dataclass(one):
        assert type(one) is type(other)
        return all(same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    if isinstance(one, tuple):
        assert isinstance(other, tuple)
        return len(one) == len(other) and all(map(same, one, other))
    return one == other or (isinstance(one, float) and isinstance(other, float) and isnan(one) and isnan(other))


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return solve(random_sector(5, people=20), seconds=3, curve=True)


def test_all_of_it_comes_back(outcome: Outcome) -> None:
    ids = np.arange(20) + 100
    frozen = Frozen(outcome=outcome, people=ids, sessions=ids * 2, units=ids * 3)
    back = unpack(pack(frozen), pack_curve(outcome.curve))
    assert same(back, frozen)
    assert list(reasons_of(back.outcome)) == list(reasons_of(outcome))
    assert list(unmet_of(back.outcome)) == list(unmet_of(outcome))


def test_without_its_curve_it_has_none(outcome: Outcome) -> None:
    none = np.zeros(0, dtype=np.int64)
    assert unpack(pack(Frozen(outcome=outcome, people=none, sessions=none, units=none))).outcome.curve == ()


def test_days_and_kinds_are_what_they_were() -> None:
    made = random_sector(5)
    dated = replace(made, sessions=(Session("X", "C0", 1, starts_on=date(2027, 2, 3), seats=4),))
    none = np.zeros(0, dtype=np.int64)
    back = unpack(pack(Frozen(outcome=solve(dated, seconds=1), people=none, sessions=none, units=none))).outcome.sector
    assert back.sessions == dated.sessions
    assert back.courses == dated.courses
    assert back.units == dated.units


def test_what_was_kept_before_a_table_had_more_columns_is_read(outcome: Outcome) -> None:
    told = Initiative("X", "Tides", unit_id="U0", class_=Class.EXPLORE, mandatory=True, earliest=2, risk=1.5)
    sector = replace(outcome.sector, initiatives=(*outcome.sector.initiatives, told))
    none = np.zeros(0, dtype=np.int64)
    kept = pack(Frozen(outcome=replace(outcome, sector=sector), people=none, sessions=none, units=none))
    assert unpack(kept).outcome.sector.initiatives[-1] == told
    words, arrays = opened(kept)
    words["tables"]["initiatives"] = [row[:2] for row in words["tables"]["initiatives"]]
    words["settings"] = words["settings"][:6]
    before = unpack(closed(words, arrays)).outcome.sector
    assert before.initiatives[-1] == Initiative("X", "Tides")
    assert before.settings == sector.settings
