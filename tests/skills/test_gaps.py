"""The gap explorer counts what a person with the rows would count, and shows each viewer only what is theirs."""

from collections import defaultdict
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.offices import Office
from tests.skills.rooms import Room, furnish
from vested.core.errors import Invalid, NotAllowed
from vested.core.models import Event, Grant, Unit
from vested.core.permissions import Role as Held
from vested.core.scope import System, acting
from vested.core.viewer import Viewer, viewer_for
from vested.skills.actions import KEPT, keep_snapshot
from vested.skills.models import Level, Requirement, Skill, Snapshot
from vested.skills.queries.gaps.computed import Picture, count, gathered, holders, packed, unpacked
from vested.skills.queries.gaps.cuts import By, Cut, cut
from vested.skills.queries.gaps.permitted import exact, starts
from vested.skills.queries.gaps.released import UNITS, WHOLE, release
from vested.skills.queries.gaps.taken import take

NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)


def taken(office: Office) -> None:
    with acting(office.viewer("cdo")):
        keep_snapshot(by=office.viewer("cdo"), taken=take(), at=NOON)


def seen(viewer: Viewer, by: By = By.UNIT, **where: object) -> Cut:
    with acting(viewer):
        found = cut(viewer, by=by, **{"unit": None, "family": None, "role": None, **where})  # type: ignore[arg-type]  # by name
    assert found
    return found


def figures(found: Cut) -> dict[tuple[str, str], tuple[int, float]]:
    """By row and skill: how many are below, and the levels short."""
    return {
        (str(row.what), str(skill)): (int(found.counted.below[r, s]), float(found.counted.short[r, s]))
        for r, row in enumerate(found.rows)
        for s, skill in enumerate(found.skills)
    }


def leader_of(office: Office, unit: Unit | None) -> Viewer:
    """Somebody who may see figures, and no people."""
    with acting(System("a test")):
        person = office.people["neighbour"]
        Grant.objects.filter(person=person).delete()
        Grant.objects.create(sector=office.sector, person=person, role=Held.TOP_LEADER, unit=unit, since=NOON.date())
        return viewer_for(person, on=NOON.date())


def by_hand(office: Office) -> dict[tuple[str, str], tuple[int, float]]:
    """The figures by unit, row by row."""
    below: defaultdict[tuple[str, str], int] = defaultdict(int)
    short: defaultdict[tuple[str, str], float] = defaultdict(float)
    with acting(System("a test")):
        level = {(row.person_id, row.skill_id): row.level for row in Level.objects.all()}
        for unit in (office.north, office.south):
            for requirement in Requirement.objects.select_related("skill"):
                key = (str(unit), str(requirement.skill))
                for post in requirement.role.posts.filter(person__memberships__unit=unit):
                    missing = requirement.level - level.get((post.person_id, requirement.skill_id), 0)
                    below[key] += missing > 0
                    short[key] += max(missing, 0)
    return {key: (below[key], short[key]) for key in below}


def test_figures_are_those_counted_by_hand(office: Office, room: Room) -> None:
    taken(office)
    found = seen(office.viewer("cdo"))
    assert found.exact
    assert figures(found) == by_hand(office)
    assert [(str(row.what), row.people) for row in found.rows] == [("ours north", 20), ("ours south", 3)]
    assert found.people == 23
    by_role = seen(office.viewer("cdo"), By.ROLE, unit=office.north)
    assert [(str(row.what), row.people) for row in by_role.rows] == [("Clerk", 10), ("Data officer", 10)]
    by_family = seen(office.viewer("cdo"), By.FAMILY, role=room.clerk)
    assert [(str(row.what), row.people) for row in by_family.rows] == [("Legal", 11)]
    assert seen(office.viewer("cdo"), By.UNIT, family=room.digital).people == 12


