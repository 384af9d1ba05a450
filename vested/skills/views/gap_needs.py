"""The gap explorer's page of what initiatives need."""

from collections.abc import Sequence

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from vested.core import charts
from vested.core.downloads import figures
from vested.core.models import Unit
from vested.core.viewer import viewer_of
from vested.skills.queries.gaps.needs import Need, Needs, needs
from vested.skills.views.gaps import asked_by, tabs

STEPS = (1, 5, 10, 25, 50, 100)


def needs_of_initiatives(request: HttpRequest) -> HttpResponse | FileResponse:
    """Show how many people initiatives miss, by unit."""
    asked = asked_by(request)
    found = needs(viewer_of(request), unit=asked.unit)
    context: dict[str, object] = {"asked": asked, "found": found, "tabs": tabs(asked, here="needs")}
    if found and found.needs:
        heat, more = _drawn(found)
        if request.GET.get("format") == "csv":
            return figures(_("needs"), heat.rows)
        context |= {"heat": heat, "csv": asked.link("skills:gap-needs", format="csv"), **more}
    return render(request, "skills/gap_needs.html", context)


def _drawn(found: Needs) -> tuple[charts.Drawn, dict[str, object]]:
    table = found.by_source_and_unit()
    sources = sorted({source for source, _unit in table}, key=str)
    units = sorted({unit for _source, unit in table if unit}, key=lambda unit: unit.path)
    columns: list[Unit | None] = [*([None] if any(unit is None for _source, unit in table) else []), *units]
    known = all(need.holders is not None for need in found.needs)
    words = charts.HeatWords(
        caption=_("People missing") if known else _("People asked for"),
        corner=_("Initiative"),
        region=_("Map of needs, scrolls sideways"),
        hidden=_("nothing is asked here"),
    )
    heads = [charts.Head(label=str(unit) if unit else _("Whole sector")) for unit in columns]
    rows = [charts.Head(label=str(source)) for source in sources]
    cells = [[_cell(table.get((source, unit), ()), known=known) for unit in columns] for source in sources]
    starting = ("0", *(number_format(step) for step in STEPS))
    return charts.heatmap(heads, rows, cells, words=words, steps=STEPS), {
        "known": known,
        "key": charts.gap_key(starts=f"{words.caption}, {_('from')}", shown=starting, hidden=words.hidden),
        "missing": sum(need.missing or 0 for need in found.needs),
        "people": sum(need.demand.people for need in found.needs),
        "lines": [
            (
                need,
                charts.bar(min(need.holders, need.demand.people), most=max(need.demand.people, 1))
                if need.holders is not None
                else "",
            )
            for need in sorted(found.needs, key=lambda need: (-(need.missing or 0), -need.demand.people))
        ],
    }


def _cell(some: Sequence[Need], *, known: bool) -> charts.Cell:
    if not some:
        return charts.Cell(value=None)
    value = sum((need.missing or 0) if known else need.demand.people for need in some)
    return charts.Cell(value=value, shown=number_format(value))
