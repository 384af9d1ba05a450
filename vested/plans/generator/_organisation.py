"""Units and the people in them.

With n people there are ``agencies`` = 2 + floor(3 log10(n / 50)) agencies (at least one) beside the ministry's own
departments, one department for every 70 people and teams of 5 to 15 (5 + binomial(10, 0.4)). Departments are divided
over agencies, and teams over departments, in log-normal shares (sigma 0.8 and 0.5). Each agency has most of one job
family; three of five in a team are of the team's own family, the others of the agency's mix. One director heads an
agency, one head a department, one leader a team, and the first director the ministry; each is managed by the one above.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vested.formats.sector_folder import Person, Unit, UnitKind
from vested.plans.generator._frame import Frame, Random
from vested.plans.generator._words import AGENCIES, DEPARTMENTS, GIVEN_NAMES

LANGUAGES = ("fr", "nl", "en")
SMALLEST = 20
ROLE_SHARE = np.array([0.0, 0.8, 1.2, 0.7, 0.3])  # of a family's staff, by seniority 1 to 4


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Organisation:
    """Units and staff; per person (n,) ``role`` row, ``body`` and ``department`` unit row, ``hours``.

    A body is the ministry or an agency; ``bodies`` lists their unit rows, the ministry first. ``speaks`` (n, 4) the
    three languages and, last, any other (only where no language is stated).
    """

    units: tuple[Unit, ...]
    staff: tuple[Person, ...]
    bodies: tuple[int, ...]
    role: NDArray[np.int64]
    body: NDArray[np.int64]
    department: NDArray[np.int64]
    hours: NDArray[np.float64]
    speaks: NDArray[np.bool_]


def organisation(random: Random, *, people: int, frame: Frame) -> Organisation:
    """Draw units and staff."""
    agencies = min(max(1, 2 + int(np.floor(3 * np.log10(people / 50)))), len(AGENCIES))
    departments = max(agencies + 1, round(people / 70))
    sizes = _team_sizes(random, people - 1 - agencies - departments, at_least=departments)
    per_body = _apportion(departments, random.lognormal(0, 0.8, agencies + 1))
    per_department = _apportion(len(sizes), random.lognormal(0, 0.5, departments))
    draft = _Draft(random, frame)
    chosen = [AGENCIES[index] for index in sorted(random.permutation(len(AGENCIES))[:agencies].tolist())]
    team, department = iter(sizes), iter(per_department)
    for body, (name, main) in enumerate([("Ministry of Public Services", "Policy"), *chosen]):
        draft.open_body(name, main)
        for _ in range(per_body[body]):
            draft.open_department()
            for _ in range(next(department)):
                draft.open_team(next(team))
    return draft.finish()


class _Draft:
    """Units and posts as they are drawn, from the top down."""

    def __init__(self, random: Random, frame: Frame) -> None:
        self.random, self.frame = random, frame
        self.units: list[Unit] = []
        self.bodies: list[int] = []
        self.posts: list[tuple[int, int, int, int, int]] = []  # unit, body, department, manager's post, role
        self.names: dict[str, int] = {}
        weight = ROLE_SHARE[frame.seniority]
        if frame.leaders is not None:
            weight[list(frame.leaders)] = 0.0  # leaders are placed, not drawn
        self.by_family: list[tuple[NDArray[np.int64], NDArray[np.float64]]] = []
        for family in range(len(frame.families)):
            roles = np.flatnonzero(frame.family == family)
            share = weight[roles] if weight[roles].sum() > 0 else np.ones(len(roles))
            self.by_family.append((roles, np.cumsum(share / share.sum())))

    def open_body(self, name: str, main: str) -> None:
        """Open the ministry (first) or an agency that has most of the family ``main``."""
        frame = self.frame
        kind = UnitKind.AGENCY if self.bodies else UnitKind.MINISTRY
        self.main = frame.families.index(main) if main in frame.families else len(self.bodies) % len(frame.families)
        mix = frame.share * self.random.lognormal(0, 0.5, len(frame.share))
        mix = mix / mix.sum()
        mix[self.main] += 0.6
        self.mix = np.cumsum(mix / mix.sum())
        self.body = self._unit(name, kind, 0 if self.bodies else None)
        self.bodies.append(self.body)
        self.director = self._post(
            self.body, self.body, self.body, 0 if len(self.posts) else -1, self._leader(2, self.main)
        )

    def open_department(self) -> None:
        """Open a department of a family drawn from the body's mix."""
        self.department_family = self._draw_family()
        words = DEPARTMENTS.get(self.frame.families[self.department_family], ())
        name = words[int(self.random.integers(len(words)))] if words else self.frame.families[self.department_family]
        self.department = self._unit(name or "Department", UnitKind.DEPARTMENT, self.body)
        role = self._leader(1, self.department_family)
        self.head = self._post(self.department, self.body, self.department, self.director, role)

    def open_team(self, size: int) -> None:
        """Open a team: one leader, the others of the team's family (60 %) or of the body's mix."""
        family = self.department_family if self.random.random() < 0.7 else self._draw_family()
        unit = self._unit(f"{self.frame.families[family] or 'Team'} team", UnitKind.TEAM, self.department)
        leader = self._post(unit, self.body, self.department, self.head, self._leader(0, family))
        for own, where in self.random.random((size - 1, 2)).tolist():
            member = family if own < 0.6 else int(np.searchsorted(self.mix, (own - 0.6) / 0.4, side="right"))
            roles, share = self.by_family[min(member, len(self.by_family) - 1)]
            role = int(roles[min(int(np.searchsorted(share, where, side="right")), len(roles) - 1)])
            self._post(unit, self.body, self.department, leader, role)

    def finish(self) -> Organisation:
        """Give the posts people: names, grades, hours and languages."""
        random, frame, count = self.random, self.frame, len(self.posts)
        unit, body, department, manager, role = np.array(self.posts, dtype=np.int64).T
        grade = np.clip(frame.seniority[role] + random.choice([-1, 0, 0, 0, 1], count), 1, 5)
        grade[manager < 0] = 5
        hours = np.clip(16 + random.gamma(2.0, 13.0, count), 16, 80) // 2 * 2
        first_french = random.random(count) < _tilt(random, len(self.units))[body]
        speaks = np.column_stack([first_french, ~first_french, random.random(count) < 0.35 + 0.1 * grade])
        speaks[:, :2] |= (random.random(count) < 0.35)[:, None]
        unstated = random.random(count) < 0.02
        speaks = np.column_stack([speaks, np.zeros(count, dtype=np.bool_)]) | unstated[:, None]
        given = random.integers(0, len(GIVEN_NAMES), count).tolist()
        width = max(5, len(str(count)))
        numbers = [f"{number:0{width}d}" for number in range(1, count + 1)]
        unit_ids = [row.unit_id for row in self.units]
        staff = tuple(
            Person(
                person_id=f"P{numbers[i]}",
                name=f"{GIVEN_NAMES[given[i]]} {numbers[i]}",
                unit_id=unit_ids[u],
                role_id=frame.roles[r].role_id,
                hours=h,
                email=f"p{numbers[i]}@sector.example",
                grade=f"G{g}",
                languages=() if free else tuple(code for code, can in zip(LANGUAGES, known, strict=False) if can),
                manager_id=f"P{numbers[m]}" if m >= 0 else None,
            )
            for i, (u, r, h, g, free, known, m) in enumerate(
                zip(
                    unit.tolist(),
                    role.tolist(),
                    hours.tolist(),
                    grade.tolist(),
                    unstated.tolist(),
                    speaks.tolist(),
                    manager.tolist(),
                    strict=True,
                )
            )
        )
        return Organisation(
            units=tuple(self.units),
            staff=staff,
            bodies=tuple(self.bodies),
            role=role,
            body=body,
            department=department,
            hours=hours,
            speaks=speaks,
        )

    def _unit(self, name: str, kind: UnitKind, parent: int | None) -> int:
        parent_id = None if parent is None else self.units[parent].unit_id
        path = f"{parent_id}/{name}"
        self.names[path] = self.names.get(path, 0) + 1
        name = name if self.names[path] == 1 else f"{name} {self.names[path]}"
        self.units.append(Unit(f"U{len(self.units) + 1:05d}", name, kind, parent_id))
        return len(self.units) - 1

    def _post(self, unit: int, body: int, department: int, manager: int, role: int) -> int:
        self.posts.append((unit, body, department, manager, role))
        return len(self.posts) - 1

    def _draw_family(self) -> int:
        return min(int(np.searchsorted(self.mix, self.random.random(), side="right")), len(self.mix) - 1)

    def _leader(self, rank: int, family: int) -> int:
        """Give the role of a leader; among imported roles, the most senior of the family."""
        if self.frame.leaders is not None:
            return self.frame.leaders[rank]
        roles = np.flatnonzero(self.frame.family == family)
        return int(roles[np.argmax(self.frame.seniority[roles])])


