"""Skills, roles and what roles ask for: our own, or imported ones with what they lack generated around them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vested.formats.sector_folder import Requirement, Role, Skill
from vested.plans.generator._words import DEPARTMENT_HEAD, DIRECTOR, FAMILIES, FOUNDATIONS, SKILLS, TEAM_LEADER

Random = np.random.Generator


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Frame:
    """Skills, roles and requirements, with what the other parts of the generator need of them.

    ``families`` the names of the job families and ``share`` (f,) how much of the staff they are; ``family`` (r,) and
    ``seniority`` (r,) 1 to 4 of each role; ``required`` and ``weight`` (r, s), role times requirement; ``leaders`` the
    role of a team leader, a head of department and a director, or None where roles are imported.
    """

    skills: tuple[Skill, ...]
    roles: tuple[Role, ...]
    requirements: tuple[Requirement, ...]
    families: tuple[str, ...]
    share: NDArray[np.float64]
    family: NDArray[np.int64]
    seniority: NDArray[np.int64]
    required: NDArray[np.float64]
    weight: NDArray[np.float64]
    leaders: tuple[int, int, int] | None


def own_skills() -> tuple[Skill, ...]:
    """Our own skills, SK01 onwards, in areas."""
    named = [(name, area) for area, names in SKILLS.items() for name in names]
    return tuple(
        Skill(skill_id=f"SK{place:02d}", name=name, area=area, framework="Generated")
        for place, (name, area) in enumerate(named, start=1)
    )


def own_frame(random: Random) -> Frame:
    """Draw what our own roles ask for.

    A role of seniority q is asked for 3 of the foundations at level q + 1 or one off (2 to 5), for 4 to 6 core skills
    of its family at q + 2 or one off (2 to 7), and for up to 3 side skills at q or one off (2 to 5), 7 to 12 in all.
    Weights: core 1, 1.5 or 2; the others 0.5 or 1. Roles of seniority 4 weigh 1.5, the others 1.
    """
    skills = own_skills()
    place = {skill.name: skill.skill_id for skill in skills}
    roles: list[Role] = []
    requirements: list[Requirement] = []
    for family in FAMILIES:
        for role_id, name, seniority in family.roles:
            roles.append(Role(role_id, name, family.name, 1.5 if seniority == 4 else 1.0))
            groups = (
                (FOUNDATIONS, 3, seniority + 1, 5, (0.5, 1.0)),
                (family.core, int(random.integers(4, min(6, len(family.core)) + 1)), seniority + 2, 7, (1.0, 1.5, 2.0)),
                (family.side, int(random.integers(0, 4)), seniority, 5, (0.5, 1.0)),
            )
            for names, count, centre, most, weights in groups:
                for index in sorted(random.permutation(len(names))[:count].tolist()):
                    level = float(np.clip(centre + random.integers(-1, 2), 2, most))
                    weight = float(random.choice(weights))
                    requirements.append(Requirement(role_id, place[names[index]], level, weight))
    by_id = {role.role_id: index for index, role in enumerate(roles)}
    return frame_of(
        skills=skills,
        roles=tuple(roles),
        requirements=tuple(requirements),
        seniority=np.array([role[2] for family in FAMILIES for role in family.roles], dtype=np.int64),
        leaders=(by_id[TEAM_LEADER], by_id[DEPARTMENT_HEAD], by_id[DIRECTOR]),
    )


def frame_of(
    *,
    skills: tuple[Skill, ...],
    roles: tuple[Role, ...],
    requirements: tuple[Requirement, ...],
    seniority: NDArray[np.int64] | None = None,
    leaders: tuple[int, int, int] | None = None,
) -> Frame:
    """Lay the rows out as arrays; without a stated seniority, it is the quarter a role's mean required level is in."""
    skill = {row.skill_id: index for index, row in enumerate(skills)}
    role = {row.role_id: index for index, row in enumerate(roles)}
    required = np.zeros((len(roles), len(skills)))
    weight = np.zeros((len(roles), len(skills)))
    for row in requirements:
        r, s = role[row.role_id], skill[row.skill_id]
        required[r, s] = row.level
        weight[r, s] = row.weight * roles[r].weight
    if seniority is None:
        mean = required.sum(axis=1) / np.maximum((required > 0).sum(axis=1), 1)
        order = np.empty(len(roles), dtype=np.int64)
        order[np.argsort(mean, kind="stable")] = np.arange(len(roles))
        seniority = order * 4 // len(roles) + 1
    families = tuple(dict.fromkeys(row.job_family for row in roles))
    known = {family.name: family.share for family in FAMILIES}
    share = np.array([known.get(name, 0.1) for name in families])
    return Frame(
        skills=skills,
        roles=roles,
        requirements=requirements,
        families=families,
        share=share / share.sum(),
        family=np.array([families.index(row.job_family) for row in roles], dtype=np.int64),
        seniority=seniority,
        required=required,
        weight=weight,
        leaders=leaders,
    )
