"""Charts: what is drawn lies where its number says, what is hidden is nowhere, the table holds the same numbers."""

import doctest
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vested.core import charts
from vested.core.charts import Amount, Cell, Change, Estimate, Head, LineWords, Point, Series, Words

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda n: round(n, 3))
LABELS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
HIDDEN = "fewer than ten"
WORDS = Words(caption="c", label="l", value="v", hidden=HIDDEN)
HEAT = charts.HeatWords(caption="c", corner="Unit", region="r", hidden=HIDDEN)
LINE = LineWords(finding="f", caption="c", when="When", hidden=HIDDEN)


class Read(HTMLParser):
    """Elements with their attributes, and the words of each cell."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.cells: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data

    def all(self, tag: str, style: str = "") -> list[dict[str, str]]:
        return [
            attrs
            for name, attrs in self.tags
            if name == tag and (not style or style in attrs.get("class", "").split(" "))
        ]


def at(value: str) -> float:
    assert value.endswith("%")
    return float(value[:-1])


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_a_scale_is_monotone_and_stays_within(least: float, most: float, one: float, other: float) -> None:
    if most <= least:
        with pytest.raises(ValueError, match="above least"):
            charts.share(one, least, most)
        return
    low, high = sorted((charts.share(one, least, most), charts.share(other, least, most)), key=float)
    assert 0 <= low <= high <= 1
    assert (charts.share(min(one, other), least, most), charts.share(max(one, other), least, most)) == (low, high)
    assert (charts.share(least, least, most), charts.share(most, least, most)) == (0, 1)


@given(NUMBERS, st.floats(0, 1e6).map(lambda n: round(n, 3)), st.integers(1, 12))
def test_ticks_are_round_even_few_and_around(low: float, span: float, most: int) -> None:
    found = charts.ticks(low, low + span, most=most)
    tolerance = 1e-6 * max(1.0, abs(low), span)
    assert found[0] <= low + tolerance
    assert found[-1] >= low + span - tolerance
    assert 2 <= len(found) <= most + 2
    steps = [b - a for a, b in pairwise(found)]
    assert max(steps) - min(steps) <= tolerance
    assert re.fullmatch(r"(10?|20?|25|50?)0*", f"{min(steps):.1e}".replace(".", "")[:2].rstrip("0") or "0")


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 62.5, (0, 20, 40, 60, 80)),
        (0, 1, (0, 0.2, 0.4, 0.6, 0.8, 1.0)),
        (3, 3, (3, 4, 5, 6)),
        (-9, 14, (-10, -5, 0, 5, 10, 15)),
    ],
)
def test_ticks_by_hand(low: float, high: float, expected: tuple[float, ...]) -> None:
    assert charts.ticks(low, high) == pytest.approx(expected) or (low == high and charts.ticks(low, high)[0] <= low)


@pytest.mark.parametrize(("low", "high", "most"), [(1, 0, 5), (0, float("nan"), 5), (0, float("inf"), 5), (0, 1, 0)])
def test_ticks_refuse_what_cannot_be_drawn(low: float, high: float, most: int) -> None:
    with pytest.raises(ValueError, match=r"high:|most:"):
        charts.ticks(low, high, most=most)


@given(NUMBERS, NUMBERS)
def test_a_wider_gap_never_has_a_weaker_colour(one: float, other: float) -> None:
    first, second = (int(charts.gap_class(value)[1:]) for value in sorted((one, other)))
    assert 0 <= first <= second <= 6


def test_a_step_begins_at_its_number() -> None:
    assert [charts.gap_class(n) for n in (0, 0.2, 0.59, 0.6, 1.0, 1.4, 1.8, 2.3)] == [
        "g0", "g1", "g1", "g2", "g3", "g4", "g5", "g6",
    ]  # fmt: skip
    for steps in ((1, 2, 3), (1, 1, 2, 3, 4, 5), (6, 5, 4, 3, 2, 1)):
        with pytest.raises(ValueError, match="six rising"):
            charts.gap_class(1, steps)


@given(st.lists(st.floats(0, 1e4).map(lambda n: round(n, 3)), min_size=1, max_size=6))
def test_bars_are_as_long_as_their_numbers(values: list[float]) -> None:
    drawn = charts.bars([Amount(label=str(n), value=n, shown=str(n)) for n in values], words=WORDS, most=1e4)
    lengths = [at(mark["width"]) for mark in Read(drawn.html).all("rect", "f1")]
    assert lengths == pytest.approx([n / 100 for n in values if n > 0], abs=0.006)
    assert drawn.rows == (("l", "v"), *((str(n), n) for n in values))


def test_a_bullet_is_red_only_under_what_it_must_reach() -> None:
    red = [bool(Read(charts.bullet(n, most=100, must=50, mean=60)).all("rect", "f-bad")) for n in (49.9, 50, 51)]
    assert red == [True, False, False]
    heavy, mean = Read(charts.bullet(10, most=100, must=50, mean=60)).all("line")[::-1]
    assert (at(heavy["x1"]), at(mean["x1"])) == (50, 60)
    assert Read(charts.bullet(10, most=100)).all("line") == []


@given(st.tuples(NUMBERS, NUMBERS, NUMBERS).map(sorted), NUMBERS)
def test_the_band_of_an_interval_holds_its_dot(numbers: list[float], need: float) -> None:
    low, estimate, high = numbers
    read = Read(charts.interval(low, high, estimate, least=-1e6, most=1e6, need=need, before=low))
    [dot] = read.all("circle")
    for band in read.all("rect", "f-sure"):
        assert at(band["x"]) - 0.01 <= at(dot["cx"]) <= at(band["x"]) + at(band["width"]) + 0.02
    assert len(read.all("line")) == 2
    if estimate < high:
        with pytest.raises(ValueError, match="in its range"):
            charts.interval(low, estimate, high, most=1e6)


@given(st.floats(0.1, 100))
@example(0.75)
def test_a_change_goes_to_its_side_of_the_middle(value: float) -> None:
    [more] = Read(charts.change(value, most=100)).all("rect")
    [less] = Read(charts.change(-value, most=100)).all("rect")
    assert (more["class"], at(more["x"])) == ("f-d6", 50)
    assert less["class"] == "f-d2"
    assert at(less["x"]) + at(less["width"]) == pytest.approx(50, abs=0.011)
    assert more["width"] == less["width"]
    assert Read(charts.change(0, most=100)).all("rect") == []


def test_every_table_that_is_a_chart_hides_what_is_hidden_and_says_why() -> None:
    hidden = "Coastal Pilot Service"
    tables = (
        charts.bars([Amount(label=hidden, value=None)], words=WORDS),
        charts.bullets([Amount(label=hidden, value=None, must=3)], words=WORDS, most=5),
        charts.intervals([Estimate(label=hidden, estimate=None, need=3)], words=WORDS, most=5),
        charts.changes([Change(label=hidden, value=None)], words=WORDS),
    )
    for drawn in tables:
        read = Read(drawn.html)
        assert read.all("svg") == []
        assert len(read.all("td", "gx")) == 1
        assert read.cells[-1] == f"–{HIDDEN}"
        assert drawn.rows[1][:2] == (hidden, HIDDEN)
        assert set(drawn.rows[1][2:]) <= {None}


@pytest.mark.parametrize(
    "draw",
    [
        lambda: charts.bars([Amount(label="a", value=None, shown="7")], words=WORDS),
        lambda: charts.bars([Amount(label="a", value=None)], words=Words(caption="c", label="l", value="v")),
        lambda: charts.intervals([Estimate(label="a", estimate=None, low=1, high=2)], words=WORDS, most=5),
        lambda: charts.heatmap([Head(label="a")], [Head(label="b")], [[Cell(value=None, shown="7")]], words=HEAT),
        lambda: charts.heatmap([Head(label="a")], [Head(label="b")], [[Cell(value=None, href="/7/")]], words=HEAT),
        lambda: _line(Point(at=0, when="q", value=None, shown="7")),
        lambda: _line(Point(at=0, when="q", value=None, low=1, high=2)),
    ],
)
def test_what_is_hidden_must_not_even_be_handed_in(draw: object) -> None:
    with pytest.raises(ValueError, match=r"hidden|has no estimate"):
        draw()  # type: ignore[operator]  # a function


def test_tables_bring_what_is_needed_to_read_them() -> None:
    drawn = charts.intervals(
        [Estimate(label="Data", estimate=2, low=1.6, high=2.5, need=5, shown="2.0", href="/data/", note="tests")],
        words=Words(caption="Mine", label="Skill", value="Level", mark="Range", caption_for_eyes=False),
        least=1,
        most=8,
    )
    assert '<caption class="ds-sr-only">Mine</caption>' in drawn.html
    assert '<a href="/data/">Data</a><small>tests</small>' in drawn.html
    assert Read(drawn.html).cells == ["Skill", "Range", "Level", "Datatests", "", "2.0"]
    assert drawn.rows[0] == ("Skill", "Level", "low", "high", "need")
    assert list(drawn.rows[1]) == ["Data", 2, 1.6, 2.5, 5]
    certain = charts.intervals([Estimate(label="Exact", estimate=2, shown="2")], words=WORDS, most=8)
    assert Read(certain.html).all("rect", "f-sure") == []


@st.composite
def maps(draw: st.DrawFn) -> tuple[list[Head], list[Head], list[list[Cell]]]:
    columns = [Head(label=n, group=g) for n, g in draw(st.lists(st.tuples(LABELS, LABELS), min_size=1, max_size=4))]
    rows = [Head(label=n, href="/u/") for n in draw(st.lists(LABELS, min_size=1, max_size=4))]
    numbers = st.one_of(st.none(), st.floats(0, 5).map(lambda n: round(n, 2)))
    gaps = draw(
        st.lists(
            st.lists(numbers, min_size=len(columns), max_size=len(columns)), min_size=len(rows), max_size=len(rows)
        )
    )
    cells = [
        [Cell(value=n, shown="" if n is None else f"{n:.2f}", href="" if n is None else "/c/") for n in line]
        for line in gaps
    ]
    return columns, rows, cells


@given(maps())
def test_a_heatmap_holds_its_numbers_and_its_download_the_same(
    drawn_from: tuple[list[Head], list[Head], list[list[Cell]]],
) -> None:
    columns, rows, cells = drawn_from
    drawn = charts.heatmap(columns, rows, cells, words=HEAT)
    read, flat = Read(drawn.html), [cell for line in cells for cell in line]
    marked = [attrs for attrs in read.all("td") if "class" in attrs]
    assert [a["class"] for a in marked] == ["gx" if c.value is None else charts.gap_class(c.value) for c in flat]
    body = read.cells[-len(rows) * (len(columns) + 1) :]
    for at_row, (row, line) in enumerate(zip(rows, cells, strict=True)):
        words = body[at_row * (len(columns) + 1) : (at_row + 1) * (len(columns) + 1)]
        assert words[0].strip() == row.label.strip()
        assert words[1:] == [f"–{HIDDEN}" if cell.value is None else cell.shown for cell in line]
        assert drawn.rows[at_row + 1] == (row.label, *(HIDDEN if c.value is None else c.value for c in line))
    assert drawn.rows[0] == ("Unit", *(column.label for column in columns))
    assert drawn.html.count('tabindex="-1"') == sum(cell.value is not None for cell in flat)


@given(maps(), st.integers(1, 5))
def test_the_strongest_are_the_largest_and_never_hidden(
    drawn_from: tuple[list[Head], list[Head], list[list[Cell]]], most: int
) -> None:
    columns, rows, cells = drawn_from
    found = [cell.value for _, _, cell in charts.strongest(columns, rows, cells, most=most)]
    assert found == sorted((c.value for line in cells for c in line if c.value is not None), reverse=True)[:most]
    for row, column, cell in charts.strongest(columns, rows, cells, most=most):
        assert any(
            rows[r] is row and columns[c] is column and cells[r][c] is cell
            for r in range(len(rows))
            for c in range(len(columns))
        )


def test_a_wide_heatmap_turns_its_names_and_scrolls_in_its_own_region() -> None:
    for count, turned, wide in ((8, 0, None), (9, 9, ""), (31, 31, "more")):
        columns = [Head(label=str(n)) for n in range(count)]
        cells = [[Cell(value=1, shown="1", current=n == 0, reason="") for n in range(count)]]
        read = Read(charts.heatmap(columns, [Head(label="u")], cells, words=HEAT).html)
        assert len(read.all("th", "turn")) == turned
        assert read.all("table", "v-heat")[0].get("data-wide") == wide
        assert read.all("div", "v-scroll")[0]["tabindex"] == "0"
        assert read.all("td")[0].get("aria-current") == "true"
    own = charts.heatmap([Head(label="a")], [Head(label="b")], [[Cell(value=None, reason="not asked")]], words=HEAT)
    assert own.rows[1] == ("b", "not asked")
    with pytest.raises(ValueError, match="2 rows of 1 cells"):
        charts.heatmap([Head(label="a")], [Head(label="b")] * 2, [[Cell(value=1)]], words=HEAT)


def test_the_key_shows_every_colour_and_the_hatch() -> None:
    key = charts.gap_key(starts="from", shown=tuple("0123456"), hidden=HIDDEN)
    assert re.findall(r'class="(g.)"[^>]*>(.)<', key) == [*((f"g{n}", str(n)) for n in range(7)), ("gx", "–")]
    with pytest.raises(ValueError, match="seven"):
        charts.gap_key(starts="from", shown=("0",), hidden=HIDDEN)


def _line(*points: Point) -> charts.Drawn:
    return charts.line(
        [Series(name="Measured", end="now", points=points)],
        words=LINE,
        heights=[(0, "0"), (10, "10")],
        moments=[(0, "start")],
    )


@given(st.lists(st.one_of(st.none(), st.floats(0, 10).map(lambda n: round(n, 2))), min_size=1, max_size=8))
def test_a_line_goes_through_its_points_and_breaks_where_hidden(values: list[float | None]) -> None:
    points = [Point(at=n, when=f"Q{n}", value=v, shown="" if v is None else f"{v}") for n, v in enumerate(values)]
    drawn = _line(*points)
    read = Read(drawn.html)
    paths = [[tuple(map(float, p.split(","))) for p in line["points"].split()] for line in read.all("polyline")]
    seen = [(n, v) for n, v in enumerate(values) if v is not None]
    flat = [p for path in paths for p in path]
    assert [down for _, down in flat] == pytest.approx([190 - 168 * v / 10 for _, v in seen], abs=0.06)
    assert sorted(flat) == flat
    assert len(paths) == len(re.findall("v+", "".join("-" if v is None else "v" for v in values)))
    assert len(read.all("circle")) == bool(seen)
    assert drawn.rows == (("When", "Measured"), *((f"Q{n}", HIDDEN if v is None else v) for n, v in enumerate(values)))
    assert drawn.twin is not None
    assert Read(drawn.twin).cells[2:] == [
        w for n, v in enumerate(values) for w in (f"Q{n}", HIDDEN if v is None else f"{v}")
    ]


def test_a_line_marks_the_moment_somebody_looks_at() -> None:
    points = tuple(Point(at=n, when=f"Q{n}", value=v, shown="") for n, v in enumerate([1.0, 4.0, 9.0]))
    series = [Series(name="Measured", end="now", points=points)]

    def drawn(here: float | None) -> Read:
        ends = [(0.0, "0"), (10.0, "10")]
        return Read(charts.line(series, words=LINE, heights=ends, moments=[(0, "start")], here=here).html)

    assert drawn(None).all("circle", "f-now") == []
    marked = drawn(1)
    (dot,) = marked.all("circle", "f-now")
    (upright,) = [line for line in marked.all("line") if line.get("x1") == line.get("x2")]
    assert dot["cx"] == upright["x1"] == "53.50%"
    assert float(dot["cy"]) == pytest.approx(190 - 168 * 0.4, abs=0.1)
    assert drawn(0.5).all("circle", "f-now") == []  # no point there


def test_a_line_has_its_band_its_plan_and_words_that_do_not_touch() -> None:
    measured = Series(
        name="Measured",
        end="26 % now",
        points=(
            Point(at=0, when="Q1", value=0, low=0, high=2, shown="0 %"),
            Point(at=1, when="Q2", value=26, low=22, high=30, shown="26 %"),
        ),
    )
    planned = Series(
        name="Planned",
        end="27 %",
        planned=True,
        points=(Point(at=0, when="Q1", value=0), Point(at=1, when="Q2", value=27)),
    )
    drawn = charts.line(
        [measured, planned], words=LINE, heights=[(0, "0"), (40, "40 %")], moments=[(0, "Q1"), (0.5, "m"), (1, "Q2")]
    )
    read = Read(drawn.html)
    assert len(read.all("polygon", "f-sure")) == 1
    assert [("dash" in line["class"]) for line in read.all("polyline")] == [False, True]
    heights = sorted(float(words["y"]) for words in read.all("text", "strong"))
    assert heights[1] - heights[0] >= 16
    assert [words["class"] for words in read.all("text")][-3:] == ["", "mid", "end"]
    unsaid = charts.line([measured, replace(planned, end="")], words=LINE, heights=[], moments=[])
    (said,) = Read(unsaid.html).all("text", "strong")
    assert float(said["y"]) == float(Read(unsaid.html).all("circle")[0]["cy"]) - 10  # what says nothing takes no room
    down = Series(name="s", end="1", points=(Point(at=0, when="a", value=9), Point(at=1, when="b", value=1)))
    fallen = Read(charts.line([down], words=LINE, heights=[(0, "0")], moments=[]).html)
    assert float(fallen.all("text", "strong")[0]["y"]) > float(fallen.all("circle")[0]["cy"])  # not on its line
    assert list(drawn.rows[2]) == ["Q2", 26, 27]
    near = charts.line([measured], words=LINE, heights=[], moments=[(0, "Q1"), (0.2, "m"), (0.9, "n"), (1, "Q2")])
    assert [words["class"] for words in Read(near.html).all("text")][-3:] == ["mid v-wide", "mid v-wide", "end"]
    alone = charts.line(
        [Series(name="s", points=(Point(at=0, when="q", value=4, shown="4"),))], words=LINE, heights=[], moments=[]
    )
    assert len(Read(alone.html).all("circle")) == 1
    other = Series(name="Other", points=(Point(at=7, when="Q9", value=3, shown="3"),))
    rows = charts.line([measured, other], words=LINE, heights=[], moments=[]).rows
    assert rows == (("When", "Measured", "Other"), ("Q1", 0, None), ("Q2", 26, None), ("Q9", None, 3))


@pytest.mark.parametrize(
    ("series", "cause"),
    [
        ([], "one to four"),
        ([Series(name="s", points=())], "rising"),
        ([Series(name="s", points=(Point(at=1, when="a", value=1), Point(at=0, when="b", value=1)))], "rising"),
        ([Series(name="s", points=(Point(at=1, when="a", value=1, low=0),))], "half a range"),
    ],
)
def test_a_line_refuses_what_it_cannot_draw(series: list[Series], cause: str) -> None:
    with pytest.raises(ValueError, match=cause):
        charts.line(series, words=LINE, heights=[(0, "0")], moments=[])


@given(LABELS.map(lambda words: f"<i>{words}\"'&"))
def test_words_of_people_stay_words(words: str) -> None:
    """Whatever they are called, no element appears that we did not draw."""
    texts = Words(caption=words, label=words, value=words, hidden=words)
    heat = charts.HeatWords(caption=words, corner=words, region=words, hidden=words)
    head = [Head(label=words, href=words, note=words, group=words)]
    points = (Point(at=0, when=words, value=1, shown=words), Point(at=1, when=words, value=None))
    drawings = [
        charts.bars(
            [Amount(label=words, value=1, shown=words, href=words, note=words), Amount(label=words, value=None)],
            words=texts,
        ).html,
        charts.heatmap(head, head, [[Cell(value=1, shown=words, href=words)]], words=heat).html,
        charts.heatmap(head, head, [[Cell(value=None, reason=words)]], words=heat).html,
        charts.gap_key(starts=words, shown=[words] * 7, hidden=words),
    ]
    line = charts.line(
        [Series(name=words, end=words, points=points)],
        words=LineWords(finding=words, caption=words, when=words, hidden=words),
        heights=[(0, words), (1, words)],
        moments=[(0, words)],
    )
    for html in (*drawings, line.html, line.twin or ""):
        read = Read(html)
        assert "i" not in {tag for tag, _ in read.tags}
        assert {name for _, attrs in read.tags for name in attrs} <= KNOWN
        assert "style" not in html.replace(words, "").lower() or "style" in words


KNOWN = {
    "aria-current",
    "aria-hidden",
    "aria-label",
    "class",
    "colspan",
    "cx",
    "cy",
    "data-mid",
    "focusable",
    "height",
    "href",
    "points",
    "preserveaspectratio",
    "r",
    "role",
    "rx",
    "scope",
    "tabindex",
    "viewbox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
}


def test_the_example_runs() -> None:
    assert doctest.testmod(charts).attempted == 2
    assert doctest.testmod(charts).failed == 0


def test_a_cell_of_nobody_is_not_hidden_but_says_so() -> None:
    words = charts.HeatWords(caption="Gaps", corner="Unit", region="Map", hidden="few")
    cells = [[charts.Cell(value=None, reason="nobody there", nobody=True)]]
    drawn = charts.heatmap([charts.Head(label="Law")], [charts.Head(label="Rail")], cells, words=words)
    assert '<td><span aria-hidden="true">·</span><span class="ds-sr-only">nobody there</span></td>' in drawn.html
    assert "gx" not in drawn.html
    assert drawn.rows[1] == ("Rail", "nobody there")
