"""A small catalogue, so that everything on a page can be counted by hand."""

from dataclasses import dataclass
from datetime import date

from tests.core.offices import Office
from tests.skills.rooms import Room
from vested.academy.models import Compulsory, Course, Outcome, Provider, Session
from vested.core.scope import System, acting


@dataclass(frozen=True)
class Catalogue:
    """``first`` leads to ``second``; ``safety`` teaches nothing and everybody must take it, ``second`` clerks must."""

    provider: Provider
    first: Course
    second: Course
    safety: Course
    spring: Session


def offer(office: Office, room: Room) -> Catalogue:
    """Offer three courses, the first held twice, once with twelve seats and once without limit, the second never."""
    sector = office.sector
    with acting(System("a test")):
        provider = Provider.objects.create(sector=sector, name="Académie")
        first = Course.objects.create(
            sector=sector, code="C-1", title="Données ouvertes", provider=provider, mode=Course.Mode.ONLINE,
            language="fr", hours=7.5, cost="120.50", url="https://academy.example/c-1",
        )  # fmt: skip
        second = Course.objects.create(
            sector=sector, code="C-2", title="Data in law", hours=14, cost="1250", prerequisite=first, language="da"
        )
        safety = Course.objects.create(
            sector=sector, code="C-3", title="Safety", hours=1, cost=0, url="javascript:alert(1)"
        )
        for course, skill, low, high in (
            (first, room.data, 0, 2), (second, room.data, 2, 3.5), (second, room.law, 1, 3),
        ):  # fmt: skip
            Outcome.objects.create(sector=sector, course=course, skill=skill, from_level=low, to_level=high)
        Compulsory.objects.create(sector=sector, course=safety)
        Compulsory.objects.create(sector=sector, course=second, role=room.clerk)
        day = date(2026, 4, 13)
        spring = Session.objects.create(sector=sector, code="S-1", course=first, period=2, starts_on=day, seats=12)
        Session.objects.create(sector=sector, code="S-2", course=first, period=1)
        Session.objects.create(sector=sector, code="S-3", course=safety, period=1, seats=0)
    return Catalogue(provider=provider, first=first, second=second, safety=safety, spring=spring)
