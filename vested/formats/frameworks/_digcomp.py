"""DigComp, the European Digital Competence Framework for Citizens, version 3.0, from its official JSON-LD."""

import json
from pathlib import Path
from typing import Any

from vested.formats.frameworks._imported import FrameworkError, Imported, read_text

ATTRIBUTION = "DigComp 3.0: European Digital Competence Framework, © European Union, CC BY 4.0."
_PUBLISHED = "check that it is the official DigComp 3.0 data supplement in JSON-LD"
LEVELS = 8


def digcomp(path: Path, *, language: str | None = None) -> Imported:
    """Read the competences as skills, each with its area.

    ``language``: "en" takes the English names, any other those of the translation the file carries (``name_nl`` …);
    without it, the translation's where there is one. DigComp's eight proficiency levels are levels 1 to 8. Raises
    ``FrameworkError``.
    """
    nodes = _nodes(path)
    field = _name_field(path, nodes, language)
    areas = {_text(path, node, "@id"): _text(path, node, field) for node in nodes if node["@type"] == "CompetenceArea"}
    skills = []
    for node in nodes:
        if node["@type"] != "Competence":
            continue
        identity, area = _text(path, node, "@id"), _text(path, node, "competence_area_id")
        if area not in areas:
            raise FrameworkError(path, None, f"{identity} names the area “{area}”, which the file lacks", _PUBLISHED)
        number = identity.rsplit("/", 1)[-1]
        skills.append(
            {
                "skill_id": f"digcomp-{number}",
                "name": _text(path, node, field),
                "area": areas[area],
                "framework": "DigComp 3.0",
                "uri": identity,
            }
        )
    if not skills:
        raise FrameworkError(path, None, "holds no competence", _PUBLISHED)
    twice = {row["skill_id"] for row in skills if sum(row["skill_id"] == other["skill_id"] for other in skills) > 1}
    if twice:
        raise FrameworkError(path, None, f"holds the competence {min(twice)} twice", _PUBLISHED)
    return Imported(tables={"skills": skills}, scale=_scale(path, nodes), attribution=ATTRIBUTION)


def _nodes(path: Path) -> list[dict[str, Any]]:
    """Give the objects of the graph, each with its type."""
    text = read_text(path)
    try:
        document = json.loads(text)
    except json.JSONDecodeError as cause:
        what = f"is not JSON ({cause.msg}, column {cause.colno})"
        raise FrameworkError(path, cause.lineno, what, "download the file again") from None
    except (RecursionError, ValueError):  # ValueError: a number of thousands of digits
        raise FrameworkError(path, None, "is nested too deeply or holds endless numbers", _PUBLISHED) from None
    graph = document.get("@graph") if isinstance(document, dict) else None
    if not isinstance(graph, list) or not all(isinstance(node, dict) and "@type" in node for node in graph):
        raise FrameworkError(path, None, "has no “@graph” of objects with a “@type”", _PUBLISHED)
    return graph


def _name_field(path: Path, nodes: list[dict[str, Any]], language: str | None) -> str:
    """Give the field that holds names: ``name``, or that of a translation."""
    translated = sorted(
        {key for node in nodes if node["@type"] == "Competence" for key in node if key.startswith("name_")}
    )
    if language == "en" or (language is None and not translated):
        return "name"
    field = translated[0] if language is None else f"name_{language}"
    if field not in translated:
        there = ", ".join(["en", *(key.removeprefix("name_") for key in translated)])
        raise FrameworkError(path, None, f"has no names in “{language}”", f"choose one of its languages: {there}")
    return field


def _scale(path: Path, nodes: list[dict[str, Any]]) -> dict[str, float]:
    scale: dict[str, float] = {}
    for node in nodes:
        if node["@type"] == "ProficiencyLevel":
            level = node.get("eight_levels_mapping")
            if not isinstance(level, int) or not 1 <= level <= LEVELS:
                what = f"gives {node.get('@id')} the level “{level}”, not a whole number from 1 to {LEVELS}"
                raise FrameworkError(path, None, what, _PUBLISHED)
            scale[f"{_text(path, node, 'four_levels_name')} {level}"] = float(level)
    return scale


def _text(path: Path, node: dict[str, Any], field: str) -> str:
    value = node.get(field)
    if not isinstance(value, str) or not value.strip():
        what = f"has no text in “{field}” of {node.get('@id', 'a ' + str(node['@type']))}"
        raise FrameworkError(path, None, what, _PUBLISHED)
    return value.strip()
