"""The gap explorer's page: the map, and the widest of its gaps as a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

import numpy as np
from django.db import models
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from numpy.typing import NDArray

from vested.core import charts
from vested.core.downloads import figures
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
WIDEST = 20  # skills shown unless more are asked for: those with most levels short
ALL = "*"  # in place of an area
ENOUGH = 20  # people a group must have to be among the widest gaps, unless none has: one person is soon 100 %

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


def gaps(request: HttpRequest) -> HttpResponse | FileResponse:
    """Show where people are short of what their roles ask, by unit, job family or role, and skill."""
    asked = asked_by(request)
    seen = cut(viewer_of(request), by=asked.by, unit=asked.unit, family=asked.family, role=asked.role)
    areas = sorted({skill.area for skill in seen.skills if skill.area}) if seen else []
    context: dict[str, Any] = {
        "asked": asked,
        "cut": seen,
        "tabs": tabs(asked, here=asked.by),
        "shows": [(value, show.words, value == asked.show) for value, show in SHOWS.items()],
        "areas": [
            ("", _("The %(count)s furthest apart") % {"count": WIDEST}, not asked.area),
            (ALL, _("All areas"), asked.area == ALL),
            *((area, area, area == asked.area) for area in areas),
        ],
        "chips": [(str(what), asked.link(**{key: ""})) for key, what in asked.filters()],
        "trail": _trail(asked),
        "minimum": MINIMUM,
    }
    if seen and seen.rows:
        context |= _drawn(seen, asked)
        if request.GET.get("format") == "csv":
            return figures(_("gaps"), context["heat"].rows)
        context["csv"] = asked.link(format="csv")
    return render(request, "skills/gaps.html", context)


def tabs(asked: Asked, *, here: str) -> list[tuple[str, str, bool]]:
    """The explorer's pages: what the rows are."""
    found = [(str(words), asked.link(by=by.value), by == here) for by, words in ROWS.items()]
    return [*found, (_("Initiatives"), asked.link("skills:gap-needs"), here == "needs")]


def asked_by(request: HttpRequest) -> Asked:
    """Read the address; where it names no unit and the viewer may not look at the whole sector, begin at theirs."""
    given = request.GET
    begin = starts(viewer_of(request))
    unit = named(Unit, given.get("unit"))
    return Asked(
        by=By(given["by"]) if given.get("by") in set(By) else By.UNIT,
        show=given["show"] if given.get("show") in SHOWS else "below",
        area=given.get("area", ""),
        unit=unit or (begin[0] if begin else None),
        family=named(JobFamily, given.get("family")),
        role=named(Role, given.get("role")),
    )


def named(model: type[M], pk: str | None) -> M | None:
    """The row of an id in the address, None where there is none; 404 where nothing of that id exists for the viewer."""
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
    """The map with its key, the ten widest gaps, and the skill most people are short of."""
    show = SHOWS[asked.show]
    places = _places(seen, asked.area)
    columns = [charts.Head(label=seen.skills[at].name, group=seen.skills[at].area) for at in places]
    rows = [_head(row, asked, seen.unit) for row in seen.rows]
    figures = _figures(seen.counted, asked.show)[:, places]
    cells = [
        [
            _cell(value, show, href=_behind(row, seen.skills[at].pk, asked, seen) if seen.exact else "")
            for at, value in zip(places, line, strict=True)
        ]
        for row, line in zip(seen.rows, figures.tolist(), strict=True)
    ]
    words = charts.HeatWords(
        caption=str(show.words),
        corner=str(ROWS[asked.by]),
        region=_("Map of gaps, scrolls sideways"),
        hidden=_("hidden: fewer than %(minimum)s people, or they could be worked out") % {"minimum": MINIMUM},
    )
    starting = ("0", *(number_format(step, decimal_pos=show.digits) for step in show.steps))
    large = [at for at, row in enumerate(seen.rows) if row.people >= ENOUGH] or list(range(len(rows)))
    widest = charts.strongest(columns, [rows[at] for at in large], [cells[at] for at in large], most=10)
    return {
        "heat": charts.heatmap(columns, rows, cells, words=words, steps=show.steps),
        "key": charts.gap_key(starts=f"{show.words}, {_('from')}", shown=starting, hidden=words.hidden),
        "widest": widest,
        "first": _first(seen, places),
        "note": _note(int(np.isnan(figures).sum()), figures.size),
    }


def _places(seen: Cut, area: str) -> list[int]:
    """The skills to show: of an area, or those with most levels short, in the order of their areas."""
    every = range(len(seen.skills))
    if area == ALL:
        return list(every)
    if area:
        return [at for at in every if seen.skills[at].area == area]
    short = np.nansum(seen.counted.short, axis=0)
    return sorted(np.argsort(-short, kind="stable")[:WIDEST].tolist())


def _first(seen: Cut, places: list[int]) -> tuple[int, str] | None:
    """How many people are below what is asked in the skill most are short of; None where hidden groups keep it open."""
    open_ = [at for at in places if (seen.counted.below[:, at] >= 0).all()]
    if not open_ or len(open_) < len(places):
        return None
    below = seen.counted.below.sum(axis=0)
    most = max(open_, key=lambda at: int(below[at]))
    return (int(below[most]), seen.skills[most].name) if below[most] else None


def _behind(row: Row, skill: int, asked: Asked, seen: Cut) -> str:
    """Where the people behind a figure are."""
    unit = seen.unit.pk if seen.unit else ""
    here: dict[str, object] = {"skill": skill, "who": "below", "unit": unit}
    if isinstance(row.what, Unit):
        here["unit"] = row.what.pk
    elif isinstance(row.what, JobFamily):
        here["family"] = row.what.pk
    elif isinstance(row.what, Role):
        here["role"] = row.what.pk
    elif asked.by is By.UNIT:
        here["itself"] = 1
    else:
        return ""
    return asked.link("skills:gap-people", **here)


def _note(hidden: int, cells: int) -> str:
    words = ngettext("%(hidden)s of %(cells)s cells is hidden.", "%(hidden)s of %(cells)s cells are hidden.", hidden)
    return words % {"hidden": number_format(hidden), "cells": number_format(cells)} if hidden else ""


def _head(row: Row, asked: Asked, unit: Unit | None) -> charts.Head:
    people = _("hidden") if row.people < 0 else number_format(row.people)
    if row.what is None:
        label = _("%(unit)s itself") % {"unit": unit} if asked.by is By.UNIT else _("none named")
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


def _cell(value: float, show: Show, *, href: str) -> charts.Cell:
    if np.isnan(value):
        return charts.Cell(value=None)
    return charts.Cell(value=value, shown=number_format(value, decimal_pos=show.digits), href=href)
