"""What the pages of this room have in common: a status in words, a thing's history, a form for whoever asks."""

from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from vested.core.models import Event, Unit
from vested.core.permissions import Permission, require
from vested.core.timeline import told
from vested.core.viewer import Viewer, viewer_of
from vested.direction.forms.fields import Asking
from vested.direction.queries.measures import Verdict

F = TypeVar("F", bound=Asking)
MOST = 50

VERDICTS: dict[Verdict, tuple[str, str | Promise]] = {
    Verdict.ON_COURSE: ("good", _("on course")),
    Verdict.BEHIND: ("late", _("behind")),
    Verdict.UNSURE: ("waits", _("not sure yet")),
    Verdict.STALE: ("risk", _("nobody has looked for long")),
    Verdict.UNKNOWN: ("waits", _("not measured yet")),
}


def status(state: str, words: str | Promise) -> SafeString:
    """A status as it stands in a list: shape, word and colour."""
    return render_to_string("direction/_status.html", {"state": state, "words": words})


def form_for(request: HttpRequest, kind: type[F], **given: Any) -> F:
    """The form as whoever asks has filled it in so far."""
    return kind(request.POST or None, viewer=viewer_of(request), today=localdate(), **given)


def history_of(viewer: Viewer, thing: models.Model, unit: Unit | None) -> list[tuple[str, str, str, str, bool]] | None:
    """What happened to a thing, where the viewer may see the history of its unit."""
    if not viewer.may(Permission.HISTORY_SEE, on=unit):
        return None
    return told(Event.objects.all().about(thing)[:MOST])


def leading(request: HttpRequest) -> Viewer:
    """Whoever asks, who leads somewhere."""
    viewer = viewer_of(request)
    held = Unit.objects.all().where(viewer, Permission.DIRECTION_CHANGE).first()
    require(viewer, Permission.DIRECTION_CHANGE, on=held)
    return viewer
