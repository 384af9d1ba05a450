"""The room in the navigation, and its panels on the pages of other rooms."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vested.academy.models import Enrolment
from vested.core.models import Person
from vested.core.navigation import Entry, Station, register
from vested.core.panels import Panel
from vested.core.panels import register as show
from vested.core.permissions import Permission
from vested.core.search import Hit, Source
from vested.core.search import register as let_find
from vested.core.timeline import register as tell
from vested.core.viewer import Viewer
from vested.direction.models import SteeringSession
from vested.direction.queries import subjects
from vested.plans import panels
from vested.plans.models import Plan, Scenario


def _sees_plans(viewer: Viewer) -> bool:
    return viewer.may(Permission.PLAN_SEE)


for station, label, name, about in (
    (Station.PLAN, _("Scenarios"), "plans:scenarios", _("Ask for a plan, and see what comes")),
    (Station.PLAN, _("Plans decided on"), "plans:decided", _("Proposed, adopted, replaced, and why")),
    (Station.DO, _("The plan we follow"), "plans:follow", _("What has become of the adopted plan")),
):
    register(Entry(station, label, name, _sees_plans, about))


def _scenarios(viewer: Viewer, words: str, limit: int) -> list[Hit]:
    rows = Scenario.objects.all().visible_to(viewer).finding(words).order_by("find", "pk")[:limit]
    return [Hit(row.name, reverse("plans:scenario", args=[row.pk]), row.note[:100]) for row in rows]


let_find(Source(_("Scenarios"), _scenarios, "plans:scenarios"))

# How what happens to scenarios and plans is told.
for kind, words in {
    "scenario.made": _("Made"),
    "scenario.changed": _("Changed what it asks for; it is called “%(name)s”"),
    "scenario.shared": _("Shared, or kept by who made it"),
    "scenario.commented": _("Said: “%(words)s”"),
    "plan.asked_for": _("Asked for"),
    "plan.solved": _("Solved: %(people)s people, %(places)s places"),
    "plan.curve_solved": _("The budget curve was solved"),
    "plan.draws_asked_for": _("Somebody asked how sure it is"),
    "plan.tried": _("Its roadmap was tried otherwise"),
    "plan.files_asked_for": _("Somebody asked for its files"),
    "plan.files_packed": _("Its files were packed to be taken"),
    "plan.frontier_asked_for": _("Somebody asked what more risk or exploring would buy"),
    "plan.frontier_kept": _("Chose initiatives again within %(points)s other limits"),
    "plan.draws_kept": _("Planned again with %(draws)s draws of the levels"),
    "plan.proposed": _("Proposed: %(because)s"),
    "plan.taken_back": _("The proposal was taken back"),
    "plan.sent_back": _("Sent back: %(because)s"),
    "plan.adopted": _("Adopted, to be answered by %(until)s: %(because)s"),
    "plan.starts": _("Its roadmap was taken up: %(chosen)s got their start, %(frozen)s were frozen"),
    "plan.replaced": _("Replaced by %(by)s"),
    "plan.told": _("Proposed to people: %(created)s new, %(kept)s as before, %(withdrawn)s taken back"),
}.items():
    tell(kind, words)

show(Panel(Person, "plans/panels/person.html", panels.person))
show(Panel(SteeringSession, "plans/panels/session.html", panels.session))
subjects.register(subjects.Subject(Plan, "plans:plan", heavy=("frozen", "curve", "draws", "frontier")))
subjects.register(subjects.Subject(Scenario, "plans:scenario"))
show(Panel(Enrolment, "plans/panels/enrolment.html", panels.enrolment))
