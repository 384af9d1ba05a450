"""What moves between two plans, and whether a plan is still of today's data."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.core.offices import Office
from tests.plans.rooms import NOW, QUICK, ask, fill, solve
from tests.plans.sectors import random_sector
from vested.core.actions import move_person
from vested.core.models import Person, Unit
from vested.core.scope import acting
from vested.plans.models import Plan
from vested.plans.queries.compared import Compared, compared
from vested.plans.queries.solved import figures, solved
from vested.plans.queries.staleness import changes_since, is_stale, last_change, newest_changes

pytestmark = pytest.mark.django_db


def of(one: Plan, other: Plan) -> Compared:
    return compared(solved(one), solved(other), (figures(one), figures(other)))


def test_a_plan_beside_itself_moves_nothing(office: Office) -> None:
    fill(office, random_sector(3, people=30))
    plan = solve(office)
    with acting(office.viewer("cdo")):
        found = of(plan, plan)
    people = found.people
    assert (people.gone, people.new, people.moved, people.gain, people.lose) == (0, 0, 0, 0, 0)
    assert people.same == plan.figures["places"]
    assert all(row.change == 0 for part in (found.skills, found.units, found.families, found.needs) for row in part)


def test_less_money_moves_people_and_the_sums_agree(office: Office) -> None:
    fill(office, random_sector(3, people=30))
    plan, less = solve(office), solve(office, ask(office, name="Less", asked=replace(QUICK, money=0.3)))
    with acting(office.viewer("cdo")):
        found, back = of(plan, less).people, of(less, plan).people
    assert found.same + found.gone == plan.figures["places"]
    assert found.same + found.new == less.figures["places"]
    assert found.gone > 0
    assert (back.gone, back.new, back.gain, back.lose) == (found.new, found.gone, found.lose, found.gain)
    moved = sum(by for _pk, by in (*found.gainers, *found.losers))
    assert moved == pytest.approx(less.figures["closed"] - plan.figures["closed"], abs=1e-4)
    assert len(found.losers) == found.lose
    with acting(office.viewer("cdo")):
        assert set(Person.objects.values_list("pk", flat=True)) >= {pk for pk, _by in found.losers}


def test_what_only_one_has_is_none_in_the_other(office: Office) -> None:
    fill(office, random_sector(3, people=30))
    plan = solve(office)
    without = solve(office, ask(office, name="Without", asked=replace(QUICK, initiatives={"I1": 0.0})))
    with acting(office.viewer("cdo")):
        found = of(plan, without)
    assert {row.name.partition(":")[0] for row in found.needs if row.other is None} == {"Berth booking online"}
    assert {row.name.partition(":")[0] for row in found.needs if row.other is not None} == {"Night watch by camera"}


def test_groups_too_small_to_be_shown_are_hidden(office: Office) -> None:
    fill(office, random_sector(3, people=12))
    plan = solve(office)
    with acting(office.viewer("cdo")):
        hidden = [row for row in of(plan, plan).units if row.hidden]
        assert len(hidden) == sum(group.hidden for group in figures(plan).fairness.units if group.gap > 0)
    assert hidden


def test_a_plan_is_stale_once_what_it_reads_has_changed(office: Office) -> None:
    fill(office, random_sector(3))
    viewer = office.viewer("cdo")
    plan = solve(office)
    with acting(viewer):
        assert not is_stale(plan)
        assert changes_since(plan) == []
        assert last_change() <= plan.seen
        person = Person.objects.get(code="P001")
        unit = Unit.objects.get(code="A2")
        here = person.memberships.get(until=None).unit
        to = unit if here != unit else Unit.objects.get(code="A1")
        move_person(by=viewer, person=person, to=to, on=NOW.date() + timedelta(days=1), version=person.version)
        assert is_stale(plan)
        assert [(change.kind, change.times) for change in changes_since(plan)] == [("person.moved", 1)]
        assert [event.subject_name for event in newest_changes(plan, 5)] == [str(person)]
        assert last_change() > plan.seen
        assert not is_stale(solve(office, plan.scenario))
