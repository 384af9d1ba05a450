"""The gap explorer's page: the map, and the widest of its gaps as a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

import numpy as np
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from numpy.typing import NDArray

from vested.core import charts
from vested.core.models import Unit
from vested.core.viewer import viewer_of
from vested.skills.models import JobFamily, Role
from vested.skills.queries.gaps.computed import Counted
from vested.skills.queries.gaps.cuts import By, Cut, Row, cut
from vested.skills.queries.gaps.permitted import starts
from vested.skills.queries.gaps.released import MINIMUM

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Show:
    """A figure to look at: its words, the six steps of its colours, and how many digits are shown."""

    words: "StrOrPromise"
    steps: tuple[float, ...]
    digits: int


SHOWS = {
    "below": Show(gettext_lazy("People below what is asked, in %"), (5, 10, 20, 30, 40, 60), 0),
    "short": Show(gettext_lazy("Levels short per 100 people"), (5, 10, 20, 40, 70, 110), 0),
    "depth": Show(gettext_lazy("Levels short per person below"), (0.2, 0.6, 1.0, 1.4, 1.8, 2.3), 1),
}
ROWS = {
    By.UNIT: gettext_lazy("Unit"),
    By.FAMILY: gettext_lazy("Job family"),
    By.ROLE: gettext_lazy("Role"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for; every link on the page is this with something changed."""

    by: By
    show: str
    area: str
    unit: Unit | None
    family: JobFamily | None
    role: Role | None

    def link(self, name: str = "skills:gaps", **changed: object) -> str:
        """The address with parts changed."""
        parts: dict[str, object] = {
            "by": self.by.value,
            "show": self.show,
            "area": self.area,
            **{key: what.pk for key, what in self.filters()},
            **changed,
        }
        return f"{reverse(name)}?{urlencode({key: value for key, value in parts.items() if value})}"

    def filters(self) -> Iterator[tuple[str, Unit | JobFamily | Role]]:
        """What the figures are confined to."""
        for key, what in (("unit", self.unit), ("family", self.family), ("role", self.role)):
            if what:
                yield key, what


def gaps(request: HttpRequest) -> HttpResponse:
    """Show where people are short of what their roles ask, by unit, job family or role, and skill."""
    asked = _asked(request)
    seen = cut(viewer_of(request), by=asked.by, unit=asked.unit, family=asked.family, role=asked.role)
    areas = sorted({skill.area for skill in seen.skills if skill.area}) if seen else []
    context: dict[str, Any] = {
        "asked": asked,
        "cut": seen,
        "tabs": [(words, asked.link(by=by.value), by is asked.by) for by, words in ROWS.items()],
        "shows": [(value, show.words, value == asked.show) for value, show in SHOWS.items()],
        "areas": [("", _("All areas"), not asked.area), *((area, area, area == asked.area) for area in areas)],
        "chips": [(str(what), asked.link(**{key: ""})) for key, what in asked.filters()],
        "trail": _trail(asked),
        "minimum": MINIMUM,
    }
    if seen and seen.rows:
        context |= _drawn(seen, asked)
    return render(request, "skills/gaps.html", context)


def _asked(request: HttpRequest) -> Asked:
    """Read the address; where it names no unit and the viewer may not look at the whole sector, begin at theirs."""
    given = request.GET
    begin = starts(viewer_of(request))
    unit = _named(Unit, given.get("unit"))
    return Asked(
        by=By(given["by"]) if given.get("by") in set(By) else By.UNIT,
        show=given["show"] if given.get("show") in SHOWS else "below",
        area=given.get("area", ""),
        unit=unit or (begin[0] if begin else None),
        family=_named(JobFamily, given.get("family")),
        role=_named(Role, given.get("role")),
    )


def _named(model: type[M], pk: str | None) -> M | None:
    if pk and not pk.isdecimal():
        raise Http404
    return get_object_or_404(model, pk=pk) if pk else None


def _trail(asked: Asked) -> list[tuple[str, str]]:
    """The way down from the whole sector to the unit above the one looked at."""
    if asked.unit is None:
        return []
    above = [int(pk) for pk in asked.unit.path.strip("/").split("/")[:-1]]
    units = Unit.objects.filter(pk__in=above).order_by("path")
    return [(_("Whole sector"), asked.link(unit="")), *((unit.name, asked.link(unit=unit.pk)) for unit in units)]


def _drawn(seen: Cut, asked: Asked) -> dict[str, Any]:
    """The map with its key, and the ten widest gaps."""
    show = SHOWS[asked.show]
    places = [at for at, skill in enumerate(seen.skills) if not asked.area or skill.area == asked.area]
    columns = [charts.Head(label=seen.skills[at].name, group=seen.skills[at].area) for at in places]
    rows = [_head(row, asked) for row in seen.rows]
    figures = _figures(seen.counted, asked.show)[:, places]
    cells = [[_cell(float(value), show) for value in line] for line in figures]
    words = charts.HeatWords(
        caption=str(show.words),
        corner=str(ROWS[asked.by]),
        region=_("Map of gaps, scrolls sideways"),
        hidden=_("hidden: fewer than %(minimum)s people, or they could be worked out") % {"minimum": MINIMUM},
    )
    starting = ("0", *(number_format(step, decimal_pos=show.digits) for step in show.steps))
    return {
        "heat": charts.heatmap(columns, rows, cells, words=words, steps=show.steps),
        "key": charts.gap_key(starts=f"{show.words}, {_('from')}", shown=starting, hidden=words.hidden),
        "widest": charts.strongest(columns, rows, cells, most=10),
        "note": _note(int(np.isnan(figures).sum()), figures.size),
    }


def _note(hidden: int, cells: int) -> str:
    words = ngettext("%(hidden)s of %(cells)s cells is hidden.", "%(hidden)s of %(cells)s cells are hidden.", hidden)
    return words % {"hidden": number_format(hidden), "cells": number_format(cells)} if hidden else ""


def _head(row: Row, asked: Asked) -> charts.Head:
    people = _("hidden") if row.people < 0 else number_format(row.people)
    if row.what is None:
        label = _("%(unit)s itself") % {"unit": asked.unit} if asked.by is By.UNIT and asked.unit else _("none named")
        return charts.Head(label=label, note=people)
    if isinstance(row.what, Unit):
        href = asked.link(unit=row.what.pk)
    elif isinstance(row.what, JobFamily):
        href = asked.link(by=By.ROLE.value, family=row.what.pk)
    else:
        href = asked.link(by=By.UNIT.value, role=row.what.pk)
    return charts.Head(label=str(row.what), note=people, href=href)


def _figures(counted: Counted, show: str) -> NDArray[np.float64]:
    """The figure to look at for each group and skill, NaN where hidden; nobody below is no gap."""
    people = np.where(counted.people > 0, counted.people, np.nan)[:, None]
    below = np.where(counted.below >= 0, counted.below, np.nan)
    if show == "below":
        return 100 * below / people
    if show == "short":
        return 100 * counted.short / people
    return counted.short / np.maximum(below, 1)


def _cell(value: float, show: Show) -> charts.Cell:
    return (
        charts.Cell(value=None)
        if np.isnan(value)
        else charts.Cell(value=value, shown=number_format(value, decimal_pos=show.digits))
    )
