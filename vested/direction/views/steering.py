"""Leaders and steering: what each has championed, and a session from its pack to its minutes."""

from functools import partial
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core import amounts
from vested.core.hats import fact
from vested.core.listing import Column, Listing
from vested.core.models import Person
from vested.core.panels import panels_for
from vested.core.permissions import Permission, require
from vested.core.timeline import history_of
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for
from vested.direction.actions import (
    call_session,
    decide_in_session,
    make_commitment,
    note_attendance,
)
from vested.direction.filters import SteeringFilter
from vested.direction.forms.promises import MakeCommitment
from vested.direction.forms.steering import CallSession, DecideInSession, NoteAttendance
from vested.direction.models import SteeringSession
from vested.direction.queries.escalations import may_decide
from vested.direction.queries.leaders import leaders
from vested.direction.queries.steering import (
    Pack,
    attended,
    championed,
    has_championed,
    minuted,
    pack_for,
    sessions_listed,
)
from vested.direction.queries.subjects import stands as climbed
from vested.direction.views.commitments import how as become
from vested.direction.views.duties import how as met
from vested.direction.views.objectives import how as stands
from vested.direction.views.obstacles import how as answered
from vested.direction.views.parts import leading

SESSIONS = (
    Column(gettext_lazy("Forum"), "forum", "find", link=lambda row: reverse("direction:session", args=[row.pk])),
    Column(gettext_lazy("Unit"), lambda row: row.unit or row.sector, "unit__find"),
    Column(gettext_lazy("Day"), "on", "on"),
)


