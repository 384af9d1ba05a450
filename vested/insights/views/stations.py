"""The loop upright: for each station its figure, how sure that is, and the lines that matter most."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core import charts
from vested.core.amounts import number, percent
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.direction.queries.measures import Verdict
from vested.engines import reliability
from vested.insights.queries.bridge import MOST, Bridge, behind
from vested.insights.views.parts import Figure, Line, Stop
from vested.insights.views.planned import plan
from vested.plans.queries.following import LIKELY

if TYPE_CHECKING:
    from django.utils.functional import Promise

OLD = 365  # days after which data are called old
EXACT = gettext_lazy("A count, so exact.")
VERDICTS: dict[Verdict, tuple[str, "str | Promise"]] = {
    Verdict.ON_COURSE: ("good", gettext_lazy("on course")),
    Verdict.BEHIND: ("late", gettext_lazy("behind")),
    Verdict.UNSURE: ("waits", gettext_lazy("not sure yet")),
    Verdict.STALE: ("risk", gettext_lazy("nobody has looked for long")),
    Verdict.UNKNOWN: ("waits", gettext_lazy("not measured yet")),
}


def stations(bridge: Bridge, viewer: Viewer) -> list[Stop]:
    """The five stations."""
    return [_aim(bridge), _know(bridge, viewer), plan(bridge, viewer), _do(bridge), _learn(bridge)]


def _aim(bridge: Bridge) -> Stop:
    on_course, every = behind(bridge, Verdict.ON_COURSE), len(bridge.objectives)
    unknown = behind(bridge, Verdict.UNKNOWN, Verdict.STALE, Verdict.UNSURE)
    late = behind(bridge, Verdict.BEHIND)
    sure = _("Computed from what was observed.")
    if unknown:
        words = ngettext(
            "%(count)s is not known well enough to say.", "%(count)s are not known well enough to say.", unknown
        )
        sure = f"{sure} {words % {'count': number(unknown)}}"
    figure = Figure(
        number=number(on_course),
        unit=_("of %(count)s") % {"count": number(every)},
        what=ngettext("objective is surely on course", "objectives are surely on course", every),
        sure=sure,
        rows=reverse("direction:objectives"),
        mark=charts.bar(on_course, most=every) if every else "",
    )
    lines = []
    for objective, verdict in bridge.objectives[:MOST]:
        state, standing = VERDICTS[verdict]
        note = _("%(unit)s, until %(day)s") % {
            "unit": objective.unit or _("Whole sector"),
            "day": date_format(objective.ends_on),
        }
        href = reverse("direction:objective", args=[objective.pk])
        lines.append(Line(objective.title, href, note, state, str(standing)))
    return Stop(
        key="aim",
        about=_("Where we go, and why."),
        figure=figure if every else None,
        heading=_("Objectives, the worst first"),
        lines=tuple(lines),
        none=_("No objective is set yet."),
        sticks=ngettext("%(count)s is behind", "%(count)s are behind", late) % {"count": late} if late else "",
        action=None if every else (_("Set an objective"), reverse("direction:objectives")),
    )


def _know(bridge: Bridge, viewer: Viewer) -> Stop:
    known, widest = bridge.known, bridge.widest
    every = viewer.may(Permission.PEOPLE_SEE)

    def rows(skill: int) -> str:
        asked = urlencode({"skill": skill, "who": "below"})
        return f"{reverse('skills:gap-people')}?{asked}" if every else reverse("skills:gaps")

    figure, lines = None, []
    if widest and widest.skills:
        skill, below = widest.skills[0]
        figure = Figure(
            number=percent(below / widest.people, 0),
            what=_("are below what their role asks for in “%(skill)s”") % {"skill": skill},
            sure=_("%(below)s of %(people)s people, counted on %(day)s. %(age)s")
            % {
                "below": number(below),
                "people": number(widest.people),
                "day": date_format(widest.taken_at, "DATE_FORMAT"),
                "age": _age(bridge),
            },
            rows=rows(skill.pk),
            mark=charts.bar(below, most=widest.people),
        )
        lines = [
            Line(one.name, rows(one.pk), "", "", percent(count / widest.people, 0)) for one, count in widest.skills[1:]
        ]
    old = bool(known and known.half and (bridge.on - known.half).days > OLD)
    counted = (bridge.on - widest.taken_at.date()).days if widest else 0
    if counted > OLD:
        words = ngettext("%(count)s day", "%(count)s days", counted) % {"count": number(counted)}
        lines.append(Line(_("When gaps were counted"), reverse("skills:gaps"), "", "risk", words))
    return Stop(
        key="know",
        about=_("What people can do."),
        figure=figure,
        heading=_("The next widest gaps"),
        lines=tuple(lines),
        none=_("No gap has been counted yet.") if figure is None else _("None: everybody has what their role asks."),
        sticks=_("The data are old") if old else "",
        action=None if figure else (_("See the gaps"), reverse("skills:gaps")),
    )


def _age(bridge: Bridge) -> str:
    """How old the levels are, as far as that is known."""
    known = bridge.known
    if known is None or known.half is None:
        return _("How old the levels are is not known.")
    months = round((bridge.on - known.half).days / 30.44)
    words = ngettext(
        "Half of the levels are older than %(count)s month.",
        "Half of the levels are older than %(count)s months.",
        months,
    )
    return words % {"count": number(months)}


def _do(bridge: Bridge) -> Stop:
    followed = bridge.planned.following if bridge.planned else None
    thin = followed.thin if followed else ()
    lines = []
    for one in thin[:MOST]:
        note = _("Begins %(day)s; %(accepted)s of %(planned)s places accepted") % {
            "day": one.session.when,
            "accepted": number(one.accepted),
            "planned": number(one.planned),
        }
        href = reverse("academy:session", args=[one.session.pk])
        lines.append(Line(str(one.session.course), href, note, "risk", _("Thin")))
    figure = Figure(
        number=number(bridge.coming),
        what=ngettext("session begins within three weeks", "sessions begin within three weeks", bridge.coming),
        sure=str(EXACT),
        rows=f"{reverse('academy:sessions')}?{urlencode({'since': bridge.on.isoformat()})}",
    )
    return Stop(
        key="do",
        about=_("Who learns what, now."),
        figure=figure,
        heading=_("Few have accepted"),
        lines=tuple(lines),
        none=_("No session of the next three weeks is thin.") if followed else _("Shown once a plan is followed."),
        sticks=ngettext("%(count)s session is thin", "%(count)s sessions are thin", len(thin)) % {"count": len(thin)}
        if thin
        else "",
    )


def _learn(bridge: Bridge) -> Stop:
    followed = bridge.planned.following if bridge.planned else None
    figure = None
    if followed and followed.assessed:
        low, high = reliability.wilson(followed.reached, followed.assessed, level=LIKELY)
        share = followed.reached / followed.assessed
        figure = Figure(
            number=percent(share, 0),
            what=_("of the levels assessed since are where the plan said"),
            sure=_(
                "Between %(low)s and %(high)s, nine times of ten: %(reached)s of %(assessed)s. %(raised)s are raised."
            )
            % {
                "low": percent(float(low), 0),
                "high": percent(float(high), 0),
                "reached": number(followed.reached),
                "assessed": number(followed.assessed),
                "raised": number(followed.raised),
            },
            rows=reverse("plans:follow"),
            mark=charts.interval(float(low), float(high), share, most=1.0),
        )
    none = _("No level the plan raises was assessed since.") if followed else _("Shown once a plan is followed.")
    return Stop(
        key="learn",
        about=_("What came of it."),
        figure=figure,
        heading="",
        lines=(),
        none="" if figure else none,
    )
