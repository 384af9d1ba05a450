"""Lists of enrolments: a manager's team, and all of the sector for who plans its training."""

from django.db.models import Case, CharField, QuerySet, Value, When
from django.db.models.functions import Concat
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import localize
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.academy.filters import EnrolmentFilter
from vested.academy.models import Enrolment
from vested.academy.queries.enrolments import enrolments_listed
from vested.core.listing import Column, Listing
from vested.core.models import Unit
from vested.core.permissions import Permission, require
from vested.core.viewer import viewer_of

Status = Enrolment.Status
URGENT = {Status.PROPOSED: "1", Status.WAITING: "2", Status.ACCEPTED: "3"}  # what comes first; late answers are 0


def _status(row: Enrolment) -> str:
    """The status in words, and whether the answer is late."""
    words = row.get_status_display()
    return _("%(status)s, late") % {"status": words} if row.is_late(localdate()) else words


COLUMNS = (
    Column(
        gettext_lazy("Person"), "person", "person__find", link=lambda row: reverse("academy:enrolment", args=[row.pk])
    ),
    Column(gettext_lazy("Unit"), "unit_name", "unit_find"),
    Column(gettext_lazy("Course"), "session.course", "session__course__find"),
    Column(gettext_lazy("Session"), "session.code", "session__code"),
    Column(gettext_lazy("When"), "session.when", "session__starts_on"),
    Column(gettext_lazy("Status"), _status, "status"),
    Column(gettext_lazy("Answer by"), "answer_by", "answer_by"),
    Column(gettext_lazy("Proposed by the plan"), "source", "source"),
)
TEAM = (
    Column(COLUMNS[0].words, "person", "urgency", link=COLUMNS[0].link),
    *(column for column in COLUMNS[1:] if column.value != "source"),
)


def team(request: HttpRequest) -> HttpResponse | FileResponse:
    """What the people one may see answered, late answers first."""
    viewer = viewer_of(request)
    held = Unit.objects.all().where(viewer, Permission.PEOPLE_SEE).first()
    require(viewer, Permission.PEOPLE_SEE, on=held)
    rows = enrolments_listed(viewer)
    if viewer.person:
        rows = rows.exclude(person=viewer.person)
    late = rows.late(localdate()).count()  # type: ignore[attr-defined]  # the annotated rows are still ours
    listing = _listing(request, _urgent(rows), name=_("my team"), columns=TEAM, order="urgency")
    title = ngettext("%(count)s answer of your team is late", "%(count)s answers of your team are late", late)
    title = title % {"count": localize(late)} if late else _("No answer of your team is late")
    return listing.answer("academy/team.html", title=title, answers=viewer.paths(Permission.ENROLMENT_CHANGE))


def enrolments(request: HttpRequest) -> HttpResponse | FileResponse:
    """All enrolments, to filter and to take away."""
    viewer = viewer_of(request)
    held = Unit.objects.all().where(viewer, Permission.ENROLMENT_CHANGE).first()
    require(viewer, Permission.ENROLMENT_CHANGE, on=held)
    listing = _listing(request, enrolments_listed(viewer), name=_("enrolments"), columns=COLUMNS, order="answer_by")
    return listing.answer("academy/enrolments.html")


def _listing(
    request: HttpRequest, rows: QuerySet[Enrolment], *, name: str, columns: tuple[Column, ...], order: str
) -> Listing:
    return Listing(
        request,
        rows,
        filters=EnrolmentFilter,
        columns=columns,
        order=order,
        name=name,
        counted=lambda count: (
            ngettext("%(count)s enrolment", "%(count)s enrolments", count) % {"count": localize(count)}
        ),
    )


def _urgent(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Sorted late first, then what waits for an answer, each by person."""
    late = When(status=Status.PROPOSED, answer_by__lt=localdate(), then=Value("0"))
    others = [When(status=status, then=Value(place)) for status, place in URGENT.items()]
    first = Case(late, *others, default=Value("4"), output_field=CharField())
    return rows.annotate(urgency=Concat(first, "person__find", output_field=CharField()))