def leader(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody has championed: promises, retellings, obstacles removed, sessions attended; facts only."""
    viewer, today = viewer_of(request), localdate()
    person = get_object_or_404(Person.objects.all(), pk=pk)
    found = championed(viewer, person, today)
    seen = Person.objects.visible_to(viewer).filter(pk=pk).exists()
    if not seen and not has_championed(found):
        raise Http404
    share = {"kept": amounts.number(found.share.on_time), "due": amounts.number(found.share.due)}
    heading = ngettext(
        "%(who)s kept %(kept)s of %(due)s promise on time",
        "%(who)s kept %(kept)s of %(due)s promises on time",
        found.share.due,
    )
    words = {
        "person": person,
        "seen": seen,
        "heading": heading % {**share, "who": person} if found.share.due else str(person),
        "promises": [(one, *become(one)) for one in found.commitments],
        "retellings": found.retellings,
        "removed": [(one, *answered(one)) for one in found.removed],
        "sessions": found.sessions,
        "trail": [(_("Promises"), reverse("direction:commitments")), (_("Kept on time"), reverse("direction:kept"))],
    }
    return render(request, "direction/leader.html", words)


def sessions(request: HttpRequest) -> HttpResponse | FileResponse:
    """The sessions in which leaders steer."""
    viewer = viewer_of(request)
    listing = Listing(
        request,
        sessions_listed(viewer),
        filters=SteeringFilter,
        columns=SESSIONS,
        order="-on",
        name=_("steering sessions"),
        counted=lambda n: (
            ngettext("%(count)s steering session", "%(count)s steering sessions", n) % {"count": amounts.number(n)}
        ),
    )
    may = viewer.paths(Permission.DIRECTION_CHANGE)
    return listing.answer(
        "core/list.html",
        title=_("Steering"),
        heading=_("Steering sessions"),
        lead=_(
            "Each has a pack: what is late, what to decide, what is due next, what stands in the way. "
            "Its minutes become decisions and promises."
        ),
        make=(_("Call a session"), reverse("direction:session-new")) if may else None,
    )


def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: its pack, a page a topic, and its minutes."""
    viewer, today = viewer_of(request), localdate()
    found = get_object_or_404(sessions_listed(viewer), pk=pk)
    pack = pack_for(viewer, found)
    decisions, promises = minuted(viewer, found, today)
    commitment, promised = "direction:commitment", partial(become, on=found.on)
    words: dict[str, Any] = {
        "session": found,
        "lead": _lead(found, pack),
        "facts": [(_("Day"), date_format(found.on)), (_("Unit"), found.unit or found.sector), *fact(found)],
        "asked": _asked(viewer, found, pack.escalations),
        "topics": [
            (_("Promises that are late or broken"), _lines(pack.late, promised, commitment, lambda one: one.person)),
            (_("Promises due next"), _lines(pack.due, promised, commitment, lambda one: date_format(one.due_on))),
            (
                _("Objectives behind, or not looked at"),
                _lines(pack.behind, partial(stands, on=found.on), "direction:objective", lambda one: one.owner),
            ),
            (
                _("Obstacles that wait too long"),
                _lines(pack.obstacles, partial(answered, on=found.on), "direction:obstacle", lambda one: one.owner),
            ),
            (_("Duties uncovered or overdue"), _lines(pack.duties, met, "direction:duty", lambda one: one.source)),
        ],
        "panels": panels_for(viewer, found),
        "attended": attended(viewer, found),
        "decisions": decisions,
        "promises": [(one, *become(one)) for one in promises],
        "may": viewer.may(Permission.DIRECTION_CHANGE, on=found.unit),
        "trail": [(_("Steering"), reverse("direction:sessions"))],
        "history": history_of(viewer, found, found.unit),
    }
    return render(request, "direction/session.html", words)


def session_new(request: HttpRequest) -> HttpResponse:
    """Call a session."""
    viewer = leading(request)

    def do(answers: dict[str, Any]) -> str:
        return _("%(it)s is called. Its pack is ready.") % {"it": call_session(by=viewer, **answers)}

    back = reverse("direction:sessions")
    form = form_for(request, CallSession, initial={"on": localdate()})
    lead = _("The pack fills itself from what is known on the day.")
    title, trail = _("Call a session"), [(_("Steering"), back)]
    return ask(request, form, do=do, title=title, lead=lead, verb=title, back=back, trail=trail)


def session_attend(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who was there."""
    viewer, found = _mine(request, pk)

    def do(answers: dict[str, Any]) -> str:
        new = note_attendance(by=viewer, session=found, people=answers["people"])
        return ngettext("%(count)s person is noted.", "%(count)s people are noted.", new) % {"count": new}

    form = form_for(request, NoteAttendance)
    lead = _("It shows on what each has championed.")
    return ask(request, form, do=do, title=_("Who was there?"), lead=lead, verb=_("Note it"), **_around(found))


def session_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a decision into the minutes."""
    viewer, found = _mine(request, pk)

    def do(answers: dict[str, Any]) -> str:
        decide_in_session(by=viewer, session=found, **answers)
        return _("The decision is in the minutes, and everybody reads it.")

    form = form_for(request, DecideInSession)
    lead = _("It counts from the day of the session.")
    title = _("Write a decision")
    return ask(request, form, do=do, title=title, lead=lead, verb=title, **_around(found))


def session_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a promise into the minutes."""
    viewer, found = _mine(request, pk)

    def do(answers: dict[str, Any]) -> str:
        made = make_commitment(by=viewer, at=timezone.now(), session=found, **answers)
        return _("It is promised, by %(day)s.") % {"day": date_format(made.due_on)}

    form = form_for(request, MakeCommitment, initial={"unit": found.unit})
    lead = _("Whose promise it is, is told, and can answer.")
    title = _("Write a promise")
    return ask(request, form, do=do, title=title, lead=lead, verb=title, **_around(found))


def _lead(session: SteeringSession, pack: Pack) -> str:
    """How much there is to steer: the answer before the topics."""
    asked, late = len(pack.escalations), len(pack.late)
    parts = [_("The pack for %(day)s.") % {"day": date_format(session.on)}]
    if asked:
        words = ngettext("%(count)s decision is asked for.", "%(count)s decisions are asked for.", asked)
        parts.append(words % {"count": amounts.number(asked)})
    if late:
        words = ngettext("%(count)s promise is late or broken.", "%(count)s promises are late or broken.", late)
        parts.append(words % {"count": amounts.number(late)})
    return " ".join([*parts, _("Printed, each topic has a page.")])


def _asked(viewer: Viewer, session: SteeringSession, rows: list[Any]) -> list[tuple[Any, str, str, str]]:
    """Decisions asked for, as a pack shows them: each with where it is, and where to decide it, if that may be here."""
    writes, today = viewer.may(Permission.DIRECTION_CHANGE, on=session.unit), localdate()
    leads = leaders(on=today) if writes and rows else None
    ways = [
        f"{reverse('direction:escalation-decide', args=[one.pk])}?session={session.pk}"
        if leads and may_decide(viewer, one, on=today, leading=leads)
        else ""
        for one in rows
    ]
    return [(one, *climbed(one), way) for one, way in zip(rows, ways, strict=True)]


def _lines(rows: list[Any], shape: Any, page: str, note: Any) -> list[tuple[str, str, str, str, object]]:  # noqa: ANN401 - functions of rows
    """Rows as a pack shows them: words, address, shape, state, note."""
    return [(str(one), reverse(page, args=[one.pk]), *shape(one), note(one) or "") for one in rows]


def _mine(request: HttpRequest, pk: int) -> tuple[Viewer, SteeringSession]:
    """The viewer, and a session of a unit the viewer leads."""
    viewer = viewer_of(request)
    found = get_object_or_404(sessions_listed(viewer), pk=pk)
    require(viewer, Permission.DIRECTION_CHANGE, on=found.unit)
    return viewer, found


def _around(one: SteeringSession) -> dict[str, Any]:
    url = reverse("direction:session", args=[one.pk])
    return {"back": url, "trail": [(_("Steering"), reverse("direction:sessions")), (str(one), url)]}
