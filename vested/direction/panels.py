"""What direction shows on pages of core: on a unit's, where it is going; on the first page, what needs somebody."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.core import amounts
from vested.core.models import Person, Unit
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.direction.queries.commitments import commitments_of
from vested.direction.queries.escalations import step_of, until
from vested.direction.queries.objectives import objectives_of
from vested.direction.queries.steering import championed, has_championed
from vested.direction.queries.vision import meanings_of
from vested.direction.queries.waiting import Waiting, waiting
from vested.direction.views.commitments import how as become
from vested.direction.views.objectives import how

MOST = 8


def unit(viewer: Viewer, thing: Unit) -> dict[str, Any] | None:
    """What the vision means for a unit, its open objectives, and what it has promised."""
    return {
        "unit": thing,
        "meaning": meanings_of(viewer, thing).first(),
        "objectives": [(one, *how(one)) for one in objectives_of(viewer, thing)],
        "promises": [(one, *become(one)) for one in commitments_of(viewer, thing, localdate())[:MOST]],
        "may": viewer.may(Permission.DIRECTION_CHANGE, on=thing),
    }


def person(viewer: Viewer, thing: Person) -> dict[str, Any] | None:
    """Where what a person has championed is told, if there is anything."""
    found = championed(viewer, thing, localdate())
    return {"person": thing, "share": found.share} if has_championed(found) else None


def home(viewer: Viewer, _thing: None) -> dict[str, Any] | None:
    """What needs the viewer: decisions, answers and promises, the most urgent first."""
    today = localdate()
    found = waiting(viewer, today)
    rows = sorted(_rows(found, today), key=lambda row: row[0])[:MOST]
    return {"rows": [row for _day, _number, row in rows]} if rows else None


def _rows(found: Waiting, today: date) -> list[tuple[date, int, dict[str, object]]]:
    """Each with its day, a number that tells apart those of one day, and what c-waits takes."""
    said: list[tuple[date, str, str, str, str]] = []
    for escalation in found.escalations:
        day = until(escalation, step_of(escalation, today))
        url = reverse("direction:escalation", args=[escalation.pk])
        said.append((day, escalation.asked, _("An escalation waits for your decision."), _("Decide"), url))
    for obstacle in found.obstacles:
        url = reverse("direction:obstacle", args=[obstacle.pk])
        title = _("Obstacle: %(words)s") % {"words": obstacle.words[:120]}
        said.append((obstacle.answer_by, title, _("You own it: remove it, or explain why it stays."), _("Answer"), url))
    for promise in found.commitments:
        url = reverse("direction:commitment", args=[promise.pk])
        said.append(
            (
                promise.due_on,
                promise.words,
                _("You promised it to %(whom)s.") % {"whom": promise.to_whom},
                _("Open"),
                url,
            )
        )
    return [
        (
            day,
            number,
            {
                "left": _left((day - today).days),
                "until": _("until %(day)s") % {"day": date_format(day)},
                "state": "bad" if day < today else "now" if day == today else "",
                "title": title,
                "why": why,
                "verb": verb,
                "href": url,
            },
        )
        for number, (day, title, why, verb, url) in enumerate(said)
    ]


def _left(days: int) -> str:
    if days == 0:
        return _("today")
    words = ngettext("%(days)s day", "%(days)s days", abs(days)) % {"days": amounts.number(abs(days))}
    return words if days > 0 else _("%(days)s late") % {"days": words}
