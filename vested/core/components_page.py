"""The living component page: every part of the face in every state, with made-up words.

It is written for those who build pages, so its words are English whatever the reader's language, as the docs are.
"""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vested.core import charts

UNITS = ("Ministry department", "Road Directorate", "Rail Authority", "Ports and Waterways", "Coastal Pilot Service")
SKILLS = (
    ("Information", ("Search and filter", "Judge sources", "Manage data")),
    ("Communication", ("Interact", "Share", "Collaborate", "Conduct online")),
    ("Safety", ("Protect devices", "Protect data", "Health")),
)
PEOPLE = (412, 2140, 1875, 1230, 318)
GAPS = (
    (0.0, 0.4, 1.1, 0.0, 0.1, 0.5, 0.1, 0.5, 1.2, 0.0),
    (0.4, 0.7, 1.4, 0.3, 0.5, 0.9, 0.0, 0.6, 1.8, 0.8),
    (0.8, 1.5, 2.3, 0.6, 1.0, 1.9, 0.5, 1.4, 2.7, 0.8),
    (0.5, 1.1, 1.9, 0.5, 0.7, 1.0, 0.2, 1.2, 2.3, 0.5),
    (None, 1.4, 2.0, 0.5, 0.5, None, 0.8, 0.9, 2.5, None),
)
WHY_HIDDEN = "hidden: fewer than 10 people, or findable from a total"


