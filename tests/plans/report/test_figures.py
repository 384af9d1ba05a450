"""The report's figures: what they add up to, and what they hide."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.plans.report import made_up
from vested.formats.sector_folder import Budget, Unit, UnitKind
from vested.plans.outcome import Outcome, Stopped
from vested.plans.problem import problem_of
from vested.plans.report.figures import LEAST, Line, Scope, figures_of, hide, person_gaps


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return made_up.outcome()


def test_each_persons_gap_is_what_a_walk_through_the_plan_leaves(outcome: Outcome) -> None:
    problem, plan = outcome.problem, outcome.plan
    before, after = person_gaps(problem, plan)
    for person in range(len(before)):
        role = problem.people.role[person]
        have = problem.people.levels[person].copy()
        lacks = [float((problem.roles.weight[role] * np.maximum(problem.roles.required[role] - have, 0)).sum())]
        for session in plan.session[plan.person == person]:
            course = problem.catalogue.session_course[session]
            for row in np.flatnonzero(problem.catalogue.outcome_course == course):
                skill = problem.catalogue.outcome_skill[row]
                have[skill] = max(have[skill], problem.catalogue.outcome_to[row])
        lacks.append(float((problem.roles.weight[role] * np.maximum(problem.roles.required[role] - have, 0)).sum()))
        assert [before[person], after[person]] == pytest.approx(lacks)
    assert (before - after).sum() == pytest.approx(plan.value.gap_closed)


def test_every_person_is_in_one_row_and_one_column_of_the_heatmap(outcome: Outcome) -> None:
    table = figures_of(outcome).gaps
    everybody = len(outcome.sector.staff)
    assert sum(row.total.people for row in table.rows) == everybody
    assert sum(cell.people for cell in table.total.cells) == everybody
    for row in (table.total, *table.rows):
        assert sum(cell.people for cell in row.cells) == row.total.people
        assert sum(cell.after for cell in row.cells) == pytest.approx(row.total.after)
    closed = sum(row.total.before - row.total.after for row in table.rows)
    assert closed == pytest.approx(outcome.plan.value.gap_closed)


def test_a_large_agency_is_shown_by_department_and_a_small_one_is_not() -> None:
    of = made_up.sector(people=700, agencies=1)
    small = replace(of, staff=tuple(replace(p, unit_id="m" if at % 3 else "d0-0") for at, p in enumerate(of.staff)))
    rows = figures_of(made_up.outcome(small, curve=False)).gaps.rows
    assert sorted((row.scope, row.total.people, row.parts) for row in rows) == [
        (Scope.OWN, 466, ()),
        (Scope.UNIT, 234, ()),
    ]
    staff = tuple(replace(p, unit_id="d0-0" if at % 3 else "a0") for at, p in enumerate(of.staff))
    table = figures_of(made_up.outcome(replace(of, staff=staff), curve=False)).gaps
    (row,) = table.rows
    assert [(part.scope, part.name, part.total.people) for part in row.parts] == [
        (Scope.DIRECT, "", 234),
        (Scope.DEPARTMENT, "Department 1.1", 466),
    ]
    assert sum(part.total.after for part in row.parts) == pytest.approx(row.total.after)


def test_no_small_group_is_shown_anywhere(outcome: Outcome) -> None:
    result = figures_of(outcome)
    table = result.gaps
    cells = [cell for row in (table.total, *table.rows) for cell in (*row.cells, row.total)]
    assert any(0 < cell.people < LEAST for cell in cells), "the sector has small groups, else this test says nothing"
    assert all(cell.hidden for cell in cells if 0 < cell.people < LEAST)
    assert all(widest.cell.people >= LEAST for widest in table.widest)
    assert table.hidden == sum(cell.hidden for cell in cells if cell.people)


def test_a_small_agency_is_hidden_in_fairness_and_cannot_be_found_from_its_ministry() -> None:
    of = made_up.sector(people=60, agencies=3)
    staff = tuple(replace(p, unit_id=("m", "a0", "a1")[at % 3] if at >= 2 else "a2") for at, p in enumerate(of.staff))
    result = figures_of(made_up.outcome(replace(of, staff=staff)))
    hidden = {group.name for group in result.fairness.units if group.hidden}
    assert "Agency 3 for Coasts" in hidden
    assert len(hidden) >= 2, "one hidden shortfall alone follows from the total on the certificate"
    assert result.curve is not None
    assert {shift.name for shift in result.curve.shifts if shift.hidden} == hidden
    rows = {(row.name, row.scope) for row in result.gaps.rows if row.total.hidden}
    assert ("Agency 3 for Coasts", Scope.UNIT) in rows
    assert len(rows) >= 2, "one hidden agency alone follows from the ministry's total"


def test_a_small_grade_takes_another_with_it() -> None:
    of = made_up.sector()
    staff = tuple(replace(p, grade="Z" if at < 3 else "AB"[at % 2]) for at, p in enumerate(of.staff))
    grades = figures_of(made_up.outcome(replace(of, staff=staff))).fairness.grades
    assert sorted(group.hidden for group in grades) == [False, True, True]
    assert next(group for group in grades if group.name == "Z").hidden
    staff = tuple(replace(p, grade=("Z", "", "A")[min(at // 3, 2)]) for at, p in enumerate(of.staff))
    grades = figures_of(made_up.outcome(replace(of, staff=staff))).fairness.grades
    assert [group.hidden for group in grades] == [True, True], "people without a grade are in the total too"


@given(st.data())
def test_hidden_small_cells_cannot_be_worked_out(data: st.DataObject) -> None:
    """Shift each hidden cell's value: for a small one, other values must give the same sums and shown cells."""
    rows, columns = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 5))
    size = st.one_of(st.integers(0, 6), st.integers(5, 90))
    grid = np.array([[data.draw(size) for _ in range(columns)] for _ in range(rows)])
    full = np.block([[grid, grid.sum(axis=1, keepdims=True)], [grid.sum(axis=0, keepdims=True), grid.sum()]])
    lines, people = _lines(full), full.ravel().tolist()
    hidden = hide(people, lines)
    small = [cell for cell, count in enumerate(people) if 0 < count < LEAST]
    assert set(small) <= hidden
    if sum(count > 0 for count in people) > len(hidden):  # else everything is hidden, and nothing more can be
        assert [cell for cell in small if _follows(cell, hidden, lines)] == [], full.tolist()