def _tilt(random: Random, units: int) -> NDArray[np.float64]:
    """Share of people whose first language is the first one, by body: between 35 and 75 %."""
    return random.uniform(0.35, 0.75, units)


def _team_sizes(random: Random, people: int, *, at_least: int) -> list[int]:
    """Sizes 5 + binomial(10, 0.4) that add up to ``people``; smaller only where there are fewer than 5 for each."""
    teams = max(at_least, round(people / 9), 1)
    sizes = 5 + random.binomial(10, 0.4, teams)
    while (missing := people - int(sizes.sum())) != 0:
        room = np.flatnonzero(sizes < 15) if missing > 0 else np.flatnonzero(sizes > min(5, people // teams))
        taken = random.permutation(room)[: abs(missing)]
        sizes[taken] += 1 if missing > 0 else -1
    return [int(size) for size in sizes]


def _apportion(total: int, shares: NDArray[np.float64]) -> list[int]:
    """Divide ``total`` by shares, at least one each, by largest remainders."""
    exact = (total - len(shares)) * shares / shares.sum()
    parts = np.floor(exact).astype(np.int64)
    for index in np.argsort(parts - exact, kind="stable")[: total - len(shares) - int(parts.sum())]:
        parts[index] += 1
    return [int(part) + 1 for part in parts]
