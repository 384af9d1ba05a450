"""The bridge: the first page of those who see plans."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.core.amounts import number
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.direction.models import Commitment, Objective
from vested.insights.queries.bridge import Bridge, Late
from vested.insights.views.agenda import agenda, headline
from vested.insights.views.parts import Line
from vested.insights.views.stations import stations
from vested.portfolio.models.following import Standing

SHAPES = {Standing.OFF: "wrong", Standing.WATCH: "risk", Standing.UNKNOWN: "waits", Standing.ON_COURSE: "good"}
SHOWN = 5  # lines of the agenda, and of what is late


def drawn(bridge: Bridge, viewer: Viewer) -> dict[str, Any]:
    """What the bridge shows."""
    waits = len(bridge.waits)
    return {
        "title": headline(bridge.waits),
        "today": bridge.on,
        "agenda": agenda(bridge.waits[:SHOWN], viewer, on=bridge.on),
        "all": _("All that waits for you (%(count)s)") % {"count": waits} if waits else _("All that is yours"),
        "late": late_lines(bridge, viewer)[:SHOWN],
        "overdue": any(one.late for one in bridge.waits),
        "later": max(len(bridge.late) - SHOWN, 0),
        "empty": bridge.empty,
        "may_import": viewer.may(Permission.IMPORT_RUN),
        "stations": [] if bridge.empty else stations(bridge, viewer),
        "portfolio": portfolio(bridge) if bridge.portfolio.followed else None,
        "facts": facts(bridge, viewer),
        "known": bridge.known,
    }


def late_lines(bridge: Bridge, viewer: Viewer) -> list[Line]:
    """What is late, in words: answers to the plan first, unless the agenda names them."""
    lines = [_late(one) for one in bridge.late]
    followed = bridge.planned.following if bridge.planned else None
    late = followed.late if followed and not viewer.may(Permission.PEOPLE_SEE) else 0
    if late:
        words = ngettext("%(count)s answer", "%(count)s answers", late) % {"count": number(late)}
        lines.insert(0, Line(_("Answers to the plan"), reverse("plans:follow"), "", "late", words))
    return lines


def _late(one: Late) -> Line:
    days = ngettext("%(count)s day", "%(count)s days", one.days) % {"count": number(one.days)}
    if isinstance(one.what, Objective):
        note = _("The objective should have been reached by %(day)s.") % {"day": date_format(one.what.ends_on)}
        return Line(one.what.title, reverse("direction:objective", args=[one.what.pk]), note, "late", days)
    if isinstance(one.what, Commitment):
        note = _("Promised by %(who)s") % {"who": one.what.person or _("nobody named")}
        return Line(one.what.words, reverse("direction:commitment", args=[one.what.pk]), note, "late", days)
    note = _("Nobody has looked in time. It is to be looked at every %(count)s days.") % {"count": one.what.every_days}
    return Line(one.what.name, reverse("direction:measure", args=[one.what.pk]), note, "late", days)


def portfolio(bridge: Bridge) -> dict[str, Any]:
    """How the portfolio stands: each standing with how many are computed and how many are claimed to stand so."""
    found = bridge.portfolio
    wrong = found.computed[Standing.OFF] + found.computed[Standing.WATCH]
    words = ngettext(
        "%(wrong)s of %(count)s initiative is off course or drifts",
        "%(wrong)s of %(count)s initiatives are off course or drift",
        found.followed,
    )
    return {
        "heading": words % {"wrong": number(wrong), "count": number(found.followed)},
        "rows": [
            (SHAPES[one], one.label, number(found.computed[one]), number(found.claimed[one])) for one in Standing
        ],
        "silent": number(found.silent) if found.silent else "",
        "links": [
            *(
                [(ngettext("%(count)s difference is open", "%(count)s differences are open", found.differences)
                  % {"count": number(found.differences)}, f"{reverse('portfolio:differences')}?state=open")]
                if found.differences else []
            ),
            *(
                [(ngettext("%(count)s gate is open again", "%(count)s gates are open again", found.reopened)
                  % {"count": number(found.reopened)}, f"{reverse('portfolio:initiatives')}?now=reopened")]
                if found.reopened else []
            ),
            (_("All initiatives"), reverse("portfolio:initiatives")),
        ],
    }  # fmt: skip


def facts(bridge: Bridge, viewer: Viewer) -> Sequence[tuple[str, int, str]]:
    """How much is known of the sector: words, count, and where the rows are."""
    known = bridge.known
    if known is None:
        return []
    people = reverse("core:people") if viewer.may(Permission.PEOPLE_SEE) else reverse("core:units")
    return [
        (_("People"), known.people, people),
        (_("Units"), known.units, reverse("core:units")),
        (_("Roles"), known.roles, reverse("skills:roles")),
        (_("Skills"), known.skills, reverse("skills:skills")),
        (_("Levels"), known.levels, reverse("skills:gaps")),
        (_("Courses"), known.courses, reverse("academy:courses")),
    ]
