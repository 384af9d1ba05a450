"""Names and numbers as sentences use them."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext

from vested.formats.sector_folder import Course, InitiativeSkill, Sector


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called."""

    courses: dict[str, Course]
    roles: dict[str, str]
    skills: dict[str, str]
    units: dict[str, str]
    initiatives: dict[str, str]


def names_of(sector: Sector) -> Names:
    """Look up the sector's names once, for many sentences."""
    return Names(
        courses={course.course_id: course for course in sector.courses},
        roles={role.role_id: role.name for role in sector.roles},
        skills={skill.skill_id: skill.name for skill in sector.skills},
        units={unit.unit_id: unit.name for unit in sector.units},
        initiatives={initiative.initiative_id: initiative.title for initiative in sector.initiatives},
    )


def need_sentence(names: Names, need: InitiativeSkill) -> str:
    """Say what an initiative needs: how many people, at which level of what, by when."""
    words = {
        "initiative": names.initiatives[need.initiative_id],
        "people": number(need.people),
        "level": number(need.level),
        "skill": names.skills[need.skill_id],
        "period": need.by_period,
    }
    text = ngettext(
        "%(initiative)s needs %(people)s person at %(level)s in %(skill)s by period %(period)s.",
        "%(initiative)s needs %(people)s people at %(level)s in %(skill)s by period %(period)s.",
        need.people,
    )
    return text % words


def number(value: float) -> str:
    """Write a level or a count with at most two decimals, in the active language's way."""
    return _localised(get_language() or "", round(value, 2))


def amount(value: float) -> str:
    """Write a value with two figures that matter: 12, 1.2, 0.12."""
    return _localised(get_language() or "", round(value, 0 if value >= 10 else 1 if value >= 1 else 2))


@lru_cache(maxsize=4096)  # few distinct numbers in many thousand sentences
def _localised(_language: str, value: float) -> str:
    plain = f"{value:.2f}".rstrip("0").rstrip(".")
    return str(number_format(Decimal(plain)))
