"""Made-up staff of a sector, kept in a file for the processes that hide."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vested.engines.disclosure import Rules

RULES = Rules(minimum=5, state=3, shallowest=1.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Staff:
    """As ``release`` takes them: units, people, those below and the levels they miss."""

    unit_parent: NDArray[np.int64]
    people: NDArray[np.int64]
    below: NDArray[np.int64]
    gap: NDArray[np.float64]


def make_staff(*, people: int, units: int, skills: int, families: int, seed: int) -> Staff:
    """Draw units of very different sizes under five departments, families of different weight, levels by both."""
    draw = np.random.default_rng(seed)
    parent = np.concatenate(([-1], np.zeros(5), 1 + np.arange(units - 6) % 5)).astype(np.int64)
    unit = draw.choice(units, people, p=draw.dirichlet(np.full(units, 2.0)))
    family = draw.choice(families, people, p=draw.dirichlet(np.ones(families)))
    chance = draw.uniform(0.05, 0.6, (skills, families))
    count = np.zeros((units, families), dtype=np.int64)
    np.add.at(count, (unit, family), 1)
    below, gap = np.zeros((skills, units, families), dtype=np.int64), np.zeros((skills, units, families))
    for skill in range(skills):
        missing = (draw.random(people) < chance[skill, family]) * (1 + draw.binomial(3, 0.3, people))
        np.add.at(below[skill], (unit, family), missing > 0)
        np.add.at(gap[skill], (unit, family), missing)
    return Staff(unit_parent=parent, people=count, below=below, gap=gap)


def save(path: Path, staff: Staff) -> None:
    """Write staff down."""
    np.savez(path, unit_parent=staff.unit_parent, people=staff.people, below=staff.below, gap=staff.gap)


def load(path: Path) -> Staff:
    """Read staff back."""
    with np.load(path) as kept:
        return Staff(**{name: kept[name] for name in ("unit_parent", "people", "below", "gap")})
