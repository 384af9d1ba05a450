"""Escalations and decisions: raising one, whose turn it is, deciding, and what followed."""

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
from vested.core.panels import panels_for
from vested.core.permissions import Permission
from vested.core.timeline import history_of
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for, status
from vested.direction.actions import decide_escalation, note_follow_up, raise_escalation
from vested.direction.filters import DecisionFilter, EscalationFilter
from vested.direction.forms.escalations import Decide, RaiseEscalation
from vested.direction.forms.promises import Reply, in_days
from vested.direction.models import Decision, SteeringSession
from vested.direction.queries.escalations import (
    Step,
    deciders,
    decisions_listed,
    escalations_listed,
    followed,
    may_decide,
    until,
)
from vested.direction.queries.leaders import leaders
from vested.direction.queries.steering import sessions_listed
from vested.direction.queries.subjects import find, stands

DAYS = (7, 14, 21)  # for the owner, the director and the top, unless whoever raises it says otherwise


ESCALATIONS = (
    Column(
        gettext_lazy("Escalation"), "title", "find", link=lambda row: reverse("direction:escalation", args=[row.pk])
    ),
    Column(gettext_lazy("Which decision is asked for?"), "asked", "asked"),
    Column(gettext_lazy("Unit"), lambda row: row.unit or row.sector, "unit__find"),
    Column(gettext_lazy("Owner"), "owner", "owner__find"),
    Column(gettext_lazy("Raised on"), "raised_on", "raised_on"),
    Column(gettext_lazy("To be decided by"), lambda row: until(row, row.step), "top_by"),
    Column(gettext_lazy("State"), lambda row: stands(row)[1], "step", shown=lambda row: status(*stands(row))),
)
DECISIONS = (
    Column(gettext_lazy("Decision"), "what", "find", link=lambda row: reverse("direction:decision", args=[row.pk])),
    Column(gettext_lazy("What was decided"), "chosen"),
    Column(gettext_lazy("By whom"), "decided_by", "decided_by__find"),
    Column(gettext_lazy("Unit"), lambda row: row.unit or row.sector, "unit__find"),
    Column(gettext_lazy("Decided on"), "decided_on", "decided_on"),
)


def escalations(request: HttpRequest) -> HttpResponse | FileResponse:
    """The escalations that exist for who asks."""
    viewer, today = viewer_of(request), localdate()
    rows = escalations_listed(viewer, today)
    listing = Listing(
        request,
        rows,
        filters=EscalationFilter,
        columns=ESCALATIONS,
        order="top_by",
        name=_("escalations"),
        counted=lambda n: ngettext("%(count)s escalation", "%(count)s escalations", n) % {"count": amounts.number(n)},
    )
    waiting = rows.filter(decided_on=None).count()
    heading = ngettext(
        "%(count)s escalation waits for a decision", "%(count)s escalations wait for a decision", waiting
    )
    lead = _(
        "First its owner, then the director, then top management: it climbs by itself on the days it was raised with."
    )
    return listing.answer(
        "core/list.html",
        title=_("Escalations"),
        heading=heading % {"count": amounts.number(waiting)} if waiting else _("No escalation you may see waits"),
        lead=lead,
        make=(_("Ask for a decision"), reverse("direction:escalation-new")),
        ways=[(_("What was decided"), reverse("direction:decisions"))],
    )


def escalation(request: HttpRequest, pk: int) -> HttpResponse:
    """One escalation: the decision asked for, among what, whose turn it is, and the clock."""
    viewer, today = viewer_of(request), localdate()
    found = _found(viewer, pk)
    about = find(viewer, found.about_type, found.about_id)
    turn = [] if found.decided_on else deciders(found, found.step, leaders(on=today))
    words: dict[str, Any] = {
        "escalation": found,
        "state": stands(found),
        "facts": fact(found),
        "about": about,
        "turn": turn,
        "until": until(found, found.step),
        "left": (until(found, found.step) - today).days,
        "clock": [
            (step.label, day, found.step == step)
            for step, day in (
                (Step.OWNER, found.owner_by),
                (Step.DIRECTOR, found.director_by),
                (Step.TOP, found.top_by),
            )
        ],
        "decision": found.decisions.select_related("decided_by").first(),
        "may": may_decide(viewer, found, on=today),
        "trail": _trail(),
        "history": history_of(viewer, found, found.unit),
    }
    return render(request, "direction/escalation.html", words)


