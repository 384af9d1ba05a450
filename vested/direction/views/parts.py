"""What the pages of this room have in common: how a measure stands, who leads somewhere."""

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vested.core.models import Unit
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer, viewer_of
from vested.direction.queries.measures import Verdict

VERDICTS: dict[Verdict, tuple[str, str | Promise]] = {
    Verdict.ON_COURSE: ("good", _("on course")),
    Verdict.BEHIND: ("late", _("behind")),
    Verdict.UNSURE: ("waits", _("not sure yet")),
    Verdict.STALE: ("risk", _("nobody has looked for long")),
    Verdict.UNKNOWN: ("waits", _("not measured yet")),
}


def leading(request: HttpRequest) -> Viewer:
    """Whoever asks, who leads somewhere."""
    viewer = viewer_of(request)
    held = Unit.objects.all().where(viewer, Permission.DIRECTION_CHANGE).first()
    require(viewer, Permission.DIRECTION_CHANGE, on=held)
    return viewer
