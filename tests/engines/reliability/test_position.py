"""Positions: counted by hand, by another count, and on the published tables."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from vested.engines import reliability
from vested.engines.reliability import Estimate, Verdict, Why

CENTS = st.integers(0, 100).map(lambda cent: cent / 100)


def exactly(value: float, low: float | None = None, high: float | None = None) -> Estimate:
    """A score as given, certain unless ends are."""
    ends = (value if low is None else low, value if high is None else high)
    return Estimate(value=value, low=ends[0], high=ends[1], level=0.95, n=34, population=None, reasons=())


def test_a_position_counted_by_hand() -> None:
    found = reliability.position(exactly(0.6), [0.4, 0.5, 0.6, 0.7])
    assert (found.percentile, found.low, found.high) == (62.5, 62.5, 62.5)
    assert (found.organisations, found.withheld) == (4, 0)
    assert found.verdict is Verdict.ABOVE
    assert (
        found.reasons[0].words
        == "Above the middle: 62 % of 4 published scores are lower (62 to 62 %, with 34 answers)."
    )


def test_a_rounded_table_counts_what_lies_within_half_a_step_in_part() -> None:
    assert reliability.position(exactly(0.6025), [0.60], step=0.01).percentile == pytest.approx(75)
    assert reliability.position(exactly(0.6025), [0.60]).percentile == 100
    assert reliability.position(exactly(0.30), [0.29, 0.31], step=0.01).percentile == pytest.approx(50)


@given(CENTS, st.lists(CENTS, min_size=1, max_size=40))
def test_ties_count_half_as_in_another_count(score: float, table: list[float]) -> None:
    expected = stats.percentileofscore(table, score, kind="mean")
    assert reliability.position(exactly(score), table).percentile == pytest.approx(expected)
    assert reliability.position(exactly(score), table, step=0.01).percentile == pytest.approx(expected)


@given(CENTS, CENTS, st.lists(CENTS, min_size=1, max_size=30), st.lists(CENTS, max_size=5))
def test_withheld_scores_may_be_anything(low: float, high: float, table: list[float], hidden: list[float]) -> None:
    low, high = min(low, high), max(low, high)
    score = exactly((low + high) / 2, low, high)
    found = reliability.position(score, [*table, *[math.nan] * len(hidden)])
    truth = reliability.position(score, [*table, *hidden])
    assert found.low <= truth.low + 1e-9
    assert found.high >= truth.high - 1e-9
    assert found.withheld == len(hidden)
    assert found.percentile == reliability.position(score, table).percentile
    assert (Why.WITHHELD in {reason.why for reason in found.reasons}) == bool(hidden)


@given(st.lists(CENTS, min_size=1, max_size=30), CENTS, CENTS)
def test_a_higher_score_never_stands_lower(table: list[float], one: float, other: float) -> None:
    lower, higher = (reliability.position(exactly(at), table, step=0.01) for at in sorted((one, other)))
    assert lower.percentile <= higher.percentile


def test_the_verdicts() -> None:
    table = np.arange(101) / 100
    assert reliability.position(exactly(0.8, 0.6, 0.9), table).verdict is Verdict.ABOVE
    assert reliability.position(exactly(0.2, 0.1, 0.4), table).verdict is Verdict.BELOW
    assert reliability.position(exactly(0.6, 0.4, 0.8), table).verdict is Verdict.AROUND
    assert reliability.position(exactly(0.4, 0.2, 0.8), table).verdict is Verdict.AROUND
    unknown = reliability.position(reliability.mean([4, 4, 4]), [3.5, 4.5])
    assert unknown.verdict is Verdict.UNKNOWN
    assert math.isnan(unknown.low)
    assert [reason.why for reason in unknown.reasons] == [Why.VERDICT, Why.FEW]
    assert "not known: 50 % of 2 published scores are lower." in unknown.reasons[0].words


@pytest.fixture(scope="module")
def tables(real_data: Path) -> Path:
    return real_data / "assessments" / "people_survey"


@pytest.fixture(scope="module")
def survey(tables: Path) -> dict[str, list[str]]:
    """Rows of the People Survey 2019 by the organisation's code."""
    path = tables / "raw-data_2019_Civil-Service-People-Survey-2019-All-Organisation-Scores-CSV-format.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row[2]: row[3:] for row in csv.reader(file)}


def figures(cells: list[str]) -> np.ndarray:
    """Per cents as shares; a cell without a figure is withheld."""
    return np.array([float(cell[:-1]) / 100 if cell[:-1].isdigit() else math.nan for cell in cells])


@pytest.mark.real_data
def test_the_published_median_stands_in_the_middle_of_every_column(survey: dict[str, list[str]]) -> None:
    median = figures(survey["CS_MEDIAN"])
    table = np.array([figures(row) for code, row in survey.items() if code[:3] not in {"Org", "CS_"}])
    assert table.shape == (109, 92)
    for i in range(1, 92):
        found = reliability.position(exactly(median[i]), table[:, i], step=0.01)
        assert found.percentile == pytest.approx(50, abs=8)  # per cents tie by the dozen
        assert found.withheld == int(np.isnan(table[:, i]).sum())


@pytest.mark.real_data
def test_every_organisation_stands_where_another_count_puts_it(survey: dict[str, list[str]]) -> None:
    engagement = np.array([figures(row)[1] for code, row in survey.items() if code[:3] not in {"Org", "CS_"}])
    for i, score in enumerate(engagement):
        others = np.delete(engagement, i)
        found = reliability.position(exactly(score), others, step=0.01)
        assert found.percentile == pytest.approx(stats.percentileofscore(others, score, kind="mean"))


@pytest.mark.real_data
def test_withholding_published_scores_keeps_the_truth_in_the_range(survey: dict[str, list[str]]) -> None:
    """The stored table withholds nothing; an office of 34 among it as if each tenth had had fewer than ten answers."""
    engagement = np.array([figures(row)[1] for code, row in survey.items() if code[:3] not in {"Org", "CS_"}])
    assert not np.isnan(engagement).any()
    office = reliability.share(24, 34, population=40)
    whole = reliability.position(office, engagement, step=0.01)
    withheld = np.where(np.arange(109) % 10 == 0, np.nan, engagement)
    found = reliability.position(office, withheld, step=0.01)
    assert (found.organisations, found.withheld) == (98, 11)
    assert found.low <= whole.low < whole.percentile < whole.high <= found.high
    assert "11 more organisations are withheld" in found.reasons[1].words


@pytest.mark.real_data
def test_the_medians_of_12_years_are_read_with_their_gaps(tables: Path) -> None:
    path = tables / "raw-data_2020_Civil_Service_People_Survey_2009_to_2020_Median_Benchmark_Scores.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["Measure"]: row for row in csv.DictReader(file)}
    years = [float(rows["EES"][str(year)]) for year in range(2009, 2020)]
    best = reliability.position(exactly(float(rows["EES"]["2020"])), years, step=0.01)
    assert (best.percentile, best.organisations) == (100, 11)
