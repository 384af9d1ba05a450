"""The UK Government Digital and Data profession capability framework, from its roles and skills CSV files."""

from collections import Counter
from pathlib import Path

from vested.formats.frameworks._imported import FrameworkError, Imported, Line, read_csv, slug

ATTRIBUTION = (
    "Government Digital and Data Profession Capability Framework, © Crown copyright, Open Government Licence v3.0."
)
SCALE = {"Awareness": 2.0, "Working": 4.0, "Practitioner": 6.0, "Expert": 8.0}
"""The framework's four levels on ours of 0 to 8: each is two steps."""

NOT_IN_USE = "NOT IN USE"
_FRAMEWORK = "UK Government Digital and Data"


def uk_gdd(roles_csv: Path, skills_csv: Path) -> Imported:
    """Read skills, roles (one for each role level) and what they require.

    A role level whose levels are “NOT IN USE” (the chief officers) becomes a role under its role's name, without
    requirements, since the framework states none. The same requirement stated again is taken once; stated with
    different levels, at the highest. All of this is told in the warnings. Raises ``FrameworkError``.
    """
    warnings: list[str] = []
    skills = _skills(skills_csv)
    roles: dict[str, dict[str, str]] = {}
    levels: dict[tuple[str, str], float] = {}
    again: dict[tuple[str, str], list[int]] = {}
    unused: Counter[str] = Counter()
    columns = ("Role Family", "Role", "Role Level", "Skill Name", "Skill Level")
    for line in read_csv(roles_csv, columns):
        role = _role(roles_csv, line)
        known = roles.setdefault(role["role_id"], role)
        if known != role:
            what = (
                f"puts the role “{role['name']}” into the family “{role['job_family']}”, before “{known['job_family']}”"
            )
            raise FrameworkError(roles_csv, line.number, what, "use one family for all rows of a role level")
        skill = _cell(roles_csv, line, "Skill Name")
        level = _cell(roles_csv, line, "Skill Level")
        if slug(skill) not in skills:
            skills[slug(skill)] = _skill(skill)
            warnings.append(f"{roles_csv.name}:{line.number}: the skill “{skill}” is not in {skills_csv.name}; added")
        if level == NOT_IN_USE:
            unused[role["name"]] += 1
            continue
        if level not in SCALE:
            mend = f"use one of {', '.join(SCALE)}, or {NOT_IN_USE}"
            raise FrameworkError(roles_csv, line.number, f"“{level}” is not a skill level", mend)
        key = (role["role_id"], slug(skill))
        if key in levels:
            again.setdefault(key, []).append(line.number)
            if levels[key] != SCALE[level]:
                text = f"“{role['name']}” requires “{skill}” at another level than before; the highest is taken"
                warnings.append(f"{roles_csv.name}:{line.number}: {text}")
        levels[key] = max(levels.get(key, 0.0), SCALE[level])
    for (role_id, skill_id), numbers in again.items():
        lines = " and ".join(str(number) for number in numbers)
        text = f"“{roles[role_id]['name']}” requires “{skills[skill_id]['name']}” again; taken once"
        warnings.append(f"{roles_csv.name}:{lines}: {text}")
    for name, count in unused.items():
        text = f"{count} requirements of “{name}” state no level ({NOT_IN_USE}); left out, state them yourself"
        warnings.append(f"{roles_csv.name}: {text}")
    requirements = [
        {"role_id": role_id, "skill_id": skills[skill_id]["skill_id"], "level": f"{level:g}", "weight": "1"}
        for (role_id, skill_id), level in levels.items()
    ]
    tables = {"skills": list(skills.values()), "roles": list(roles.values()), "role_requirements": requirements}
    return Imported(tables=tables, scale=dict(SCALE), attribution=ATTRIBUTION, warnings=tuple(warnings))


def _skills(file: Path) -> dict[str, dict[str, str]]:
    skills: dict[str, dict[str, str]] = {}
    for line in read_csv(file, ("Skill Name",)):
        name = _cell(file, line, "Skill Name")
        if slug(name) in skills:
            raise FrameworkError(
                file, line.number, f"the skill “{name}” stands here again", "delete one of the two rows"
            )
        skills[slug(name)] = _skill(name)
    return skills


def _skill(name: str) -> dict[str, str]:
    return {"skill_id": f"uk-{slug(name)}", "name": name, "area": "", "framework": _FRAMEWORK, "uri": ""}


def _role(file: Path, line: Line) -> dict[str, str]:
    """Give the role of a row; its name is the role level's, and its id holds both role and level."""
    role, level = _cell(file, line, "Role"), _cell(file, line, "Role Level")
    name = role if level == NOT_IN_USE else level
    return {
        "role_id": f"uk-{slug(role)}" if name == role else f"uk-{slug(role)}-{slug(name)}",
        "name": name,
        "job_family": _cell(file, line, "Role Family"),
        "weight": "1",
    }


def _cell(file: Path, line: Line, heading: str) -> str:
    text = line.cells[heading]
    if not slug(text):
        raise FrameworkError(file, line.number, f"“{heading}” is empty", "fill in the cell, or delete the row")
    return text
