"""House rules about the papers: what they point to exists, and everything is pointed to."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

import vested.engines.training._nouns as plan_nouns
import vested.engines.training._reasons as plan_reasons
import vested.formats.sector_folder._nouns as sector_nouns
from tests.house.tree import ROOT, name, papers, project

DOCS = ROOT / "docs"
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
PLAN_COMMAND = (DOCS / "reference" / "plan-command.md").read_text(encoding="utf-8")
GLOSSARY = (DOCS / "reference" / "glossary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("paper", papers(), ids=name)
def test_links_lead_somewhere(paper: Path) -> None:
    broken = []
    for target in _links(paper):
        file, _, heading = target.partition("#")
        path = (paper.parent / file).resolve() if file else paper
        if not path.exists() or (heading and heading not in _anchors(path)):
            broken.append(target)
    assert broken == []


def test_every_page_is_reached_from_the_front_page() -> None:
    reached, waiting = set(), [DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        if page not in reached and page.suffix == ".md" and page.exists():
            reached.add(page)
            waiting += [(page.parent / target.partition("#")[0]).resolve() for target in _links(page)]
    assert [name(page) for page in papers() if DOCS in page.parents and page not in reached] == []
    assert DOCS / "index.md" in {(ROOT / target).resolve() for target in _links(ROOT / "README.md")}


@pytest.mark.parametrize("paper", papers(), ids=name)
def test_a_page_has_one_title_and_no_long_lines(paper: Path) -> None:
    prose = _without_code(paper.read_text(encoding="utf-8"))
    assert len(re.findall(r"^# \S", prose, re.M)) == 1
    assert prose.startswith("# ")
    long = [line[:60] for line in prose.splitlines() if len(line) > 120 and not line.startswith("|")]
    assert long == []


def test_decisions_are_numbered_without_holes() -> None:
    assert [path.name[:5] for path in DECISIONS] == [f"{number:04d}-" for number in range(1, len(DECISIONS) + 1)]
    assert len(DECISIONS) >= 9


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_why_and_what_was_rejected(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert text.startswith(f"# {int(decision.name[:4])}. ")
    parts = re.split(r"^## (.+)$", text, flags=re.M)[1:]
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    assert list(sections) == ["Status", "Context", "Decision", "Rejected"]
    assert re.fullmatch(r"(Proposed|Accepted|Superseded by \d+)\.", sections["Status"].strip())
    assert re.findall(r"^- \*\*", sections["Rejected"], re.M), "name what was rejected, as a list"
    assert len(text.splitlines()) <= 60, "one page"


def test_run_lists_every_command_it_has() -> None:
    done = subprocess.run([ROOT / "run", "help"], capture_output=True, text=True, check=True)
    listed = dict(re.findall(r"^  ([a-z-]+) +(\S.*)$", done.stdout + done.stderr, re.M))
    assert set(listed) == _commands()
    assert {command: what for command, what in listed.items() if len(what.split()) < 4} == {}, "a sentence each"


def test_run_says_no_to_a_command_it_does_not_have() -> None:
    done = subprocess.run([ROOT / "run", "fly"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "fly" in done.stderr


def test_every_command_the_papers_name_exists() -> None:
    texts = [*papers(), ROOT / ".ci" / "run"]
    named = {(name(path), word) for path in texts for word in re.findall(r"\./run ([a-z][a-z-]*)", _spoken(path))}
    assert {word for _, word in named} >= {"plan", "test", "check", "check-files", "template", "make-sector"}
    assert {pair for pair in named if pair[1] not in _commands()} == set()


def test_every_option_of_plan_is_described_and_none_that_is_not() -> None:
    described = set(re.findall(r"^\| `(--[a-z]+)", PLAN_COMMAND, re.M))
    assert described == _options("plan") - {"--help"}


def test_options_used_in_the_papers_exist() -> None:
    unknown = set()
    for paper in papers():
        for command, rest in re.findall(r"\./run ([a-z][a-z-]*)((?: +[^\s`&|#]+)*)", _spoken(paper)):
            if command in {"plan", "check-files", "template", "make-sector", "import"}:
                unknown |= {(name(paper), command, option) for option in re.findall(r"--[a-z]+", rest)} - {
                    (name(paper), command, option) for option in _options(command)
                }
    assert unknown == set()


def test_the_glossary_names_every_noun_and_no_noun_that_is_gone() -> None:
    nouns = {
        f"{room}.{noun}"
        for room, module in (("training", plan_nouns), ("training", plan_reasons), ("sector_folder", sector_nouns))
        for noun, value in vars(module).items()
        if isinstance(value, type) and value.__module__ == module.__name__
    }
    assert set(re.findall(r"`((?:training|sector_folder)\.[A-Z]\w+)`", GLOSSARY)) == nouns


def test_the_glossary_is_in_order() -> None:
    terms = re.findall(r"^\*\*(.+?)\*\*", GLOSSARY, re.M)
    assert len(terms) > 30
    assert terms == sorted(terms, key=str.casefold)


def test_the_changelog_opens_with_what_is_not_released_yet() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert headings[0] == "Unreleased"


def test_the_licence_is_the_whole_eupl() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text
    assert re.findall(r"^(\d+)\. [A-Z]", text, re.M) == [str(number) for number in range(1, 16)]
    assert text.rstrip().endswith("new EUPL version.")
    assert project()["project"]["license"] == "EUPL-1.2"


def _links(paper: Path) -> list[str]:
    """Targets of links inside the project."""
    prose = _without_code(paper.read_text(encoding="utf-8"))
    targets = re.findall(r"\[[^\]]*\]\(<?([^)>\s]+)>?[^)]*\)", prose)
    return [unquote(target) for target in targets if not re.match(r"[a-z]+:", target)]


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ +(.+?) *$", _without_code(page.read_text(encoding="utf-8"), keep_spans=True), re.M)
    return {re.sub(r" ", "-", re.sub(r"[^\w\- ]", "", heading.lower())) for heading in headings}


def _without_code(text: str, *, keep_spans: bool = False) -> str:
    text = re.sub(r"^ *(```+|~~~+).*?^ *\1 *$", "", text, flags=re.M | re.S)
    return text if keep_spans else re.sub(r"`[^`\n]*`", "", text)


def _spoken(path: Path) -> str:
    """Return a paper's text with shell lines that go on joined."""
    return path.read_text(encoding="utf-8").replace("\\\n", " ")


@cache
def _commands() -> set[str]:
    cases = re.findall(r"^    ([a-z-]+)\)", (ROOT / "run").read_text(encoding="utf-8"), re.M)
    return set(cases)


@cache
def _options(command: str) -> set[str]:
    """Return the options a command tells of itself, those of its own commands too."""
    text = _help(command)
    text += "".join(_help(command, inner) for inner in re.findall(r"^ {4}([a-z-]+) {2,}\S", text, re.M))
    return set(re.findall(r"(?<![\w-])--[a-z-]+", text))


def _help(*words: str) -> str:
    command = [sys.executable, "-m", "vested.config.cli", *words, "--help"]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
