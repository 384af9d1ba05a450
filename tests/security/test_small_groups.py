"""An attacker who may see figures and no people: puts together what every door tells, and finds out nobody.

Each figure that is shown is an equation: these people together have so much. A group of fewer than five people, or one
person, is found out where its own sum follows from the equations, whatever the numbers are. The attacker asks every
filter of every door, page by page and two plans beside one another, and knows who works where.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.core.offices import DAY, Office, signed_in
from tests.plans.solved import ready, settled
from tests.skills.rooms import furnish
from vested.core.models import Membership, Person, Unit
from vested.core.scope import System, acting
from vested.plans.models import Plan
from vested.plans.queries.compared import Movement
from vested.plans.queries.comparing import moved_counts
from vested.plans.queries.solved import figures, solved
from vested.plans.report.figures import Scope, person_gaps
from vested.plans.views.curve import moved_said
from vested.skills.actions import keep_snapshot
from vested.skills.models import JobFamily, Post, Role
from vested.skills.queries.gaps import released
from vested.skills.queries.gaps.computed import unpacked
from vested.skills.queries.gaps.taken import take

LEAST = 5
NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)
Group = frozenset[int]


class Attacker:
    """What is known: sums over groups of ``size`` people."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.rows: list[Group] = []

    def hears(self, group: Iterable[int]) -> None:
        """A figure of a group is shown."""
        self.rows.append(frozenset(group))

    def finds(self, groups: Iterable[Group]) -> list[Group]:
        """The groups whose own sum follows from what is known."""
        known = np.array([self._of(row) for row in sorted(set(self.rows), key=sorted) if row]).reshape(-1, self.size)
        found = []
        for group in groups:
            wanted = self._of(group)
            told = known.T @ np.linalg.lstsq(known.T, wanted, rcond=None)[0] if len(known) else 0 * wanted
            if np.abs(told - wanted).max() < 1e-6:
                found.append(group)
        return found

    def _of(self, group: Group) -> NDArray[np.float64]:
        row = np.zeros(self.size)
        row[list(group)] = 1.0
        return row


def small(groups: Iterable[Group], size: int) -> list[Group]:
    """The groups nobody may be told of, and every single person."""
    few = {group for group in groups if 0 < len(group) < LEAST}
    return sorted(few | {frozenset([one]) for one in range(size)}, key=sorted)


def test_the_attacker_can_find_somebody() -> None:
    """A total, and all of it but one."""
    attacker = Attacker(6)
    attacker.hears(range(6))
    attacker.hears(range(5))
    assert attacker.finds(small([], 6)) == [frozenset([5])]
    attacker.hears([0, 1])
    assert attacker.finds([frozenset([0, 1]), frozenset([2, 3, 4]), frozenset([2, 3])]) == [
        frozenset([0, 1]),
        frozenset([2, 3, 4]),
    ]


def uneven(office: Office) -> None:
    """A sector with groups of every size: teams of one to nine, in two families."""
    room = furnish(office, north=9, south=7)
    with acting(System("more units")):
        for number, count in enumerate((1, 3, 4, 6, 8)):
            above = office.north if number % 2 else office.south
            team = Unit(sector=office.sector, code=f"t{number}", name=f"T{number}", kind="team", parent=above)
            team.save()
            team.path = f"{above.path}{team.pk}/"
            team.save()
            for one in range(count):
                person = Person.objects.create(sector=office.sector, code=f"t{number}-{one}", name="x y")
                Membership.objects.create(sector=office.sector, person=person, unit=team, since=DAY)
                role = room.officer if (one + number) % 3 else room.clerk
                Post.objects.create(sector=office.sector, person=person, role=role, since=DAY)
    with acting(office.viewer("cdo")):
        keep_snapshot(by=office.viewer("cdo"), taken=take(), at=NOON)
    unpacked.cache_clear()


def placed() -> list[tuple[str, int, int]]:
    """Everybody with a post: path of the unit, unit, family."""
    unit_of = dict(Membership.objects.filter(until=None).values_list("person", "unit"))
    path = dict(Unit.objects.values_list("pk", "path"))
    rows = Post.objects.filter(until=None).order_by("person").values_list("person", "role__family")
    return [(path[unit_of[person]], unit_of[person], family) for person, family in rows if person in unit_of]