def new(request: HttpRequest) -> HttpResponse:
    """Ask for a decision."""
    viewer, today = viewer_of(request), localdate()
    asked = request.GET.get("id", "")
    about = find(viewer, request.GET.get("about", ""), int(asked[:18]) if asked.isdecimal() else None)
    fields = ("owner_by", "director_by", "top_by")
    initial: dict[str, object] = {name: in_days(today, days) for name, days in zip(fields, DAYS, strict=True)}
    if about:
        thing = about[0]
        owner = getattr(thing, "owner", None) or getattr(thing, "person", None)
        initial |= {"title": str(thing)[:200], "where": getattr(thing, "unit", None), "about_id": thing.pk}
        initial |= {"about_type": thing._meta.label_lower, "owner": owner.code if owner else ""}
    form = form_for(request, RaiseEscalation, initial=initial)

    def do(answers: dict[str, Any]) -> str:
        thing = form.about()
        given = {name: answers[name] for name in answers if name not in {"about_type", "about_id", "where"}}
        raised = raise_escalation(by=viewer, unit=answers["where"], about=thing, at=timezone.now(), **given)
        return _("It is raised. If nobody decides by %(day)s, it climbs.") % {"day": date_format(raised.owner_by)}

    back = about[1] if about else reverse("direction:escalations")
    lead = _("For a conflict, or where nothing moves. Say what is to be decided among what; the clock does the rest.")
    title, trail = _("Ask for a decision"), _trail()
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Ask for it"), back=back, trail=trail)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    if not may_decide(viewer, found, on=localdate()):
        raise Http404
    session = _session(request, viewer)
    form = form_for(request, Decide, options=list(found.options))

    def do(answers: dict[str, Any]) -> str:
        decide_escalation(
            by=viewer,
            escalation=found,
            chosen=answers["chosen"],
            why=answers["why"],
            at=timezone.now(),
            session=session,
        )
        return _("It is decided, and who asked is told.")

    url = reverse("direction:escalation", args=[pk])
    back = reverse("direction:session", args=[session.pk]) if session else url
    trail = [*_trail(), (found.title, url)]
    lead = _("Everybody in the sector reads the decision and its reason.")
    if session:
        lead = _("It stands in the minutes of %(session)s. %(lead)s") % {"session": session, "lead": lead}
    return ask(request, form, do=do, title=found.asked, lead=lead, verb=_("Decide"), back=back, trail=trail)


def decisions(request: HttpRequest) -> HttpResponse | FileResponse:
    """What was decided, why, and by whom."""
    listing = Listing(
        request,
        decisions_listed(viewer_of(request)),
        filters=DecisionFilter,
        columns=DECISIONS,
        order="-decided_on",
        name=_("decisions"),
        counted=_decisions,
    )
    return listing.answer(
        "core/list.html",
        title=_("Decisions"),
        heading=_("What was decided"),
        lead=_("Each with its reason, who took it, and what followed. None is changed or taken away."),
        trail=_trail(),
    )


def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision, and what followed."""
    viewer = viewer_of(request)
    found = get_object_or_404(decisions_listed(viewer), pk=pk)
    seen = found.escalation_id and escalations_listed(viewer, localdate()).filter(pk=found.escalation_id).exists()
    words: dict[str, Any] = {
        "decision": found,
        "facts": [
            (_("Decided on"), date_format(found.decided_on)),
            (_("By whom"), found.decided_by or _("the office")),
            (_("Unit"), found.unit or found.sector),
            *fact(found),
        ],
        "escalation": found.escalation if seen else None,
        "followed": followed(viewer, found),
        "may": _has_part_in(viewer, found),
        "trail": [(_("Decisions"), reverse("direction:decisions"))],
        "panels": panels_for(viewer, found),
        "history": history_of(viewer, found, found.unit),
    }
    return render(request, "direction/decision.html", words)


def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what followed from a decision."""
    viewer = viewer_of(request)
    found = get_object_or_404(decisions_listed(viewer), pk=pk)
    if not _has_part_in(viewer, found):
        raise Http404

    def do(answers: dict[str, Any]) -> str:
        note_follow_up(by=viewer, decision=found, on=localdate(), **answers)
        return _("It is noted what followed.")

    back = reverse("direction:decision", args=[pk])
    trail = [(_("Decisions"), reverse("direction:decisions")), (found.what[:60], back)]
    title = _("What followed from it?")
    form = form_for(request, Reply)
    return ask(request, form, do=do, title=title, lead=found.chosen, verb=_("Note it"), back=back, trail=trail)


def _decisions(count: int) -> str:
    return ngettext("%(count)s decision", "%(count)s decisions", count) % {"count": amounts.number(count)}


def _has_part_in(viewer: Viewer, one: Decision) -> bool:
    people = {one.decided_by_id, one.escalation.owner_id if one.escalation else None}
    own = viewer.person is not None and viewer.person.pk in people
    return own or viewer.may(Permission.DIRECTION_CHANGE, on=one.unit)


def _session(request: HttpRequest, viewer: Viewer) -> SteeringSession | None:
    """The session in whose minutes it is to stand, where the viewer writes these."""
    asked = request.GET.get("session", "")
    found = sessions_listed(viewer).filter(pk=int(asked[:18])).first() if asked.isdecimal() else None
    return found if found and viewer.may(Permission.DIRECTION_CHANGE, on=found.unit) else None


def _trail() -> list[tuple[str, str]]:
    return [(_("Escalations"), reverse("direction:escalations"))]


def _found(viewer: Viewer, pk: int) -> Any:  # noqa: ANN401 - an escalation with what its query adds
    return get_object_or_404(escalations_listed(viewer, localdate()), pk=pk)
