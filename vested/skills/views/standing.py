"""A person's levels, to take away."""

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vested.core.downloads import figures
from vested.core.models import Person
from vested.core.viewer import viewer_of
from vested.skills.panels import listed
from vested.skills.queries.standing import stands


@require_POST
def levels(request: HttpRequest, pk: int) -> FileResponse:
    """The levels on a person's page, and what is asked of each; recorded, since they leave the house."""
    viewer = viewer_of(request)
    person = get_object_or_404(Person.objects.all().visible_to(viewer), pk=pk)
    name = _("levels of %(person)s") % {"person": person}
    return figures(name, listed(stands(viewer, person)), of=person, by=viewer)
