"""Mine: everybody's own page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from vested.academy.models import Enrolment
from vested.core import amounts, charts
from vested.core.looks import shown
from vested.core.viewer import Viewer, viewer_of
from vested.insights.queries.mine import MOST, Mine, mine_of
from vested.insights.views.agenda import agenda, headline
from vested.skills.queries.standing import Standing, Verdict

JOBS = {"failed": "wrong", "done": "good", "cancelled": "stopped", "running": "next"}
ANSWERS = {"accepted": "good", "proposed": "next"}


def mine(request: HttpRequest) -> HttpResponse:
    """What waits for the viewer, where they stand, and what they learn."""
    viewer = viewer_of(request)
    if viewer.person is None:
        raise Http404
    return render(request, "insights/mine.html", drawn(mine_of(viewer, viewer.person, on=localdate()), viewer))


def drawn(found: Mine, viewer: Viewer) -> dict[str, Any]:
    """What the page shows."""
    met = sum(one.verdict is Verdict.MEETS for one in found.stood.asked)
    return {
        "title": headline(found.waits),
        "lead": _lead(found),
        "agenda": agenda(found.waits, viewer, on=found.on),
        "mine": found,
        "plan": [(one, ANSWERS.get(one.status, "waits")) for one in found.plan],
        "met": met,
        "gaps": _gaps(found.short[:MOST]) if found.short else None,
        "more": max(len(found.short) - MOST, 0),
        "jobs": [(one, JOBS.get(one.state, "waits")) for one in found.jobs],
        "team": None if found.team is None else [(one, _days_late(one, found)) for one in shown(found.team)],
        "levels": f"{reverse('core:person', args=[found.person.pk])}#levels-h",
    }


def _days_late(one: Enrolment, found: Mine) -> int:
    return (found.on - one.answer_by).days if one.answer_by else 0


def _lead(found: Mine) -> str:
    """Which course is next."""
    coming = [one for one in found.courses.accepted if one.session.starts_on and one.session.starts_on >= found.on]
    if coming:
        words = {"course": coming[0].session.course, "when": coming[0].session.when}
        return _("Your next course: %(course)s, %(when)s.") % words
    return _("You have accepted no session that is still to come.")


def _gaps(rows: list[Standing]) -> charts.Drawn:
    """Draw each level with its range beside what the role asks."""
    top = max(max(one.range[1], one.asked) for one in rows)
    marks = [
        charts.Estimate(
            label=one.skill.name,
            estimate=one.estimate,
            low=one.range[0],
            high=one.range[1],
            shown=_shown(one),
            need=one.asked,
            href=reverse("skills:skill", args=[one.skill.pk]),
            note=_("your role asks %(level)s") % {"level": amounts.level(one.asked)},
        )
        for one in rows
    ]
    words = charts.Words(
        caption=_("The band is where the level lies nine times of ten, the heavy mark what your role asks."),
        label=_("Skill"),
        value=_("My level"),
        need=_("Asked"),
    )
    return charts.intervals(marks, words=words, most=charts.ticks(0.0, top)[-1])


def _shown(one: Standing) -> str:
    """A level, and how sure it is."""
    if one.level is None:
        return _("not known, so it counts as 0")
    words = {"level": amounts.number(one.estimate, 1)}
    if one.level.error is None:
        return _("%(level)s, how sure is not known") % words
    low, high = (amounts.number(end, 1) for end in one.range)
    return _("%(level)s (%(low)s to %(high)s)") % {**words, "low": low, "high": high}
