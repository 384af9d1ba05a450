"""Whether the skills the initiatives need are there in time."""

from dataclasses import dataclass

from vested.engines.training import Why
from vested.plans.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Need:
    """People an initiative needs by the end of ``period``, those it has now and those it will have.

    ``unit`` is None where the whole sector counts. ``reachable`` people could be there with hours alone as limit;
    ``why`` says why some are missing, None where none are.
    """

    initiative: str
    skill: str
    level: float
    unit: str | None
    period: int
    people: int
    now: int
    then: int
    reachable: int
    why: Why | None

    @property
    def missing(self) -> int:
        """How many people are missing when they are needed."""
        return max(self.people - self.then, 0)


MOST_SHORT = 12
"""Needs in trouble that stand on the page at once; the rest is folded."""


@dataclass(frozen=True, slots=True)
class Initiatives:
    """Needs in trouble (worst first), needs that are met, and the initiatives that have all they need."""

    short: tuple[Need, ...]
    met: tuple[Need, ...]
    ready: int
    count: int
    by_training: int

    @property
    def worst(self) -> tuple[Need, ...]:
        """The needs in most trouble."""
        return self.short[:MOST_SHORT]

    @property
    def rest(self) -> tuple[Need, ...]:
        """The other needs in trouble."""
        return self.short[MOST_SHORT:]

    @property
    def needs(self) -> int:
        """How many needs there are."""
        return len(self.short) + len(self.met)


def initiatives(outcome: Outcome) -> Initiatives:
    """Collect the needs; trouble is the weight of the people missing."""
    sector, plan, why = outcome.sector, outcome.plan, outcome.explanation
    title = {initiative.initiative_id: initiative.title for initiative in sector.initiatives}
    skill = {skill.skill_id: skill.name for skill in sector.skills}
    unit = {unit.unit_id: unit.name for unit in sector.units}
    made = []
    for at, need in enumerate(sector.initiative_skills):
        then = int(plan.holders_after[at])
        row = Need(
            initiative=title[need.initiative_id],
            skill=skill[need.skill_id],
            level=need.level,
            unit=None if need.unit_id is None else unit[need.unit_id],
            period=need.by_period,
            people=need.people,
            now=int(plan.holders_before[at]),
            then=then,
            reachable=int(why.need_reachable[at]),
            why=Why(int(why.need_why[at])) if need.people > then and why.need_why[at] else None,
        )
        made.append((need.weight, row))
    in_trouble = [(weight, row) for weight, row in made if row.missing]
    in_trouble.sort(key=lambda pair: (-pair[0] * pair[1].missing, pair[1].period, pair[1].initiative))
    met = sorted((row for _, row in made if not row.missing), key=lambda row: (row.period, row.initiative, row.skill))
    late = {need.initiative_id for need, (_, row) in zip(sector.initiative_skills, made, strict=True) if row.missing}
    asking = {need.initiative_id for need in sector.initiative_skills}
    return Initiatives(
        short=tuple(row for _, row in in_trouble),
        met=tuple(met),
        ready=len(asking - late),
        count=len(asking),
        by_training=sum(row.now < row.people for row in met),
    )
