"""The page: complete in every variant and language, safe against hostile names, and one file."""

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils.translation import override

from tests.plans.report import made_up
from vested.core.amounts import money, percent
from vested.engines.training import Why
from vested.formats.sector_folder import Sector
from vested.plans.outcome import Outcome, Stopped
from vested.plans.report import LANGUAGES, write_report
from vested.plans.report.charts import Dot, line, round_up, steps
from vested.plans.report.words import change, levels, levels_down, levels_up, percent_up, points

HOSTILE = "<script>alert('x')</script> & \"quoted\" {{ 7|add:7 }} " + "Verwaltungsdigitalisierungsbeauftragte" * 3
VOID = {"meta", "link", "br", "col"}


class Page(HTMLParser):
    """What a test wants to know of a page: its tags are balanced, its ids, headings, links and words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += data


def _write(outcome: Outcome, folder: Path, language: str = "en") -> tuple[str, Page]:
    path = folder / "report.html"
    write_report(outcome, path, language=language, printed_on=made_up.PRINTED)
    text = path.read_text(encoding="utf-8")
    return text, Page(text)


def _unmet_nothing(outcome: Outcome) -> Outcome:
    why = outcome.explanation
    fields = ("unmet_person", "unmet_course", "unmet_why", "unmet_compulsory")
    return replace(outcome, explanation=replace(why, **{field: getattr(why, field)[:0] for field in fields}))


def _unbounded(outcome: Outcome) -> Outcome:
    value = replace(outcome.plan.value, bound=float("inf"), gap=1.0)
    return replace(outcome, plan=replace(outcome.plan, value=value), stopped=Stopped.INTERRUPT)


@cache
def variant(name: str) -> Outcome:
    """Make one of ``VARIANTS``, once."""
    of = made_up.sector()
    match name:
        case "plain":
            return made_up.outcome(of)
        case "no curve, best possible":
            return made_up.outcome(of, curve=False, short_of_best=0.0)
        case "no floor":
            return made_up.outcome(made_up.sector(fairness=0.0))
        case "nothing unmet":
            return _unmet_nothing(made_up.outcome(of, curve=False))
        case "interrupted before any bound":
            return _unbounded(made_up.outcome(of, curve=False))
        case "time used":
            return made_up.outcome(of, curve=False, stopped=Stopped.TIME)
        case "no budgets":
            return made_up.outcome(replace(of, budgets=()))
        case "no initiatives":
            return made_up.outcome(replace(of, initiatives=(), initiative_skills=()), curve=False)
        case "one unit":
            of = replace(made_up.sector(agencies=0), budgets=())
            return made_up.outcome(replace(of, initiative_skills=of.initiative_skills[:2]), curve=False)
        case "forty agencies":
            return made_up.outcome(made_up.sector(people=300, agencies=40), curve=False)
        case "hostile names":
            return made_up.outcome(_hostile())
        case _:
            raise AssertionError(name)


def _hostile() -> Sector:
    of = made_up.sector()
    return replace(
        of,
        units=tuple(replace(unit, name=HOSTILE) for unit in of.units),
        staff=tuple(replace(person, name=HOSTILE, grade=HOSTILE) for person in of.staff),
        skills=tuple(replace(skill, name=HOSTILE) for skill in of.skills),
        roles=tuple(replace(role, name=HOSTILE, job_family=HOSTILE) for role in of.roles),
        courses=tuple(replace(course, title=HOSTILE) for course in of.courses),
        initiatives=tuple(replace(initiative, title=HOSTILE) for initiative in of.initiatives),
        levels=replace(of.levels, sources=("", HOSTILE, "test")),
    )


VARIANTS = (
    "plain",
    "no curve, best possible",
    "no floor",
    "nothing unmet",
    "interrupted before any bound",
    "time used",
    "no budgets",
    "no initiatives",
    "one unit",
    "forty agencies",
    "hostile names",
)


@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_is_a_whole_page_that_loads_nothing(name: str, tmp_path: Path) -> None:
    text, page = _write(variant(name), tmp_path)
    assert page.open == []
    tags = [tag for tag, _ in page.seen]
    assert not {"script", "img", "iframe", "object", "form"} & set(tags)
    for tag, attributes in page.seen:
        assert not [key for key in attributes if key.startswith("on") or key in {"style", "src"}], (tag, attributes)
        assert attributes.get("href", "#").startswith(("#", "data:"))
    assert "url(" not in text
    assert "@import" not in text
    assert tags.count("h1") == 1
    depths = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(deeper - above <= 1 for above, deeper in pairwise(depths)), depths
    ids = [attributes["id"] for _, attributes in page.seen if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {attributes["href"][1:] for tag, attributes in page.seen if tag == "a"}
    assert links <= set(ids)
    assert not re.search(r"\b(nan|inf|None|Why\.|Scope\.)", page.words)
    assert "{{" not in text.replace("{{ 7|add:7 }}", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_stay_names(language: str, tmp_path: Path) -> None:
    text, page = _write(variant("hostile names"), tmp_path, language)
    assert "<script" not in text
    assert "alert(&#x27;x&#x27;)" in text
    assert HOSTILE in page.words
    assert "&amp;" not in page.words, "nothing is escaped twice"
    assert "&#x27;" not in page.words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_outcome_gives_the_same_bytes_in_its_language(language: str, tmp_path: Path) -> None:
    outcome = variant("plain")
    first, page = _write(outcome, tmp_path, language)
    assert _write(outcome, tmp_path, language)[0] == first
    assert ("html", {"lang": language}) in page.seen
    word = {"en": "compulsory", "da": "obligatorisk", "fr": "obligatoire"}
    assert [at for at, w in word.items() if w in page.words] == [language]


def test_a_language_it_does_not_speak_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="en, da, fr, not de"):
        write_report(variant("plain"), tmp_path / "report.html", language="de", printed_on=None)


def test_without_a_date_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(variant("plain"), path, printed_on=None)
    assert "<time" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("plain", "at most 0.13\N{NO-BREAK SPACE}% from the best"),
        ("no curve, best possible", "the best possible"),
        ("interrupted before any bound", "The search was interrupted by hand."),
        ("interrupted before any bound", "nothing proven yet"),
        ("time used", "The search ended before the gap asked for was proven."),
        ("nothing unmet", "Every compulsory course and every wish is given"),
        ("no floor", "No floor is set"),
    ],
)
def test_the_page_says_plainly(name: str, sentence: str, tmp_path: Path) -> None:
    assert sentence in _write(variant(name), tmp_path)[1].words


def test_sections_without_content_are_left_out_of_page_and_contents(tmp_path: Path) -> None:
    ids = {a.get("id") for _, a in _write(variant("no initiatives"), tmp_path)[1].seen}
    assert not {"initiatives", "curve"} & ids
    assert {"gap", "fairness", "prices", "unmet", "reading"} <= ids


def test_a_hidden_row_shows_no_figure(tmp_path: Path) -> None:
    of = made_up.sector()
    staff = tuple(replace(p, unit_id="a2" if at < 2 else ("m", "a0", "a1")[at % 3]) for at, p in enumerate(of.staff))
    text = _write(made_up.outcome(replace(of, staff=staff)), tmp_path)[0]
    rows = re.findall(r"<tr><th scope=\"row\">Agency 3 for Coasts.*?</tr>", text, re.DOTALL)
    assert len(rows) >= 3
    for row in rows:
        assert not re.search(r"\d", re.sub(r"<[^>]*>", "", row).replace("Agency 3 for Coasts", "")), row
        assert "<rect" not in row


def test_every_reason_has_words_and_help(tmp_path: Path) -> None:
    outcome = variant("plain")
    why, count = outcome.explanation, len(Why)
    assert len(why.unmet_why) >= count
    reasons = why.unmet_why.copy()
    reasons[:count] = list(Why)
    words = _write(replace(outcome, explanation=replace(why, unmet_why=reasons)), tmp_path)[1].words
    assert "Not held in a language the person learns in" in words
    assert "Offer another date, or ask what keeps the person from it" in words


def test_numbers_are_written_as_each_language_does() -> None:
    nbsp = "\N{NO-BREAK SPACE}"
    with override("en"):
        assert [money(3_398_000, "EUR"), money(3_400, "DKK")] == ["€3.40 million", f"DKK{nbsp}3,400"]
        assert [levels(0.04), levels(12.34), levels(61_420.4)] == ["0.04", "12.3", "61,420"]
        assert [percent(0.625), points(-0.051), points(0.0)] == [f"62.5{nbsp}%", "−5.1", "0.0"]
        assert [change(80, 100), change(103, 100)] == [f"20{nbsp}% less", f"3.0{nbsp}% more"]
    with override("da"):
        assert money(3_398_000, "EUR") == f"3,40{nbsp}mio.{nbsp}€"
        assert levels(61_420) == "61.420"
    with override("fr"):
        assert money(3_400, "EUR") == f"3{nbsp}400{nbsp}€"


def test_what_cannot_be_exceeded_is_rounded_up_and_what_is_there_at_least_down() -> None:
    with override("en"):
        assert percent_up(0.001301) == "0.14\N{NO-BREAK SPACE}%"
        assert percent_up(0.0013) == "0.13\N{NO-BREAK SPACE}%"
        assert [levels_up(1.01), levels_up(1.1), levels_up(1000.2)] == ["1.1", "1.1", "1,001"]
        assert [levels_down(1.09), levels_down(1.1), levels_down(9480.9)] == ["1.0", "1.1", "9,480"]


def test_axes_have_round_steps_around_what_they_show() -> None:
    assert steps(10.5, 16.3, most=4) == pytest.approx([10, 12, 14, 16, 18])
    for low, high in ((0.0, 1.0), (0.105, 0.163), (3.0, 3.0), (0.0, 0.0), (-2.0, 5.0)):
        ticks = steps(low, high)
        assert ticks[0] <= low + 1e-9
        assert ticks[-1] >= high - 1e-9
        assert 2 <= len(ticks) <= 8
    assert [round_up(value) for value in (0.011, 1.2, 2.2, 9.0)] == pytest.approx([0.015, 1.5, 2.5, 10])


def test_a_line_of_equal_points_is_drawn() -> None:
    dots = [Dot(at=at, low=0.5, high=0.5, word="<50>", tick="x") for at in (0.6, 1.0)]
    drawn = line(dots, label="a & b", ticks=[(0.5, "50"), (0.6, "60")])
    assert "&lt;50&gt;" in drawn
    assert 'aria-label="a &amp; b"' in drawn
