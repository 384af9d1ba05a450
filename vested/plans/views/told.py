"""Sentences about plans that several pages say: how good one is, and what has changed since."""

from collections.abc import Sequence

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from vested.core.amounts import money, percent
from vested.core.viewer import Viewer
from vested.plans.models import Plan
from vested.plans.queries.scenarios import State
from vested.plans.queries.staleness import Change
from vested.plans.report.words import percent_up

MARKS = {  # as c-status draws them
    State.NONE: "waits",
    State.SOLVING: "next",
    State.STOPPED: "stopped",
    State.SOLVED: "good",
    State.PROPOSED: "waits",
    State.ADOPTED: "good",
    State.REPLACED: "stopped",
}
_CHANGES = {
    "import.done": ngettext_lazy("%(count)s import of files", "%(count)s imports of files", "count"),
    "import.undone": ngettext_lazy("%(count)s import undone", "%(count)s imports undone", "count"),
    "person.moved": ngettext_lazy("%(count)s person moved", "%(count)s people moved", "count"),
    "unit.moved": ngettext_lazy("%(count)s unit moved", "%(count)s units moved", "count"),
    "unit.ended": ngettext_lazy("%(count)s unit ended", "%(count)s units ended", "count"),
    "portfolio": ngettext_lazy("%(count)s change of the portfolio", "%(count)s changes of the portfolio", "count"),
    "wish": ngettext_lazy("%(count)s wish made or taken back", "%(count)s wishes made or taken back", "count"),
    "enrolment": ngettext_lazy("%(count)s answer to a session", "%(count)s answers to sessions", "count"),
    "attendance": ngettext_lazy("%(count)s record of who came", "%(count)s records of who came", "count"),
}


def answer(plan: Plan, viewer: Viewer) -> str:
    """What a solved plan gives, and how near that is to the best possible."""
    said, gap = plan.figures, plan.figures["gap"]
    words = {
        "share": percent(said["closed"] / gap if gap else 1.0),
        "cost": money(said["cost"], viewer.sector.currency),
    }
    closes = _("%(share)s of the weighted gap closes for %(cost)s.") % words
    return f"{closes} {missing(said['missing'])}"


def missing(share: float | None) -> str:
    """How much a plan may miss to the best possible, as it was proven."""
    if share is None:
        return _("How near it is to the best possible plan is not proven.")
    if share <= 0:
        return _("No plan under the same limits is worth more.")
    return _("It misses the best possible plan under the same limits by at most %(share)s.") % {
        "share": percent_up(share)
    }


def changes_said(changes: Sequence[Change]) -> str:
    """What has changed since a plan's data were gathered."""
    counts: dict[str, int] = {}
    for change in changes:
        kind = change.kind if change.kind in _CHANGES else change.about
        counts[kind] = counts.get(kind, 0) + change.times
    return ", ".join(str(_CHANGES[kind] % {"count": times}) for kind, times in counts.items())


def counted(count: int) -> str:
    """So many scenarios."""
    return ngettext("%(count)s scenario", "%(count)s scenarios", count) % {"count": localize(count)}
