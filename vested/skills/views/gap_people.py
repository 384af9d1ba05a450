"""The people behind a figure of the gap explorer."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core import amounts
from vested.core.listing import Column, Listing
from vested.core.viewer import viewer_of
from vested.skills.filters import BehindFilter
from vested.skills.models import Skill
from vested.skills.queries.gaps.people import people_behind
from vested.skills.views.gaps import asked_by, named

COLUMNS = (
    Column(
        gettext_lazy("Name"), "person", "person__find", link=lambda post: reverse("core:person", args=[post.person_id])
    ),
    Column(gettext_lazy("Unit"), "unit_name", "unit_name", link=lambda post: reverse("core:unit", args=[post.unit_id])),
    Column(gettext_lazy("Role"), "role", "role__name"),
    Column(gettext_lazy("Level"), "level", "level", number=True),
    Column(gettext_lazy("Asked"), "asked", "asked", number=True),
    Column(gettext_lazy("Levels short"), "short", "short", number=True),
    Column(gettext_lazy("Known from"), "source", "source"),
    Column(gettext_lazy("Assessed on"), "assessed_on", "assessed_on"),
)


def people(request: HttpRequest) -> HttpResponse | FileResponse:
    """Show who is asked for a skill in a unit, family or role, and how far each is."""
    viewer, asked = viewer_of(request), asked_by(request)
    skill = named(Skill, request.GET.get("skill"))
    if skill is None:
        raise Http404
    itself = request.GET.get("itself") == "1"
    rows = people_behind(viewer, skill=skill, unit=asked.unit, itself=itself, family=asked.family, role=asked.role)
    listing = Listing(
        request,
        rows,
        filters=BehindFilter,
        columns=COLUMNS,
        order="-short",
        name=_("people behind a gap"),
        counted=amounts.people,
    )
    return listing.answer(
        "skills/gap_people.html",
        skill=skill,
        within=[str(what) for _key, what in asked.filters()],
        itself=itself,
        trail=[(_("Gaps"), asked.link())],
    )
