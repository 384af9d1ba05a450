"""Direction in the navigation, the search and the history, and its panels on the pages of core."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vested.core import jobs
from vested.core.models import Unit
from vested.core.navigation import Entry, Station, register
from vested.core.panels import Panel
from vested.core.panels import register as show
from vested.core.search import Hit, Source
from vested.core.search import register as let_find
from vested.core.timeline import register as tell
from vested.core.viewer import Viewer
from vested.direction import panels
from vested.direction.actions import remind_of_meanings
from vested.direction.queries.objectives import objectives_named


def _everybody(_viewer: Viewer) -> bool:
    return True


register(Entry(Station.AIM, _("Vision"), "direction:vision", _everybody, _("What we are for, and for whom")))
register(Entry(Station.AIM, _("Objectives"), "direction:objectives", _everybody, _("What is to be reached, by when")))


def _objectives(viewer: Viewer, words: str, limit: int) -> list[Hit]:
    rows = objectives_named(viewer, words, limit)
    return [Hit(row.title, reverse("direction:objective", args=[row.pk]), str(row.unit or "")) for row in rows]


let_find(Source(_("Objectives"), _objectives, "direction:objectives"))
show(Panel(Unit, "direction/panels/unit.html", panels.unit))
jobs.daily("direction.meanings", lambda by, at: remind_of_meanings(by=by, at=at))

for kind, words in {
    "vision.written": _("Version %(number)s was written"),
    "vision.told": _("Told to %(audience)s on %(on)s"),
    "future.added": _("Added"),
    "future.ended": _("Ended on %(on)s: %(why)s"),
    "need.added": _("Added"),
    "need.ended": _("Ended on %(on)s: %(why)s"),
    "meaning.said": _("Said what the vision means for it: %(words)s"),
    "objective.opened": _("Opened for %(unit)s, until %(until)s, owned by %(owner)s"),
    "objective.changed": _(
        "Changed: “%(title)s” until %(until)s, owned by %(owner)s; before “%(old_title)s” until %(old_until)s"
    ),
    "objective.closed": _("Closed on %(on)s: %(why)s"),
    "measure.added": _("“%(name)s” is measured: from %(baseline)s to %(target)s %(counts)s by %(until)s"),
    "measure.observed": _("%(value)s %(counts)s was seen of “%(measure)s” on %(on)s"),
}.items():
    tell(kind, words)
