"""The station Plan of the bridge: how the plan goes, what it puts at risk, and whether the data have changed."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core import charts
from vested.core.amounts import number, percent
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.insights.queries.bridge import MOST, Bridge, Planned, Short
from vested.insights.views.parts import Figure, Line, Stop
from vested.plans.queries.following import Following

# What has changed since a plan was computed, by what the change is of.
CHANGED = {
    "import": gettext_lazy("files brought in"),
    "person": gettext_lazy("people moved"),
    "unit": gettext_lazy("units changed"),
    "enrolment": gettext_lazy("answers"),
    "attendance": gettext_lazy("attendance"),
    "wish": gettext_lazy("wishes"),
    "portfolio": gettext_lazy("changes of the portfolio"),
}


def plan(bridge: Bridge, viewer: Viewer) -> Stop:
    """Plan: the adopted plan with what has become of it, else the newest, else the way to one."""
    planned = bridge.planned
    about = _("The best plan we can afford, with its proof.")
    if planned is None:
        return _unplanned(bridge, viewer, about)
    followed = planned.following
    href = reverse("plans:follow") if followed else reverse("plans:plan", args=[planned.plan.pk])
    lines = [_short(one, planned, viewer) for one in planned.short]
    changed = _changed(planned)
    if changed:
        lines.insert(0, Line(_("The data have changed since"), href, changed, "risk", _("stale")))
    sticks = _("Initiatives at risk") if planned.short else _("The data have changed") if changed else ""
    if followed:
        figure = _answered(followed, href)
        heading, action = str(planned.plan), None
    else:
        figure, heading = _closes(planned, href), _("Not adopted yet: %(plan)s") % {"plan": planned.plan}
        action = (_("Open the plan"), href)
    return Stop(
        key="plan",
        about=about,
        figure=figure,
        heading=heading,
        lines=tuple(lines[: MOST + 1]),
        none=_("No initiative is at risk, and nothing has changed since."),
        sticks=sticks,
        chart=_forecast(followed) if followed else None,
        small=planned.certificate if followed else "",
        action=action,
    )


def _unplanned(bridge: Bridge, viewer: Viewer, about: str) -> Stop:
    """No plan yet: one step leads to it."""
    if bridge.solving:
        none = _("“%(plan)s” is being solved.") % {"plan": bridge.solving}
        action = (_("See how far that is"), reverse("plans:plan", args=[bridge.solving.pk]))
        return Stop(key="plan", about=about, figure=None, heading="", lines=(), none=none, action=action)
    may, none = viewer.may(Permission.PLAN_MAKE), _("There is no plan yet.")
    return Stop(key="plan", about=about, figure=None, heading="", lines=(), none=none, solve=may)


def _answered(followed: Following, href: str) -> Figure:
    whole = followed.whole
    counts = {"yes": number(whole.yes), "no": number(whole.no), "open": number(whole.open)}
    return Figure(
        number=percent(followed.answered, 0),
        what=_("of the plan is answered"),
        sure=_("A count, so exact: %(yes)s accepted, %(no)s declined, %(open)s not answered.") % counts,
        rows=href,
        mark=charts.bar(whole.planned - whole.open, most=whole.planned) if whole.planned else "",
    )


def _closes(planned: Planned, href: str) -> Figure:
    """What a plan that nobody has adopted would close."""
    figures = planned.plan.figures
    share = figures["closed"] / figures["gap"] if figures["gap"] else 1.0
    return Figure(
        number=percent(share, 0),
        what=_("of the gap would close"),
        sure=planned.certificate,
        rows=href,
        mark=charts.bar(share, most=1.0),
    )


def _forecast(followed: Following) -> charts.Drawn:
    """What will be closed by the end, with its range, beside what was planned."""
    forecast = followed.forecast
    words = {
        "likely": _levels(forecast.likely),
        "low": _levels(forecast.low),
        "high": _levels(forecast.high),
        "planned": _levels(forecast.planned),
    }
    row = charts.Estimate(
        label=_("By the end of the plan"),
        estimate=forecast.likely,
        low=forecast.low,
        high=forecast.high,
        shown=_("%(likely)s (%(low)s to %(high)s) of %(planned)s planned") % words,
        need=forecast.planned,
    )
    caption = _("Weighted levels closed, as answers go so far; right nine times of ten")
    named = charts.Words(caption=caption, label=_("When"), value=_("Levels"), need=_("As planned"))
    return charts.intervals([row], words=named, most=max(forecast.planned, forecast.high, 1e-9))


def _levels(value: float) -> str:
    return number(value, 0 if abs(value) >= 100 or not value else 1)


def _short(one: Short, planned: Planned, viewer: Viewer) -> Line:
    """An initiative that will be short of people; how many, for who may see people."""
    words = {"skill": one.skill, "by": _by(one.period, planned.starts)}
    if viewer.may(Permission.PEOPLE_SEE):
        counts = {"people": number(one.people), "then": number(one.then)}
        note = _("%(skill)s: needs %(people)s by the end of %(by)s, will have %(then)s") % {**words, **counts}
    else:
        note = _("%(skill)s: needs more people by the end of %(by)s than it will have") % words
    href = f"{reverse('plans:follow')}#threats" if planned.following else reverse("plans:plan", args=[planned.plan.pk])
    return Line(one.initiative, href, note, "risk", _("at risk"))


def _by(at: int, starts: dict[int, date]) -> str:
    """A period, with the month its first session starts in where that is known."""
    if at in starts:
        return _("period %(period)s (from %(month)s)") % {"period": at, "month": date_format(starts[at], "F Y")}
    return _("period %(period)s") % {"period": at}


def _changed(planned: Planned) -> str:
    """What has changed since the plan was computed, kind by kind."""
    times: dict[str, int] = {}
    for change in planned.changes:
        times[change.about] = times.get(change.about, 0) + change.times
    return ", ".join(
        _("%(what)s: %(times)s") % {"what": CHANGED[kind], "times": number(n)} for kind, n in times.items()
    )
