"""DIRECT, a framework of competences for digital research, with its catalogue of learning resources."""

from pathlib import Path

from vested.formats.frameworks._imported import FrameworkError, Imported, read_csv

ATTRIBUTION = "Digital Research Competencies (DIRECT) Framework, CC BY 4.0."
STEPS = 2.0
"""The framework's levels 0 to 4 on ours of 0 to 8: each is two steps."""


def direct(folder: Path, *, hours: float = 16.0, cost: float = 0.0, level: str = "Working") -> Imported:
    """Read the skills, the learning resources as online courses, and which resource teaches which skill.

    The framework states neither hours, cost nor level of a resource. Each gets ``hours`` and ``cost``, and takes
    whoever follows it from 0 to ``level``: by default Working, which the framework describes as “the level of
    experience gained in a classroom”. A resource in several languages is taken in the first. Resources that no skill
    names become courses without outcome; the warnings count both. Raises ``FrameworkError``, and ``ValueError`` where
    ``hours`` or ``cost`` make no sense.
    """
    if not (0 <= hours < float("inf") and 0 <= cost < float("inf")):
        raise ValueError(f"hours and cost are numbers from 0 up, not {hours:g} and {cost:g}; choose others")
    scale = _scale(folder)
    if scale.get(level, 0.0) <= 0:
        there = ", ".join(name for name in scale if scale[name]) or "none"
        raise FrameworkError(folder / "skill_level.csv", None, f"“{level}” is not a level", f"choose one of {there}")
    areas = {line.cells["slug"]: line.cells["name"] for line in read_csv(folder / "competency.csv", ("slug", "name"))}
    providers = {line.cells["slug"]: line.cells["name"] for line in read_csv(folder / "provider.csv", ("slug", "name"))}
    courses, several = _courses(folder, providers, hours, cost)
    skills: dict[str, dict[str, str]] = {}
    outcomes: dict[tuple[str, str], dict[str, str]] = {}
    file = folder / "skill.csv"
    for line in read_csv(file, ("slug", "name", "competency", "learning_resources")):
        key = line.cells["slug"]
        if not key or key in skills:
            what = f"the skill “{key}” stands here again" if key else "“slug” is empty"
            raise FrameworkError(file, line.number, what, "give every skill a slug of its own")
        if line.cells["competency"] not in areas:
            what = f"the competency “{line.cells['competency']}” is not in competency.csv"
            raise FrameworkError(file, line.number, what, "correct the slug, or add the competency there")
        skills[key] = {
            "skill_id": f"direct-{key}",
            "name": line.cells["name"],
            "area": areas[line.cells["competency"]],
            "framework": "DIRECT",
            "uri": "",
        }
        for resource in filter(None, (part.strip() for part in line.cells["learning_resources"].split("|"))):
            if resource not in courses:
                what = f"the learning resource “{resource}” is not in learning_resource.csv"
                raise FrameworkError(file, line.number, what, "correct the slug, or add the resource there")
            outcomes[resource, key] = {
                "course_id": f"direct-{resource}",
                "skill_id": f"direct-{key}",
                "from_level": "0",
                "to_level": f"{scale[level]:g}",
            }
    idle = len(courses) - len({resource for resource, _ in outcomes})
    gets = f"{hours:g} hours, cost {cost:g} and takes people from 0 to {scale[level]:g} ({level})"
    warnings = [f"learning_resource.csv: states no hours, cost or level; every course gets {gets}"]
    if several:
        warnings.append(f"learning_resource.csv: {several} resources are in several languages; the first is taken")
    if idle:
        warnings.append(f"skill.csv: names no skill for {idle} resources; they are imported as courses without outcome")
    tables = {
        "skills": list(skills.values()),
        "courses": list(courses.values()),
        "course_outcomes": list(outcomes.values()),
    }
    return Imported(tables=tables, scale=scale, attribution=ATTRIBUTION, warnings=tuple(warnings))


def _courses(
    folder: Path, providers: dict[str, str], hours: float, cost: float
) -> tuple[dict[str, dict[str, str]], int]:
    """Give the courses by slug, and how many are in several languages."""
    file = folder / "learning_resource.csv"
    courses: dict[str, dict[str, str]] = {}
    several = 0
    for line in read_csv(file, ("name", "slug", "language", "url", "provider")):
        key, provider = line.cells["slug"], line.cells["provider"]
        if not key or key in courses:
            what = f"the resource “{key}” stands here again" if key else "“slug” is empty"
            raise FrameworkError(file, line.number, what, "give every resource a slug of its own")
        if provider and provider not in providers:
            what = f"the provider “{provider}” is not in provider.csv"
            raise FrameworkError(file, line.number, what, "correct the slug, or add the provider there")
        languages = [part.strip() for part in line.cells["language"].split("|") if part.strip()]
        several += len(languages) > 1
        courses[key] = {
            "course_id": f"direct-{key}",
            "title": line.cells["name"],
            "provider": providers.get(provider, ""),
            "mode": "online",
            "language": languages[0] if languages else "",
            "hours": f"{hours:g}",
            "cost": f"{cost:g}",
            "url": line.cells["url"],
        }
    return courses, several


def _scale(folder: Path) -> dict[str, float]:
    """Give our level for each of the framework's, lowest first."""
    file = folder / "skill_level.csv"
    scale: dict[str, float] = {}
    for line in read_csv(file, ("name", "level")):
        if line.cells["level"] not in {"0", "1", "2", "3", "4"}:
            what = f"“{line.cells['level']}” is not a level"
            raise FrameworkError(file, line.number, what, "use a whole number from 0 to 4")
        scale[line.cells["name"]] = STEPS * float(line.cells["level"])
    return dict(sorted(scale.items(), key=lambda item: item[1]))
