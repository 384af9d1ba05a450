"""Direction in the navigation, the search and the history, and its panels on the pages of core."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from vested.core import jobs
from vested.core.links import Kind
from vested.core.links import end as end_links
from vested.core.links import register as register_link
from vested.core.models import Person, Unit
from vested.core.navigation import Entry, Station, register
from vested.core.panels import Panel
from vested.core.panels import register as show
from vested.core.permissions import Permission
from vested.core.search import Find, Hit, Source
from vested.core.search import register as let_find
from vested.core.timeline import register as tell
from vested.core.viewer import Viewer
from vested.direction import panels
from vested.direction.actions import (
    climb_escalations,
    remind_of_commitments,
    remind_of_meanings,
    remind_of_obstacles,
)
from vested.direction.models import (
    Commitment,
    Decision,
    Duty,
    Escalation,
    Measure,
    Objective,
    Obstacle,
    Opportunity,
    SteeringSession,
)
from vested.direction.queries import subjects


def _everybody(_viewer: Viewer) -> bool:
    return True


def _leads(viewer: Viewer) -> bool:
    return bool(viewer.paths(Permission.DIRECTION_SEE))


register(Entry(Station.AIM, _("Vision"), "direction:vision", _everybody, _("What we are for, and for whom")))
register(Entry(Station.AIM, _("Objectives"), "direction:objectives", _everybody, _("What is to be reached, by when")))
register(Entry(Station.AIM, _("Promises"), "direction:commitments", _everybody, _("Who promised what, and is it kept")))
register(Entry(Station.AIM, _("Obstacles"), "direction:obstacles", _everybody, _("What stands in the way")))
register(
    Entry(Station.AIM, _("Escalations"), "direction:escalations", _everybody, _("What has to be decided, by whom"))
)
register(Entry(Station.AIM, _("Decisions"), "direction:decisions", _everybody, _("What was decided, and why")))
register(Entry(Station.AIM, _("Duties"), "direction:duties", _everybody, _("What is demanded, and what answers it")))
register(Entry(Station.AIM, _("Opportunities"), "direction:opportunities", _everybody, _("Windows that close")))
register(Entry(Station.AIM, _("Steering"), "direction:sessions", _everybody, _("Sessions, their packs and minutes")))
register(Entry(Station.AIM, _("What can digital do for me?"), "direction:hopes", _leads, _("Managers' own answers")))


def _finds(model: type[Any], page: str, note: Callable[[Any], object], *related: str) -> Find:
    """A source of hits: the rows of a model that words find, each with its page and what tells it from others."""

    def find(viewer: Viewer, words: str, limit: int) -> list[Hit]:
        rows = model.objects.all().visible_to(viewer).finding(words).select_related(*related)
        return [
            Hit(str(row), reverse(f"direction:{page}", args=[row.pk]), str(note(row) or ""))
            for row in rows.order_by("find", "pk")[:limit]
        ]

    return find


for label, source, model, page, note, related in (
    (_("Objectives"), "objectives", Objective, "objective", attrgetter("unit"), "unit"),
    (_("Promises"), "commitments", Commitment, "commitment", attrgetter("person"), "person"),
    (_("Obstacles"), "obstacles", Obstacle, "obstacle", lambda row: row.get_kind_display(), "unit"),
    (_("Escalations"), "escalations", Escalation, "escalation", attrgetter("asked"), "unit"),
    (_("Decisions"), "decisions", Decision, "decision", lambda row: date_format(row.decided_on), "unit"),
    (_("Duties"), "duties", Duty, "duty", attrgetter("source"), "unit"),
    (_("Opportunities"), "opportunities", Opportunity, "opportunity", lambda row: date_format(row.closes_on), "unit"),
    (_("Steering"), "sessions", SteeringSession, "session", lambda row: date_format(row.on), "unit"),
):
    let_find(Source(label, _finds(model, page, note, related), f"direction:{source}"))
for subject, name in (
    (Objective, "objective"),
    (Measure, "measure"),
    (Commitment, "commitment"),
    (Obstacle, "obstacle"),
    (Decision, "decision"),
    (Duty, "duty"),
    (Opportunity, "opportunity"),
):
    subjects.register(subjects.Subject(subject, f"direction:{name}"))
register_link(
    Kind(
        name="covers",
        source=Objective,
        target=Duty,
        there=_("Answers the duties"),
        back=_("Objectives that answer it"),
        ask=_("Which objective?"),
        verb=_("Name an objective"),
        source_page="direction:objective",
        target_page="direction:duty",
        add_page="direction:duty-objective",
        permission=Permission.DIRECTION_CHANGE,
    )
)
end_links(Objective, lambda: Objective.objects.filter(reached=False))
show(Panel(Unit, "direction/panels/unit.html", panels.unit))
show(Panel(Person, "direction/panels/person.html", panels.person))
jobs.daily("direction.meanings", lambda by, at: remind_of_meanings(by=by, at=at))
jobs.daily("direction.commitments", lambda by, at: remind_of_commitments(by=by, at=at))
jobs.daily("direction.obstacles", lambda by, at: remind_of_obstacles(by=by, at=at))
jobs.daily("direction.escalations", lambda by, at: climb_escalations(by=by, at=at))

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
    "commitment.made": _("%(who)s promised %(to_whom)s by %(until)s: %(words)s"),
    "commitment.kept": _("Shown as kept on %(on)s: %(proof)s"),
    "commitment.withdrawn": _("Taken back on %(on)s: %(why)s"),
    "commitment.replied": _("Said about it: %(words)s"),
    "obstacle.raised": _("Raised for %(unit)s"),
    "obstacle.owned": _("Owned by %(owner)s, to be answered by %(until)s; before by %(old_owner)s"),
    "obstacle.answered": _("Answered on %(on)s: %(words)s"),
    "escalation.raised": _("Asked for a decision by %(until)s, of %(owner)s first: %(asked)s"),
    "escalation.climbed": _("Climbed by itself; to be decided by %(until)s"),
    "escalation.decided": _("Decided on %(on)s: %(chosen)s"),
    "decision.followed": _("Followed: %(words)s"),
    "duty.added": _("Added: due %(until)s, owned by %(owner)s"),
    "duty.met": _("Met on %(on)s: %(how)s"),
    "opportunity.opened": _("Named: open until %(until)s"),
    "opportunity.asked": _("%(party)s was invited"),
    "opportunity.answered": _("%(party)s answered: %(answer)s. %(words)s"),
    "opportunity.moved": _("Moved: %(words)s"),
    "opportunity.ended": _("Ended on %(on)s: %(why)s"),
    "hope.said": _("A manager said what digital can do: %(words)s"),
    "hope.answered": _("A manager's hope was %(outcome)s: %(words)s"),
    "session.called": _("Called for %(on)s"),
    "session.attended": _("Were there: %(names)s"),
    "session.decided": _("Decided: %(chosen)s"),
    "measure.observed": _("%(value)s %(counts)s was seen of “%(measure)s” on %(on)s"),
}.items():
    tell(kind, words)
