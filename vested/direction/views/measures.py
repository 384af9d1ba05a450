"""Measures: the page of one with its line, and noting what was seen."""

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.core import amounts, charts
from vested.core.downloads import figures
from vested.core.panels import panels_for
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for
from vested.direction.actions import add_measure, observe
from vested.direction.forms.objectives import AddMeasure, Observe
from vested.direction.models import Measure, Objective
from vested.direction.queries.measures import NINETY, Standing, Verdict, counted, error_of, points, stands
from vested.direction.queries.objectives import measures_seen, objectives_listed
from vested.direction.views.parts import VERDICTS


def said(measure: Measure, standing: Standing) -> tuple[str, str, str]:
    """How a measure stands: a state, its words, and a sentence with the figures."""
    state, words = VERDICTS[standing.verdict]
    if standing.last is None:
        return state, str(words), _("Nothing was observed yet.")
    told = {
        "value": _with_unit(standing.last.value, measure),
        "day": date_format(standing.last.on),
        "aim": _with_unit(standing.aim, measure),
    }
    parts = [_("%(value)s on %(day)s; the path asks for %(aim)s by then.") % told, _sure(standing)]
    if standing.verdict is Verdict.STALE:
        days = standing.days or 0
        said_so = ngettext("No observation for %(days)s day.", "No observation for %(days)s days.", days)
        parts.insert(0, said_so % {"days": amounts.number(days)})
    return state, str(words), " ".join(parts)


def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """One measure: what was seen beside the path to its target, and how sure that is."""
    viewer, today = viewer_of(request), localdate()
    found = _found(viewer, pk)
    standing = stands(found, today)
    state, verdict, sentence = said(found, standing)
    seen = sorted(found.observations.all(), key=lambda one: (one.on, one.pk), reverse=True)
    counting = {one.pk for one in counted(seen)}
    words: dict[str, Any] = {
        "measure": found,
        "objective": found.objective,
        "state": (state, verdict),
        "sentence": sentence,
        "chart": drawn(found, today),
        "csv": reverse("direction:measure-figures", args=[pk]),
        "facts": _facts(found),
        "rows": [(one, one.pk in counting, amounts.level(one.value)) for one in seen],
        "may": _may(viewer, found.objective),
        "panels": panels_for(viewer, found),
        "trail": _trail(found.objective),
    }
    return render(request, "direction/measure.html", words)


def measure_figures(request: HttpRequest, pk: int) -> FileResponse:
    """What was seen of a measure and what its path asks for, as CSV."""
    found = _found(viewer_of(request), pk)
    return figures(found.name, drawn(found, localdate()).rows)


def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how an objective is measured."""
    viewer = viewer_of(request)
    objective = get_object_or_404(objectives_listed(viewer), pk=pk)
    require(viewer, Permission.DIRECTION_CHANGE, on=objective.unit)
    initial = {"better": Measure.Better.MORE, "baseline_on": objective.starts_on, "target_on": objective.ends_on}
    form = form_for(request, AddMeasure, initial=initial)

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” is measured from now on.") % {"it": add_measure(by=viewer, objective=objective, **answers)}

    back = reverse("direction:objective", args=[pk])
    lead = _(
        "Baseline, target and path cannot be changed later: nobody moves a target unseen. Another measure can be added."
    )
    title = _("How is “%(it)s” measured?") % {"it": objective}
    return ask(
        request, form, do=do, title=title, lead=lead, verb=_("Add the measure"), back=back, trail=_trail(objective)
    )


def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what was seen of a measure."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    if not _may(viewer, found.objective):
        raise Http404
    form = form_for(request, Observe)

    def do(answers: dict[str, Any]) -> str:
        seen = observe(by=viewer, measure=found, today=localdate(), **answers)
        return _("%(value)s on %(day)s is noted.") % {
            "value": _with_unit(seen.value, found),
            "day": date_format(seen.on),
        }

    back = reverse("direction:measure", args=[pk])
    title = _("What was seen of “%(it)s”?") % {"it": found}
    lead = _("Counted in: %(counts)s. A second observation of a day corrects the first, which stays readable.")
    trail = [*_trail(found.objective), (found.name, back)]
    words = lead % {"counts": found.counts}
    return ask(request, form, do=do, title=title, lead=words, verb=_("Note it"), back=back, trail=trail)


def drawn(measure: Measure, today: date) -> charts.Drawn:
    """What was seen, with the band it may lie in, beside the path to the target."""
    seen = counted(list(measure.observations.all()))
    error = error_of(seen)
    path = points(measure)
    series = [
        charts.Series(
            name=_("Path to the target"),
            planned=True,
            end=_("target %(value)s") % {"value": amounts.level(measure.target)},
            points=tuple(
                charts.Point(at=day.toordinal(), when=date_format(day), value=value, shown=amounts.level(value))
                for day, value in path
            ),
        )
    ]
    if seen:
        shown = tuple(_point(one.on, one.value, one.error if one.error is not None else error) for one in seen)
        series.insert(0, charts.Series(name=_("Seen"), points=shown, end=_with_unit(seen[-1].value, measure)))
    values = [
        value
        for one in series
        for point in one.points
        for value in (point.value, point.low, point.high)
        if value is not None
    ]
    days = sorted({measure.baseline_on, measure.target_on, *([today] if path[0][0] < today < path[-1][0] else [])})
    words = charts.LineWords(
        finding=said(measure, stands(measure, today))[2],
        caption=_("What was seen, and what the path asks for"),
        when=_("Day"),
        hidden=_("not seen"),
    )
    return charts.line(
        series,
        words=words,
        heights=[(value, amounts.level(value)) for value in charts.ticks(min(values), max(values), most=4)],
        moments=[
            (day.toordinal(), _("today") if day == today else date_format(day, "SHORT_DATE_FORMAT")) for day in days
        ],
    )


def _point(on: date, value: float, error: float | None) -> charts.Point:
    wide = None if error is None else NINETY * error
    return charts.Point(
        at=on.toordinal(),
        when=date_format(on),
        value=value,
        shown=amounts.level(value),
        low=None if wide is None else value - wide,
        high=None if wide is None else value + wide,
    )


def _sure(standing: Standing) -> str:
    if standing.range is None:
        return _("How sure that is, is not known: too few observations.")
    low, high = (amounts.level(round(end, 2)) for end in standing.range)
    return _("Nine times of ten it lies between %(low)s and %(high)s.") % {"low": low, "high": high}


def _with_unit(value: float, measure: Measure) -> str:
    return _("%(value)s %(counts)s") % {"value": amounts.level(round(value, 2)), "counts": measure.counts}


def _facts(one: Measure) -> list[tuple[str, object]]:
    return [
        (_("Which way is better"), one.get_better_display()),
        (_("Start"), _with_unit(one.baseline, one)),
        (_("Start on"), date_format(one.baseline_on)),
        (_("Target"), _with_unit(one.target, one)),
        (_("Target by"), date_format(one.target_on)),
        (_("Looked at every"), ngettext("%(days)s day", "%(days)s days", one.every_days) % {"days": one.every_days}),
    ]


def _trail(objective: Objective) -> list[tuple[str, str]]:
    url = reverse("direction:objective", args=[objective.pk])
    return [(_("Objectives"), reverse("direction:objectives")), (objective.title, url)]


def _found(viewer: Viewer, pk: int) -> Measure:
    return get_object_or_404(measures_seen(viewer), pk=pk)


def _may(viewer: Viewer, objective: Objective) -> bool:
    own = viewer.person is not None and viewer.person.pk == objective.owner_id
    return own or viewer.may(Permission.DIRECTION_CHANGE, on=objective.unit)
