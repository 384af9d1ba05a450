"""DigComp's JSON-LD becomes skills; what is not DigComp is refused in words."""

import json
from pathlib import Path
from typing import Any

import pytest

from vested.formats.frameworks import FrameworkError, digcomp

AREA = {"@type": "CompetenceArea", "@id": "CompetenceArea/1", "name": "Tides", "name_nl": "Getijden"}
FIRST = {
    "@type": "Competence",
    "@id": "Competence/1.1",
    "name": "Reading tide tables",
    "name_nl": "Getijdentabellen lezen",
    "competence_area_id": "CompetenceArea/1",
}
SECOND = FIRST | {"@id": "Competence/1.2", "name": "Telling ebb from flood", "name_nl": "Eb en vloed"}
LEVEL = {
    "@type": "ProficiencyLevel",
    "@id": "ProficiencyLevel/B1",
    "four_levels_name": "Basic",
    "eight_levels_mapping": 1,
}


def written(folder: Path, *nodes: dict[str, Any]) -> Path:
    file = folder / "framework.jsonld"
    file.write_text(json.dumps({"@context": {}, "@graph": list(nodes)}), encoding="utf-8")
    return file


def without(node: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in node.items() if key not in keys}


def test_competences_become_skills(tmp_path: Path) -> None:
    nodes = [without(node, "name_nl") for node in (AREA, FIRST, SECOND, LEVEL)]
    imported = digcomp(written(tmp_path, *nodes))
    assert imported.tables == {
        "skills": [
            {
                "skill_id": "digcomp-1.1",
                "name": "Reading tide tables",
                "area": "Tides",
                "framework": "DigComp 3.0",
                "uri": "Competence/1.1",
            },
            {
                "skill_id": "digcomp-1.2",
                "name": "Telling ebb from flood",
                "area": "Tides",
                "framework": "DigComp 3.0",
                "uri": "Competence/1.2",
            },
        ]
    }
    assert imported.scale == {"Basic 1": 1.0}
    assert "CC BY 4.0" in imported.attribution
    assert imported.warnings == ()


@pytest.mark.parametrize(
    ("language", "name", "area"),
    [
        (None, "Getijdentabellen lezen", "Getijden"),
        ("nl", "Getijdentabellen lezen", "Getijden"),
        ("en", "Reading tide tables", "Tides"),
    ],
)
def test_a_translation_is_taken_unless_told_otherwise(
    tmp_path: Path, language: str | None, name: str, area: str
) -> None:
    row = digcomp(written(tmp_path, AREA, FIRST), language=language).tables["skills"][0]
    assert (row["name"], row["area"]) == (name, area)


@pytest.mark.parametrize(
    ("nodes", "cause"),
    [
        ([], "holds no competence"),
        ([AREA], "holds no competence"),
        ([FIRST], "names the area “CompetenceArea/1”, which the file lacks"),
        ([AREA, FIRST, FIRST], "holds the competence digcomp-1.1 twice"),
        ([AREA, FIRST | {"name_nl": " "}], "has no text in “name_nl” of Competence/1.1"),
        ([AREA, FIRST | {"name_nl": 7}], "has no text in “name_nl” of Competence/1.1"),
        ([AREA, without(FIRST, "@id")], "has no text in “@id” of a Competence"),
        ([AREA, FIRST, LEVEL | {"eight_levels_mapping": 9}], "the level “9”, not a whole number from 1 to 8"),
        ([AREA, FIRST, LEVEL | {"eight_levels_mapping": "1"}], "the level “1”, not a whole number from 1 to 8"),
        ([AREA, {"name": "no type"}], "has no “@graph” of objects with a “@type”"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, nodes: list[dict[str, Any]], cause: str) -> None:
    with pytest.raises(FrameworkError) as raised:
        digcomp(written(tmp_path, *nodes))
    assert cause in str(raised.value)
    assert str(raised.value).startswith(str(tmp_path / "framework.jsonld"))
    assert "; " in str(raised.value)


@pytest.mark.parametrize(
    ("content", "line", "cause"),
    [
        (b"", 1, "is not JSON"),
        (b'{"@graph":\n  [}', 2, "is not JSON"),
        (b"[1, 2]", None, "has no “@graph”"),
        (b'{"@graph": 5}', None, "has no “@graph”"),
        (b"{\n\xff}", 2, "is not text in UTF-8"),
        (b"[" * 100_000, None, "is nested too deeply"),
        (b'{"@graph": [' + b"9" * 5000 + b"]}", None, "holds endless numbers"),
    ],
)
def test_a_file_that_is_no_framework_is_refused(tmp_path: Path, content: bytes, line: int | None, cause: str) -> None:
    file = tmp_path / "framework.jsonld"
    file.write_bytes(content)
    with pytest.raises(FrameworkError) as raised:
        digcomp(file)
    assert cause in str(raised.value)
    assert raised.value.line == line


def test_a_language_the_file_lacks_is_named(tmp_path: Path) -> None:
    with pytest.raises(FrameworkError, match="has no names in “da”; choose one of its languages: en, nl"):
        digcomp(written(tmp_path, AREA, FIRST), language="da")


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(FrameworkError, match="does not exist"):
        digcomp(tmp_path / "nowhere.jsonld")
    with pytest.raises(FrameworkError, match="cannot be read"):
        digcomp(tmp_path)