def components(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    return render(request, "core/components.html", _examples())


def _examples() -> dict[str, Any]:
    heat, widest = _heat()
    return {
        "trail": [("Aim", "#top"), ("Commitments", "#top")],
        "tabs": [("Result", "#ways", True), ("Inputs and limits", "#ways", False), ("History", "#ways", False)],
        "states": [
            ("good", "Kept on time"),
            ("risk", "At risk"),
            ("wrong", "Broken"),
            ("late", "12 days late"),
            ("waits", "Not sure yet"),
            ("stopped", "Withdrawn, reason given"),
            ("next", "In a pilot"),
        ],
        "facts": [
            ("Cost", "€3.398\u00a0m of €3.4\u00a0m"),
            ("People trained", "5,126 of 11,840"),
            ("Lowest unit", "52 %"),
        ],
        "columns": [
            ("Promise", "?sort=what", "", False),
            ("Who", "?sort=who", "", False),
            ("Due", "?sort=due", "descending", True),
            ("Status", "", "", False),
        ],
        "promises": [
            ("Publish every bridge height", "Nadia Ferro-Lund", "20 Dec 2026", "good", "On course"),
            ("One login for skippers", "Sanne Okvist", "9 Nov 2026", "late", "12 days late"),
            ("Shared parking permit for regions", "Oskar Vind", "1 Aug 2026", "stopped", "Withdrawn"),
        ],
        "chips": [("Due: this year", "#list"), ("Unit: Rail Authority", "#list")],
        "exports": [("CSV", "#list"), ("XLSX", "#list")],
        "page": Paginator(range(160), 8).page(4),
        "first_page": Paginator(range(24), 8).page(1),
        "events": [
            ("21 Nov, 09:14", "2026-11-21T09:14", "Solved in 14 seconds", "Same inputs give the same plan.", True),
            ("20 Nov, 16:02", "2026-11-20T16:02", "Floor raised from 45 to 50 %", "By Maren Oduvik.", False),
        ],
        "form": Promise({"what": "", "whom": "Skippers of inland ships", "unit": "road"}),
        "fresh": Promise(),
        "errors": [("The date must be after today, 21 November 2026", "due_day")],
        "audience": [
            ("yes", "Everyone, also outside", "It enters the public ledger tonight, with your name.", False),
            ("no", "Only the sector", "It counts in the share kept on time all the same.", True),
        ],
        "rows_of": [("units", "Units", True), ("families", "Job families", False), ("roles", "Roles", False)],
        "heat": heat,
        "key": charts.gap_key(
            starts="Levels short, from", shown=("0", "0.2", "0.6", "1.0", "1.4", "1.8", "2.3"), hidden=WHY_HIDDEN
        ),
        "widest": widest,
        "mark_sure": charts.interval(67, 90, 81, most=100, need=75, before=70),
        "mark_bar": charts.bar(18, most=22),
        **_tables(),
        "line": _line(),
    }


class Promise(forms.Form):
    """A form with each kind of field; shown bound and with what is wrong."""

    what = forms.CharField(
        label="What is promised?",
        help_text="One sentence a citizen can check.",
        error_messages={"required": "Say what is promised in one sentence"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    whom = forms.CharField(label="To whom?", required=False)
    unit = forms.ChoiceField(
        label="Which unit answers for it?", choices=[("road", "Road Directorate"), ("rail", "Rail")]
    )
    kind = forms.ChoiceField(
        label="What kind is it?",
        choices=[("service", "A better service"), ("date", "A date")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of promise it is"},
    )
    sure = forms.BooleanField(
        label="I have asked those who must do it",
        help_text="They are told when the promise is public.",
        error_messages={"required": "Ask those who must do it, then tick the box"},
    )


def _heat() -> tuple[charts.Drawn, list[tuple[str, str]]]:
    columns = [charts.Head(label=name, group=group, href="#heat") for group, names in SKILLS for name in names]
    rows = [
        charts.Head(label=unit, note=f"{people:,}", href="#heat") for unit, people in zip(UNITS, PEOPLE, strict=True)
    ]
    cells = [
        [
            charts.Cell(value=None)
            if gap is None
            else charts.Cell(value=gap, shown=f"{gap:.1f}", href="#heat", current=gap == 2.7)
            for gap in line
        ]
        for line in GAPS
    ]
    words = charts.HeatWords(
        caption="Mean levels short by unit and skill. Choose a unit or a skill to see its detail.",
        corner="Unit",
        region="Heatmap, scrolls sideways",
        hidden=WHY_HIDDEN,
    )
    widest = charts.strongest(columns, rows, cells, most=5)
    named = [(f"{row.label}: {column.label}", cell.shown) for row, column, cell in widest]
    return charts.heatmap(columns, rows, cells, words=words), named


def _tables() -> dict[str, charts.Drawn]:
    hidden = "hidden: fewer than 10 people"
    closed = [
        (52, "Ports and Waterways"),
        (57, "Rail Authority"),
        (44, "Coastal Pilot Service"),
        (71, "Road Directorate"),
    ]
    levels = [("Protect data", 2.0, 1.6, 2.5), ("Judge sources", 4.8, 3.9, 5.6), ("Collaborate", 5.8, 5.2, 6.3)]
    moved = [("Ports and Waterways", 14), ("Rail Authority", 2), ("Road Directorate", -9)]
    return {
        "bars": charts.bars(
            [
                charts.Amount(label="Rail Authority", value=21.7, shown="21.7", note="Cheap seats remain"),
                charts.Amount(label="Ports and Waterways", value=14.2, shown="14.2", href="#bars"),
                charts.Amount(label="Coastal Pilot Service", value=None),
                charts.Amount(label="Transport Statistics", value=0, shown="0.0", note="Money is left"),
            ],
            words=charts.Words(
                caption="Levels closed by the next €1,000, where it is spent best",
                label="Unit",
                value="Levels",
                hidden=hidden,
            ),
        ),
        "bullets": charts.bullets(
            [charts.Amount(label=u, value=n, shown=f"{n} %", must=50, mean=62.5) for n, u in closed],
            most=100,
            words=charts.Words(caption="Share of each unit's own gap closed", label="Unit", value="Closed"),
        ),
        "intervals": charts.intervals(
            [
                *(
                    charts.Estimate(label=s, estimate=e, low=a, high=b, shown=f"{e} ({a}–{b})", need=5)
                    for s, e, a, b in levels
                ),
                charts.Estimate(label="Programming", estimate=None),
            ],
            least=1,
            most=8,
            words=charts.Words(
                caption="My levels, 1 to 8, and what my role asks (heavy mark)",
                label="Skill",
                value="Level",
                hidden="not measured yet",
            ),
        ),
        "changes": charts.changes(
            [charts.Change(label=u, value=n, shown=f"{n:+d}".replace("-", "−")) for u, n in moved],
            words=charts.Words(caption="Points against “Training 2027”", label="Unit", value="Points"),
        ),
    }


def _line() -> charts.Drawn:
    quarters = ("Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026", "Q1 2027", "Q2 2027", "Q3 2027", "Q4 2027")
    planned = (0, 9, 19, 31, 43, 52, 58, 62.5)
    measured = ((0, 0, 0), (8, 6, 10), (17, 14, 20), (26, 22, 30))
    return charts.line(
        [
            charts.Series(
                name="Measured",
                end="26 % now",
                points=tuple(
                    charts.Point(at=at, when=quarters[at], value=v, low=lo, high=hi, shown=f"{v} % ({lo}–{hi})")
                    for at, (v, lo, hi) in enumerate(measured)
                ),
            ),
            charts.Series(
                name="Planned",
                end="62.5 % promised",
                planned=True,
                points=tuple(
                    charts.Point(at=at, when=quarters[at], value=v, shown=f"{v:g} %") for at, v in enumerate(planned)
                ),
            ),
        ],
        words=charts.LineWords(
            finding="Share of the gap closed: planned 31 % by now, measured 26 %, between 22 and 30 %.",
            caption="Share of the gap closed at the end of each quarter",
            when="End of",
            hidden=WHY_HIDDEN,
        ),
        heights=[(value, f"{value:g} %") for value in charts.ticks(0, 62.5)],
        moments=[(at, quarters[at]) for at in (0, 3, 7)],
    )
