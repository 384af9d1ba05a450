"""The room in the navigation."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vested.core.navigation import Entry, Station, register
from vested.core.permissions import Permission
from vested.core.search import Hit, Source
from vested.core.search import register as let_find
from vested.core.timeline import register as tell
from vested.core.viewer import Viewer
from vested.plans.models import Scenario


def _sees_plans(viewer: Viewer) -> bool:
    return viewer.may(Permission.PLAN_SEE)


register(Entry(Station.PLAN, _("Scenarios"), "plans:scenarios", _sees_plans, _("Ask for a plan, and see what comes")))


def _scenarios(viewer: Viewer, words: str, limit: int) -> list[Hit]:
    rows = Scenario.objects.all().visible_to(viewer).finding(words).order_by("find", "pk")[:limit]
    return [Hit(row.name, reverse("plans:scenario", args=[row.pk]), row.note[:100]) for row in rows]


let_find(Source(_("Scenarios"), _scenarios, "plans:scenarios"))

tell("scenario.made", _("Made"))
tell("scenario.changed", _("Changed what it asks for; it is called “%(name)s”"))
tell("scenario.shared", _("Shared, or kept by who made it"))
tell("scenario.commented", _("Said: “%(words)s”"))
