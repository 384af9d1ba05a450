"""What moves from one plan to another: money, people, skills, initiatives, and who gains and who loses.

Two plans may come from different data: people and sessions are matched by the database's ids, units, skills and
initiatives by the office's own codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vested.plans.outcome import Outcome
from vested.plans.packing import Frozen
from vested.plans.report.figures import LEAST, Figures, person_gaps

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Something with a figure in both plans; None where a plan does not have it, ``hidden`` about few people."""

    code: str
    name: str
    one: float | None
    other: float | None
    hidden: bool = False

    @property
    def change(self) -> float:
        """How much more the other has."""
        return (self.other or 0.0) - (self.one or 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """How many assignments and people move from ``one`` plan to the ``other``.

    ``same`` assignments are in both, ``gone`` only in one, ``new`` only in the other; ``moved`` people have another
    set of courses. ``losers`` and ``gainers`` close less and more of their gap in the other: people (ids in the
    database) by how many weighted levels, most first.
    """

    same: int
    gone: int
    new: int
    moved: int
    losers: tuple[tuple[int, float], ...]
    gainers: tuple[tuple[int, float], ...]

    @property
    def lose(self) -> int:
        """How many people close less."""
        return len(self.losers)

    @property
    def gain(self) -> int:
        """How many people close more."""
        return len(self.gainers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What moves from ``one`` plan to the ``other``.

    ``skills`` are weighted levels closed, ``units`` and ``families`` shares of their gaps closed, ``needs`` people an
    initiative will have.
    """

    people: Movement
    skills: tuple[Moved, ...]
    units: tuple[Moved, ...]
    families: tuple[Moved, ...]
    needs: tuple[Moved, ...]


def compared(one: Frozen, other: Frozen, figures: tuple[Figures, Figures]) -> Compared:
    """Compare two plans, whose figures say what is about too few people to be shown."""
    return Compared(
        people=movement(one, other),
        skills=_both(*(_by_skill(frozen.outcome) for frozen in (one, other))),
        units=_both(_by_unit(one.outcome, figures[0]), _by_unit(other.outcome, figures[1])),
        families=_both(_by_family(figures[0]), _by_family(figures[1])),
        needs=_both(*(_by_need(frozen.outcome) for frozen in (one, other))),
    )


def movement(one: Frozen, other: Frozen) -> Movement:
    """Count who and what moves from one plan to the other."""
    pairs = [_pairs(frozen) for frozen in (one, other)]
    closed = [_closed(frozen) for frozen in (one, other)]
    courses = [_courses(frozen) for frozen in (one, other)]
    people = courses[0].keys() | courses[1].keys()
    change = {pk: closed[1].get(pk, 0.0) - closed[0].get(pk, 0.0) for pk in closed[0].keys() | closed[1].keys()}
    lose = sorted(((pk, by) for pk, by in change.items() if by < -_SAME), key=lambda row: (row[1], row[0]))
    gain = sorted(((pk, by) for pk, by in change.items() if by > _SAME), key=lambda row: (-row[1], row[0]))
    return Movement(
        same=len(pairs[0] & pairs[1]),
        gone=len(pairs[0] - pairs[1]),
        new=len(pairs[1] - pairs[0]),
        moved=sum(courses[0].get(pk, frozenset()) != courses[1].get(pk, frozenset()) for pk in people),
        losers=tuple(lose),
        gainers=tuple(gain),
    )


_SAME = 1e-6  # a difference in levels that is none
Rows = Mapping[str, tuple[str, float, bool]]  # by code: name, figure, hidden


def _both(one: Rows, other: Rows) -> tuple[Moved, ...]:
    """Rows of both, what changes most first; hidden ones last."""
    rows = []
    for code in dict.fromkeys([*one, *other]):
        here, there = one.get(code), other.get(code)
        name, _figure, _hidden = there or here or ("", 0.0, False)
        rows.append(
            Moved(
                code=code,
                name=name,
                one=here[1] if here else None,
                other=there[1] if there else None,
                hidden=any(row[2] for row in (here, there) if row),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.hidden, 0.0 if row.hidden else -abs(row.change), row.name)))


def _pairs(frozen: Frozen) -> set[tuple[int, int]]:
    plan = frozen.outcome.plan
    return set(zip(frozen.people[plan.person].tolist(), frozen.sessions[plan.session].tolist(), strict=True))


def _courses(frozen: Frozen) -> dict[int, frozenset[str]]:
    """The courses of each person who has any."""
    outcome = frozen.outcome
    found: dict[int, set[str]] = {}
    people = frozen.people[outcome.plan.person].tolist()
    for pk, session in zip(people, outcome.plan.session.tolist(), strict=True):
        found.setdefault(pk, set()).add(outcome.sector.sessions[session].course_id)
    return {pk: frozenset(codes) for pk, codes in found.items()}


def _closed(frozen: Frozen) -> dict[int, float]:
    """The weighted levels each person closes."""
    before, after = person_gaps(frozen.outcome.problem, frozen.outcome.plan)
    return dict(zip(frozen.people.tolist(), (before - after).tolist(), strict=True))


def _by_skill(outcome: Outcome) -> dict[str, tuple[str, float, bool]]:
    explanation, sector = outcome.explanation, outcome.sector
    closed = np.bincount(explanation.gain_skill, weights=explanation.gain_value, minlength=len(sector.skills))
    people = np.bincount(explanation.gain_skill, minlength=len(sector.skills))
    return {
        skill.skill_id: (skill.name, float(closed[at]), 0 < people[at] < LEAST)
        for at, skill in enumerate(sector.skills)
        if closed[at] > 0
    }


def _by_unit(outcome: Outcome, figures: Figures) -> dict[str, tuple[str, float, bool]]:
    """Ministries and agencies: the share of its gap each closes."""
    fairness = outcome.plan.fairness
    units = [(at, group) for at, group in enumerate(outcome.groups) if group.kind == "unit"]
    return {
        group.group_id: (group.name, float(fairness.closed[at] / gap), hidden)
        for (at, group), hidden in zip(units, figures.gaps.fair_hidden, strict=True)
        if (gap := float(fairness.gap[at])) > 0
    }


def _by_family(figures: Figures) -> dict[str, tuple[str, float, bool]]:
    """Job families that have a column: the share of its gap each closes."""
    pairs = zip(figures.gaps.families, figures.gaps.total.cells, strict=True)
    return {
        family.name: (family.name, cell.share, cell.hidden)
        for family, cell in pairs
        if family.name and cell.share is not None
    }


def _by_need(outcome: Outcome) -> dict[str, tuple[str, float, bool]]:
    sector, plan = outcome.sector, outcome.plan
    titles = {row.initiative_id: row.title for row in sector.initiatives}
    skills = {row.skill_id: row.name for row in sector.skills}
    return {
        f"{need.initiative_id}|{need.unit_id or ''}|{need.skill_id}|{need.level:g}|{need.by_period}": (
            f"{titles[need.initiative_id]}: {skills[need.skill_id]}",
            float(plan.holders_after[at]),
            False,
        )
        for at, need in enumerate(sector.initiative_skills)
    }