def test_a_hidden_cell_between_two_blocks_does_not_follow_from_the_sums_of_both() -> None:
    grid = np.array([[4, 4, 3, 50], [4, 4, 50, 50], [50, 50, 4, 4], [50, 50, 4, 4]])
    full = np.block([[grid, grid.sum(axis=1, keepdims=True)], [grid.sum(axis=0, keepdims=True), grid.sum()]])
    lines, people = _lines(full), full.ravel().tolist()
    small = frozenset(cell for cell, count in enumerate(people) if count < LEAST)
    assert _follows(2, small, lines), "each row and column hides two or more, and still the 3 can be worked out"
    assert not _follows(2, hide(people, lines), lines)


def test_hidden_cells_whose_shown_sum_is_about_few_take_another_with_them() -> None:
    assert hide([1, 2, 30, 40, 73], [Line(4, (0, 1, 2, 3))]) == {0, 1, 2}
    assert hide([], [], told=[range(0)]) == frozenset()  # where everybody was given everything


def _lines(full: NDArray[np.int64]) -> list[Line]:
    number = np.arange(full.size).reshape(full.shape)
    return [Line(int(row[-1]), tuple(map(int, row[:-1]))) for row in (*number, *number.T)]


def _follows(cell: int, hidden: frozenset[int], lines: list[Line]) -> bool:
    """Whether the lines determine a hidden cell: adding it as a known row does not add to their rank."""
    free = sorted(hidden)
    sums = [[float((c in line.parts) - (c == line.total)) for c in free] for line in lines]
    alone = [float(c == cell) for c in free]
    return bool(np.linalg.matrix_rank(np.array([*sums, alone])) == np.linalg.matrix_rank(np.array(sums)))


def test_one_hidden_cell_takes_the_smallest_in_its_row_and_column_with_it() -> None:
    people = [3, 9, 40, 52, 20, 30, 8, 58, 23, 39, 48, 110]
    lines = _lines(np.array(people).reshape(3, 4))
    assert hide(people, lines) == {0, 1, 4, 5}
    assert hide([5, 9, 40, 54, 20, 30, 8, 58, 25, 39, 48, 112], lines) == frozenset()


def test_the_certificate_says_what_was_proven(outcome: Outcome) -> None:
    proven = figures_of(outcome).certificate
    plan = outcome.plan
    assert (proven.given, proven.most) == (plan.compulsory.given, plan.compulsory.bound)
    assert proven.pairs == len(outcome.sector.staff), "the first course is compulsory for all"
    assert proven.value <= proven.ceiling
    assert proven.share == pytest.approx(plan.value.gap_closed / proven.gap)
    assert proven.budget == outcome.sector.budgets[0].amount
    assert proven.trained == len(set(plan.person.tolist()))
    assert proven.proven_compulsory
    assert proven.proven_fairness


def test_a_looser_bound_is_not_called_proven(outcome: Outcome) -> None:
    plan = outcome.plan
    loose = replace(
        plan,
        compulsory=replace(plan.compulsory, bound=plan.compulsory.bound + 1),
        fairness=replace(plan.fairness, bound=plan.fairness.shortfall - 1),
    )
    proven = figures_of(replace(outcome, plan=loose, stopped=Stopped.TIME)).certificate
    assert not proven.proven_compulsory
    assert not proven.proven_fairness
    assert proven.least == pytest.approx(plan.fairness.shortfall - 1)