def test_a_unit_shows_what_is_below_it_and_who_stands_at_it(office: Office, room: Room) -> None:
    with acting(System("a test")):
        team = Unit.objects.create(
            sector=office.sector, code="team", name="A team", kind="team", parent=office.north, path=""
        )
        team.path = f"{office.north.path}{team.pk}/"
        team.save()
        moving = [post.person for post in room.clerk.posts.all()[:4]]
        for person in moving:
            person.memberships.update(unit=team)
    taken(office)
    found = seen(office.viewer("cdo"), unit=office.north)
    assert [(row.what, row.people) for row in found.rows] == [(team, 4), (None, 16)]


@given(st.data())
def test_a_cut_adds_up_whatever_the_groups(data: st.DataObject) -> None:
    people, skills, roles = (data.draw(st.integers(low, 6)) for low in (0, 1, 1))
    whole = st.integers(0, 8)
    picture = Picture(
        person=np.arange(people),
        unit=np.zeros(people, dtype=np.int64),
        role=np.array(data.draw(st.lists(st.integers(0, roles - 1), min_size=people, max_size=people)), dtype=np.int64),
        roles=np.arange(roles),
        skills=np.arange(skills),
        level=np.array(
            data.draw(st.lists(whole, min_size=people * skills, max_size=people * skills)), dtype=np.float32
        ).reshape(people, skills),
        asked=np.array(
            data.draw(st.lists(whole, min_size=roles * skills, max_size=roles * skills)), dtype=np.float32
        ).reshape(roles, skills),
    )
    group = np.array(data.draw(st.lists(st.integers(-1, 3), min_size=people, max_size=people)), dtype=np.int64)
    found = count(picture, group, 4)
    for g in range(4):
        members = [p for p in range(people) if group[p] == g]
        assert found.people[g] == len(members)
        for s in range(skills):
            gaps = [max(picture.asked[picture.role[p], s] - picture.level[p, s], 0) for p in members]
            assert found.below[g, s] == sum(gap > 0 for gap in gaps)
            assert found.short[g, s] == sum(gaps)


def test_a_manager_sees_all_of_their_unit_and_nothing_of_others(office: Office, room: Room) -> None:  # noqa: ARG001 - it is what is counted
    taken(office)
    manager = office.viewer("manager")
    found = seen(manager, By.ROLE, unit=office.north)
    assert found.exact
    assert found.people == 20
    with acting(manager):
        assert starts(manager) == (office.north,)
        for unit in (None, office.south, office.ministry):
            with pytest.raises(NotAllowed):
                exact(manager, unit=unit)


def test_nobody_without_a_role_sees_a_figure(office: Office, room: Room) -> None:  # noqa: ARG001 - it is what is counted
    taken(office)
    clerk = office.viewer("clerk")
    with acting(clerk):
        assert starts(clerk) == ()
        with pytest.raises(NotAllowed):
            cut(clerk, by=By.UNIT, unit=None, family=None, role=None)


def test_who_may_not_see_people_sees_small_groups_hidden(office: Office, room: Room) -> None:
    taken(office)
    leader = leader_of(office, None)
    found = seen(leader)
    assert not found.exact
    people = {str(row.what): row.people for row in found.rows}
    assert people["ours south"] == -1  # three people
    assert found.people == -1
    assert -1 in {seen(leader, By.FAMILY).people, people["ours north"]}  # all less the north would give them away
    south = [row.people for row in found.rows].index(-1)
    assert set(found.counted.below[south].tolist()) == {-1}
    assert np.isnan(found.counted.short[south]).all()
    assert seen(leader, By.ROLE).rows == ()
    assert seen(leader, By.FAMILY, unit=office.south).people == -1
    assert [str(row.what) for row in seen(leader, By.FAMILY, family=room.legal).rows] == ["Legal"]
    with acting(System("a test")):
        deep = Unit.objects.create(sector=office.sector, code="deep", name="Deep", kind="team", path="/0/")
    assert seen(leader, unit=deep).rows == ()