def gap_groups(people: list[tuple[str, int, int]]) -> dict[tuple[int | None, bool, int | None], Group]:
    """Every group the explorer can be asked for: a unit (with all below, or itself) and a family."""
    units: dict[int | None, str] = {None: "/"}
    units |= dict(Unit.objects.values_list("pk", "path"))
    families = [None, *JobFamily.objects.values_list("pk", flat=True)]
    return {
        (unit, itself, family): frozenset(
            at
            for at, (path, own, his) in enumerate(people)
            if (own == unit if itself else path.startswith(units[unit])) and family in {None, his}
        )
        for unit, itself, family in product(units, (False, True), families)
    }


def heard_gaps(office: Office, who: str) -> tuple[Attacker, dict[tuple[int | None, bool, int | None], Group]]:
    """All that the gap explorer tells somebody, asked in every way."""
    client = signed_in(office, who)
    with acting(office.viewer("cdo")):
        people = placed()
        groups = gap_groups(people)
    attacker = Attacker(len(people))
    units, families = ({key[at] for key in groups} for at in (0, 2))
    for unit, family, by in product(units, families, ("unit", "family", "role")):
        asked = {"by": by, **{name: str(pk) for name, pk in (("unit", unit), ("family", family)) if pk}}
        answer = client.get("/api/v1/gaps", asked)
        if answer.status_code != 200:
            continue
        said = answer.json()
        assert by != "role" or said["exact"] or not said["rows"]
        for row in said["rows"]:
            if by == "role":
                continue
            where = said["unit"] if by == "family" else row["id"] or said["unit"]
            key = (where, by == "unit" and row["id"] is None, row["id"] if by == "family" else family)
            if row["people"] is not None:
                assert row["people"] == len(groups[key]), "else the attacker does not know what was told"
                attacker.hears(groups[key])
            assert row["people"] is not None or {*row["below"], *row["short"]} == {None}
    return attacker, groups


@pytest.mark.parametrize("seed", ["as it is", "turned"])
def test_the_gap_explorer_tells_of_nobody(office: Office, seed: str) -> None:
    uneven(office)
    if seed == "turned":
        with acting(office.viewer("cdo")):
            Role.objects.filter(code="officer").update(family=JobFamily.objects.get(name="Legal"))
            keep_snapshot(by=office.viewer("cdo"), taken=take(), at=NOON + timedelta(days=1))
        unpacked.cache_clear()
    attacker, groups = heard_gaps(office, "auditor")
    assert len({row for row in attacker.rows if row}) >= 4, "something is told"
    assert attacker.finds(small(groups.values(), attacker.size)) == []


def test_pages_and_files_tell_what_the_attacker_heard_and_no_more(office: Office) -> None:
    """Every figure of the map and its file is one of the release that everybody is told of over the API."""
    uneven(office)
    client, told = signed_in(office, "auditor"), 0
    with acting(office.viewer("cdo")):
        units, families = (list(model.objects.values_list("pk", flat=True)) for model in (Unit, JobFamily))
    for unit, family, by, show in product(units, [None, *families], ("unit", "family"), ("below", "short", "depth")):
        asked: dict[str, Any] = {"by": by, "unit": unit, **({"family": family} if family else {})}
        said = client.get("/api/v1/gaps", asked).json()
        skills = [one["name"] for one in said["skills"]]
        page = client.get("/skills/gaps/", {**asked, "show": show, "area": "*", "format": "csv"})
        head, *lines = csv.reader(b"".join(page).decode("utf-8-sig").splitlines()) if page.streaming else [[]]
        for (label, *cells), row in zip(lines, said["rows"], strict=bool(lines)):
            for skill, cell in zip(head[1:], cells, strict=True):
                if not cell.startswith("hidden"):
                    told += 1
                    assert row["below"][skills.index(skill)] is not None, (asked, show, label, skill)
        html = page.content.decode() if not page.streaming else client.get("/skills/gaps/", asked).content.decode()
        assert "/skills/gaps/people/" not in html
    assert told, "something is shown"