def test_fairness_is_sorted_and_counts_who_is_below(outcome: Outcome) -> None:
    fair = figures_of(outcome).fairness
    shown = [group for group in fair.units if not group.hidden]
    assert [g.share for g in shown] == sorted(g.share for g in shown)
    assert fair.below == sum((outcome.plan.fairness.group_shortfall > 1e-6).tolist())
    assert fair.lowest is not None
    assert fair.lowest.share == min(g.share for g in fair.groups if not g.hidden)


def test_the_curve_compares_every_point_with_this_plan(outcome: Outcome) -> None:
    curve = figures_of(outcome).curve
    assert curve is not None
    assert [point.factor for point in curve.points] == [0.6, 0.8, 1.0, 1.2, 1.4]
    assert curve.here.changed == 0
    assert (curve.here.value, curve.here.cost) == (outcome.plan.value.objective, outcome.plan.value.cost)
    for point, made in zip(curve.points, outcome.curve, strict=True):
        pairs = [set(zip(p.person.tolist(), p.session.tolist(), strict=True)) for p in (outcome.plan, made.plan)]
        people = {person for person, _ in pairs[0] - pairs[1]} | {person for person, _ in pairs[1] - pairs[0]}
        assert point.changed == len(people)
        assert point.worth <= point.worth_ceiling
    assert curve.less is curve.points[1]
    assert curve.more is curve.points[3]
    assert all(shift.differences[curve.base][0] == 0 for shift in curve.shifts)


def test_needs_in_trouble_come_first_and_initiatives_are_ready_only_when_all_their_needs_are(outcome: Outcome) -> None:
    work = figures_of(outcome).initiatives
    weights = [need.weight for need in outcome.sector.initiative_skills]
    missing = np.maximum([n.people for n in outcome.sector.initiative_skills] - outcome.plan.holders_after, 0)
    trouble = missing * np.array(weights)
    assert [need.missing for need in work.short] == [int(missing[at]) for at in np.argsort(-trouble) if missing[at]]
    late = {n.initiative_id for n, m in zip(outcome.sector.initiative_skills, missing, strict=True) if m}
    assert (work.ready, work.count, work.needs) == (2 - len(late), 2, 3)


def test_scarce_things_are_listed_by_what_one_more_buys(outcome: Outcome) -> None:
    found = figures_of(outcome).scarce
    assert [seat.gain for seat in found.seats] == sorted((seat.gain for seat in found.seats), reverse=True)
    assert all(seat.used == seat.seats and seat.at_most >= seat.gain for seat in found.seats)
    assert [budget.gain for budget in found.budgets] == [1.5, None]
    assert found.budgets[0].step == pytest.approx(outcome.sector.budgets[0].amount / 100)


def test_what_is_not_given_is_counted_once_by_reason_and_once_by_course(outcome: Outcome) -> None:
    missed = figures_of(outcome).unmet
    why = outcome.explanation
    assert missed.count == len(why.unmet_person)
    assert missed.compulsory == int(why.unmet_compulsory.sum())
    assert sum(row.compulsory + row.wishes for row in missed.reasons) == missed.count
    assert sum(course.compulsory + course.wishes for course in missed.courses) == missed.count
    assert all(sum(n for _, n in course.reasons) == course.compulsory + course.wishes for course in missed.courses)
    flags = [row.compulsory for row in missed.people]
    assert flags == sorted(flags, reverse=True)


def test_the_levels_age_and_doubt_are_told(outcome: Outcome) -> None:
    known = figures_of(outcome, printed_on=made_up.PRINTED).levels
    rows = outcome.sector.levels
    dates = np.sort(rows.assessed_on[rows.assessed_on > 0])
    assert known.half_older_than == date.fromordinal(int(np.median(dates)))
    assert known.months is not None
    assert 9 <= known.months <= 17
    assert known.with_error + known.without_error == pytest.approx(1)
    assert sum(source.share for source in known.sources) == pytest.approx(1)
    assert figures_of(outcome).levels.months is None


def test_a_sector_of_one_unit_without_agencies_or_budgets() -> None:
    of = made_up.sector(agencies=0)
    of = replace(of, units=(Unit("m", "Harbour Office", UnitKind.DEPARTMENT),), budgets=(Budget(9000.0),))
    of = replace(of, initiatives=(), initiative_skills=())
    result = figures_of(made_up.outcome(replace(of, budgets=()), curve=False))
    assert [row.name for row in result.gaps.rows] == ["Harbour Office"]
    assert result.fairness.units == ()
    assert result.certificate.budget is None
    assert result.initiatives.count == 0
    assert problem_of(of).limits.fair_unit.size == 0
