"""What is generated around imported tables.

What is there is kept as it is. Then

- without roles, our own roles are taken, each asked for 6 to 9 of twelve imported skills drawn for its job family, at
  its seniority + 2 or one off (2 to 7);
- every imported role is asked also for 2 to 4 skills of each *other* framework that its own requirements do not touch,
  from six drawn for its job family and framework, at its seniority + 1 or one off (2 to 6), weight 0.5 or 1; so that,
  say, DIRECT's courses have something to do for roles of the UK framework;
- a role asked for fewer than six skills is also asked for those its family (or, failing that, everybody) is asked for
  most often, at its seniority + 2 (2 to 7);
- courses are generated for required skills that no imported course teaches (``_courses``).
"""

from collections import Counter

import numpy as np

from vested.formats.sector_folder import Course, Mode, Outcome, Requirement, Role, Skill
from vested.plans.generator._frame import Frame, Random, frame_of, own_frame
from vested.plans.generator._tables import Tables
from vested.plans.generator._words import DEPARTMENT_HEAD, DIRECTOR, FAMILIES, TEAM_LEADER

FEWEST = 6  # skills a role is asked for
MOST = 8.0  # highest level


def frame_around(random: Random, base: Tables) -> Frame:
    """Give the imported skills and roles with what is added; our own where the tables name no skill."""
    skills = _skills(base)
    if not skills:
        return own_frame(random)
    if not base.get("roles"):
        return _own_roles(random, skills)
    roles = tuple(
        Role(row["role_id"], row.get("name", ""), row.get("job_family", ""), _number("roles", row, "weight", 1.0))
        for row in _unique("roles", base["roles"], "role_id")
    )
    known = {role.role_id for role in roles}
    requirements = [
        Requirement(
            row["role_id"],
            row["skill_id"],
            _number("role_requirements", row, "level", most=MOST),
            _number("role_requirements", row, "weight", 1.0),
        )
        for row in _unique("role_requirements", base.get("role_requirements", []), "role_id", "skill_id")
        if row["role_id"] in known
    ]
    frame = frame_of(skills=skills, roles=roles, requirements=tuple(requirements))
    requirements += _other_frameworks(random, frame)
    requirements += _top_up(frame, requirements)
    return frame_of(skills=skills, roles=roles, requirements=tuple(requirements), seniority=frame.seniority)


def courses_of(base: Tables) -> tuple[tuple[Course, ...], tuple[Outcome, ...]]:
    """Give the imported courses and what they teach."""
    rows = _unique("courses", base.get("courses", []), "course_id")
    known = {row["course_id"] for row in rows}
    courses = tuple(
        Course(
            course_id=row["course_id"],
            title=row.get("title", ""),
            hours=_number("courses", row, "hours"),
            cost=_number("courses", row, "cost"),
            provider=row.get("provider", ""),
            mode=Mode(row["mode"]) if row.get("mode") in set(Mode) else None,
            language=row.get("language", ""),
            prerequisite_id=row.get("prerequisite_id") if row.get("prerequisite_id") in known else None,
            url=row.get("url", ""),
        )
        for row in rows
    )
    outcomes = tuple(
        Outcome(
            row["course_id"],
            row["skill_id"],
            _number("course_outcomes", row, "to_level", most=MOST),
            _number("course_outcomes", row, "from_level", 0.0, most=MOST),
        )
        for row in _unique("course_outcomes", base.get("course_outcomes", []), "course_id", "skill_id")
        if row["course_id"] in known
    )
    return courses, outcomes


def _skills(base: Tables) -> tuple[Skill, ...]:
    """Give the skills of the table, then those that only other tables name."""
    found = {
        row["skill_id"]: Skill(
            row["skill_id"], row.get("name", ""), row.get("area", ""), row.get("framework", ""), row.get("uri", "")
        )
        for row in _unique("skills", base.get("skills", []), "skill_id")
    }
    for table in ("role_requirements", "course_outcomes"):
        for row in base.get(table, []):
            if skill_id := row.get("skill_id", ""):
                found.setdefault(skill_id, Skill(skill_id, skill_id))
    return tuple(found.values())


