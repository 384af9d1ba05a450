"""publiccode.yml follows the standard (version 0.5) and says what is true."""

import re
from typing import Any

import pytest

from tests.house.tree import ROOT, project
from vested.config import settings

# The standard's own lists, as far as they could concern us.
CATEGORIES = {
    "agile-project-management", "budgeting", "business-intelligence", "collaboration", "data-analytics",
    "educational-content", "employee-management", "enterprise-project-management", "hr", "knowledge-management",
    "learning-management-system", "project-management", "resource-management", "survey", "talent-management",
}  # fmt: skip
SCOPES = {"education", "employment", "government", "local-authorities", "research", "society"}
STATUS = {"concept", "development", "beta", "stable", "obsolete"}
TYPES = {"addon", "library", "configurationFiles"} | {
    f"standalone/{kind}" for kind in ("mobile", "iot", "desktop", "web", "backend", "other")
}
KEYS = {
    "publiccodeYmlVersion", "name", "applicationSuite", "url", "landingURL", "isBasedOn", "softwareVersion",
    "releaseDate", "logo", "organisation", "platforms", "categories", "usedBy", "fundedBy", "roadmap",
    "developmentStatus", "softwareType", "intendedAudience", "description", "legal", "maintenance", "localisation",
    "dependsOn",
}  # fmt: skip
MUST = {
    "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description", "legal",
    "maintenance", "localisation",
}  # fmt: skip


@pytest.fixture(scope="module")
def code() -> dict[str, Any]:
    """Return publiccode.yml."""
    value: dict[str, Any] = read((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    return value


def test_it_has_every_key_it_must_have_and_none_the_standard_does_not_know(code: dict[str, Any]) -> None:
    assert code.keys() >= MUST
    assert code.keys() <= KEYS


def test_its_values_are_the_standards(code: dict[str, Any]) -> None:
    assert code["publiccodeYmlVersion"] == "0.5"
    assert code["developmentStatus"] in STATUS
    assert code["softwareType"] in TYPES
    assert set(code["platforms"]) <= {"web", "windows", "mac", "linux", "ios", "android"}
    assert set(code["categories"]) <= CATEGORIES
    assert set(code["intendedAudience"]["scope"]) <= SCOPES
    assert re.fullmatch(r"https://[a-z0-9.-]+/\S+", code["url"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", code.get("releaseDate", "2000-01-01"))


def test_its_descriptions_have_the_length_the_standard_asks_for(code: dict[str, Any]) -> None:
    assert "en" in code["description"]
    for language, words in code["description"].items():
        assert re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", language)
        assert 0 < len(words["shortDescription"]) <= 150
        assert 500 <= len(words["longDescription"]) <= 10_000
        assert len(words.get("genericName", "")) <= 35
        assert 5 <= len(words["features"]) <= 20


def test_it_says_who_keeps_it_and_invents_nobody(code: dict[str, Any]) -> None:
    kept = code["maintenance"]
    assert kept["type"] in {"internal", "community"}
    assert [set(contact) for contact in kept["contacts"]] == [{"name"}]
    assert "contractors" not in kept


def test_it_agrees_with_the_project(code: dict[str, Any]) -> None:
    assert code["legal"]["license"] == project()["project"]["license"] == "EUPL-1.2"
    assert code["localisation"]["localisationReady"] is True
    assert code["localisation"]["availableLanguages"] == [language for language, _ in settings.LANGUAGES]
    assert code.get("softwareVersion", project()["project"]["version"]) == project()["project"]["version"]


def read(text: str) -> Any:
    """Read the part of YAML the file keeps to: nested maps and lists, plain and quoted words, ``>-`` blocks."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    value, rest = _block(lines, 0)
    if rest:
        raise ValueError(f"publiccode.yml: cannot read “{rest[0]}”; keep to plain maps and lists")
    return value


def _block(lines: list[str], indent: int) -> tuple[Any, list[str]]:
    listed = lines[0].lstrip().startswith("- ")
    items: list[Any] = []
    pairs: dict[str, Any] = {}
    while lines and _indent(lines[0]) == indent and lines[0].lstrip().startswith("- ") == listed:
        line, lines = lines[0].strip(), lines[1:]
        if listed:
            inner = line.removeprefix("- ")
            if re.match(r"\w+: ", inner):
                value, lines = _block([" " * (indent + 2) + inner, *lines], indent + 2)
            else:
                value = _word(inner)
            items.append(value)
            continue
        key, colon, word = line.partition(":")
        if not colon or key in pairs:
            raise ValueError(f"publiccode.yml: “{line}” is no key, or stands twice")
        if word.strip() == ">-":
            folded = lines[: _deeper(lines, indent)]
            pairs[key], lines = " ".join(entry.strip() for entry in folded), lines[len(folded) :]
        elif word.strip():
            pairs[key] = _word(word.strip())
        else:
            pairs[key], lines = _block(lines, _indent(lines[0]))
    return (items if listed else pairs), lines


def _deeper(lines: list[str], indent: int) -> int:
    for at, line in enumerate(lines):
        if _indent(line) <= indent:
            return at
    return len(lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _word(word: str) -> Any:
    if word in {"true", "false"}:
        return word == "true"
    return word[1:-1] if word[0] == word[-1] == '"' else word
