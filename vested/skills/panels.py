"""What the skills room shows on pages below: on a person's, the role held and where the person stands in it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core import amounts, charts
from vested.core.models import Person
from vested.core.viewer import Viewer
from vested.skills.models import Level
from vested.skills.queries.standing import Standing, Stood, Verdict, stands

STATES = {Verdict.MEETS: "good", Verdict.UNSURE: "waits", Verdict.SHORT: "risk", Verdict.UNKNOWN: "waits"}
SOURCES = {
    "self": gettext_lazy("own view"),
    "manager": gettext_lazy("manager's view"),
    "test": gettext_lazy("test"),
    "evidence": gettext_lazy("evidence"),
}


def person(viewer: Viewer, thing: Person) -> dict[str, Any] | None:
    """The role a person holds, each skill it asks for, and what else is known."""
    stood = stands(viewer, thing)
    top = max((max(one.range[1], one.asked) for one in (*stood.asked, *stood.others)), default=1.0)
    most = charts.ticks(0.0, top)[-1]
    return {
        "person": thing,
        "own": viewer.person is not None and viewer.person.pk == thing.pk,
        "post": stood.post,
        "heading": _heading(stood.asked),
        "asked": [_row(one, most) for one in stood.asked],
        "others": [_row(one, most) for one in stood.others],
    }


def listed(stood: Stood) -> Iterator[tuple[object, ...]]:
    """The same as a table to take away, head first: a range stands where it is known how sure a level is."""
    yield _("Skill"), _("Level"), _("Lower end"), _("Upper end"), _("Asked"), _("Known from"), _("Assessed on")
    for one in (*stood.asked, *stood.others):
        level = one.level
        low, high = (round(end, 2) for end in one.range) if level and level.error is not None else (None, None)
        asked = one.asked if one in stood.asked else None
        yield one.skill, level and level.level, low, high, asked, _source(level), level and level.assessed_on


def _heading(asked: list[Standing]) -> str:
    """Say how many of the skills asked for are met: the answer before the rows."""
    met = sum(one.verdict is Verdict.MEETS for one in asked)
    return (
        _("Surely meets %(met)s of the %(asked)s skills asked for") % {"met": met, "asked": len(asked)} if asked else ""
    )


def _row(one: Standing, most: float) -> dict[str, Any]:
    low, high = one.range
    return {
        "skill": one.skill,
        "mark": charts.interval(low, high, one.estimate, most=most, need=one.asked or None),
        "level": amounts.number(one.estimate, 1),
        "range": _range(one),
        "asked": amounts.level(one.asked),
        "state": STATES[one.verdict],
        "verdict": _verdict(one),
        "source": _source(one.level),
        "on": one.level.assessed_on if one.level else None,
    }


def _range(one: Standing) -> str:
    if one.level is None:
        return ""
    if one.level.error is None:
        return _("how sure is not known")
    low, high = (amounts.number(end, 1) for end in one.range)
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _verdict(one: Standing) -> str:
    match one.verdict:
        case Verdict.MEETS:
            return _("meets it")
        case Verdict.UNSURE:
            return _("not sure yet")
        case Verdict.SHORT:
            return _("short by %(levels)s") % {"levels": amounts.number(one.short, 1)}
        case Verdict.UNKNOWN:
            return _("not known, so it counts as 0")


def _source(level: Level | None) -> str:
    return str(SOURCES.get(level.source, level.source)) if level else ""
