"""Charts, drawn on the server as safe HTML and SVG: tables that are charts, and charts that bring their table.

What goes in is frozen, with every word already in the reader's language; what comes out is `Drawn`: the chart, its twin
where the chart is not a table itself, and the same rows for a download. Nothing here asks the database, and nothing
carries a colour or a style: classes alone, so light, dark and paper are the stylesheet's business.

| question | form |
|---|---|
| how much, compared | `bars`, or the mark `bar` in a row of one's own |
| how near a target | `bullets`, `bullet` |
| how sure | `intervals`, `interval` |
| more or less than before | `changes`, `change` |
| two dimensions | `heatmap` with `gap_key`, and `strongest` as a list |
| over time | `line` |
| when, step by step | the marks `span` and `columns` in rows of one's own, `steps` above them |

What a reader may not see is not handed in: its value is None, it is drawn hatched with the reason, and the download
says the reason too. A chart never shows an empty cell or a zero in its place.

>>> drawn = bars([Amount(label="Ports", value=14.2, shown="14.2"), Amount(label="Rail", value=None)],
...              words=Words(caption="Levels closed", label="Unit", value="Levels", hidden="fewer than 10 people"))
>>> drawn.rows
(('Unit', 'Levels'), ('Ports', 14.2), ('Rail', 'fewer than 10 people'))
"""

from vested.core.charts._heat import Cell, Head, HeatWords, gap_key, heatmap, strongest
from vested.core.charts._line import LineWords, Point, Series, line
from vested.core.charts._marks import bar, bullet, change, columns, interval, span, steps
from vested.core.charts._rows import Amount, Change, Estimate, Words, bars, bullets, changes, intervals
from vested.core.charts._scale import GAP_STEPS, gap_class, share, ticks
from vested.core.charts._svg import Drawn, Value

__all__ = [
    "GAP_STEPS",
    "Amount",
    "Cell",
    "Change",
    "Drawn",
    "Estimate",
    "Head",
    "HeatWords",
    "LineWords",
    "Point",
    "Series",
    "Value",
    "Words",
    "bar",
    "bars",
    "bullet",
    "bullets",
    "change",
    "changes",
    "columns",
    "gap_class",
    "gap_key",
    "heatmap",
    "interval",
    "intervals",
    "line",
    "share",
    "span",
    "steps",
    "strongest",
    "ticks",
]
