"""A small office with roles, requirements and levels, so that every figure can be counted by hand."""

from dataclasses import dataclass

from tests.core.offices import DAY, Office
from vested.core.models import Membership, Person
from vested.core.scope import System, acting
from vested.skills.models import JobFamily, Level, Post, Requirement, Role, Skill


@dataclass(frozen=True)
class Room:
    """Two families with a role each, two skills; ``officer`` asks for data at 4, ``clerk`` for data at 2, law at 3."""

    data: Skill
    law: Skill
    digital: JobFamily
    legal: JobFamily
    officer: Role
    clerk: Role


def furnish(office: Office, *, north: int, south: int) -> Room:
    """Employ people in the two agencies, every other one as officer; the n-th has level n % 5 in data, 1 in law."""
    sector = office.sector
    with acting(System("a test")):
        data = Skill.objects.create(sector=sector, code="DATA", name="Working with data", area="Data")
        law = Skill.objects.create(sector=sector, code="LAW", name="Law in practice", area="Law")
        digital = JobFamily.objects.create(sector=sector, name="Digital")
        legal = JobFamily.objects.create(sector=sector, name="Legal")
        officer = Role.objects.create(sector=sector, code="officer", name="Data officer", family=digital)
        clerk = Role.objects.create(sector=sector, code="clerk", name="Clerk", family=legal)
        for role, skill, level in ((officer, data, 4), (clerk, data, 2), (clerk, law, 3)):
            Requirement.objects.create(sector=sector, role=role, skill=skill, level=level)
        for unit, count in ((office.north, north), (office.south, south)):
            for number in range(count):
                person = Person.objects.create(sector=sector, code=f"{unit.code}-{number}", name=f"Person {number}")
                Membership.objects.create(sector=sector, person=person, unit=unit, since=DAY)
                role = officer if number % 2 == 0 else clerk
                Post.objects.create(sector=sector, person=person, role=role, since=DAY)
                Level.objects.create(sector=sector, person=person, skill=data, level=number % 5)
                Level.objects.create(sector=sector, person=person, skill=law, level=1)
    return Room(data=data, law=law, digital=digital, legal=legal, officer=officer, clerk=clerk)
