"""Two sectors with the same shape, and people of every role in each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client

from vested.core.models import Grant, Membership, Person, Sector, Unit, User
from vested.core.permissions import Role
from vested.core.scope import System, acting
from vested.core.viewer import Viewer, viewer_for

DAY = date(2026, 1, 5)


@dataclass(frozen=True)
class Office:
    """A sector: a ministry with two agencies, an officer and a clerk in each, and one person a role."""

    sector: Sector
    ministry: Unit
    north: Unit
    south: Unit
    people: dict[str, Person]

    def viewer(self, name: str) -> Viewer:
        with acting(System("a test")):
            return viewer_for(self.people[name], on=DAY)

    def user(self, name: str) -> User:
        """The account of one of them."""
        user = self.people[name].user
        assert user
        return user


def make_office(name: str) -> Office:
    with acting(System("a test")):
        sector = Sector.objects.create(name=name, slug=name)
        units: dict[str, Unit] = {}
        for code, parent in (("ministry", None), ("north", "ministry"), ("south", "ministry")):
            kind = Unit.Kind.AGENCY if parent else Unit.Kind.MINISTRY
            above = units[parent] if parent else None
            unit = Unit(sector=sector, code=code, name=f"{name} {code}", kind=kind, parent=above)
            unit.save()
            unit.path = f"{above.path if above else '/'}{unit.pk}/"
            unit.save()
            units[code] = unit
        people = {}
        for who, code, role in (
            ("cdo", "ministry", Role.CDO),
            ("auditor", "ministry", Role.AUDITOR),
            ("manager", "north", Role.MANAGER),
            ("clerk", "north", None),
            ("neighbour", "south", None),
        ):
            user = User.objects.create_user(f"{who}@{name}.example")
            person = Person.objects.create(sector=sector, code=who, name=f"{who} of {name}", user=user)
            Membership.objects.create(sector=sector, person=person, unit=units[code], since=DAY)
            if role:
                where = None if code == "ministry" else units[code]
                Grant.objects.create(sector=sector, person=person, role=role, unit=where, since=DAY)
            people[who] = person
        return Office(
            sector=sector, ministry=units["ministry"], north=units["north"], south=units["south"], people=people
        )


def signed_in(office: Office, name: str, *, proof: bool = False) -> Client:
    """A browser somebody of the office is signed in with; ``proof``: it has to prove that requests are not forged."""
    client = Client(enforce_csrf_checks=proof)
    client.force_login(office.user(name))
    return client


def given(answer: Any) -> bytes:
    """The file an answer gives, read to its end, which closes it."""
    return b"".join(answer.streaming_content)