def test_what_is_shown_to_everybody_is_true(office: Office) -> None:
    room = furnish(office, north=40, south=30)
    taken(office)
    found, hand = seen(leader_of(office, None)), by_hand(office)
    shown = {key: figure for key, figure in figures(found).items() if figure[0] >= 0}
    assert shown
    assert shown == {key: pytest.approx(hand[key]) for key in shown}
    assert found.people == 70
    by_family = seen(leader_of(office, None), By.FAMILY)
    assert [(row.what, row.people) for row in by_family.rows] == [(room.digital, 35), (room.legal, 35)]


def test_a_leader_of_an_agency_looks_no_further(office: Office, room: Room) -> None:  # noqa: ARG001 - it is what is counted
    taken(office)
    leader = leader_of(office, office.north)
    with acting(leader):
        assert starts(leader) == (office.north,)
    assert not seen(leader, By.FAMILY, unit=office.north).exact
    with acting(leader), pytest.raises(NotAllowed):
        exact(leader, unit=office.south)


def test_another_sector_has_its_own_picture(office: Office, other: Office, room: Room) -> None:  # noqa: ARG001 - it is what is counted
    taken(office)
    stranger = other.viewer("cdo")
    with acting(stranger):
        assert cut(stranger, by=By.UNIT, unit=None, family=None, role=None) is None
        with pytest.raises(Invalid, match="Nobody holds a post"):
            take()


def test_taking_a_picture_needs_the_right_is_recorded_and_keeps_few(office: Office, room: Room) -> None:  # noqa: ARG001 - it is what is counted
    for who in ("clerk", "manager", "auditor"):
        with acting(office.viewer(who)), pytest.raises(NotAllowed):
            keep_snapshot(by=office.viewer(who), taken=take(), at=NOON)
    for _ in range(KEPT + 2):
        taken(office)
    with acting(office.viewer("cdo")):
        assert Snapshot.objects.count() == KEPT
        assert Event.objects.filter(kind="snapshot.taken").count() == KEPT + 2
        assert Event.objects.order_by("number").last().new == {"people": 23, "skills": 2}  # type: ignore[union-attr]  # above


def test_a_picture_is_kept_as_it_was_taken(office: Office, room: Room) -> None:
    with acting(office.viewer("cdo")):
        picture = gathered()
        snapshot = Snapshot.objects.create(
            sector=office.sector, taken_at=NOON, arrays=packed(picture, {"unit": np.array([WHOLE])})
        )
        again, released = unpacked(snapshot.pk)
        for name in Picture.__slots__:
            np.testing.assert_array_equal(getattr(picture, name), getattr(again, name))
        np.testing.assert_array_equal(released["unit"], [WHOLE])
        everybody = np.ones(len(picture.person), dtype=bool)
        assert holders(picture, skill=room.data.pk, level=4, among=everybody) == 4
        assert holders(picture, skill=room.law.pk, level=2, among=everybody) == 0


def test_a_skill_nobody_is_asked_for_is_not_shown(office: Office, room: Room) -> None:  # noqa: ARG001 - it is what is counted
    with acting(office.viewer("cdo")):
        Skill.objects.create(sector=office.sector, code="IDLE", name="Idle")
    taken(office)
    assert [skill.code for skill in seen(office.viewer("cdo")).skills] == ["DATA", "LAW"]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=30))
def test_released_units_are_few_and_hold_everybody(parents: list[int]) -> None:
    """Units that are too many stand in the one above them."""
    parent_of = {1: None, **{n + 2: min(parent, n) + 1 for n, parent in enumerate(parents)}}
    units = np.array(sorted(parent_of), dtype=np.int64)
    picture = Picture(
        person=np.arange(len(units)),
        unit=units,
        role=np.zeros(len(units), dtype=np.int64),
        roles=np.array([7]),
        skills=np.array([3]),
        level=np.zeros((len(units), 1), dtype=np.float32),
        asked=np.zeros((1, 1), dtype=np.float32),
    )
    found = release(picture, parent_of=parent_of, family_of={7: None})
    assert found.unit[0] == WHOLE
    assert (found.unit >= 0).sum() <= UNITS
    assert found.family.tolist() == [-1, WHOLE]
    assert found.people[0, 1] in {len(units), -1}
    assert ((found.people >= 5) | (found.people <= 0)).all()