def _own_roles(random: Random, skills: tuple[Skill, ...]) -> Frame:
    """Give our own roles, asked for imported skills."""
    roles: list[Role] = []
    requirements: list[Requirement] = []
    for family in FAMILIES:
        mine = random.permutation(len(skills))[:12].tolist()
        for role_id, name, seniority in family.roles:
            roles.append(Role(role_id, name, family.name, 1.5 if seniority == 4 else 1.0))
            count = int(random.integers(FEWEST, 10))
            for place in sorted(random.permutation(len(mine))[:count].tolist()):
                level = float(np.clip(seniority + 2 + random.integers(-1, 2), 2, 7))
                weight = float(random.choice([0.5, 1.0, 1.5, 2.0]))
                requirements.append(Requirement(role_id, skills[mine[place]].skill_id, level, weight))
    place_of = {role.role_id: index for index, role in enumerate(roles)}
    return frame_of(
        skills=skills,
        roles=tuple(roles),
        requirements=tuple(requirements),
        seniority=np.array([role[2] for family in FAMILIES for role in family.roles], dtype=np.int64),
        leaders=(place_of[TEAM_LEADER], place_of[DEPARTMENT_HEAD], place_of[DIRECTOR]),
    )


def _other_frameworks(random: Random, frame: Frame) -> list[Requirement]:
    """Add requirements on skills of the frameworks that a role's own do not touch."""
    frameworks: dict[str, list[int]] = {}
    for index, skill in enumerate(frame.skills):
        frameworks.setdefault(skill.framework, []).append(index)
    mine = {
        (family, name): random.permutation(indices)[:6].tolist()
        for family in range(len(frame.families))
        for name, indices in frameworks.items()
    }
    added = []
    for r, role in enumerate(frame.roles):
        touched = {frame.skills[index].framework for index in np.flatnonzero(frame.required[r] > 0).tolist()}
        for name in frameworks:
            if name in touched:
                continue
            chosen = mine[int(frame.family[r]), name]
            for place in sorted(random.permutation(len(chosen))[: int(random.integers(2, 5))].tolist()):
                level = float(np.clip(frame.seniority[r] + 1 + random.integers(-1, 2), 2, 6))
                weight = float(random.choice([0.5, 1.0]))
                added.append(Requirement(role.role_id, frame.skills[chosen[place]].skill_id, level, weight))
    return added


def _top_up(frame: Frame, requirements: list[Requirement]) -> list[Requirement]:
    """Add what the family is asked for most often to roles asked for fewer than six skills."""
    asked: dict[str, set[str]] = {role.role_id: set() for role in frame.roles}
    for row in requirements:
        asked[row.role_id].add(row.skill_id)
    family = {role.role_id: role.job_family for role in frame.roles}
    usual: dict[str, Counter[str]] = {name: Counter() for name in frame.families}
    for row in requirements:
        usual[family[row.role_id]][row.skill_id] += 1
    everybody = Counter(row.skill_id for row in requirements) + Counter(skill.skill_id for skill in frame.skills)
    added = []
    for role, seniority in zip(frame.roles, frame.seniority.tolist(), strict=True):
        often = [skill for skill, _ in usual[role.job_family].most_common()]
        often += [skill for skill, _ in everybody.most_common() if skill not in usual[role.job_family]]
        missing = [skill for skill in often if skill not in asked[role.role_id]]
        level = float(min(seniority + 2, 7))
        lacking = max(0, FEWEST - len(asked[role.role_id]))
        added += [Requirement(role.role_id, skill, level, 1.0) for skill in missing[:lacking]]
    return added


def _unique(table: str, rows: list[dict[str, str]], *keys: str) -> list[dict[str, str]]:
    """Give the rows whose key is filled in, the first of each key."""
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for row in rows:
        missing = [key for key in keys if key not in row]
        if missing:
            raise ValueError(
                f"{table}: has no column {missing[0]}; add it, or write the tables again with ./run import"
            )
        key = tuple(row[name] for name in keys)
        if all(key):
            found.setdefault(key, row)
    return list(found.values())


def _number(
    table: str, row: dict[str, str], heading: str, default: float | None = None, *, most: float = np.inf
) -> float:
    """Read a cell; an empty one is the default."""
    text = row.get(heading, "").strip()
    if not text and default is not None:
        return default
    try:
        number = float(text)
    except ValueError:
        number = np.nan
    if not 0 <= number <= most or number == np.inf:
        name, until = next(iter(row.values())), "" if most == np.inf else f" to {most:g}"
        raise ValueError(
            f"{table}: {heading} of {name} is “{text}”, not a number from 0{until or ' up'}; mend the cell"
        )
    return number