def test_without_the_rule_the_attacker_finds_them(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(released, "MINIMUM", 1)
    uneven(office)
    attacker, groups = heard_gaps(office, "auditor")
    assert attacker.finds(small(groups.values(), attacker.size))


def heard_plan(office: Office, plan: Plan, who: str) -> Iterator[tuple[Group, float]]:
    """All sums of gaps that a plan tells somebody: by unit and family, over the API and on the pages."""
    client = signed_in(office, who)
    with acting(office.viewer("cdo")):
        frozen, told = solved(plan), figures(plan)
        units = dict(Unit.objects.values_list("pk", "path"))
    sector, problem = frozen.outcome.sector, frozen.outcome.problem
    path = [units[int(frozen.units[at])] for at in problem.people.unit.tolist()]
    family = [sector.roles[role].job_family for role in problem.people.role.tolist()]
    everybody = range(len(path))

    def inside(unit: int | None, name: str | None, beside: tuple[str, ...] = ()) -> Group:
        start = units[unit] if unit else "/"
        there = (at for at in everybody if path[at].startswith(start) and not path[at].startswith(beside))
        return frozenset(at for at in there if name in {None, family[at]})

    rows = {units[int(frozen.units[row.unit])]: row.scope for row in told.gaps.rows}

    said = client.get(f"/api/v1/plans/{plan.pk}").json()
    for row in said["families"]:
        if row["people"] is not None:
            yield inside(None, row["name"]), row["before"] * row["people"]
    yield inside(None, None), said["certificate"]["gap"]
    for unit, start in units.items():
        answer = client.get(f"/api/v1/plans/{plan.pk}/units/{unit}")
        if answer.status_code != 200:
            continue
        found = answer.json()
        assert not found["exact"]
        assert (found["trained"], found["places"], found["cost"]) == (None, None, None)
        own = rows.get(start) == Scope.OWN  # beside the agencies below, which have rows of their own
        beside = tuple(one for one in rows if own and one != start and one.startswith(start))
        for row in [found["whole"], *found["families"]]:
            if row and row["people"] is not None:
                yield inside(unit, row["name"] or None, beside), row["before"] * row["people"]
    for group in told.fairness.units:
        if not group.hidden:
            yield inside(int(frozen.units[group.unit]), None), group.gap
    for group in told.fairness.grades:
        if not group.hidden:
            yield frozenset(at for at in everybody if group.name == sector.staff[at].grade), group.gap


def test_a_plan_tells_of_nobody(office: Office) -> None:
    """Unit pages, families, fairness by unit and grade, all of one plan together."""
    settled(office)
    plan = ready(office, curve=True)
    with acting(office.viewer("cdo")):
        outcome = solved(plan).outcome
        before = person_gaps(outcome.problem, outcome.plan)[0]
        units = dict(Unit.objects.values_list("pk", "path"))
        path = [units[int(solved(plan).units[at])] for at in outcome.problem.people.unit.tolist()]
    family = [outcome.sector.roles[role].job_family for role in outcome.problem.people.role.tolist()]
    grade = [one.grade for one in outcome.sector.staff]
    attacker = Attacker(len(before))
    for group, amount in heard_plan(office, plan, "auditor"):
        assert amount == pytest.approx(before[list(group)].sum(), abs=1e-6), "else it is not what was told"
        attacker.hears(group)
    assert len(set(attacker.rows)) >= 4
    cells = {
        frozenset(at for at in range(len(path)) if path[at].startswith(start) and name in {None, family[at]})
        for start, name in product(units.values(), [None, *family])
    }
    cells |= {frozenset(at for at in range(len(grade)) if grade[at] == one) for one in grade}
    assert attacker.finds(small(cells, len(before))) == []


def test_two_plans_beside_one_another_tell_of_no_few(office: Office) -> None:
    """Who may not see people is not told that one person loses."""
    moved = Movement(same=40, gone=4, new=5, moved=1, losers=((7, 1.0),), gainers=())
    exactly = {"same": 40, "gone": 4, "new": 5, "moved": 1, "lose": 1, "gain": 0}
    for who in ("cdo", "auditor"):
        viewer = office.viewer(who)
        few = dict.fromkeys(("same", "gone", "new", "moved", "lose")) if who == "auditor" else {}
        assert moved_counts(viewer, moved) == {**exactly, **few}
        said = moved_said(moved, viewer)
        assert ("1 person" in said) == (who == "cdo")
        assert said.count("Fewer than five") == (2 if who == "auditor" else 0)
    many = Movement(same=40, gone=0, new=5, moved=9, losers=(), gainers=())
    assert None not in moved_counts(office.viewer("auditor"), many).values()
