"""No two plans tell of a few people by leaving them out of one."""

from dataclasses import replace

import pytest

from tests.core.offices import DAY, Office
from tests.plans.rooms import QUICK, ask, started
from vested.core.errors import Invalid
from vested.core.models import Membership, Person, Unit
from vested.core.scope import System, acting
from vested.plans.models import Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(office: Office) -> Office:
    """The north with six people in one unit, four in another below it, and nobody in a third."""
    sector = office.sector
    with acting(System("a test")):
        for code, count in (("six", 6), ("four", 4), ("none", 0)):
            unit = Unit(sector=sector, code=code, name=code, kind="team", parent=office.north)
            unit.save()
            unit.path = f"{office.north.path}{unit.pk}/"
            unit.save()
            for number in range(count):
                person = Person.objects.create(sector=sector, code=f"{code}-{number}", name=f"{code} {number}")
                Membership.objects.create(sector=sector, person=person, unit=unit, since=DAY)
    return office


def begin(office: Office, *units: str) -> None:
    started(office, ask(office, asked=replace(QUICK, without_units=units)))


def test_fewer_than_five_cannot_be_left_out_beside_a_plan_for_all(units: Office) -> None:
    with pytest.raises(Invalid, match="what 4 people need"):
        begin(units, "four")
    with acting(units.viewer("cdo")):
        assert not Plan.objects.exists()
    begin(units, "six")
    begin(units, "none")
    begin(units, "unheard of")


def test_nor_beside_another_plan_that_leaves_out_nearly_the_same(units: Office) -> None:
    begin(units, "six")
    with pytest.raises(Invalid, match="at least 5 people more or fewer"):
        begin(units, "six", "four")
    begin(units, "six", "none")


def test_together_they_can_where_no_plan_tells_them_apart(units: Office) -> None:
    begin(units, "six", "four")
    with pytest.raises(Invalid, match="what 4 people need"):
        begin(units, "six")


def test_what_another_sector_plans_does_not_count(units: Office, other: Office) -> None:
    begin(other)
    begin(units, "six", "four")


def test_units_below_count_with_the_one_above(units: Office) -> None:
    """All of the north, and all of it but those directly in it."""
    begin(units, units.north.code)
    with acting(System("count")):
        there = Membership.objects.filter(unit=units.north, until=None).count()
    assert 0 < there < 5
    with pytest.raises(Invalid, match="need, by leaving them out"):
        begin(units, "six", "four", "none")
