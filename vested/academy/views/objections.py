"""Objections: those that wait for an answer, and the page of one with both texts."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.academy.actions import answer_objection, raise_objection, withdraw_objection
from vested.academy.filters import ObjectionFilter
from vested.academy.forms import AnswerObjection, Object
from vested.academy.models import Course, Objection
from vested.academy.queries.objections import objections_listed
from vested.core.errors import Invalid
from vested.core.forms import Versioned
from vested.core.listing import Column, Listing
from vested.core.looks import What, one
from vested.core.models import Event
from vested.core.panels import panels_for
from vested.core.permissions import Permission, require
from vested.core.queries import works_in
from vested.core.timeline import told
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask

State = Objection.State


def _url(objection: Objection) -> str:
    return reverse("academy:objection", args=[objection.pk])


COLUMNS = (
    Column(gettext_lazy("Person"), "person", "person__find", link=_url),
    Column(gettext_lazy("Unit"), "unit_name", "unit_find"),
    Column(gettext_lazy("About"), lambda row: row.course or "", "course__find"),
    Column(gettext_lazy("Raised"), lambda row: localdate(row.raised_at), "raised_at"),
    Column(gettext_lazy("Answer by"), "answer_by", "answer_by"),
    Column(gettext_lazy("State"), lambda row: row.get_state_display(), "state"),
)


def objections(request: HttpRequest) -> HttpResponse | FileResponse:
    """Objections that wait for an answer, the first due first; and one's own."""
    viewer = viewer_of(request)
    rows = objections_listed(viewer)
    listing = Listing(
        request,
        rows,
        filters=ObjectionFilter,
        columns=COLUMNS,
        order="answer_by",
        name=_("objections"),
        counted=lambda count: (
            ngettext("%(count)s objection", "%(count)s objections", count) % {"count": localize(count)}
        ),
    )
    waiting = rows.filter(state=State.OPEN).count()
    title = ngettext("%(count)s objection waits for an answer", "%(count)s objections wait for an answer", waiting)
    words = {"title": title % {"count": localize(waiting)} if waiting else _("No objection waits for an answer")}
    return listing.answer("academy/objections.html", **words)


def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection: what the person wrote, what was answered, by whom and when; or the form to answer by."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    return _page(request, viewer, found, _answer_form(None, found))


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an objection, with reasons."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    require(viewer, Permission.ENROLMENT_CHANGE, on=works_in(found.person))
    form = _answer_form(request.POST or None, found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            answer_objection(
                by=viewer,
                objection=found,
                upheld=given["verdict"] == State.UPHELD,
                words=given["words"],
                withdraw_enrolment=given.get("withdraw", False),
                version=given["version"],
                at=timezone.now(),
            )
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(person)s is told.") % {"person": found.person})
            return redirect(_url(found))
    return _page(request, viewer, found, form)


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's objection back."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    if not found.is_of(viewer):
        raise Http404
    form = Versioned(request.POST or None, initial={"version": found.version})

    def do(answers: dict[str, Any]) -> str:
        withdraw_objection(by=viewer, objection=found, at=timezone.now(), **answers)
        return _("Your objection is taken back.")

    title = _("Take your objection back?")
    lead = _("Nobody answers it then. You can object again.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Take it back"), danger=True, **_around(found))


def object_to_course(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to what is decided about a course for oneself: that it is not proposed, that it is compulsory."""
    viewer = viewer_of(request)
    course = get_object_or_404(Course.objects.all().visible_to(viewer), pk=pk)
    person = viewer.person
    if person is None:
        raise Http404
    form = Object(request.POST or None)

    def do(answers: dict[str, Any]) -> str:
        raised = raise_objection(by=viewer, person=person, course=course, at=timezone.now(), **answers)
        return _("A person answers by %(day)s.") % {"day": date_format(raised.answer_by)}

    back = reverse("academy:course", args=[pk])
    title = _("Object about %(course)s") % {"course": course}
    lead = _("Somebody of HR who can decide otherwise reads it and answers with reasons. Your manager does not see it.")
    return ask(request, form, do=do, back=back, title=title, lead=lead, verb=_("Object"), trail=[(str(course), back)])


def _answer_form(posted: Any, found: Objection) -> AnswerObjection:  # noqa: ANN401 - a form's data or nothing
    enrolled = found.enrolment_id is not None
    return AnswerObjection(posted, enrolled=enrolled, initial={"version": found.version})


def _page(request: HttpRequest, viewer: Viewer, found: Objection, form: AnswerObjection) -> HttpResponse:
    own = found.is_of(viewer)
    words: dict[str, Any] = {
        "objection": found,
        "own": own,
        "open": found.state == State.OPEN,
        "form": None if own or found.state != State.OPEN else form,
        "lead": _lead(found, own=own),
        "late": found.is_late(localdate()),
        "panels": panels_for(viewer, found),
        "history": told(Event.objects.all().about(found)[:50]),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "academy/objection.html", words, status=status)


def _found(viewer: Viewer, pk: int) -> Objection:
    return one(get_object_or_404(objections_listed(viewer), pk=pk), What.COURSES)


def _around(found: Objection) -> dict[str, Any]:
    return {
        "back": _url(found),
        "trail": [(_("Objections"), reverse("academy:objections")), (str(found), _url(found))],
    }


def _lead(found: Objection, *, own: bool) -> str:
    """Say what comes of it, and when."""
    words = {"day": date_format(found.answer_by), "who": found.answered_by or _("somebody")}
    match found.state:
        case State.OPEN if own:
            return _("Somebody of HR answers by %(day)s.") % words
        case State.OPEN:
            return _("It waits for your answer, by %(day)s.") % words
        case State.UPHELD:
            return _("Upheld by %(who)s.") % words
        case State.DISMISSED:
            return _("Dismissed by %(who)s.") % words
        case _state:
            return _("It was taken back, so nobody answers it.")
