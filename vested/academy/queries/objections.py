"""Questions about objections."""

from django.db.models import F, FilteredRelation, Q, QuerySet

from vested.academy.models import Objection
from vested.core.viewer import Viewer


def objections_listed(viewer: Viewer) -> QuerySet[Objection]:
    """Objections with who raised them, the unit the person works in now (``unit_name``), and what they are about."""
    now = FilteredRelation("person__memberships", condition=Q(person__memberships__until=None))
    rows = Objection.objects.all().visible_to(viewer).annotate(now=now)
    words = {"unit_name": F("now__unit__name"), "unit_find": F("now__unit__find"), "unit_path": F("now__unit__path")}
    return rows.annotate(**words).select_related("person", "course", "enrolment__session", "answered_by")
